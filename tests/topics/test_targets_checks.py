"""Checks of targets: revisions that contradict one another, and that true ones never alarm."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.checks import facts
from tests.topics import build
from timeline.topics.targets import TOPIC, Set

if TYPE_CHECKING:
    from timeline.event import Event
    from timeline.section import Finding
    from timeline.topics.targets.payloads import Action


def said(action: Action, value: str, occurred: str, previous: str = "", source: str = "s1") -> Event:
    payload = Set(
        metric="EV deliveries",
        period=build.when("2025"),
        action=action,
        value=build.figure(value) if value else None,
        previous=build.figure(previous) if previous else None,
    )
    return build.event(payload, occurred=occurred, source=source)


def verdicts(*events: Event) -> list[str]:
    return facts.names(TOPIC.told(build.stream(*events)).verdicts)


def found(*events: Event) -> list[Finding]:
    return facts.found(TOPIC.told(build.stream(*events)).verdicts)


FIRST = said("initial", "300,000", "2025-01-02")
RAISE = said("raised", "350,000", "2025-03-18", previous="300,000")


def test_a_raise_that_gives_the_target_before_passes() -> None:
    assert verdicts(FIRST, RAISE) == ["(target-initial)", "(target-previous)", "(target-direction)"]


def test_a_raise_that_gives_another_target_before_is_found() -> None:
    (finding,) = found(FIRST, said("raised", "350,000", "2025-03-18", previous="320,000"))
    assert (finding.rule, finding.severity) == ("target-previous", "warning")
    assert finding.what == ("gives 320,000 as the target before 18 Mar 2025, yet that was 300,000, initial 2 Jan 2025")
    assert [(figure.printed, figure.low) for figure in finding.figures] == [
        ("320,000", "320000"),
        ("300,000", "300000"),
    ]


def test_a_target_that_had_been_replaced_is_not_the_one_before() -> None:
    assert [one.rule for one in found(FIRST, RAISE, said("raised", "over 400,000", "2025-11-20", "300,000"))] == [
        "target-previous"
    ]


def test_an_unsure_day_leaves_open_which_target_was_before() -> None:
    later = said("raised", "400,000", "2025", previous="300,000", source="s2")
    assert "target-previous" not in [one.rule for one in found(FIRST, RAISE, later)]


def test_a_target_called_initial_after_another_one_is_found() -> None:
    late = said("initial", "380,000", "2025-06-01", source="s2")
    assert [(one.rule, one.sources) for one in found(FIRST, late)] == [("target-initial", ("s2", "s1"))]
    raised_before = said("raised", "350,000", "2025-03-18", source="s1")
    assert [one.rule for one in found(raised_before, said("initial", "350,000", "2025-06-01", source="s2"))] == [
        "target-initial"
    ]


def test_the_initial_target_may_be_told_again_later() -> None:
    assert found(FIRST, RAISE, said("initial", "about 300,000", "2025-12-31", source="s2")) == []


@pytest.mark.parametrize(
    ("before", "after", "rules"),
    [
        ("300,000–400,000", "320,000–380,000", []),
        ("300,000–400,000", "350,000", []),
        ("300,000–400,000", "300,000–400,000", []),
        ("5–7 million", "5.4–7.2 million", []),  # 7.2 million may have been rounded to 7 million
        ("5–7 million", "4.6–6.5 million", []),
        ("300,000–400,000", "320,000–420,000", ["target-narrowed"]),
        ("300,000–400,000", "250,000", ["target-narrowed"]),
        ("300,000", "320,000–380,000", []),
        ("300,000–400,000", "20–30 %", []),
    ],
)
def test_a_narrowed_range_lies_within_the_one_before(before: str, after: str, rules: list[str]) -> None:
    events = (said("initial", before, "2025-01-02"), said("narrowed", after, "2025-03-18"))
    assert [one.rule for one in found(*events)] == rules


@pytest.mark.parametrize(
    ("before", "action", "after", "rules"),
    [
        ("300,000", "raised", "250,000", ["target-direction"]),
        ("300,000", "raised", "over 250,000", ["target-direction"]),
        ("300,000", "cut", "350,000", ["target-direction"]),
        ("0.35 million", "raised", "348,000", []),  # 0.35 million may have been 346,000
        ("300,000", "reaffirmed", "250,000", []),
    ],
)
def test_a_figure_moves_the_way_that_the_action_says(before: str, action: Action, after: str, rules: list[str]) -> None:
    assert [
        one.rule for one in found(said("initial", before, "2025-01-02"), said(action, after, "2025-03-18"))
    ] == rules


def test_the_shipped_targets_hold_one_comparison_with_a_target_that_was_replaced() -> None:
    rules = [one.rule for stream in facts.shipped() for one in facts.found(TOPIC.told(stream).verdicts)]
    assert rules == ["target-superseded"]


ROUNDED = st.sampled_from(("{0:,}", "about {1:,}", "{3} million"))
PRINTS = st.sampled_from(("{0:,}", "about {1:,}", "over {2:,}", "{3} million", "at least {2:,}"))


def printed(value: int, form: str) -> str:
    """A true figure in full, or rounded as print rounds it."""
    thousands = round(value, -3)
    return form.format(value, thousands, value // 1000 * 1000, round(value / 10**6, 2))


@settings(max_examples=40)
@given(
    values=st.lists(st.integers(150_000, 9_000_000), min_size=2, max_size=5, unique=True),
    forms=st.lists(ROUNDED, min_size=5, max_size=5),
    repeated=st.lists(PRINTS, min_size=5, max_size=5),
)
def test_targets_that_are_truly_printed_never_alarm(values: list[int], forms: list[str], repeated: list[str]) -> None:
    events = []
    for month, value in enumerate(values):
        before = values[month - 1] if month else None
        action: Action = "initial" if before is None else "raised" if value > before else "cut"
        previous = printed(before, repeated[month]) if before else ""
        events.append(said(action, printed(value, forms[month]), f"2025-0{month + 1}-02", previous))
    assert found(*events) == []


@settings(max_examples=20)
@given(value=st.integers(150_000, 900_000))
def test_a_target_before_that_is_ten_times_too_large_is_found(value: int) -> None:
    events = (said("initial", f"{value:,}", "2025-01-02"), said("raised", "950,000", "2025-03-18", f"{value * 10:,}"))
    assert [one.rule for one in found(*events)] == ["target-previous"]
