"""A connection that takes what the store says to SQLite's: the same methods, the same types of values.

Without a transaction under way every statement is one by itself, as with SQLite's driver where it begins none. Inside
one that `begin` began, statements wait until somebody looks at an answer, and are then sent together: a question to a
server takes far longer than its answer, and what is only written needs none before the transaction ends. So a statement
can fail later than it was said, but never after `commit`.
"""

from __future__ import annotations

from itertools import count, islice
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg.pq import TransactionStatus

from timeline.store.postgres.answer import Answer
from timeline.store.postgres.statements import translated
from timeline.store.postgres.stream import Stream

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from timeline.store.dialect import Dialect

_TOGETHER = 1000
"""Statements, or rows of values, that are sent before the server's answers are waited for."""

_FEW = 50
"""Rows of values up to which each is a statement that waits with others."""


class Connection:
    """What the store uses of `sqlite3.Connection`, over one of psycopg.

    Attributes:
        dialect: see `timeline.store.dialect`.
        place: where the database is, without a password.
        schema: in which all of it stands.
    """

    def __init__(self, driven: psycopg.Connection[Any], dialect: Dialect, place: str, schema: str) -> None:
        self.dialect = dialect
        self._driven = driven
        self.place = place
        self.schema = schema
        self._cursors = count(1)
        self._said: list[Answer] = []
        self._open = False

    @property
    def driven(self) -> psycopg.Connection[Any]:
        """Psycopg's, which begins no transaction by itself; what waits is sent before anybody says more to it."""
        self.send()
        return self._driven

    def begin(self, sql: str) -> None:
        """Begin a transaction whose statements may wait for one another."""
        self._later(sql)
        self._open = True

    def execute(self, sql: str, values: Sequence[object] = ()) -> Answer:
        """Run a statement; all of its rows are in memory once one is looked at, see `streamed`."""
        answer = self._later(translated(sql), values)
        if not self._open:
            self.send()
        return answer

    def together(self, *statements: tuple[str, Sequence[object]]) -> list[Answer]:
        """Run statements in PostgreSQL's own words, which it need not remember as it will not hear them again."""
        answers = [self._later(sql, values, prepare=False) for sql, values in statements]
        if not self._open:
            self.send()
        return answers

    def _later(self, sql: str, values: Sequence[object] = (), *, prepare: bool | None = None) -> Answer:
        if len(self._said) >= _TOGETHER:
            self.send()
        answer = Answer(self, sql, tuple(values), prepare)
        self._said.append(answer)
        return answer

    @property
    def waiting(self) -> int:
        """How many statements wait."""
        return len(self._said)

    def send(self) -> None:
        """Run the statements that wait, in the order in which they were said."""
        said, self._said = self._said, []
        if len(said) == 1:  # a pipeline takes twice as long for one
            self._run(said[0])
        elif said:
            with self._driven.pipeline():
                for answer in said:
                    self._run(answer)

    def _run(self, answer: Answer) -> None:
        cursor = psycopg.RawCursor(self._driven)
        cursor.execute(answer.sql, answer.values or None, binary=True, prepare=answer.prepare)
        answer.cursor = cursor

    def executemany(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """Run a statement for each row of values; making these may ask the database itself, in between."""
        waiting = iter(rows)
        while batch := list(islice(waiting, _TOGETHER)):
            if len(batch) > 1 and not (self._open and len(batch) <= _FEW):
                self.send()
                psycopg.RawCursor(self._driven).executemany(translated(sql), batch)
                continue
            for values in batch:
                self.execute(sql, values)

    def streamed(self, sql: str, values: Sequence[object] = ()) -> Stream:
        """Run a query whose rows stay on the server until they are asked for."""
        return Stream(self, f"timeline_{next(self._cursors)}", translated(sql), values)

    def copy(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        """Write rows by COPY, which takes a tenth of the time of so many INSERTs and fires the same triggers."""
        self.send()
        with psycopg.RawCursor(self._driven).copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)

    @property
    def in_transaction(self) -> bool:
        """Whether one is under way, be it one that failed."""
        return self._open or self._driven.info.transaction_status != TransactionStatus.IDLE

    def commit(self) -> None:
        """End the transaction under way, durably.

        Raises:
            psycopg.errors.InFailedSqlTransaction: a statement of it had failed, so that the server undid all of it.
        """
        ended = self._later("COMMIT") if self.in_transaction else None
        self.send()
        self._open = False
        if ended and ended.undone:
            raise psycopg.errors.InFailedSqlTransaction("the transaction was undone, as a statement in it had failed")

    def rollback(self) -> None:
        """Undo the transaction under way; also where the server is gone, which has undone it then."""
        self._said, self._open = [], False
        if not self._driven.broken:
            self._driven.rollback()

    def close(self) -> None:
        """Leave the server."""
        self._said, self._open = [], False
        self._driven.close()
