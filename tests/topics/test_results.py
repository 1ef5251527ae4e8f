"""Results: figures of a period, restatements and firsts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.topics import build
from timeline.topics.results import TOPIC, Reported

if TYPE_CHECKING:
    from timeline.event import Event


def profit(value: str = "") -> Reported:
    return Reported(
        metric="profit",
        segment="EV division",
        period=build.when("2025-Q3"),
        first="first profit",
        value=build.figure(value) if value else None,
    )


def revenue(value: str, basis: str | None = None) -> Reported:
    return Reported(metric="revenue", period=build.when("2025"), value=build.figure(value), basis=basis)


def test_xiaomis_first_profit_stands_in_two_sources_and_is_one_result() -> None:
    # The article of 2026-01-09, paragraph 8, prints no figure; the news of 2025-11-20 prints 700 million yuan.
    section = build.section(
        TOPIC,
        build.event(profit(), source="article", occurred="2025-Q3"),
        build.event(profit("700 million yuan"), source="news", occurred="2025-Q3"),
    )
    (row,) = section.tables["results"]
    assert (row["value"], row["unit"], row["sources"]) == ("700000000", "CNY", ["news", "article"])
    assert [report["source"] for report in row["reports"]] == ["news", "article"]
    (line,) = section.headlines
    assert (line.label, line.cells, line.sources) == ("EV division", ("first profit in Q3 2025, CNY 700m",), 2)


def test_figures_of_different_basis_or_segment_are_different_results() -> None:
    payloads = (revenue("USD 1 million", basis="GAAP"), revenue("USD 2 million", basis="adjusted"))
    section = build.section(TOPIC, *(build.event(payload, source=payload.basis) for payload in payloads))
    assert [(row["basis"], row["disputed"]) for row in section.tables["results"]] == [
        ("GAAP", None),
        ("adjusted", None),
    ]


def test_sources_that_differ_are_one_result_in_dispute() -> None:
    section = build.section(
        TOPIC,
        build.event(revenue("USD 1,000"), source="s1"),
        build.event(revenue("USD 1,200"), source="s2"),
    )
    (row,) = section.tables["results"]
    assert (row["disputed"], len(row["reports"])) == ("value", 2)


def test_a_report_that_may_be_of_two_results_is_shown_and_does_not_count() -> None:
    section = build.section(
        TOPIC,
        build.event(revenue("USD 1,000"), source="s1", key="a"),
        build.event(revenue("USD 2,000"), source="s1", key="b"),
        build.event(revenue("USD 3,000"), source="s2"),
    )
    assert {row["value"]: row["counts"] for row in section.tables["results"]} == {
        "1000": True,
        "2000": True,
        "3000": False,
    }


def test_a_result_says_a_value_a_change_or_a_first() -> None:
    assert Reported.ONE_OF == ("value", "change", "first")


@pytest.mark.parametrize("order", build.orders(*(build.event(revenue("USD 1,000"), source=name) for name in "abc")))
def test_the_order_of_loading_does_not_matter(order: list[Event]) -> None:
    (row,) = build.section(TOPIC, *order).tables["results"]
    assert len(row["sources"]) == 3
