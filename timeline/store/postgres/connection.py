"""A connection that takes what the store says to SQLite's: the same methods, the same types of values.

Without a transaction under way every statement is one by itself, as with SQLite's driver where it begins none.
"""

from __future__ import annotations

from itertools import count, islice
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg.pq import TransactionStatus

from timeline.store.postgres.statements import translated
from timeline.store.postgres.stream import Stream

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from timeline.store.dialect import Dialect

_TOGETHER = 1000
"""Rows of values that are sent before the server's answers are waited for."""


class Connection:
    """What the store uses of `sqlite3.Connection`, over one of psycopg.

    Attributes:
        dialect: see `timeline.store.dialect`.
        driven: psycopg's, which begins no transaction by itself.
        place: where the database is, without a password.
        schema: in which all of it stands.
    """

    def __init__(self, driven: psycopg.Connection[Any], dialect: Dialect, place: str, schema: str) -> None:
        self.dialect = dialect
        self.driven = driven
        self.place = place
        self.schema = schema
        self._cursors = count(1)

    def execute(self, sql: str, values: Sequence[object] = ()) -> psycopg.RawCursor[Any]:
        """Run a statement; all of its rows are in memory when it returns, see `streamed`."""
        return psycopg.RawCursor(self.driven).execute(translated(sql), values or None, binary=True)

    def executemany(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """Run a statement for each row of values; making these may ask the database itself, in between."""
        waiting, cursor = iter(rows), psycopg.RawCursor(self.driven)
        while batch := list(islice(waiting, _TOGETHER)):
            if len(batch) > 1:
                cursor.executemany(translated(sql), batch)
            else:
                cursor.execute(translated(sql), batch[0])  # executemany takes half as long again to wait for one answer

    def streamed(self, sql: str, values: Sequence[object] = ()) -> Stream:
        """Run a query whose rows stay on the server until they are asked for."""
        return Stream(self.driven, f"timeline_{next(self._cursors)}", translated(sql), values)

    def copy(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        """Write rows by COPY, which takes a tenth of the time of so many INSERTs and fires the same triggers."""
        cursor = psycopg.RawCursor(self.driven)
        with cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)

    @property
    def in_transaction(self) -> bool:
        """Whether one is under way, be it one that failed."""
        return self.driven.info.transaction_status != TransactionStatus.IDLE

    def commit(self) -> None:
        """End the transaction under way, durably."""
        self.driven.commit()

    def rollback(self) -> None:
        """Undo the transaction under way; also where the server is gone, which has undone it then."""
        if not self.driven.broken:
            self.driven.rollback()

    def close(self) -> None:
        """Leave the server."""
        self.driven.close()
