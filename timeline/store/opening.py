"""The door to the database: for reading, light and without a trace; for writing, through `timeline.store.writer`."""

from __future__ import annotations

import os
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from timeline.errors import DatabaseUnusable
from timeline.store import driver, schema
from timeline.store.database import Target, exists, filename, is_server, shown
from timeline.store.dialect import dialect_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from sqlite3 import Connection
    from types import ModuleType

    from timeline.store.writer import Writer

_LOAD = "load something first: timeline load PATH, or try it out: timeline demo"


def open_reader(target: Target) -> Connection:
    """A connection that only reads; close it after use.

    Raises:
        DatabaseUnusable: there is no database of this program's revision, or it cannot be read.
    """
    if is_server(target):
        return _open_server(str(target))
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


def is_there(target: Target) -> bool:
    """Whether there is a database with something in it.

    Raises:
        DatabaseUnusable: that is not to be found out.
    """
    if not is_server(target):
        path = filename(target)
        return exists(path) and os.stat(path).st_size > 0  # noqa: PTH116 - see `timeline.store.database`
    with closing(require_server().open_reader(str(target))) as connection:
        dialect, place = dialect_of(connection), shown(target)
        with dialect.usable(place):
            return bool(schema.revision_of(connection, place))


def open_any(path: str) -> Connection:
    """A connection that only reads a file that is there, of whatever revision, or none; close it after use.

    Raises:
        DatabaseUnusable: it cannot be read.
    """
    with driver.usable(path):
        return _connect(path)


def open_writer(target: Target) -> Writer:
    """A writer to the database, which is made, or upgraded with a copy kept, where need be; close it after use.

    Raises:
        DatabaseUnusable: it cannot be made, upgraded or written.
    """
    from timeline.store import writer

    if is_server(target):
        connection = require_server().open_prepared(str(target))
        return writer.Writer(str(target), connection, connection.close)
    return writer.open_writer(target)


@contextmanager
def snapshot(connection: Connection) -> Iterator[None]:
    """Let all reads inside see one state of the database, whatever others write meanwhile.

    Raises:
        DatabaseUnusable: it is locked, damaged or the like.
    """
    dialect = dialect_of(connection)
    with dialect.usable(dialect.place(connection)):
        if connection.in_transaction:
            yield
            return
        dialect.begin_reading(connection)
        try:
            yield
        finally:
            connection.rollback()


def _open_server(target: str) -> Connection:
    connection: Connection = require_server().open_reader(target)
    dialect, place = dialect_of(connection), shown(target)
    try:
        with dialect.usable(place):
            revision = schema.revision_of(connection, place)
        _check(revision, place, "upgrades it")
    except BaseException:
        connection.close()
        raise
    return connection


def require_server() -> ModuleType:
    """What opens databases on servers.

    Raises:
        DatabaseUnusable: what it needs is not installed.
    """
    try:
        from timeline.store.postgres import opening
    except ImportError as error:
        if (error.name or "").partition(".")[0] != "psycopg":
            raise
        what = "a PostgreSQL database needs psycopg, which is not installed"
        raise DatabaseUnusable(what, "python -m pip install 'corporate-timeline[postgres]'") from error
    return opening


def _connect(path: str) -> Connection:
    """A reading connection, also where the folder is read-only.

    A write-ahead log needs a shared file beside the database even to read, and there it cannot be made. When the log is
    gone or empty, the database is complete in itself, and nobody here can change it: then it may be read as immutable.
    """
    try:
        return _connect_plainly(path)
    except driver.sqlite.Error as error:
        if not driver.is_barred(error):
            raise
        if not _is_unfinished(path):
            return driver.connect(path, "ro", immutable=True)
    try:
        _roll_back(path)
        return _connect_plainly(path)
    except driver.sqlite.Error as error:
        if not driver.is_barred(error):
            raise
        raise DatabaseUnusable(
            f"{path} holds unfinished writes of a process that ended early, and its folder is read-only",
            "run a writing command where the folder may be written",
        ) from error


def _connect_plainly(path: str) -> Connection:
    connection = driver.connect(path, "ro")
    try:
        connection.execute("PRAGMA query_only = ON")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def _roll_back(path: str) -> None:
    """Have SQLite undo what a process that was killed left in a journal, which a reading connection may not."""
    with closing(driver.connect(path, "rw")) as connection:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()


def _is_unfinished(path: str) -> bool:
    return any(exists(log) and os.stat(log).st_size for log in (f"{path}-wal", f"{path}-journal"))  # noqa: PTH116


def _check(revision: str, path: str, upgrading: str = "upgrades it and keeps a copy") -> None:
    if not revision:
        raise DatabaseUnusable(f"nothing was loaded into {path} yet", _LOAD)
    if revision != schema.REVISION:
        raise DatabaseUnusable(
            f"{path} is of the older revision {revision}; the next writing command {upgrading}",
            f"run a writing command, such as: timeline rebuild --db {path}",
        )
