"""The rows of an answer of any length: they stay on the server, a thousand at a time come over."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, Self

import psycopg

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_FETCHED = 1000

Row = tuple[Any, ...]


class Stream:
    """What the store uses of `sqlite3.Cursor`, over a cursor on the server.

    One that is read to its end is closed then; one that is not ends with its transaction, or with the connection where
    it was begun outside of one.
    """

    def __init__(self, driven: psycopg.Connection[Any], name: str, sql: str, values: Sequence[object]) -> None:
        """Run the query, and have the first rows come with the answer, so that a short one takes no longer."""
        self._driven = driven
        self._name = name
        idle = driven.info.transaction_status == psycopg.pq.TransactionStatus.IDLE
        with driven.pipeline():
            hold = "WITH HOLD" if idle else "WITHOUT HOLD"
            self._run(f"DECLARE {name} NO SCROLL CURSOR {hold} FOR {sql}", values)
            first = self._fetch()
        self._rows = self._read(first)

    def _run(self, sql: str, values: Sequence[object] = ()) -> psycopg.RawCursor[Row]:
        # Prepared for once only: each has a name of its own in it.
        return psycopg.RawCursor(self._driven).execute(sql, values or None, binary=True, prepare=False)

    def _fetch(self) -> psycopg.RawCursor[Row]:
        return self._run(f"FETCH FORWARD {_FETCHED} FROM {self._name}")

    def _read(self, fetched: psycopg.RawCursor[Row]) -> Iterator[Row]:
        while rows := fetched.fetchall():
            yield from rows
            if len(rows) < _FETCHED:
                break
            fetched = self._fetch()
        self._run(f"CLOSE {self._name}")

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
