"""What results are checked for, and what they say that only others can check."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from timeline.claim import Dated, Point, series_of
from timeline.metrics import is_balance
from timeline.topics.results import changes, parts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.check import Verdict
    from timeline.claim import Claim
    from timeline.occurrence import Occurrence
    from timeline.topics.results.payloads import Reported
    from timeline.topics.results.section import Results

RULES: Final = (*changes.RULES, *parts.RULES)


def check(state: Results) -> Iterator[Verdict]:
    """Results against those before them, and against their parts."""
    yield from changes.changes(state)
    yield from parts.sums(state)


def claim(state: Results) -> Iterator[Claim]:
    """A point of its series for each figure, and for each report of a final one that its period is over."""
    for item in state:
        yield from _points(item)
        for report in item.reports:
            if not _may_be_early(item.adjusted_of(report)):
                period = item.payload.period
                yield Dated(topic="results", occurrence=item, report=report, field="period", when=period, over=True)


def _points(item: Occurrence[Reported]) -> Iterator[Point]:
    payload, value = item.payload, item.adjusted.value
    series = series_of(*payload.subject, payload.period)
    if item.counts and value and series and parts.is_of_its_days(payload):
        yield Point(
            topic="results",
            occurrence=item,
            series=series,
            what=" ".join(part for part in (payload.segment, payload.metric) if part),
            at=payload.period,
            value=value,
            is_balance=is_balance(payload.metric),
        )


def _may_be_early(payload: Reported) -> bool:
    """Whether it may be known before its period is over: so far, provisionally, as a first, or as a bound passed."""
    passed = payload.value is not None and (payload.value.low is None or payload.value.high is None)
    return bool(payload.cumulative or payload.preliminary or payload.first or passed)
