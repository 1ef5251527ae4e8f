"""The agenda: dates that were set, and which of them still stand."""

from __future__ import annotations

import msgspec
import pytest

from tests.topics import build
from timeline.topics.agenda import TOPIC, Scheduled

FIRST = build.event(Scheduled(what="annual results", due=build.when("2026-03-18")), occurred="2026-01-05")
MOVED = build.event(
    Scheduled(what="Annual Results", due=build.when("2026-03-25")),
    occurred="2026-02-20",
    source="s2",
    published="2026-02-20T09:00:00+08:00",
)
MEETING = build.event(Scheduled(what="general meeting", due=build.when("2026-06")), occurred="2026-01-05")


def test_a_date_that_was_moved_is_expected_on_the_new_day_only() -> None:
    section = build.section(TOPIC, FIRST, MOVED)
    assert [(row["due"], row["stands"]) for row in section.tables["agenda"]] == [
        ("2026-03-18", False),
        ("2026-03-25", True),
    ]
    assert [(promise.what, promise.due) for promise in section.promises] == [("Annual Results", "2026-03-25")]


def test_a_date_known_by_its_month_is_expected_within_the_month() -> None:
    (promise,) = build.section(TOPIC, MEETING).promises
    assert (promise.first, promise.last) == ("2026-06-01", "2026-06-30")


def test_the_order_of_loading_does_not_matter() -> None:
    events = (FIRST, MOVED, MEETING)
    expected = build.section(TOPIC, *events)
    assert all(build.section(TOPIC, *order) == expected for order in build.orders(*events))


def test_a_date_has_to_be_given() -> None:
    with pytest.raises(msgspec.ValidationError, match="missing required field `due`"):
        msgspec.convert({"what": "annual results"}, Scheduled)
