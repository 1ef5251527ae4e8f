from decimal import Decimal

import pytest

from timeline.render.words import cell_words, due_words, figure_words, number_words, short_number, signed, when_words
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
        ("2026-01-09T09:46:04+01:00", "2026-01-09"),
        ("2025-03-19+08:00", "2025-03-19"),
        ("2025-03-19-05:00", "2025-03-19"),
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
        ("-2000000000000", "−2tn"),
        ("38.16", "38.16"),
        ("0", "0"),
        ("1E+40", "1" + "0" * 28 + "tn"),
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
        (Column("sources", kind="ids"), ["wire", "exchange", "agency"], "wire +2"),
        (Column("sources", kind="ids"), [], ""),
        (Column("late", kind="flag"), True, "yes"),
        (Column("late", kind="flag"), False, ""),
        (Column("late", kind="flag"), None, ""),
        (Column("position", kind="number"), 12345, "12,345"),
        (Column("a_year", kind="number"), "40000000000", "40bn"),
        (Column("shares", kind="number"), "21531652634", "21,531,652,634"),
        (Column("change", kind="number"), "-3.5", "−3.5"),
        (Column("shares_printed", "shares", kind="figure"), "13,500,000 shares", "13,500,000"),
        (Column("cap_printed", "cap", kind="figure"), "13,500,000 shares", "13,500,000 shares"),
        (Column("value_printed", "value", kind="figure"), "about HKD 190.6 million", "~HKD 190.6m"),
        (Column("features"), ["LiDAR", "motor"], "LiDAR; motor"),
        (Column("parts"), {"item_name": "motor", "price": None}, "item name motor"),
        (Column("what"), "\x1b[2J", "␛[2J"),
    ],
)
def test_each_kind_of_cell_has_its_words(column: Column, value: object, words: str) -> None:
    assert cell_words(column, value) == words


@pytest.mark.parametrize(
    ("printed", "words"),
    [
        ("over 410,000", ">410,000"),
        ("> +14.3 %", ">+14.3 %"),
        ("at least 4.6m", "≥4.6m"),
        ("RMB 200 billion", "RMB 200bn"),
        ("5 million vehicles", "5m vehicles"),
        ("700 million yuan (about USD 98 million)", "700m yuan"),
        ("(1.2 million)", "(1.2m)"),
        ("-0.42 %", "−0.42 %"),
        ("$8bn-plus", "$8bn-plus"),
        ("nearly 20,000", "nearly 20,000"),
        ("HKD 38.04–38.16", "HKD 38.04–38.16"),
    ],
)
def test_a_printed_figure_takes_few_characters_and_keeps_its_digits(printed: str, words: str) -> None:
    assert figure_words(printed) == words


@pytest.mark.parametrize(
    ("text", "words"), [("-0.42 %", "−0.42 %"), ("-3 to -2", "−3 to −2"), ("2026-01-08", "2026-01-08"), ("A-1", "A-1")]
)
def test_a_minus_is_told_from_a_hyphen(text: str, words: str) -> None:
    assert signed(text) == words
