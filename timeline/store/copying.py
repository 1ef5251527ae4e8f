"""Whole copies of a database file: consistent while others write, complete or not there, for their owner only.

A copy is made page by page with SQLite's backup API. Where there is a write-ahead log, all of it is of one moment and
nobody waits for it: the connection holds a reading transaction, which the log's writers pass by. Without one a reader
keeps writers out, so that the file is copied in steps with the lock given up between them; a write in between begins
the copy anew, and only after several of these one lock is held for the whole of it.

`VACUUM INTO` was not taken: it keeps the lock to its end in every mode, takes half as long again, tells nothing of how
far it is, and makes its file as the umask has it.
"""

from __future__ import annotations

import os
import secrets
import time
from contextlib import closing, contextmanager, suppress
from glob import escape
from itertools import chain, count
from typing import TYPE_CHECKING

from timeline.errors import DatabaseUnusable, TimelineError
from timeline.store import claims, driver
from timeline.store.database import exists

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path
    from sqlite3 import Connection

    Told = Callable[[int, int], None]

BACKUP = "backup"
REPLACED = "replaced"
UNFINISHED = ".unfinished"
"""How the name of a copy ends that is not complete yet."""

SIDES = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a database while it is in use."""

_STEP_PAGES = 2048
_RESTARTS = 3
_PAUSE_SECONDS = 0.05
_WAITING = (5, 6)
"""SQLITE_BUSY and SQLITE_LOCKED."""


class _RestartedError(Exception):
    """Others wrote so often that a copy in steps began anew too many times."""


def name_beside(path: Path, what: str, moment: datetime) -> Path:
    """A free name for a copy beside a database, with the time in it: `facts.db.backup-20260109T094604Z`."""
    first = path.with_name(f"{path.name}.{what}-{moment:%Y%m%dT%H%M%SZ}")
    others = (first.with_name(f"{first.name}-{number}") for number in count(2))
    return next(name for name in chain([first], others) if not name.exists())


@contextmanager
def unfinished(target: Path) -> Iterator[Path]:
    """An empty file beside the target, for its owner only, that is gone at the end unless it was given its name.

    Raises:
        TimelineError: it cannot be made.
    """
    sweep(target)
    try:
        path, claim = _claimed(target)
    except OSError as error:
        raise _unwritable(target, error) from error
    try:
        _create(path, target)
        yield path
    finally:
        os.close(claim)
        _remove(path)


def sweep(path: Path) -> None:
    """Remove what was to be put beside a file by a name that begins with its own, where whoever made it has ended.

    It takes as much room as the database, and may hold content that was erased since.
    """
    for lock in path.parent.glob(f".{escape(path.name)}.*{UNFINISHED}{claims.LOCK}"):
        with claims.left(lock) as is_left:
            if is_left:
                _remove(lock.with_name(lock.name.removesuffix(claims.LOCK)))


def _claimed(target: Path) -> tuple[Path, int]:
    while True:
        path = target.with_name(f".{target.name}.{secrets.token_hex(4)}{UNFINISHED}")
        claim = claims.claim(path)
        if claim is not None:
            return path, claim


def _create(path: Path, target: Path) -> None:
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except OSError as error:
        raise _unwritable(target, error) from error


def _remove(path: Path) -> None:
    """Remove a file, what is beside it, what was made of it, and last what claims it."""
    found = path.parent.glob(f"*{escape(path.name)}*")
    for file in sorted(found, key=lambda file: file.name == f"{path.name}{claims.LOCK}"):
        with suppress(OSError):
            file.unlink()


def sides(path: Path) -> tuple[Path, ...]:
    """The files that SQLite may keep beside a database."""
    return tuple(path.with_name(f"{path.name}{side}") for side in SIDES)


def require_free(target: Path, *, force: bool) -> None:
    """Refuse a name that is taken.

    Raises:
        TimelineError: it is, by what may not be replaced.
        DatabaseUnusable: it is no file's, or that of a database that is in use.
    """
    if not exists(target):
        return
    if not force:
        raise TimelineError(f"{target} exists already", "name another file, or add --force to replace it")
    # A new file under the name would be taken for the one that the log of the old one belongs to.
    if any(side.exists() and side.stat().st_size for side in sides(target) if not side.name.endswith("-shm")):
        raise DatabaseUnusable(f"{target} is a database that is in use", "name another file")


def publish(path: Path, target: Path, *, force: bool) -> None:
    """Give a complete file its name; both then outlast a crash.

    Raises:
        TimelineError: the name is taken, or the file system refuses.
    """
    require_free(target, force=force)
    try:
        sync(path)
        path.replace(target)
        sync(target.parent)
    except OSError as error:
        raise _unwritable(target, error) from error


def sync(path: Path) -> None:
    """Have a file's content, or the names in a folder, on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def copy_pages(source: Connection, path: Path, told: Told | None = None) -> None:
    """Copy a database into a file of its own, which needs no other beside it.

    Args:
        source: outside a transaction.
        path: an empty file.
        told: called with the pages that are copied, and of all.

    Raises:
        DatabaseUnusable: the source stays locked for too long or is damaged, or there is no room for the copy.
    """
    _, _, name = source.execute("PRAGMA database_list").fetchone()
    with driver.usable(name):
        try:
            _copy_whole(source, path, told)
        except driver.sqlite.Error as error:
            if not driver.is_full(error):
                raise
            what = f"there is no room for the copy in {path.parent}: the disk is full"
            raise DatabaseUnusable(what, "make room, or name a file on another disk") from error


