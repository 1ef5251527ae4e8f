"""The SQLite driver: which module, how it connects, and what its errors mean to a person.

Python is often linked with an SQLite whose write-ahead log can be corrupted, so `pysqlite3`, which brings its own
SQLite, is used where it is installed.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal

from timeline.errors import DatabaseUnusable
from timeline.store.database import MAKE_WRITABLE

if TYPE_CHECKING:
    import sqlite3 as sqlite
    from collections.abc import Iterator
    from pathlib import Path
    from sqlite3 import Connection
else:
    try:
        from pysqlite3 import dbapi2 as sqlite
    except ImportError:
        import sqlite3 as sqlite

__all__ = ["BUSY_SECONDS", "connect", "journal_mode", "sqlite", "unusable", "usable", "wal_is_safe"]

BUSY_SECONDS = 30.0
"""How long to wait for another process's lock."""

_PLAIN = frozenset(b"/-._~:0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
_PRIMARY_CODE = 0xFF
_BUSY = (5, 6, 15)
_BARRED = (8, 14)
_FULL = 13
_WORDS = {
    "database is locked": 5,
    "disk I/O error": 10,
    "database disk image is malformed": 11,
    "database or disk is full": 13,
}
_DAMAGED = (11, 26)
_RESTORE = "restore a backup: timeline restore FILE"

# By primary result code, see https://sqlite.org/rescode.html: what is wrong with the file, and the remedy.
_LOCKED = ("is locked by another process (waited {seconds:g} seconds)", "let the other process end, then try again")
_FAULTS = {
    **dict.fromkeys(_BUSY, _LOCKED),
    8: ("is read-only", MAKE_WRITABLE),
    10: (
        "cannot be read or written: the disk reports an error",
        "check the disk, then restore a backup if the file is damaged",
    ),
    11: ("is damaged", _RESTORE),
    13: ("cannot grow: the disk is full", "make room, then run the command again; nothing is half written"),
    14: ("cannot be opened", "check that the file and its folder may be read and written"),
    26: ("is not a database", "name another file with --db"),
}


def wal_is_safe(version: tuple[int, int, int]) -> bool:
    """Whether two connections can share a write-ahead log without the risk of corruption.

    The bug came with write-ahead logging in 3.7.0 and was mended in 3.51.3, and in 3.50.7 and 3.44.6 for their branches
    ("the WAL-reset bug" in https://sqlite.org/wal.html).
    """
    return version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51, 0) or (3, 44, 6) <= version < (3, 45, 0)


def journal_mode() -> Literal["wal", "delete"]:
    """The journal mode to write in: readers go on beside a writer only where the write-ahead log is safe."""
    return "wal" if wal_is_safe(sqlite.sqlite_version_info) else "delete"


def connect(path: Path | str, mode: Literal["ro", "rw"], *, immutable: bool = False) -> Connection:
    """A connection without implicit transactions to a file that exists; threads may use it one after the other.

    Args:
        path: of the database.
        mode: "ro" reads only.
        immutable: read without locks, as the file cannot change.
    """
    uri = f"{_uri(path)}?mode={mode}{'&immutable=1' if immutable else ''}"
    return sqlite.connect(uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)


def scratch() -> Connection:
    """A connection to a database that nobody else sees and that ends with it; on disk once it is large."""
    connection = sqlite.connect("", isolation_level=None)
    for setting in ("journal_mode = OFF", "synchronous = OFF"):
        connection.execute(f"PRAGMA {setting}").fetchone()
    return connection


def _uri(path: Path | str) -> str:
    """As https://sqlite.org/uri.html wants it; bytes that are no letters, digits or the like are escaped."""
    whole = os.path.abspath(path)  # noqa: PTH100 - see `timeline.store.database`
    slashed = f"/{whole}".replace(os.sep, "/") if os.sep != "/" else whole
    return "file://" + "".join(chr(byte) if byte in _PLAIN else f"%{byte:02x}" for byte in os.fsencode(slashed))


def is_barred(error: sqlite.Error) -> bool:
    """Whether permissions kept SQLite from the file or from those that it makes beside it."""
    return _code(error) in _BARRED


def is_locked(error: sqlite.Error) -> bool:
    """Whether another connection was in the way."""
    return _code(error) in _BUSY


def is_full(error: sqlite.Error) -> bool:
    """Whether there was no room on the disk."""
    return _code(error) == _FULL


def is_damaged(error: BaseException | None) -> bool:
    """Whether a file is not, or is no longer, a database."""
    return isinstance(error, sqlite.Error) and _code(error) in _DAMAGED


def unusable(path: object, error: sqlite.Error) -> DatabaseUnusable:
    """What a person is told of a driver's error."""
    what, fix = _FAULTS.get(_code(error), (f"cannot be used: {error}", ""))
    return DatabaseUnusable(f"{path} {what.format(seconds=BUSY_SECONDS)}", fix)


@contextmanager
def usable(path: object) -> Iterator[None]:
    """Tell a person what the driver's errors inside mean; errors in the program's own SQL stay as they are.

    Raises:
        DatabaseUnusable: the file is locked, read-only, damaged or the like.
    """
    try:
        yield
    except sqlite.Error as error:
        if _code(error) not in _FAULTS:
            raise
        raise unusable(path, error) from error
    except UnicodeDecodeError as error:  # SQLite's own message quotes what is damaged
        raise DatabaseUnusable(f"{path} is damaged", _RESTORE) from error


def _code(error: sqlite.Error) -> int:
    """The primary result code; a backup's errors carry none, only SQLite's own words."""
    return getattr(error, "sqlite_errorcode", _WORDS.get(str(error), 0)) & _PRIMARY_CODE
