"""Events that share their equal parts: the same events, in half the memory."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from timeline.app.sharing import Sharing
from timeline.catalog import decode, encode
from timeline.dates import When
from timeline.event import Envelope, Event, Report
from timeline.topics.results import Reported
from timeline.values import Quantity

PRINTS = ("USD 5", "USD 5.0", "31.0–31.00", "1.00–1.0", "-0.0", "over 3 %", "5 million", "USD 5 (EUR 4)")
DAYS = ("2025-03-31", "2025-03", "2025-01-01/2025-03-31", "../2025-03-31")


def event(number: int, figure: str, day: str, wording: str) -> Event:
    payload = Reported(metric="revenue", period=When.parse(day), value=Quantity.parse(figure))
    report = Report(payload=payload, key=f"k{number}", company="acme", source="s", occurred=When.parse(day, wording))
    place = (number, report.id, "acme", report.kind, "s", report.key, None, "2025-04-30+00:00", "2025", "me", "")
    found = decode(Envelope(*place), encode(report))
    assert isinstance(found, Event)
    return found


@given(st.lists(st.tuples(st.sampled_from(PRINTS), st.sampled_from(DAYS), st.sampled_from(["", "then"])), max_size=8))
def test_an_event_that_shares_its_parts_says_digit_for_digit_what_it_said(told: list[tuple[str, str, str]]) -> None:
    sharing = Sharing()
    shared = [sharing.shared(event(number, *each)) for number, each in enumerate(told, 1)]
    fresh = [event(number, *each) for number, each in enumerate(told, 1)]
    assert list(map(repr, shared)) == list(map(repr, fresh))


def test_events_of_one_publication_share_it_and_what_it_works_out() -> None:
    sharing = Sharing()
    one, other = (sharing.shared(event(number, "USD 5", "2025-03", "")).published for number in (1, 2))
    assert one is other


def test_equal_parts_of_two_events_are_one_object() -> None:
    sharing = Sharing()
    one, other = (sharing.shared(event(number, "USD 12,345", "2025-03", "")).payload for number in (1, 2))
    assert isinstance(one, Reported)
    assert isinstance(other, Reported)
    assert one.period is other.period
    assert one.metric is other.metric
    first, second = (dict(each.figures())["value"] for each in (one, other))
    assert first.low is first.high
    assert first.step is second.step
    assert first.low == Decimal(12345)
