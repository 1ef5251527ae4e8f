"""Watching a database for what other processes commit, so that who follows the log reads only what is new.

SQLite tells a connection cheaply whether another one has committed anything since (`PRAGMA data_version`), so that
waiting reads one number a fifth of a second and no event. A server tells those who listen.
"""

from __future__ import annotations

import time
from contextlib import closing
from typing import TYPE_CHECKING, Protocol

from timeline.store import driver, schema
from timeline.store.database import exists, is_server, location
from timeline.store.opening import open_reader, require_server

if TYPE_CHECKING:
    from pathlib import Path
    from sqlite3 import Connection

    from timeline.store.database import Target


class Watch(Protocol):
    """A database that may appear late and may be replaced."""

    def connection(self) -> Connection | None:
        """To what is there now, another one where that was replaced; None where nothing was loaded yet.

        Raises:
            DatabaseUnusable: it cannot be read.
        """

    def stamp(self) -> object:
        """Asked before something is read: as long as it stays equal, nothing that was read has changed since."""

    def wait(self, seconds: float) -> None:
        """Do nothing for so long, or until there may be something new."""

    def is_lost(self) -> bool:
        """Whether an error came from a connection that was lost and that `connection` will try to make again."""

    def close(self) -> None:
        """Give the database free."""


def watch(target: Target) -> Watch:
    """Watch a database that is named.

    Raises:
        DatabaseUnusable: it names none, or what is needed for it is not installed.
    """
    if not is_server(target):
        return FileWatch(location(target))
    require_server()
    from timeline.store.server_watch import ServerWatch

    return ServerWatch(str(target))


class FileWatch:
    """See `Watch`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection: Connection | None = None
        self._file: tuple[int, int] | None = None

    def connection(self) -> Connection | None:
        """To the file that now goes by the path."""
        file = _identity(self._path)
        if file != self._file:
            self.close()
        if self._connection is None and file is not None and not _is_empty(self._path):
            self._connection, self._file = open_reader(self._path), file
        return self._connection

    def stamp(self) -> object:
        """It differs after every commit of another connection."""
        if self._connection is None:
            return None
        with driver.usable(self._path):
            return self._connection.execute("PRAGMA data_version").fetchone()[0]

    def wait(self, seconds: float) -> None:
        """A file tells nobody."""
        time.sleep(seconds)

    def is_lost(self) -> bool:
        """A file is there or not."""
        return False

    def close(self) -> None:
        """Close the file."""
        if self._connection is not None:
            self._connection.close()
        self._connection = self._file = None


def _identity(path: Path) -> tuple[int, int] | None:
    """What tells a file from another one of the same name; None where there is none."""
    if not exists(path):
        return None
    stat = path.stat()
    return stat.st_dev, stat.st_ino


def _is_empty(path: Path) -> bool:
    """Whether nothing was loaded yet, as while another process makes the database."""
    with driver.usable(path), closing(driver.connect(path, "ro")) as connection:
        return not schema.revision_of(connection, path)