def _copy_whole(source: Connection, path: Path, told: Told | None) -> None:
    (mode,) = source.execute("PRAGMA journal_mode").fetchone()
    if mode == "wal":
        with _fresh(path) as destination:
            _copy_held(source, destination, told)
    else:
        try:
            with _fresh(path) as destination:
                _copy(source, destination, _Steps(told, _RESTARTS))
        except _RestartedError:
            with _fresh(path) as destination:
                _copy_held(source, destination, told)
    with closing(driver.connect(path, "rw")) as destination:
        destination.execute("PRAGMA journal_mode = DELETE").fetchone()


@contextmanager
def _fresh(path: Path) -> Iterator[Connection]:
    """A file without anything in it, in which nothing can be undone: nobody sees it before it is complete."""
    os.truncate(path, 0)
    with closing(driver.connect(path, "rw")) as destination:
        for setting in ("journal_mode = OFF", "synchronous = OFF"):
            destination.execute(f"PRAGMA {setting}").fetchone()
        yield destination


def _copy_held(source: Connection, destination: Connection, told: Told | None) -> None:
    """Copy inside a reading transaction: all is of one moment, and the copy never begins anew."""
    source.execute("BEGIN")
    try:
        source.execute("SELECT count(*) FROM sqlite_master").fetchone()
        _copy(source, destination, _Steps(told))
    finally:
        source.rollback()


def copy(source: Connection, destination: Connection, told: Told | None = None) -> None:
    """Write one database over another in one transaction, which is undone where it is not ended.

    Args:
        source: that nobody writes to.
        destination: in whatever state.
        told: as in `copy_pages`.
    """
    _copy(source, destination, _Steps(told))


def _copy(source: Connection, destination: Connection, steps: _Steps) -> None:
    source.backup(destination, pages=_STEP_PAGES, progress=steps, sleep=_PAUSE_SECONDS)


class _Steps:
    """Follows a copy, so that it neither waits nor begins anew for ever.

    Args:
        told: as in `copy_pages`.
        restarts: how often the copy may begin anew; None for any number.
    """

    def __init__(self, told: Told | None, restarts: int | None = None) -> None:
        self._told = told
        self._restarts = restarts
        self._left: int | None = None
        self._moved = time.monotonic()

    def __call__(self, status: int, left: int, total: int) -> None:
        now = time.monotonic()
        if status not in _WAITING:
            self._moved = now
            self._count_restart(left)
        elif now - self._moved >= driver.BUSY_SECONDS:
            raise DatabaseUnusable(
                f"the database is locked by another process (waited {driver.BUSY_SECONDS:g} seconds)",
                "let the other process end, then try again",
            )
        if self._told:
            self._told(total - left, total)

    def _count_restart(self, left: int) -> None:
        # A copy that began anew and made its first step again has as much left as after it.
        if self._restarts is not None and self._left is not None and left >= self._left:
            self._restarts -= 1
            if self._restarts < 0:
                raise _RestartedError
        self._left = left


def _unwritable(target: Path, error: OSError) -> TimelineError:
    why = (error.strerror or str(error)).lower()
    return TimelineError(f"{target} cannot be written: {why}", "name another file")
