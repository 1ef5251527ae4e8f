"""Watching a database on a server, which tells those who listen of each load as it is committed.

A notice may be lost, as with the connection or through a pool of connections, and a standby sends none. So the log is
looked at every few seconds all the same, and where listening is refused, as often as a file is.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, cast

import psycopg
from psycopg import sql

from timeline.store import driver
from timeline.store.opening import is_there, open_reader
from timeline.store.postgres.errors import usable

if TYPE_CHECKING:
    import sqlite3

    from timeline.store.postgres.connection import Connection

LOOK_SECONDS = 5.0
"""The log is looked at after so long even if no notice of it came."""


class ServerWatch:
    """See `timeline.store.watch.Watch`."""

    def __init__(self, target: str) -> None:
        self._target = target
        self._connection: Connection | None = None
        self._listening = False
        self._heard = 0
        self._patient_until = 0.0

    def connection(self) -> sqlite3.Connection | None:
        """To the schema; made again where it was lost, see `is_lost`."""
        if self._connection is None and is_there(self._target):
            self._connection = cast("Connection", open_reader(self._target))
            self._listening = _listens(self._connection)
        return cast("sqlite3.Connection | None", self._connection)

    def stamp(self) -> object:
        """It differs after every notice, and every few seconds."""
        if not self._listening:
            return object()
        return self._heard, int(time.monotonic() / LOOK_SECONDS)

    def wait(self, seconds: float) -> None:
        """A notice that came while something else was asked ends the wait at once."""
        if self._connection is None or not self._listening:
            time.sleep(seconds)
            return
        with usable(self._connection.place):
            notices = self._connection.driven.notifies(timeout=seconds, stop_after=1)
            self._heard += sum(1 for _ in notices)

    def is_lost(self) -> bool:
        """A server that is started anew is waited for as long as a lock is."""
        if self._connection is not None and self._connection.driven.broken:
            self.close()
            self._patient_until = time.monotonic() + driver.BUSY_SECONDS
        return self._connection is None and time.monotonic() < self._patient_until

    def close(self) -> None:
        """Leave the server."""
        if self._connection is not None:
            self._connection.close()
        self._connection = None
        self._listening = False


def _listens(connection: Connection) -> bool:
    """Listen to the channel that has the schema's name; a standby refuses."""
    try:
        connection.driven.execute(sql.SQL("LISTEN {}").format(sql.Identifier(connection.schema)))
    except psycopg.errors.ReadOnlySqlTransaction:
        return False
    return True
