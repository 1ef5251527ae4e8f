"""Long answers come over a thousand rows at a time, beside other questions on the same connection."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from timeline.store.dialect import dialect_of
from timeline.store.opening import open_writer

if TYPE_CHECKING:
    from tests.served import Schema

NUMBERS = "SELECT n, convert_to(n || 'ä', 'UTF8'), NULL FROM generate_series(1, CAST(? AS BIGINT)) AS n"


@pytest.mark.parametrize("number", [0, 1, 999, 1000, 1001, 2500])
@pytest.mark.parametrize("transaction", [True, False])
def test_every_row_comes_once_whatever_is_asked_beside(schema: Schema, number: int, transaction: bool) -> None:  # noqa: FBT001
    with open_writer(schema.url) as writer:
        if transaction:
            writer.connection.execute("BEGIN")
        rows = dialect_of(writer.connection).streamed(writer.connection, NUMBERS, (number,))
        found = []
        for row in rows:
            assert writer.connection.execute("SELECT ?", (7,)).fetchone() == (7,)
            found.append(row)
        assert found == [(n, f"{n}ä".encode(), None) for n in range(1, number + 1)]
        assert writer.connection.execute("SELECT count(*) FROM pg_cursors WHERE name LIKE 'timeline%'").fetchone() == (
            0,
        )
        writer.connection.rollback()


def test_rows_come_one_several_or_all(schema: Schema) -> None:
    with open_writer(schema.url) as writer:
        rows = dialect_of(writer.connection).streamed(writer.connection, NUMBERS, (3,))
        assert [row[0] for row in (rows.fetchone(), *rows.fetchmany(1), *rows.fetchall())] == [1, 2, 3]
        assert (rows.fetchone(), rows.fetchmany(2), rows.fetchall()) == (None, [], [])
