from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.render.acme import BASIS, EVENTS, PAGE
from timeline.render import workbook
from timeline.render.book import Book, listing_book, page_book
from timeline.render.columns import Grid
from timeline.render.workbook import shown_exactly, write_workbook
from timeline.section import Column, Finding

if TYPE_CHECKING:
    from timeline.section import Row

NUMBERS = (Column("n", kind="number"),)


def written(book: Book, command: str = "") -> Any:  # noqa: ANN401 - a workbook as another library reads it
    file = BytesIO()
    write_workbook(file, book, command)
    return openpyxl.load_workbook(file)


def cells(book: Book, sheet: str) -> list[tuple[Any, ...]]:
    return list(written(book)[sheet].iter_rows(values_only=True))


def sheet_of(columns: tuple[Column, ...], *rows: Row) -> list[tuple[Any, ...]]:
    return cells(Book((Grid("x", columns, rows),)), "x")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "=cmd|' /C calc'!A0", "https://example.com", "{=A1}", "12"])
def test_what_a_source_wrote_stays_text(text: str) -> None:
    file = BytesIO()
    write_workbook(file, Book((Grid("x", (Column("said"),), [{"said": text}]),)))
    cell = openpyxl.load_workbook(file)["x"]["A2"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


@pytest.mark.parametrize(
    ("number", "cell", "pattern"),
    [
        ("5000000", 5_000_000, "#,##0"),
        ("-320500000", -320_500_000, "#,##0"),
        ("38.10", 38.1, "#,##0.00"),
        ("123456789012345", 123_456_789_012_345, "#,##0"),
        ("0.000000000000001", 1e-15, "#,##0.000000000000000"),
    ],
)
def test_a_number_that_a_spreadsheet_keeps_is_a_number_with_its_decimals(
    number: str, cell: float, pattern: str
) -> None:
    found = written(Book((Grid("x", NUMBERS, [{"n": number}]),)))["x"]["A2"]
    assert (found.value, found.data_type, found.number_format) == (cell, "n", pattern)


@pytest.mark.parametrize(
    "number", ["1234567890123456", "0.1234567890123456", "1234567890123456789012345678901234567890"]
)
def test_a_number_that_a_spreadsheet_would_round_is_text_with_every_digit(number: str) -> None:
    assert sheet_of(NUMBERS, {"n": number}) == [("n",), (number,)]


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20, places=4))
def test_what_is_shown_as_a_number_comes_back_as_it_was(number: Decimal) -> None:
    if shown_exactly(number):
        assert Decimal(f"{float(number):.15g}") == number
    else:
        assert len(number.normalize().as_tuple().digits) > 15


def test_a_day_is_a_real_date_beside_its_text_and_a_vague_date_only_text() -> None:
    due = (Column("due", kind="when"),)
    assert sheet_of(due, {"due": "2026-04-01"}, {"due": "2026-04"}) == [
        ("due", "due_date"),
        ("2026-04-01", datetime(2026, 4, 1)),  # noqa: DTZ001 - cells have no zone
        ("2026-04", None),
    ]
    assert sheet_of(due, {"due": "2026-04"}) == [("due",), ("2026-04",)]


def test_a_day_on_which_spreadsheets_differ_is_text() -> None:
    assert sheet_of((Column("due", kind="when"),), {"due": "1899-12-30"})[1] == ("1899-12-30", "1899-12-30")


def test_flags_are_truth_values_and_lists_one_cell() -> None:
    columns = (Column("counts", kind="flag"), Column("sources", kind="ids"))
    assert sheet_of(columns, {"counts": True, "sources": ["a", "b"]}, {"counts": False})[1:] == [
        (True, "a b"),
        (False, None),
    ]


def test_a_page_has_a_sheet_a_table_with_the_headings_in_view() -> None:
    book = written(page_book(PAGE), "timeline show acme")
    assert book.sheetnames[:3] == ["buybacks.fields", "buybacks.executions", "buybacks.months"]
    assert {"about", "promises"} <= set(book.sheetnames)
    sheet = book["buybacks.executions"]
    assert (sheet.freeze_panes, sheet["A1"].font.bold, sheet.auto_filter.ref) == ("A2", True, "A1:K3")
    assert sheet.column_dimensions["A"].width < sheet.column_dimensions["J"].width


def test_a_sheet_says_what_the_others_are_true_of_and_what_was_found() -> None:
    listing = replace(
        EVENTS, basis=replace(BASIS, as_of="2026-01-31"), findings=(Finding("sum-off", "error", "3 is not 4"),)
    )
    book = written(listing_book(listing), "timeline events acme --as-of 2026-01-31")
    about = dict(book["about"].iter_rows(min_row=2, values_only=True))
    assert about["command"] == "timeline events acme --as-of 2026-01-31"
    assert about["basis"] == "as of 2026-01-31, log to position 41, on 2026-05-02"
    assert about["rows of events"] == str(len(EVENTS.rows))
    assert about["error sum-off"] == "3 is not 4"
    assert [cell.value for cell in book["findings"][2]][:2] == ["error", "sum-off"]


def test_a_table_longer_than_a_sheet_goes_on_in_the_next_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 2)
    book = written(Book((Grid("x", NUMBERS, [{"n": str(n)} for n in range(5)]),)))
    assert book.sheetnames == ["x", "x (2)", "x (3)", "about"]
    told = [row[0] for name in book.sheetnames[:3] for row in book[name].iter_rows(min_row=2, values_only=True)]
    assert told == [0, 1, 2, 3, 4]


def test_text_longer_than_a_cell_is_cut_and_that_is_told() -> None:
    book = written(Book((Grid("x", (Column("said"),), [{"said": "a" * 40_000}]),)))
    assert len(book["x"]["A2"].value) == 32_767
    about = dict(book["about"].iter_rows(min_row=2, values_only=True))
    assert about["cut"] == "x, row 2, column 1: 40,000 signs, of which a cell holds 32,767"


def test_names_of_sheets_are_short_and_differ() -> None:
    long = "investments.plans.statements.more"
    book = written(Book((Grid(long, NUMBERS, []), Grid(long.upper(), NUMBERS, []), Grid("About", NUMBERS, []))))
    assert book.sheetnames == [long[:31], f"{long.upper()[:27]} (2)", "About (2)", "about"]


def test_one_answer_is_always_the_same_file() -> None:
    first, second = BytesIO(), BytesIO()
    write_workbook(first, page_book(PAGE), "timeline show acme")
    write_workbook(second, page_book(PAGE), "timeline show acme")
    assert first.getvalue() == second.getvalue()
