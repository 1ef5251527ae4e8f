"""The server that a database is on, how it keeps what was acknowledged, and what the connected user may do there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.app.keeping.doctor.ground import bytes_text
from timeline.app.keeping.doctor.line import Line
from timeline.record import Erased
from timeline.store.dialect import dialect_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.app.keeping.doctor.line import Patient

_SETTINGS = "SELECT name, setting FROM pg_settings WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit')"
_COLLATIONS = """\
SELECT relname || '.' || attname FROM pg_attribute JOIN pg_class AS class ON class.oid = attrelid
JOIN pg_type AS type ON type.oid = atttypid JOIN pg_collation AS ordering ON ordering.oid = attcollation
WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p') AND attnum > 0 AND NOT attisdropped
  AND typname = 'text' AND collname NOT IN ('C', 'POSIX') ORDER BY 1"""
_SIZE = """\
SELECT coalesce(sum(pg_total_relation_size(oid)), 0)::bigint FROM pg_class
WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'"""
_ERASED = "SELECT target FROM event WHERE kind = ? ORDER BY position DESC LIMIT 1"
_SHOWN = 3
_DIGITS = 12


def version(patient: Patient) -> Iterator[Line]:
    """Which server; one that is too old is not connected to at all."""
    (number,) = patient.connection.execute("SELECT current_setting('server_version')").fetchone()
    yield Line(check="server", status="ok", what=f"PostgreSQL {number}")


def encoding(patient: Patient) -> Iterator[Line]:
    """Whether the database holds every sign; one that does not is not connected to at all."""
    (name,) = patient.connection.execute("SELECT current_setting('server_encoding')").fetchone()
    yield Line(check="encoding", status="ok", what=f"text is kept as {name}")


def collation(patient: Patient) -> Iterator[Line]:
    """Whether text is ordered by its bytes, as the program and its indexes rely on; other orders vary by system."""
    others = [name for (name,) in patient.connection.execute(_COLLATIONS)]
    if not others:
        yield Line(check="collation", status="ok", what='all text is ordered by its bytes ("C")')
        return
    more = f" and {len(others) - _SHOWN:,} more" if len(others) > _SHOWN else ""
    what = f"{', '.join(others[:_SHOWN])}{more} are not ordered by their bytes: answers may come in another order"
    fix = patient.place.command("backup", "A-FILE") + ", and restore it into another schema"
    yield Line(check="collation", status="error", what=what, fix=fix)


def durability(patient: Patient) -> Iterator[Line]:
    """Whether what was acknowledged outlasts a power cut; this program asks for `synchronous_commit` itself."""
    settings = dict(patient.connection.execute(_SETTINGS).fetchall())
    off = [name for name in ("fsync", "full_page_writes", "synchronous_commit") if settings.get(name) == "off"]
    if not off:
        what = (
            f"fsync on, synchronous_commit {settings['synchronous_commit']}: what was acknowledged outlasts a power cut"
        )
        yield Line(check="durability", status="ok", what=what)
    else:
        what = f"{' and '.join(off)} off: a power cut may lose what was acknowledged, or damage all of it"
        yield Line(check="durability", status="error", what=what, fix=f"ALTER SYSTEM SET {off[0]} = on")


def room(patient: Patient) -> Iterator[Line]:
    """How much it takes; how much is left is not told to clients."""
    (size,) = patient.connection.execute(_SIZE).fetchone()
    what = f"{bytes_text(int(size))}; how much is free on the server's disk cannot be told from here"
    yield Line(check="disk", status="note", what=what, fix="df -h on the server")


def erasures(patient: Patient) -> Iterator[Line]:
    """Whether the files of the tables are rid of what was erased."""
    # Imported here: it needs the driver, which only a database on a server does.
    from timeline.store.postgres.scouring import unscoured

    if not unscoured(patient.connection):
        yield Line(check="erasures", status="ok", what="nothing that was erased is in the tables' files any more")
        return
    (erased,) = patient.connection.execute(_ERASED, (Erased.KIND,)).fetchone()
    what = "bytes of what was erased may still be in the tables' files: the erasing was stopped, or others read them"
    fix = patient.place.command("erase", erased[:_DIGITS], "--reason", "legal", "--yes")
    yield Line(check="erasures", status="warning", what=what, fix=fix)


def rights(patient: Patient) -> Iterator[Line]:
    """What the connected user may do beside appending."""
    if excess := dialect_of(patient.connection).excess(patient.connection):
        fix = patient.place.command("roles", "--writer", "NAME")
        yield Line(check="rights", status="note", what=excess, fix=fix)
        return
    (user,) = patient.connection.execute("SELECT current_user").fetchone()
    yield Line(check="rights", status="ok", what=f"the user {user} can change nothing of the log")
