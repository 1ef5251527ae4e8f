"""Claims for tests of the checks between topics, made of events with everything else filled in."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from tests.topics import build
from timeline.check import findings
from timeline.checks.calendars import Days
from timeline.topics.buybacks import TOPIC as BUYBACKS
from timeline.topics.company import TOPIC as COMPANY
from timeline.topics.company import Identified
from timeline.topics.market import TOPIC as MARKET
from timeline.topics.market import Flow, Observed

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Literal

    from timeline.check import Verdict
    from timeline.checks.calendars import Calendar, Calendars
    from timeline.claim import Claim
    from timeline.event import Event

SOUTHBOUND = "Southbound Stock Connect"


def claims(*events: Event) -> tuple[Claim, ...]:
    """What the topics that these tests need say of the events."""
    stream = build.stream(*events)
    return tuple(claim for topic in (COMPANY, MARKET, BUYBACKS) for claim in topic.told(stream).claims)


def listed(mic: str, value: str = "1810", valid: str | None = None) -> Event:
    """A ticker of an exchange."""
    identified = Identified(scheme="ticker", value=value, mic=mic, valid=build.when(valid) if valid else None)
    return build.event(identified, source="registry")


def flow(  # noqa: PLR0913 - a test says by name what it is about
    occurred: str,
    value: str = "HKD 100",
    direction: Literal["inflow", "outflow"] = "inflow",
    *,
    channel: str = SOUTHBOUND,
    streak: int | None = None,
    sessions: int | None = None,
    cumulative: str | None = None,
    source: str = "s1",
) -> Event:
    """Money of one session, or of several."""
    payload = Flow(
        channel=channel,
        value=build.figure(value),
        direction=direction,
        streak=streak,
        sessions=sessions,
        cumulative=build.figure(cumulative) if cumulative else None,
    )
    return build.event(payload, occurred=occurred, published="2026-12-31T09:00:00+00:00", source=source)


def close(occurred: str, price: str | None, change: str | None = None, venue: str | None = "XHKG") -> Event:
    """A close, with its change or without."""
    payload = Observed(
        what="close",
        price=build.figure(price) if price else None,
        change=build.figure(change) if change else None,
        venue=venue,
    )
    return build.event(payload, occurred=occurred, published="2026-12-31T09:00:00+00:00")


def calendar(first: str, last: str, *closed: str) -> Calendar:
    """A calendar of the weekdays from one day to another, both open, without those that are closed."""
    start, end, holidays = date.fromisoformat(first), date.fromisoformat(last), set(map(date.fromisoformat, closed))
    days = (start + timedelta(days=offset) for offset in range((end - start).days + 1))
    return Days(tuple(day for day in days if day.weekday() < 5 and day not in holidays))


def calendars(**by_mic: Calendar) -> Calendars:
    """The calendars at hand."""
    return by_mic.get


def found(verdicts: Iterable[Verdict], *but: str) -> list[str]:
    """The rules by which something was found, but for some."""
    return [finding.rule for finding in findings(verdicts) if finding.rule not in but]


def passed(verdicts: Iterable[Verdict], *but: str) -> list[str]:
    """The rules of the comparisons that found nothing, but for some."""
    names = [verdict.rule.name for verdict in verdicts if not isinstance(verdict.rule, str)]
    return [name for name in names if name not in but]
