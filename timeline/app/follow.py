"""Following the log: new events as other processes append them, each once, in the order of their positions.

How a database tells that there is something new is for `timeline.store.watch`; here it only has to be read.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Self

from timeline.app.events import event_row, known_kind
from timeline.app.fold import decoded, members
from timeline.app.names import find_company
from timeline.errors import DatabaseUnusable
from timeline.store.log import Reader
from timeline.store.opening import snapshot
from timeline.store.watch import watch

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence
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
        pause: seconds between two looks; a server tells sooner.

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
            followed.wait(pause)


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
        self._company = company
        self._watch = watch(database)
        self._connection: Connection | None = None
        self._read: tuple[object, int] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self._watch.close()

    def rows(self, after: int) -> Sequence[log.Row]:
        """The next rows past a position; none where nothing was committed since there were none before."""
        with self._patiently():
            connection = self._opened()
            if connection is not None:
                return self._next(connection, after)
        return ()

    def wait(self, seconds: float) -> None:
        """Until there may be more, at most so long."""
        with self._patiently():
            self._watch.wait(seconds)

    def _next(self, connection: Connection, after: int) -> Sequence[log.Row]:
        # Asked before the rows are read: what is committed in between is then read twice rather than never.
        state = (self._watch.stamp(), after)
        if state == self._read:
            return ()
        with snapshot(connection):
            found = list(Reader(connection).rows(after=after, upto=after + _MANY))
        self._read = None if found else state
        return found

    def _opened(self) -> Connection | None:
        connection = self._watch.connection()
        if connection is not self._connection:
            self._connection, self._read = connection, None
            if connection is not None:
                self.slugs = _slugs(connection, self._company)
        return connection

    @contextmanager
    def _patiently(self) -> Iterator[None]:
        """Nothing is found as long as a connection that was lost may come back."""
        try:
            yield
        except DatabaseUnusable:
            if not self._watch.is_lost():
                raise


def _slugs(connection: Connection, company: str | None) -> tuple[str, ...]:
    if company is None:
        return ()
    with snapshot(connection):
        return members(Reader(connection)).of(find_company(connection, company))
