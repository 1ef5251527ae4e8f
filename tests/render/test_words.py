from decimal import Decimal

import pytest

from timeline.render.words import cell_words, due_words, number_words, short_number, when_words
from timeline.section import Column


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2026-01-08", "2026-01-08"),
        ("2025-35", "2025-Q3"),
        ("2025-41", "2025-H2"),
        ("2025-35~", "about 2025-Q3"),
        ("2026-01?", "2026-01?"),
        ("2026-01%", "about 2026-01?"),
        ("../2026-12-31", "by 2026-12-31"),
        ("2026-04/..", "from 2026-04"),
        ("2026/2030", "2026–2030"),
        ("2025-12-30/2026-01-08", "2025-12-30 – 2026-01-08"),
        ("2026-01-09T09:46:04+01:00", "2026-01-09T09:46:04+01:00"),
        ("2026-01-35", "2026-01-35"),
    ],
)
def test_edtf_is_put_into_words(edtf: str, words: str) -> None:
    assert when_words(edtf) == words


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("../2026-12-31", "by 2026-12"),
        ("../2026-12-30", "by 2026-12-30"),
        ("2026-12-31", "2026-12-31"),
        ("2026", "2026"),
    ],
)
def test_a_window_that_ends_with_a_month_names_the_month(edtf: str, words: str) -> None:
    assert due_words(edtf) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("162000000", "162,000,000"),
        ("-43210.50", "-43,210.50"),
        ("2025", "2025"),
        ("0.63", "0.63"),
        ("n/a", "n/a"),
        ("123456789012345678901234567890.1", "123,456,789,012,345,678,901,234,567,890.1"),
    ],
)
def test_thousands_are_grouped_and_no_digit_changes(text: str, words: str) -> None:
    assert number_words(text) == words


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("550000", "550k"),
        ("13500000", "13.5m"),
        ("1071000000", "1.07bn"),
        ("-2000000000000", "-2tn"),
        ("38.16", "38.16"),
        ("0", "0"),
    ],
)
def test_numbers_on_an_axis_are_short(number: str, words: str) -> None:
    assert short_number(Decimal(number)) == words


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        (Column("event", kind="id"), "0123456789abcdef0123456789abcdef", "01234567"),
        (Column("source", kind="id"), "wire-of-a-name-that-is-very-long", "wire-of-a-name-that-is-…"),
        (Column("sources", kind="ids"), ["wire"], "wire"),
        (Column("sources", kind="ids"), ["wire", "exchange"], "2"),
        (Column("sources", kind="ids"), [], ""),
        (Column("late", kind="flag"), False, "no"),
        (Column("late", kind="flag"), None, ""),
        (Column("position", kind="number"), 12345, "12,345"),
        (Column("features"), ["LiDAR", "motor"], "LiDAR; motor"),
        (Column("parts"), {"item_name": "motor", "price": None}, "item name motor"),
        (Column("what"), "\x1b[2J", "␛[2J"),
    ],
)
def test_each_kind_of_cell_has_its_words(column: Column, value: object, words: str) -> None:
    assert cell_words(column, value) == words
