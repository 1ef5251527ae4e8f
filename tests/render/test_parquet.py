from __future__ import annotations

import json
import sys
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet

from tests.render.acme import BASIS, EVENTS
from timeline.errors import TimelineError
from timeline.render.book import Book, listing_book
from timeline.render.columns import Grid
from timeline.render.parquet import arrow_table, write_parquet
from timeline.section import Column

if TYPE_CHECKING:
    from timeline.section import Row

NUMBERS = (Column("n", kind="number"),)


def read(book: Book, command: str = "") -> pa.Table:
    file = BytesIO()
    write_parquet(file, book, command)
    return parquet.read_table(file)


def table_of(columns: tuple[Column, ...], *rows: Row) -> pa.Table:
    return read(Book((Grid("x", columns, rows),)))


def test_numbers_are_decimals_of_as_many_digits_as_the_column_needs() -> None:
    table = table_of(NUMBERS, {"n": "5000000"}, {"n": "38.04"}, {"n": None})
    assert table.schema.field("n").type == pa.decimal128(38, 2)
    assert table["n"].to_pylist() == [Decimal(5_000_000), Decimal("38.04"), None]


def test_a_number_of_forty_digits_survives_exactly() -> None:
    number = "1234567890123456789012345678901234.567891"
    table = table_of(NUMBERS, {"n": number}, {"n": "-0.1"})
    assert table.schema.field("n").type == pa.decimal256(76, 6)
    assert table["n"].to_pylist() == [Decimal(number), Decimal("-0.1")]


def test_numbers_that_no_type_holds_are_texts_with_every_digit() -> None:
    number = "9" * 77
    assert table_of(NUMBERS, {"n": number}, {"n": "1.5"})["n"].to_pylist() == [number, "1.5"]


@given(st.lists(st.decimals(allow_nan=False, allow_infinity=False, places=9) | st.none()))
def test_every_number_comes_back_as_it_was(numbers: list[Decimal | None]) -> None:
    rows = [{"n": None if number is None else format(number, "f")} for number in numbers]
    found = arrow_table(Grid("x", NUMBERS, rows))["n"].to_pylist()
    assert [number if number is None else Decimal(number) for number in found] == numbers


def test_days_are_dates_beside_their_text_and_lists_are_lists() -> None:
    columns = (Column("due", kind="when"), Column("counts", kind="flag"), Column("sources", kind="ids"))
    table = table_of(
        columns,
        {"due": "2026-04-01", "counts": True, "sources": ["a", "b"]},
        {"due": "2026-04", "counts": None, "sources": []},
    )
    assert table["due"].to_pylist() == ["2026-04-01", "2026-04"]
    assert table.schema.field("due_date").type == pa.date32()
    assert table["due_date"].to_pylist() == [date(2026, 4, 1), None]
    assert table["counts"].to_pylist() == [True, None]
    assert table["sources"].to_pylist() == [["a", "b"], []]


def test_what_a_source_wrote_stays_as_it_is() -> None:
    assert table_of((Column("said"),), {"said": "=1+1"})["said"].to_pylist() == ["=1+1"]


def test_a_table_without_rows_keeps_its_columns() -> None:
    table = table_of((*NUMBERS, Column("due", kind="when")))
    assert (table.num_rows, table.schema.names) == (0, ["n", "due", "due_date"])


def test_the_file_says_what_it_is_true_of() -> None:
    metadata = read(listing_book(EVENTS), "timeline events acme").schema.metadata
    about = json.loads(metadata[b"timeline"])
    assert about["command"] == "timeline events acme"
    assert about["basis"]["position"] == BASIS.position


def test_without_the_library_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(TimelineError) as error:
        write_parquet(BytesIO(), listing_book(EVENTS))
    assert (error.value.message, error.value.fix) == (
        "Parquet needs pyarrow",
        "pip install 'corporate-timeline[parquet]'",
    )
