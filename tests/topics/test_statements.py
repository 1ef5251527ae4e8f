"""Statements, by category."""

from __future__ import annotations

import msgspec
import pytest

from tests.topics import build
from timeline.topics.statements import TOPIC, Made

STRATEGY = build.event(
    Made(category="strategy", text="raises its targets and starts an R&D push"), occurred="2026-01-09"
)
WATCH = build.event(
    Made(
        category="to watch", text="sales of the SU7 facelift as the test of the 550,000", due=build.when("2026-04/..")
    ),
    occurred="2026-01-09",
)
OUTLOOK = build.event(Made(category="outlook", text="demand exceeds what the company expected"), occurred="2026-01-08")


def test_statements_stand_by_category_then_by_day() -> None:
    earlier = build.event(Made(category="outlook", text="growth goes on"), occurred="2025-12-01")
    rows = build.section(TOPIC, WATCH, OUTLOOK, STRATEGY, earlier).tables["statements"]
    assert [(row["category"], row["occurred"]) for row in rows] == [
        ("strategy", "2026-01-09"),
        ("outlook", "2025-12-01"),
        ("outlook", "2026-01-08"),
        ("to watch", "2026-01-09"),
    ]


def test_what_is_to_be_watched_has_a_window_and_is_no_promise() -> None:
    section = build.section(TOPIC, WATCH)
    assert section.tables["statements"][0]["due"] == "2026-04/.."
    assert section.promises == ()


def test_one_statement_in_two_sources_is_one_row() -> None:
    again = build.event(STRATEGY.payload, occurred="2026-01-09", source="s2")
    (row,) = build.section(TOPIC, STRATEGY, again).tables["statements"]
    assert sorted(row["sources"]) == ["s1", "s2"]


def test_the_order_of_loading_does_not_matter() -> None:
    events = (STRATEGY, WATCH, OUTLOOK)
    expected = build.section(TOPIC, *events)
    assert all(build.section(TOPIC, *order) == expected for order in build.orders(*events))


def test_an_unknown_category_is_refused() -> None:
    with pytest.raises(msgspec.ValidationError, match="Invalid enum value 'gossip'"):
        msgspec.convert({"category": "gossip", "text": "they say"}, Made)
