"""A database on a server as those see it who keep it safe; a copy of it is a file of SQLite's.

All is replaced in one transaction: who reads meanwhile sees what was there before, and after a crash it stands. The
guards are put aside in that transaction only, which takes the owner of the tables.
"""

from __future__ import annotations

from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, cast

from psycopg import sql

from timeline.errors import DatabaseUnusable
from timeline.store import copying, driver, schema, words
from timeline.store.database import shown
from timeline.store.opening import is_there, open_reader, open_writer, snapshot
from timeline.store.postgres.opening import schema_named
from timeline.store.tree import kept_checkpoint
from timeline.store.whole import DERIVED, write_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from sqlite3 import Connection

    from timeline.store.keeper import Held, Seen
    from timeline.store.postgres.connection import Connection as Served
    from timeline.store.writer import Writer

    Told = Callable[[int, int], None]

_LOG = ("body", "event", "checkpoint")
_TRIGGERS = """\
SELECT relname, tgname FROM pg_trigger JOIN pg_class AS class ON class.oid = tgrelid
WHERE NOT tgisinternal AND relnamespace = current_schema()::regnamespace
  AND relname IN ('body', 'event', 'checkpoint')"""


class ServerKeeper:
    """See `timeline.store.keeper.Keeper`."""

    def __init__(self, target: str) -> None:
        self._target = target
        self.name = shown(target)

    @property
    def path(self) -> Path:
        """In the current folder, by the name of the schema."""
        return Path(schema_named(self._target))

    def is_there(self) -> bool:
        """Whether the schema has tables."""
        return is_there(self._target)

    def write_copy(self, file: Path, told: Told | None = None) -> None:
        """Write all rows as they are at one moment."""
        with closing(open_reader(self._target)) as source, snapshot(source):
            _fill(file, source, told)

    def root_at(self, size: int) -> str | None:
        """From the checkpoints that were kept."""
        with closing(open_reader(self._target)) as source, snapshot(source):
            found = kept_checkpoint(source, size)
        return found[1] if found else None

    @contextmanager
    def seen(self) -> Iterator[Seen]:
        """Read as any other command does."""
        with closing(open_reader(self._target)) as connection, snapshot(connection):
            yield _Held(connection)

    @contextmanager
    def held(self) -> Iterator[Held]:
        """Hold the lock of the writers, in the transaction in which all is replaced."""
        with closing(open_writer(self._target)) as writer, writer.transaction():
            yield _Held(writer.connection)

    def establish(self, file: Path) -> None:
        """Write all rows in one transaction."""
        with closing(open_writer(self._target)) as writer, writer.transaction():
            _require_empty(writer, self.name)
            _take(writer.connection, file)


class _Held:
    """What is there; whoever changes it has to hold it."""

    def __init__(self, connection: Connection) -> None:
        self.log: Connection | None = connection
        self.why = ""
        self._connection = connection

    def keep(self, copy: Path, told: Told | None = None) -> None:
        """Write all rows into a file."""
        with copying.unfinished(copy) as file:
            _fill(file, self._connection, told)
            copying.publish(file, copy, force=False)

    def take(self, file: Path, told: Told | None = None) -> None:
        """Delete all rows, and write those of the file."""
        served = cast("Served", self._connection)
        self._connection.execute("CLOSE ALL")  # a table that is being read, if only half, cannot be altered
        triggers = self._connection.execute(_TRIGGERS).fetchall()
        for table in _LOG:
            _alter(served, table, "DISABLE TRIGGER USER")
        for name in (*_LOG, "tree_node", "layout", *(str(table.__tablename__) for table in DERIVED)):
            self._connection.execute(f"DELETE FROM {name}")  # noqa: S608 - the program's own names
        words.clear(self._connection)
        words.abandon(self._connection)
        for table, trigger in triggers:
            _alter(served, table, "ENABLE ALWAYS TRIGGER {}", trigger)
        if fallen := schema.fallen_triggers(self._connection):
            raise DatabaseUnusable(f"{served.place} is not replaced: its guards {', '.join(fallen)} would be missing")
        _take(self._connection, file, told)


def _alter(served: Served, table: str, what: str, *names: str) -> None:
    statement = sql.SQL(f"ALTER TABLE {{}} {what}").format(*map(sql.Identifier, (table, *names)))
    served.driven.execute(statement)


def _require_empty(writer: Writer, name: str) -> None:
    if writer.log.head():
        raise DatabaseUnusable(f"somebody else wrote to {name} meanwhile", "run the command again")


def _take(connection: Connection, file: Path, told: Told | None = None) -> None:
    with closing(open_reader(file)) as source, snapshot(source):
        write_whole(source, connection, told)


def _fill(file: Path, source: Connection, told: Told | None) -> None:
    """Write a database file, which needs no other beside it."""
    with closing(open_writer(file)) as writer, writer.transaction():
        write_whole(source, writer.connection, told)
    with driver.usable(file), closing(driver.connect(file, "rw")) as connection:
        connection.execute("PRAGMA journal_mode = DELETE").fetchone()
