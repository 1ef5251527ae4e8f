"""The door to the database: for reading, light and without a trace; for writing, through `timeline.store.writer`."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from timeline.errors import DatabaseUnusable
from timeline.store import driver, schema
from timeline.store.database import Target, exists, filename

if TYPE_CHECKING:
    from collections.abc import Iterator
    from sqlite3 import Connection

    from timeline.store.writer import Writer

_LOAD = "load something first: timeline load PATH, or try it out: timeline demo"


def open_reader(target: Target) -> Connection:
    """A connection that only reads; close it after use.

    Raises:
        DatabaseUnusable: there is no database of this program's revision, or it cannot be read.
    """
    path = filename(target)
    if not exists(path):
        raise DatabaseUnusable(f"no database at {path}", _LOAD)
    with driver.usable(path):
        connection = _connect(path)
        try:
            _check(schema.revision_of(connection, path), path)
        except BaseException:
            connection.close()
            raise
    return connection


def open_writer(target: Target) -> Writer:
    """A writer to the database, which is made, or upgraded with a copy kept, where need be; close it after use.

    Raises:
        DatabaseUnusable: it cannot be made, upgraded or written.
    """
    from timeline.store import writer

    return writer.open_writer(target)


@contextmanager
def snapshot(connection: Connection) -> Iterator[None]:
    """Let all reads inside see one state of the database, whatever others write meanwhile.

    Raises:
        DatabaseUnusable: it is locked, damaged or the like.
    """
    _, _, path = connection.execute("PRAGMA database_list").fetchone()
    with driver.usable(path):
        if connection.in_transaction:
            yield
            return
        connection.execute("BEGIN")
        try:
            yield
        finally:
            connection.rollback()


def _connect(path: str) -> Connection:
    """A reading connection, also where the folder is read-only.

    A write-ahead log needs a shared file beside the database even to read, and there it cannot be made. When the log is
    gone or empty, the database is complete in itself, and nobody here can change it: then it may be read as immutable.
    """
    connection = driver.connect(path, "ro")
    try:
        connection.execute("PRAGMA query_only = ON")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except driver.sqlite.Error as error:
        connection.close()
        if not driver.is_barred(error):
            raise
        if _is_unfinished(path):
            raise DatabaseUnusable(
                f"{path} holds unfinished writes of a process that ended early, and its folder is read-only",
                "run a writing command where the folder may be written",
            ) from error
        return driver.connect(path, "ro", immutable=True)
    return connection


def _is_unfinished(path: str) -> bool:
    return any(exists(log) and os.stat(log).st_size for log in (f"{path}-wal", f"{path}-journal"))  # noqa: PTH116


def _check(revision: str, path: str) -> None:
    if not revision:
        raise DatabaseUnusable(f"nothing was loaded into {path} yet", _LOAD)
    if revision != schema.REVISION:
        raise DatabaseUnusable(
            f"{path} is of the older revision {revision}; the next writing command upgrades it and keeps a copy",
            f"run a writing command, such as: timeline rebuild --db {path}",
        )
