"""What a page shows of long tables, and that it says what it leaves out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.render.acme import BASIS
from timeline.page import Page
from timeline.render.excerpt import Length, excerpt, graver, note_lines
from timeline.render.text import page_text
from timeline.render.typeset import cells
from timeline.section import Column, Finding, Layout, Section, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from timeline.section import Row

RESULTS = (
    Column("metric"),
    Column("segment"),
    Column("period", kind="when"),
    Column("value", kind="figure"),
    Column("reports", kind="rows", columns=(Column("published", kind="when"), Column("value", kind="figure"))),
    Column("sources", kind="ids"),
)
DAYS = (Column("occurred", kind="when"), Column("shares", kind="number"))
LENGTH = Length(rows=6, inner=3, findings=4, command="timeline show acme {} --all".format)


def result(metric: str, period: str, segment: str | None = None, sources: int = 1, reports: int = 0) -> Row:
    told = [{"published": f"2026-02-{day:02}", "value": f"USD {day}"} for day in range(1, reports + 1)]
    names = [f"filing-{number}" for number in range(sources)]
    return {"metric": metric, "segment": segment, "period": period, "value": "USD 1", "reports": told, "sources": names}


def quarters(metric: str, years: Sequence[int], segment: str | None = None, sources: int = 1) -> list[Row]:
    return [result(metric, f"{year}-{quarter}", segment, sources) for year in years for quarter in (33, 34, 35, 36)]


def told(rows: Sequence[Row]) -> list[str]:
    return [" ".join(filter(None, (row["metric"], row["segment"], row["period"]))) for row in rows]


def page(*rows: Row, findings: tuple[Finding, ...] = ()) -> Page:
    layout = Layout(topic="results", title="Results", rank=1, tables=(Table("results", "Results", RESULTS),))
    section = Section(topic="results", tables={"results": rows}, findings=findings)
    return Page(slug="acme", name="Acme", basis=BASIS, parts=((layout, section),))


def test_of_one_thing_the_latest_rows_are_shown_in_the_order_of_the_table() -> None:
    rows = [{"occurred": f"2026-01-{day:02}", "shares": "1"} for day in (9, 3, 7, 1, 5, 8, 2, 4)]
    shown = excerpt(DAYS, rows, 3)
    assert [row["occurred"][-2:] for row in shown.rows] == ["09", "07", "08"]
    assert (shown.left, shown.words) == (5, "… 5 more")


def test_of_several_things_the_latest_rows_of_each_are_shown_and_the_others_are_counted() -> None:
    rows = [row for metric in "abcd" for row in quarters(metric, [2024, 2025])]
    shown = excerpt(RESULTS, rows, 6)
    assert told(shown.rows) == ["a 2025-34", "a 2025-35", "a 2025-36", "b 2025-34", "b 2025-35", "b 2025-36"]
    assert shown.words == "… 26 more (shown: the latest of 2 of 4 by metric)"


def test_where_there_are_few_things_more_rows_of_each_are_shown() -> None:
    rows = [*quarters("a", [2021, 2022, 2023, 2024]), result("b", "2024-36")]
    shown = told(excerpt(RESULTS, rows, 8).rows)
    assert (len(shown), shown[0], shown[-1]) == (8, "a 2023-34", "b 2024-36")


def test_what_is_told_of_no_more_comes_last() -> None:
    rows = [*quarters("ended", range(2008, 2019), sources=9), *quarters("goes on", range(2022, 2026), "Asia")]
    assert {row["metric"] for row in excerpt(RESULTS, rows, 3).rows} == {"goes on"}


def test_what_is_often_told_of_comes_before_what_is_told_of_once() -> None:
    rows = [*quarters("rare", [2024, 2025]), *quarters("usual", [2024, 2025], sources=2)]
    assert {row["metric"] for row in excerpt(RESULTS, rows, 3).rows} == {"usual"}


def test_what_a_column_declares_to_matter_most_is_shown_first_and_in_that_order() -> None:
    metric = Column("metric", leading=("sales", "ended", "profit"))
    names = ("assets", "profit", "rent", "sales")
    rows = [row for name in names for row in quarters(name, [2024, 2025], sources=9 if name == "rent" else 1)]
    rows += quarters("ended", range(2008, 2019))
    shown = excerpt((metric, *RESULTS[1:]), rows, 9)
    assert list(dict.fromkeys(row["metric"] for row in shown.rows)) == ["sales", "profit", "rent"]
    assert told(shown.rows)[:3] == ["sales 2025-34", "sales 2025-35", "sales 2025-36"]


def test_the_whole_comes_before_its_parts() -> None:
    rows = [*quarters("sales", [2024, 2025], "Asia", sources=5), *quarters("sales", [2024, 2025])]
    assert {row["segment"] for row in excerpt(RESULTS, rows, 3).rows} == {None}


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("2025-11", "2025"),
        ("2025-34", "2025-35"),
        ("2025-40", "2025-09"),
        ("2025-09", "2025-36"),
        ("2025-04-30", "2025-04~"),
        ("2024-09-29/2025-06-28", "2025-03-30/2025-06-28"),
        ("2025-01-01/2025-06-30", "2025-07-01"),
        ("../2025-06-30", "2025-07-01"),
        ("2025-06-30", "2025-07-01/.."),
        ("", "1999"),
    ],
)
def test_of_two_periods_the_later_ends_later_or_else_begins_later(earlier: str, later: str) -> None:
    rows = [{"occurred": earlier}, {"occurred": later}]
    assert excerpt(DAYS, rows, 1).rows == rows[1:]
    assert excerpt(DAYS, rows[::-1], 1).rows == rows[1:]


def test_without_dates_the_first_rows_are_shown() -> None:
    rows = [{"product": str(number)} for number in range(9)]
    assert excerpt((Column("product"), Column("price", kind="figure")), rows, 3).rows == rows[:3]


def test_a_table_that_is_hardly_longer_is_shown_whole() -> None:
    rows = [{"occurred": f"2026-01-{day:02}"} for day in range(1, 12)]
    assert excerpt(DAYS, rows[:10], 8).rows == rows[:10]
    assert len(excerpt(DAYS, rows, 8).rows) == 8


@given(
    st.lists(st.builds(result, st.sampled_from("abc"), st.sampled_from(["2024", "2025-04", "2025-35", "x", ""]))),
    st.integers(1, 9),
)
def test_rows_shown_and_rows_counted_are_all_rows_in_their_order(rows: list[Row], most: int) -> None:
    numbered = [{**row, "number": number} for number, row in enumerate(rows)]
    shown = excerpt(RESULTS, numbered, most)
    numbers = [row["number"] for row in shown.rows]
    assert len(numbers) + shown.left == len(rows)
    assert numbers == sorted(set(numbers))
    assert len(numbers) <= most + most // 4


def test_the_gravest_findings_are_shown_in_their_order() -> None:
    severities = ("note", "warning", "note", "error", "note", "note", "warning")
    found = [Finding(f"rule-{number}", severity, "so") for number, severity in enumerate(severities)]  # type: ignore[arg-type]
    assert [finding.rule for finding in graver(found, 4)] == ["rule-0", "rule-1", "rule-3", "rule-6"]
    assert graver(found[:5], 4) == found[:5]


LONG = page(
    *(row for metric in ("margin", "profit", "revenue") for row in quarters(metric, [2024, 2025])),
    result("revenue", "2026-33", reports=7),
    findings=tuple(Finding("sum-off", "warning", f"{number} is not {number + 1}") for number in range(9)),
)


@pytest.mark.parametrize("width", [50, 80])
def test_a_long_page_says_what_it_leaves_out_and_how_to_see_it(width: int, golden: Callable[[str, str], None]) -> None:
    text = page_text(LONG, width, length=LENGTH)
    assert text.count("timeline show acme results --all") == 3
    assert max(map(cells, text.splitlines())) <= width
    golden(f"long-{width}.txt", text)


def test_what_is_to_be_typed_moves_no_cursor_and_stands_in_one_line_where_it_can() -> None:
    assert note_lines(("… 5 more", "timeline --db 'a\x1b[2J' show acme"), 80) == [
        "… 5 more: timeline --db 'a␛[2J' show acme"
    ]
    assert note_lines(("… 5 more", "timeline show acme"), 20) == ["… 5 more:", "timeline show acme"]


def test_without_a_length_all_is_shown() -> None:
    text = page_text(LONG, 80)
    assert "more" not in text
    assert text.count("USD 1\n") + text.count("USD 1  ") > 24
    assert text.count("[sum-off]") == 9
