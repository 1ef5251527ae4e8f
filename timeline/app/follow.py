"""Following the log: new events as other processes append them, each once, in the order of their positions.

SQLite tells a connection cheaply whether another one has committed anything since (`PRAGMA data_version`), so that
waiting reads one number a fifth of a second and no event.
"""

from __future__ import annotations

import time
from contextlib import closing
from typing import TYPE_CHECKING, Self

from timeline.app.events import event_row, known_kind
from timeline.app.fold import decoded, members
from timeline.app.names import find_company
from timeline.store import driver, schema
from timeline.store.database import exists, location
from timeline.store.log import Reader
from timeline.store.opening import open_reader, snapshot

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence
    from pathlib import Path
    from sqlite3 import Connection

    from timeline.event import Envelope
    from timeline.section import Row
    from timeline.store import log
    from timeline.store.database import Target

PAUSE_SECONDS = 0.2
_MANY = 500
"""So many rows are read at once: a reader that is slow to take them must not keep the log open meanwhile."""


def follow(  # noqa: PLR0913 - what to follow, and for how long
    database: Target,
    after: int,
    *,
    company: str | None = None,
    kind: str | None = None,
    source: str | None = None,
    stop: Callable[[], bool] | None = None,
    pause: float = PAUSE_SECONDS,
) -> Iterator[Row]:
    """The events past a position, under the columns of `timeline.app.events.EVENTS`, now and as they are appended.

    A database that is not there yet, or that is replaced by another, is waited for; positions go on where they were.

    Args:
        database: that is followed.
        after: position of the last event that is known already; 0 for none.
        company: only its events, by any name that it goes by when the database is opened.
        kind: only events of this kind.
        source: only what this source reports; it may yet have to be recorded.
        stop: asked before each wait; without it, following never ends.
        pause: seconds between two looks.

    Raises:
        NotFound: no such company or kind.
        DatabaseUnusable: it cannot be read.
    """
    known_kind(kind)
    with _Log(database, company) as followed:
        while True:
            while rows := followed.rows(after):
                after = rows[-1].envelope.position
                wanted = [row for row in rows if _is_wanted(row.envelope, followed.slugs, kind, source)]
                yield from map(event_row, decoded(wanted))
            if stop and stop():
                return
            time.sleep(pause)


def _is_wanted(envelope: Envelope, slugs: Collection[str], kind: str | None, source: str | None) -> bool:
    return (
        (not slugs or envelope.company in slugs) and kind in (None, envelope.kind) and source in (None, envelope.source)
    )


class _Log:
    """The log of a database that may appear late and may be replaced.

    Attributes:
        slugs: of the company that is followed; empty for all companies.
    """

    def __init__(self, database: Target, company: str | None) -> None:
        self.slugs: tuple[str, ...] = ()
        self._database, self._path, self._company = database, location(database), company
        self._connection: Connection | None = None
        self._file: tuple[int, int] | None = None
        self._read: tuple[int, int] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self._close()

    def rows(self, after: int) -> Sequence[log.Row]:
        """The next rows past a position; none where nothing was committed since there were none before."""
        connection = self._opened()
        if connection is None:
            return ()
        # Asked before the rows are read: what is committed in between is then read twice rather than never.
        with driver.usable(self._path):
            state = (connection.execute("PRAGMA data_version").fetchone()[0], after)
        if state == self._read:
            return ()
        with snapshot(connection):
            found = list(Reader(connection).rows(after=after, upto=after + _MANY))
        self._read = None if found else state
        return found

    def _opened(self) -> Connection | None:
        """A connection to the file that now goes by the path; None where nothing was loaded into it yet."""
        file = _identity(self._path)
        if file != self._file:
            self._close()
        if self._connection is None and file is not None and not _is_empty(self._path):
            self._connection, self._file = open_reader(self._database), file
            self.slugs = _slugs(self._connection, self._company)
        return self._connection

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection = self._file = self._read = None


def _slugs(connection: Connection, company: str | None) -> tuple[str, ...]:
    if company is None:
        return ()
    with snapshot(connection):
        return members(Reader(connection)).of(find_company(connection, company))


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
