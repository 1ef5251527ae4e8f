"""What becomes of a statement that is said inside a transaction and sent later, with those that are said after it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import psycopg

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Row = tuple[Any, ...]


class Sender(Protocol):
    """The connection, which keeps statements until an answer is looked at."""

    @property
    def in_transaction(self) -> bool:
        """See `timeline.store.postgres.connection`."""

    def together(self, *statements: tuple[str, Sequence[object]]) -> list[Answer]:
        """See `timeline.store.postgres.connection`."""

    def send(self) -> None:
        """Run all that were said, and give each its answer."""


class Answer:
    """What the store uses of `sqlite3.Cursor`; the first look at it has the statement sent, which so may fail then.

    Attributes:
        sql: the statement, in PostgreSQL's words.
        values: its values.
        prepare: whether the server is to keep its plan; None where psycopg finds out.
        cursor: psycopg's, once the statement has run.
    """

    __slots__ = ("_sender", "cursor", "prepare", "sql", "values")

    def __init__(self, sender: Sender, sql: str, values: Row, prepare: bool | None) -> None:  # noqa: FBT001
        self._sender = sender
        self.sql = sql
        self.values = values
        self.prepare = prepare
        self.cursor: psycopg.RawCursor[Any] | None = None

    @property
    def rowcount(self) -> int:
        """Number of rows that the statement changed or found."""
        return self._read().rowcount

    @property
    def undone(self) -> bool:
        """Whether a COMMIT undid the transaction instead, which is all that the server says of one that had failed."""
        return self._read().statusmessage == "ROLLBACK"

    @property
    def description(self) -> list[psycopg.Column] | None:
        """The columns of the rows; None where the statement gives none."""
        return self._read().description

    def fetchone(self) -> Row | None:
        """The next row; None where there is none."""
        row: Row | None = self._read().fetchone()
        return row

    def fetchmany(self, size: int) -> list[Row]:
        """The next rows, so many as there are."""
        return self._read().fetchmany(size)

    def fetchall(self) -> list[Row]:
        """All that are left."""
        return self._read().fetchall()

    def __iter__(self) -> Iterator[Row]:
        return iter(self._read())

    def _read(self) -> psycopg.RawCursor[Any]:
        if self.cursor is None:
            self._sender.send()
        if self.cursor is None:
            raise psycopg.InterfaceError("the statement was undone before anybody looked at its answer")
        return self.cursor
