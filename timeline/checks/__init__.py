"""Checks that need more than one topic: what topics claim, compared with one another and with the world.

A check here knows claims, occurrences and sections, and no topic. Those of `across` depend on nothing but the events,
so that what they find is stored with the sections; those of `at_reading` depend also on the day they are asked on and
on the calendars at hand, and are made anew each time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.checks import connect, conversions, dates, magnitude, prices, sessions, stakes, wording
from timeline.history.partitions import FIRST

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from timeline.check import Rule, Verdict
    from timeline.checks.calendars import Calendars
    from timeline.claim import Claim
    from timeline.occurrence import Stream
    from timeline.section import Section

RULES: tuple[Rule, ...] = (
    *stakes.RULES,
    *prices.RULES,
    *magnitude.RULES,
    *conversions.RULES,
    *connect.RULES,
    *sessions.RULES,
    *dates.RULES,
    *wording.RULES,
)
"""The rules of the checks below."""


def across(stream: Stream, claims: Sequence[Claim], topics: Mapping[str, str]) -> Iterator[Verdict]:
    """What came of each comparison of claims with one another, and of events with their own dates.

    Args:
        stream: a partition of what is visible of a company.
        claims: of all topics.
        topics: name of the topic of each kind, whose section tells what is found.
    """
    yield from stakes.stakes(claims)
    yield from prices.prices(claims)
    yield from magnitude.magnitude(claims)
    if stream.partition == FIRST:
        yield from conversions.conversions(stream, claims, topics)
    yield from connect.check_connect(claims)
    yield from dates.dates(stream, claims, topics)
    yield from wording.wording(stream, topics)


def at_reading(
    sections: Iterable[Section], claims: Sequence[Claim], today: date, calendars: Calendars
) -> Iterator[Verdict]:
    """What came of each comparison with the day and with calendars.

    Args:
        sections: of a company.
        claims: of all its topics.
        today: the day against which promises are overdue.
        calendars: of exchanges, by MIC.
    """
    yield from sessions.check_sessions(claims, calendars)
    yield from dates.overdue(sections, today.isoformat())
