"""The writing connection: prepared so that nothing acknowledged is lost, one transaction at a time."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Self, cast

from sqlalchemy import create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from timeline.store import driver
from timeline.store.append import append
from timeline.store.database import Target, create, location, shown
from timeline.store.dialect import dialect_of
from timeline.store.log import Reader
from timeline.store.migration import migrate
from timeline.store.schema import revision_of
from timeline.store.sealing import fresh_salts
from timeline.store.sqlite_dialect import LARGE_CACHE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from contextlib import AbstractContextManager
    from datetime import datetime
    from pathlib import Path
    from sqlite3 import Connection
    from types import TracebackType

    from sqlalchemy.engine import Connection as Engaged

    from timeline.store.log import Entry

# The log grows in order but the index of its ids does not: a large cache and rare checkpoints spare bulk loads most of
# the random writes.
SETTINGS = (
    "foreign_keys = ON",
    "synchronous = FULL",
    f"cache_size = {LARGE_CACHE}",
    "wal_autocheckpoint = 4000",
)
_PAUSE_SECONDS = 0.02


class Writer:
    """A database that is open for writing.

    Attributes:
        target: names the database, for others who open it.
        connection: the driver's connection, for reading and, inside a transaction, for writing read models and names.
        log: the log as this connection sees it, its own unfinished transaction included.
    """

    def __init__(self, target: Target, connection: Connection, close: Callable[[], None]) -> None:
        self.target = target
        self.connection = connection
        self.log = Reader(connection)
        self._dialect = dialect_of(connection)
        self._close = close

    @contextmanager
    def transaction(self) -> Iterator[Self]:
        """Hold the write lock; commit at the end, or undo everything where an exception leaves the block.

        Raises:
            DatabaseUnusable: another process keeps the lock, the disk is full or the like.
        """
        with self._dialect.usable(shown(self.target)):
            try:
                self._dialect.begin_writing(self.connection)
                yield self
                self.connection.commit()
            except BaseException:
                self.connection.rollback()
                raise

    def small_cache(self) -> AbstractContextManager[None]:
        """Hold few pages inside, for work that needs the memory itself and writes little; outside a transaction."""
        return self._dialect.small_cache(self.connection)

    def append(
        self,
        entries: Iterable[Entry],
        recorded: datetime,
        actor: str,
        salts: Callable[[int], Sequence[bytes]] = fresh_salts,
    ) -> range:
        """Write entries to the log inside a transaction, see `timeline.store.append.append`."""
        if not self.connection.in_transaction:
            raise RuntimeError("append belongs inside `with writer.transaction():`")
        return append(self.connection, entries, recorded, actor, salts)

    def close(self) -> None:
        """Give the database free."""
        self._close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_writer(target: Target) -> Writer:
    """See `timeline.store.opening.open_writer`."""
    path = location(target)
    create(path)
    with _usable(path):
        engaged = _engage(path)
        try:
            _prepare(_driven(engaged), path)
            with engaged.begin():
                migrate(engaged, _driven(engaged), path)
        except BaseException:
            engaged.close()
            raise
    return Writer(str(path), _driven(engaged), engaged.close)


def _engage(path: Path) -> Engaged:
    engine = create_engine(
        "sqlite://", module=driver.sqlite, creator=lambda: driver.connect(path, "rw"), poolclass=NullPool
    )
    # The driver begins no transaction by itself, so that this one takes the write lock before anything is read.
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    return engine.connect()


def _driven(engaged: Engaged) -> Connection:
    connection: Connection = engaged.connection.dbapi_connection  # type: ignore[assignment]  # SQLAlchemy's own protocol
    return connection


def _prepare(connection: Connection, path: Path) -> None:
    revision_of(connection, path)
    for setting in SETTINGS:
        connection.execute(f"PRAGMA {setting}")
    _set_journal_mode(connection)


def _set_journal_mode(connection: Connection) -> None:
    """Switch where need be; SQLite does not wait for others here by itself, so this does."""
    deadline = time.monotonic() + driver.BUSY_SECONDS
    wanted = driver.journal_mode()
    while connection.execute("PRAGMA journal_mode").fetchone() != (wanted,):
        try:
            connection.execute(f"PRAGMA journal_mode = {wanted}").fetchone()
        except driver.sqlite.OperationalError as error:
            if not driver.is_locked(error) or time.monotonic() > deadline:
                raise
            time.sleep(_PAUSE_SECONDS)
        else:
            return


@contextmanager
def _usable(path: Path) -> Iterator[None]:
    """As `driver.usable`, for errors that SQLAlchemy wrapped as well."""
    with driver.usable(path):
        try:
            yield
        except DBAPIError as error:
            raise cast("driver.sqlite.Error", error.orig) from error
