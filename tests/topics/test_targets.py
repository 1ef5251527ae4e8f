"""Targets: revisions in order, the outcome against the first and the last, and what sources get wrong about them."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

import pytest

from tests.topics import build
from timeline.topics.results import Reported
from timeline.topics.targets import TOPIC, Set
from timeline.topics.targets.revisions import compare

if TYPE_CHECKING:
    from timeline.event import Event
    from timeline.section import Row
    from timeline.topics.targets.payloads import Action


def said(
    value: str,
    action: Action,
    occurred: str,
    source: str,
    period: str = "2025",
    published: str = "2026-01-09T09:46:04+01:00",
) -> Event:
    payload = Set(
        metric="EV deliveries",
        period=build.when(period),
        action=action,
        value=build.figure(value) if value else None,
    )
    return build.event(payload, occurred=occurred, source=source, published=published)


def came(value: str, source: str = "article", period: str = "2025", against: str = "") -> Event:
    payload = Reported(
        metric="EV deliveries",
        period=build.when(period),
        value=build.figure(value),
        against=build.figure(against) if against else None,
    )
    return build.event(payload, occurred=period, source=source)


# News of 2025-03-19 and 2025-11-20, and the article of 2026-01-09, paragraphs 7 and 17.
MARCH, NOVEMBER = "2025-03-19T00:00:00+08:00", "2025-11-20T00:00:00+08:00"
XIAOMI = (
    said("300,000", "initial", "../2025-03-17", "march", published=MARCH),
    said("350,000", "raised", "2025-03-18", "march", published=MARCH),
    said("over 400,000", "raised", "2025-11-20", "november", published=NOVEMBER),
    said("300,000", "initial", "../2025-01-01", "article"),
    said("", "raised", "2025", "article"),
    said("550,000", "initial", "2026-01~", "article", period="2026"),
    came("over 410,000", against="300,000"),
)


def targets(*events: Event) -> list[Row]:
    return list(build.section(TOPIC, *events).tables["targets"])


def test_xiaomis_target_for_2025_was_300000_then_350000_then_over_400000_and_was_met() -> None:
    section = build.section(TOPIC, *XIAOMI, sources={"march": build.source("agency", published=MARCH)})
    first, second = section.tables["targets"]
    assert [
        (row["day"], row["action"], row["printed"], row["change_percent_printed"]) for row in first["revisions"]
    ] == [
        ("2025-03-17", "initial", "300,000", None),
        ("2025-03-18", "raised", "350,000", "+16.7 %"),
        ("2025-11-20", "raised", "over 400,000", "> +14.3 %"),
    ]
    assert first["revisions"][0]["sources"] == ["march", "article"]
    assert [row["change_on_first_percent_printed"] for row in first["revisions"]] == [None, "+16.7 %", "> +33.3 %"]
    assert (first["status"], first["outcome_printed"]) == ("met", "over 410,000")
    assert first["outcome_on_first_percent_printed"] == "> +36.7 %"  # 410 / 300 = 1.3667
    assert (first["outcome"]["change_percent_printed"], first["outcome"]["change_on_first_percent_printed"]) == (
        None,
        "> +36.7 %",
    )
    assert [row["published"] for row in (*first["revisions"], first["outcome"])] == [
        MARCH,
        MARCH,
        NOVEMBER,
        "2026-01-09T09:00:00+00:00",
    ]
    assert [row["action"] for row in first["mentions"]] == ["raised"]
    assert (second["period"], second["status"], second["outcome"]) == ("2026", "open", None)


def test_xiaomis_head_and_promise() -> None:
    section = build.section(TOPIC, *XIAOMI)
    assert [line.cells for line in section.headlines] == [
        ("2025  >410,000  met >400,000", "2026 target 550,000  open"),
        ("first target 300,000, raised twice", "< +34.1 % on 2025"),  # 550 / 410 = 1.3415
    ]
    assert [(item.what, item.due) for item in section.promises] == [("EV deliveries 550,000", "../2026-12-31")]
    assert section.series[0].points == (
        ("2025-03-17", "300000"),
        ("2025-03-18", "350000"),
        ("2025-11-20", "400000"),
        ("2025-12-31", "410000"),  # the outcome, on the last day of its period
    )


def test_an_outcome_compared_with_a_target_that_was_replaced_is_noted() -> None:
    (finding,) = build.section(TOPIC, *XIAOMI).findings
    assert (finding.rule, finding.severity, finding.sources) == ("target-superseded", "note", ("article",))
    assert "350,000 on 18 Mar 2025 and >400,000 on 20 Nov 2025" in finding.what


def test_an_outcome_compared_with_the_second_of_three_targets_is_told_of_the_third_only() -> None:
    (finding,) = build.section(TOPIC, *XIAOMI[:3], came("over 410,000", against="350,000")).findings
    assert ">400,000 on 20 Nov 2025" in finding.what
    assert "300,000" not in finding.what


def test_an_outcome_compared_with_a_figure_that_was_never_the_target_is_noted() -> None:
    (finding,) = build.section(TOPIC, *XIAOMI[:3], came("over 410,000", against="360,000")).findings
    assert "no report gives as the target" in finding.what


def test_the_order_of_loading_does_not_matter() -> None:
    events = XIAOMI[:4] + XIAOMI[6:]
    expected = build.section(TOPIC, *events)
    assert all(build.section(TOPIC, *order) == expected for order in permutations(events))


def test_going_back_to_the_first_figure_is_a_revision_and_a_late_initial_changes_nothing() -> None:
    there_and_back = (
        said("300,000", "initial", "2025-01-02", "s1"),
        said("350,000", "raised", "2025-03-18", "s1"),
        said("300,000", "cut", "2025-06-01", "s1"),
    )
    late = said("300,000", "initial", "2025-12-31", "s2")
    for order in permutations((*there_and_back, late)):
        (row,) = targets(*order)
        assert [revision["printed"] for revision in row["revisions"]] == ["300,000", "350,000", "300,000"]
        assert [revision["change_percent_printed"] for revision in row["revisions"]] == [None, "+16.7 %", "-14.3 %"]


def test_one_raise_told_twice_without_a_day_is_raised_once() -> None:
    (row,) = targets(
        said("300,000", "initial", "2025-01-02", "s1"),
        said("350,000", "raised", "2025-03", "s2"),
        said("350,000", "raised", "../2025-03-31", "s3"),
    )
    assert [revision["printed"] for revision in row["revisions"]] == ["300,000", "350,000"]
    assert len(row["mentions"]) == 1


def test_a_raise_to_less_is_a_finding() -> None:
    events = (said("300,000", "initial", "2025-01-02", "s1"), said("250,000", "raised", "2025-03-18", "s1"))
    assert [finding.rule for finding in build.section(TOPIC, *events).findings] == ["target-direction"]


def test_a_withdrawn_target_is_no_promise() -> None:
    section = build.section(
        TOPIC, said("300,000", "initial", "2025-01-02", "s1"), said("", "withdrawn", "2025-03-18", "s1")
    )
    assert section.tables["targets"][0]["status"] == "withdrawn"
    assert section.promises == ()


def test_the_head_names_the_next_period_after_the_last_outcome() -> None:
    events = (*XIAOMI, said("1 million", "initial", "2026-01-08", "s9", period="2030"))
    assert build.section(TOPIC, *events).headlines[0].cells[1] == "2026 target 550,000  open"


@pytest.mark.parametrize(
    ("outcome", "target", "status"),
    [
        ("over 410,000", "over 400,000", "met"),
        ("400,001", "over 400,000", "met"),
        ("400,000", "over 400,000", "missed"),
        ("400,000", "at least 400,000", "met"),
        ("over 390,000", "at least 400,000", "open"),
        ("399,999", "at least 400,000", "missed"),
        ("5,000", "under 5,000", "missed"),
        ("4,999", "under 5,000", "met"),
        ("5,000", "at most 5,000", "met"),
        ("over 5,000", "at most 5,000", "missed"),
        ("under 5,000", "under 5,000", "met"),
        ("5 %", "under 5 %", "open"),
        ("300,000", "300,000", "met"),
        ("over 300,000", "300,000", "beat"),
        ("310,000", "300,000", "beat"),
        ("299,999", "300,000", "missed"),
        ("nearly 20,000", "20,000", "open"),
        ("45,000", "40,000–50,000", "in_range"),
        ("50,001", "40,000–50,000", "beat"),
        ("39,999", "40,000–50,000", "missed"),
        ("over 45,000", "40,000–50,000", "open"),
    ],
)
def test_the_outcome_decides_only_as_far_as_its_bounds_go(outcome: str, target: str, status: str) -> None:
    assert compare(build.figure(outcome), build.figure(target)) == status
