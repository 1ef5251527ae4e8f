from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.render.columns import Grid, day_of, fields, grids
from timeline.section import Column, Table


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-01-08", date(2026, 1, 8)),
        ("2025-03-19+08:00", date(2025, 3, 19)),
        ("2026-01-09T23:46:04-05:00", date(2026, 1, 9)),
        ("2026-01-09T09:46:04.123Z", date(2026, 1, 9)),
    ],
)
def test_a_text_that_says_one_day_is_that_day_where_it_was_told(text: str, day: date) -> None:
    assert day_of(text) == day


@pytest.mark.parametrize(
    "text", ["2026", "2026-01", "2025-33", "2026-01-08~", "2026-01-08?", "../2026-01-08", "2026-01-08/2026-01-09", "no"]
)
def test_a_text_that_says_more_or_less_than_a_day_is_none(text: str) -> None:
    assert day_of(text) is None


def test_a_column_of_numbers_knows_the_digits_that_it_needs() -> None:
    grid = Grid("x", (Column("n", kind="number"),), [{"n": "-12.5"}, {"n": "1234"}, {"n": None}, {"n": 7}])
    (field,) = fields(grid)
    assert (field.kind, field.whole, field.decimals) == ("number", 4, 1)
    assert [field.of(row) for row in grid.rows] == [Decimal("-12.5"), Decimal(1234), None, Decimal(7)]


def test_a_column_in_which_something_is_no_number_stays_text() -> None:
    grid = Grid("x", (Column("n", kind="number"),), [{"n": "12"}, {"n": "a dozen"}])
    (field,) = fields(grid)
    assert [field.of(row) for row in grid.rows] == ["12", "a dozen"]


def test_a_date_keeps_its_text_and_has_its_day_beside_it() -> None:
    grid = Grid("x", (Column("due", kind="when"),), [{"due": "2026-04"}, {"due": "2026-04-01"}])
    assert [(field.name, [field.of(row) for row in grid.rows]) for field in fields(grid)] == [
        ("due", ["2026-04", "2026-04-01"]),
        ("due_date", [None, date(2026, 4, 1)]),
    ]


def test_a_day_never_takes_the_place_of_a_column_of_its_name() -> None:
    grid = Grid("x", (Column("due", kind="when"), Column("due_date")), [{"due": "2026-04-01", "due_date": "kept"}])
    assert [field.of(grid.rows[0]) for field in fields(grid)] == ["2026-04-01", "kept"]


def test_lists_of_texts_stay_lists_also_in_a_column_of_texts() -> None:
    grid = Grid("x", (Column("ids", kind="ids"), Column("with")), [{"ids": ["a"], "with": ["b", "c"]}, {"with": "d"}])
    ids, several = fields(grid)
    assert [ids.of(row) for row in grid.rows] == [["a"], None]
    assert [several.of(row) for row in grid.rows] == [["b", "c"], ["d"]]


def test_a_table_inside_rows_has_what_is_around_it_first_under_names_of_its_own() -> None:
    inner = Column("steps", kind="rows", columns=(Column("unit"), Column("value", kind="number")))
    table = Table("targets", "Targets", (Column("metric"), Column("unit"), inner))
    rows = [{"metric": "units", "unit": "cars", "steps": [{"unit": "x", "value": "1"}, {"unit": "y", "value": "2"}]}]
    outer, steps = grids(table, rows)
    assert [column.name for column in outer.columns] == ["metric", "unit"]
    assert [column.name for column in steps.columns] == ["metric", "targets_unit", "unit", "value"]
    assert [column.kind for column in steps.columns] == ["text", "text", "text", "number"]
    assert [tuple(row[column.name] for column in steps.columns) for row in steps.rows] == [
        ("units", "cars", "x", "1"),
        ("units", "cars", "y", "2"),
    ]


@given(st.lists(st.decimals(allow_nan=False, allow_infinity=False, places=6), min_size=1))
def test_no_digit_of_a_number_is_lost(numbers: list[Decimal]) -> None:
    rows = [{"n": format(number, "f")} for number in numbers]
    (field,) = fields(Grid("x", (Column("n", kind="number"),), rows))
    assert [field.of(row) for row in rows] == numbers
    assert all(len(format(abs(number), "f").partition(".")[0]) <= field.whole for number in numbers)
