"""The rows of an answer of any length: they stay on the server, a thousand at a time come over."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from timeline.store.postgres.answer import Answer, Row, Sender

_FETCHED = 1000


class Stream:
    """What the store uses of `sqlite3.Cursor`, over a cursor on the server.

    One that is read to its end is closed then; one that is not ends with its transaction, or with the connection where
    it was begun outside of one.
    """

    def __init__(self, connection: Sender, name: str, sql: str, values: Sequence[object]) -> None:
        """Run the query, and have the first rows come with the answer, so that a short one takes no longer."""
        self._connection = connection
        self._name = name
        hold = "WITHOUT HOLD" if connection.in_transaction else "WITH HOLD"
        declared = (f"DECLARE {name} NO SCROLL CURSOR {hold} FOR {sql}", values)
        _, first = connection.together(declared, (self._fetching, ()))
        self._rows = self._read(first)

    @property
    def _fetching(self) -> str:
        return f"FETCH FORWARD {_FETCHED} FROM {self._name}"

    def _read(self, fetched: Answer) -> Iterator[Row]:
        while rows := fetched.fetchall():
            yield from rows
            if len(rows) < _FETCHED:
                break
            (fetched,) = self._connection.together((self._fetching, ()))
        self._connection.together((f"CLOSE {self._name}", ()))

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> Row:
        return next(self._rows)

    def fetchone(self) -> Row | None:
        """The next row; None where there is none."""
        return next(self._rows, None)

    def fetchmany(self, size: int) -> list[Row]:
        """The next rows, so many as there are."""
        return list(islice(self._rows, size))

    def fetchall(self) -> list[Row]:
        """All that are left."""
        return list(self._rows)
