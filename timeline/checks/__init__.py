"""Checks that need more than one topic: what topics claim, compared with one another and with the world.

A check here knows claims, occurrences and sections, and no topic. Those of `across` depend on nothing but the events,
so that what they find is stored with the sections; those of `at_reading` depend also on the day they are asked on and
on the calendars at hand, and are made anew each time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from timeline.check import Rule, Verdict
    from timeline.claim import Claim
    from timeline.occurrence import Stream

RULES: tuple[Rule, ...] = ()
"""All rules of this package."""


def across(stream: Stream, claims: Sequence[Claim]) -> Iterator[Verdict]:
    """What came of each comparison of claims with one another, and of events with their own dates."""
    del stream, claims
    yield from ()
