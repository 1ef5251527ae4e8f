"""What the stores say differently, behind one name each.

The modules of the store are written once, in SQL that SQLite and PostgreSQL both understand. What cannot be said so is
asked of the dialect of the connection at hand: `timeline.store.sqlite_dialect`, or `timeline.store.postgres.dialect`,
which nothing imports unless a connection to a server is there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from timeline.store import sqlite_dialect

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager
    from sqlite3 import Connection, Cursor

    from timeline.section import Layout
    from timeline.store.terms import Words


class Dialect(Protocol):
    """One database system."""

    GUARDS: Mapping[str, str]
    """What keeps the log append-only: by name, exactly as `guards` tells it of a sound database."""

    ELSEWHERE: str
    """Remedy where the place that was named is somebody else's."""

    REBUILDING: str
    """SELECT of the number kept for `timeline.store.unfinished`; 0 for none."""

    def place(self, connection: Connection) -> str:
        """Where the database is, as a person may be told."""

    def usable(self, place: str, /) -> AbstractContextManager[None]:
        """Tell a person what the driver's errors inside mean; errors in the program's own SQL stay as they are.

        Raises:
            DatabaseUnusable: the database is locked, read-only, damaged or the like.
        """

    def begin_reading(self, connection: Connection) -> None:
        """Begin a transaction all of whose answers are of one moment."""

    def begin_writing(self, connection: Connection) -> None:
        """Begin a transaction that alone writes the log, once no other does."""

    def announce(self, connection: Connection, position: int) -> None:
        """Tell those who follow the log that it ends here, once the transaction under way is committed."""

    def streamed(self, connection: Connection, sql: str, values: Sequence[object] = ()) -> Cursor:
        """The rows of a query of any length, in flat memory."""

    def insert(
        self, connection: Connection, table: str, columns: Sequence[str], rows: Sequence[Sequence[object]]
    ) -> None:
        """Write many rows."""

    def exact(self, column: str, kind: str) -> str:
        """SQL for two values: type ('text', 'blob', 'null' or another) and bytes of a column.

        Args:
            column: of text or bytes, as SQL.
            kind: 'text' or 'blob', as declared.
        """

    def text_bytes(self, column: str) -> str:
        """SQL for the bytes of a column of text, not decoded; where it holds another type, NULL."""

    def names(self, connection: Connection) -> set[str]:
        """Names of all that is in the database, or in its part that is this program's."""

    def mark(self, connection: Connection) -> int:
        """The number that says whose database it is; 0 for nobody's."""

    def guards(self, connection: Connection) -> dict[str, str]:
        """What stands beside the tables to guard them, by name; strangers are among them."""

    def rebuilding(self, connection: Connection) -> int:
        """The number kept for `timeline.store.unfinished`; 0 for none."""

    def keep_rebuilding(self, connection: Connection, position: int) -> None:
        """Keep that number, as part of the transaction under way."""

    def views_of(self, layout: Layout) -> dict[str, str]:
        """The views of a topic: SELECT by name.

        Raises:
            ValueError: two views, or two columns of a view, have one name.
        """

    def view_stands(self, connection: Connection, name: str, select: str) -> bool:
        """Whether the database has a view of this name that gives what a statement of `views_of` gives."""

    def has_words(self, connection: Connection) -> bool:
        """Whether an index of words can be kept and searched, see `timeline.store.words`."""

    def keeps_words(self, connection: Connection) -> bool:
        """Whether there is an index of words, be it one that cannot be used."""

    def words(self) -> Words:
        """How that index is kept and searched."""

    def faults(self, connection: Connection, most: int) -> Iterator[str]:
        """What the database system itself finds wrong with tables and indexes, at most so many."""

    def excess(self, connection: Connection) -> str:
        """What the connected user may do to the log beside appending to it; "" for nothing that a database can bar."""

    def erase_bodies(self, connection: Connection, positions: Iterable[int]) -> None:
        """Delete content and salt of the events at these positions, whose erasures have to be recorded already."""

    def overwrite(self, connection: Connection) -> None:
        """Leave no bytes of what this connection deletes from now on; outside a transaction."""

    def scour(self, connection: Connection) -> str:
        """Rid the database's files of all that was ever deleted; why that was not possible, "" where it was."""

    def maker(self, connection: Connection) -> str:
        """Who else has to make views and other things of the schema; "" where the connected user may."""

    def copies(self, connection: Connection) -> tuple[str, ...]:
        """What is kept beside the database and may hold what was deleted from it."""

    def small_cache(self, connection: Connection) -> AbstractContextManager[None]:
        """Hold little of the database in this process's memory inside; outside a transaction."""


def dialect_of(connection: Connection) -> Dialect:
    """The dialect that a connection speaks; SQLite's own connections say nothing of it."""
    dialect: Dialect = getattr(connection, "dialect", sqlite_dialect)
    return dialect
