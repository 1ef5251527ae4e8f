"""Conversions: amounts printed in two currencies whose rate is not that of the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.checks import facts
from tests.topics import build
from timeline.checks.conversions import conversions
from timeline.claim import Rated
from timeline.topics.market.payloads import Rate
from timeline.topics.results import Reported

if TYPE_CHECKING:
    from timeline.event import Event
    from timeline.section import Finding


def came(period: str, value: str, published: str = "2026-01-09T09:00:00+00:00") -> Event:
    payload = Reported(metric="revenue", period=build.when(period), value=build.figure(value))
    return build.event(payload, occurred=period, source=period, published=published)


def found(*events: Event, stated: bool = False) -> list[Finding]:
    stream = facts.stream(*events)
    claims = [
        Rated(topic="market", occurrence=item, base=item.payload.pair[:3], rate=build.figure(f"CNY {7.1}"))
        for item in stream.of(Rate)
        if stated
    ]
    return facts.found(conversions(stream, claims, facts.TOPICS))


SOUND = came("2024-Q4", "109 billion yuan (USD 15.1 billion)")  # 7.22 yuan for a dollar
PROFIT = came("2025-Q3", "700 million yuan (about USD 98 million)")  # 7.14


def test_conversions_at_near_rates_pass() -> None:
    assert facts.names(conversions(facts.stream(SOUND, PROFIT), (), facts.TOPICS)) == ["(conversion-differs)"] * 2


def test_the_one_of_three_conversions_that_has_another_rate_is_found() -> None:
    (finding,) = found(SOUND, PROFIT, came("2025-Q4", "700 million yuan (USD 70 million)"))
    assert (finding.rule, finding.topic, len(finding.events)) == ("conversion-differs", "results", 3)
    assert finding.what.startswith("700 million yuan (USD 70 million) implies CNY 10 for USD 1, where ")


def test_of_two_conversions_that_differ_one_is_told() -> None:
    assert len(found(PROFIT, came("2025-Q4", "700 million yuan (USD 70 million)"))) == 1


def test_a_rate_of_another_decade_is_no_measure() -> None:
    old = came("2012-Q4", "700 million yuan (USD 50 million)", published="2013-01-09T09:00:00+00:00")
    assert found(PROFIT, old) == []


@pytest.mark.parametrize(("converted", "count"), [("USD 98 million", 0), ("USD 700 million", 1)])
def test_a_conversion_is_held_against_a_stated_rate(converted: str, count: int) -> None:
    rate = build.event(Rate(pair="USD/CNY", rate=build.figure("7.1")), source="rates")
    assert len(found(rate, came("2025-Q4", f"700 million yuan ({converted})"), stated=True)) == count


def test_the_shipped_conversions_are_quiet() -> None:
    verdicts = [v for stream in facts.shipped() for v in conversions(stream, facts.claims(stream), facts.TOPICS)]
    assert facts.names(verdicts) == ["(conversion-differs)"] * 2


@settings(max_examples=30)
@given(
    rate=st.integers(650, 780),
    amounts=st.lists(st.integers(100, 99_999), min_size=2, max_size=5),
    form=st.sampled_from(("USD {} million", "about USD {} million")),
)
def test_amounts_converted_at_one_rate_and_rounded_never_alarm(rate: int, amounts: list[int], form: str) -> None:
    events = [
        came(f"{2010 + index}", f"CNY {amount} million ({form.format(round(amount * 100 / rate))})")
        for index, amount in enumerate(amounts)
    ]
    assert found(*events) == []
