"""The check-up: first the place, which needs no database, then what the database says of itself."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from timeline.app.keeping.doctor import content, derived, engine, files, ground, server
from timeline.app.keeping.doctor.line import Checkup, Line, Patient, Place
from timeline.errors import DatabaseUnusable, TimelineError
from timeline.store import copying, driver, schema
from timeline.store.database import exists, is_server, location, shown
from timeline.store.dialect import dialect_of
from timeline.store.header import has_write_ahead_log
from timeline.store.opening import open_any, require_server, snapshot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from sqlite3 import Connection

    from timeline.app.progress import Progress
    from timeline.store.database import Target

_OF_PLACE = {
    "sqlite": engine.version,
    "disk": ground.room,
    "filesystem": ground.kind,
    "permissions": files.permissions,
    "leftovers": files.leftovers,
    "copies": files.copies,
}
_OF_FILE = {"journal": engine.journal, "synchronous": engine.synchronous}
_OF_CONTENT = {
    "guards": content.guards,
    "log": content.log,
    "checkpoints": content.checkpoints,
    "clock": content.clock,
    "models": derived.models,
    "views": derived.views,
    "words": derived.words,
    "rebuild": derived.rebuild,
}
_OF_SERVER = {
    "server": server.version,
    "encoding": server.encoding,
    "collation": server.collation,
    "durability": server.durability,
    "disk": server.room,
    "rights": server.rights,
    "erasures": server.erasures,
}
CHECKS = (*_OF_PLACE, "database", *_OF_FILE, "revision", *_OF_CONTENT)
"""Names of all matters, in their order; what cannot be reached, such as the log of what is no database, is left out."""

CHECKS_OF_SERVER = ("database", *_OF_SERVER, "revision", *_OF_CONTENT)
"""Likewise for a database on a server."""


def checkup(
    database: Target, *, full: bool = False, now: datetime | None = None, progress: Progress | None = None
) -> Checkup:
    """Look at a database, and at what it lives in.

    Args:
        database: what is to be looked at, whatever state it is in.
        full: whether to verify the whole log and its file, and to replay what is stored beside it.
        now: against which recorded times are compared; None for the clock's.
        progress: called with what is under way, how much of it is done, and of how much.

    Raises:
        DatabaseUnusable: what is named can be no database of this program.
    """
    moment = now or datetime.now(UTC)
    if is_server(database):
        place = Place(Path(), moment, shown(database))
        found = _told("database", place, _served(database, place, full=full, progress=progress))
        return Checkup(database=place.name, lines=tuple(found), full=full)
    place = Place(location(database), moment)
    lines = [line for name, check in _OF_PLACE.items() for line in _told(name, place, check(place))]
    lines += _told("database", place, _database(place, full=full, progress=progress))
    return Checkup(database=str(place.path), lines=tuple(lines), full=full)


def _told(name: str, place: Place, lines: Iterable[Line]) -> Iterator[Line]:
    """The lines, and one more where the check itself is stopped: a damaged file may hold anything, of any type."""
    try:
        with driver.usable(place.path):
            yield from lines
    except TimelineError as error:
        yield _stopped(name, place, error)
    except Exception as error:  # noqa: BLE001 - see above
        yield Line(check=name, status="error", what=f"it cannot be told: {type(error).__name__}: {error}")


def _stopped(name: str, place: Place, error: TimelineError) -> Line:
    damaged = driver.is_damaged(error.__cause__)
    fix = place.command("restore", "BACKUP", "--force", "--discard") if damaged else error.fix
    return Line(check=name, status="error", what=error.message, fix=fix, unverified=damaged)


def _database(place: Place, *, full: bool, progress: Progress | None) -> Iterator[Line]:
    if not exists(place.path):
        yield Line(
            check="database", status="error", what=f"there is none at {place.path}", fix=place.command("load", "PATH")
        )
        return
    yield from _undisturbed(place, lambda connection: list(_opened(Patient(place, connection, full, progress))))


def _served(database: Target, place: Place, *, full: bool, progress: Progress | None) -> Iterator[Line]:
    opened = require_server().open_reader(str(database))
    with closing(opened) as connection, snapshot(connection):
        patient = Patient(place, connection, full, progress)
        revision = schema.revision_of(connection, place.name)
        if not revision:
            fix = place.command("load", "PATH")
            yield Line(check="database", status="note", what="nothing was loaded into it yet", fix=fix)
            return
        yield Line(check="database", status="ok", what=place.name)
        yield from _each(patient, _OF_SERVER)
        yield _revision(place, revision)
        if revision == schema.REVISION:
            yield from _each(patient, _OF_CONTENT)


def _undisturbed(place: Place, look: Callable[[Connection], list[Line]]) -> list[Line]:
    """What a look at the database finds, without so much as a file beside it where nobody is using it.

    SQLite makes two files to read one with a write-ahead log. Where there are none, it is at rest and is read as if it
    could not change; if it did change meanwhile, it is looked at again as any reader does.
    """
    before = _at_rest(place)
    if before:
        try:
            with driver.usable(place.path), closing(driver.connect(place.path, "ro", immutable=True)) as connection:
                found = look(connection)
            if _at_rest(place) == before:
                return found
        except DatabaseUnusable:
            if _at_rest(place) == before:
                raise
    with closing(open_any(str(place.path))) as connection, snapshot(connection):
        return look(connection)


def _at_rest(place: Place) -> tuple[int, int] | None:
    """Size and time of change of a file with a write-ahead log that nobody has open; None for any other."""
    if not has_write_ahead_log(place.path) or any(side.exists() for side in copying.sides(place.path)):
        return None
    stat = place.path.stat()
    return stat.st_size, stat.st_mtime_ns


def _opened(patient: Patient) -> Iterator[Line]:
    place = patient.place
    revision = schema.revision_of(patient.connection, place.path)
    if not revision:
        fix = place.command("load", "PATH")
        yield Line(check="database", status="note", what="nothing was loaded into it yet", fix=fix)
        return
    size = ground.bytes_text(place.path.stat().st_size)
    yield Line(check="database", status="ok", what=f"{place.path}, {size}")
    yield from _each(patient, _OF_FILE)
    yield _revision(place, revision)
    if revision == schema.REVISION:
        yield from _each(patient, _OF_CONTENT)


def _each(patient: Patient, checks: Mapping[str, Callable[[Patient], Iterator[Line]]]) -> Iterator[Line]:
    for name, check in checks.items():
        yield from _told(name, patient.place, _apart(patient, check))


def _apart(patient: Patient, check: Callable[[Patient], Iterator[Line]]) -> Iterator[Line]:
    """One check, so that what a server refuses to it does not end the transaction for the others."""
    if not patient.place.server:
        yield from check(patient)
        return
    patient.connection.execute("SAVEPOINT apart")
    try:
        with dialect_of(patient.connection).usable(patient.place.name):
            yield from check(patient)
    finally:
        patient.connection.execute("ROLLBACK TO SAVEPOINT apart")


def _revision(place: Place, revision: str) -> Line:
    if revision == schema.REVISION:
        return Line(check="revision", status="ok", what=f"{revision}, the one of this program")
    keeping = "undoes itself where it fails" if place.server else "keeps a copy"
    what = f"{revision} is older than this program's {schema.REVISION}; upgrading it {keeping}"
    return Line(check="revision", status="warning", what=what, fix=place.command("rebuild"))
