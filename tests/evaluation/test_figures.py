"""The figures and dates that an annotation's quotes hold."""

from __future__ import annotations

import pytest

from evaluation.figures import is_date, within
from timeline.paragraphs import Span


def figures(text: str) -> list[str]:
    return [text[span.start : span.end] for span in within(Span(1, 0, len(text)), text)]


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        ("approximately HKD 190.6 million", ["190.6"]),
        ("HKD 38.04 and HKD 38.16", ["38.04", "38.16"]),
        ("$1,234,567.89", ["1,234,567.89"]),
        ("Rs37.03 crore", ["37.03"]),
        ("Nov. 11-15", ["Nov. 11-15"]),
        ("dated January 3, 2023", ["January 3, 2023"]),
        ("17th of April 2026", ["17th of April 2026"]),
        ("May 2026", ["May 2026"]),
        ("may rise", []),
        ("2023 and 2024", ["2023", "2024"]),
        ("Q1 FY2023", ["Q1 FY2023"]),
        ("third quarter of 2025", ["third", "2025"]),
        ("a third place", []),
        ("sixth consecutive trading session", ["sixth"]),
        ("last Monday", ["Monday"]),
        ("two-year term", ["two"]),
        ("one-year terms", ["one"]),
        ("one of them", []),
        ("twenty-five stores", ["twenty-five"]),
        ("one-third of the grant", ["one-third"]),
        ("twelve (12) months", ["twelve"]),
        ("the Model 3", []),
        ("SU7 Ultra", []),
        ("Form 8-K", []),
        ("chief financial officer", []),
    ],
)
def test_a_quote_holds_its_figures_and_dates(quote: str, expected: list[str]) -> None:
    assert figures(quote) == expected


def test_only_what_is_quoted_counts_and_is_judged_in_its_sentence() -> None:
    text = "In the third quarter, 10 of the Model 3 were sold for 20."
    span = Span(7, text.index("Model"), text.index(" for"))
    assert list(within(span, text)) == []
    span = Span(7, text.index("third"), text.index(" of"))
    assert [text[each.start : each.end] for each in within(span, text)] == ["third", "10"]


@pytest.mark.parametrize(
    ("quote", "expected"),
    [("January 8", True), ("Jan. 8, 2026", True), ("2026", True), ("5 million", False), ("Aster", False)],
)
def test_a_date_alone_is_told_from_a_figure_and_a_name(quote: str, *, expected: bool) -> None:
    assert is_date(quote) is expected
