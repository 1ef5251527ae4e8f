"""Checks of a result against the one before it: the change in percent, and the prior figure that a report repeats."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from timeline.check import Rule, apart, stated, worked_out
from timeline.occurrence import Occurrence, comparable
from timeline.topics.results.rounding import ASSUMED, loosened
from timeline.values import change_percent, difference, percent_text, short

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from timeline.check import Verdict
    from timeline.dates import When
    from timeline.event import Event
    from timeline.topics.results.payloads import Reported
    from timeline.values import Bounds, Quantity

RESULT_CHANGE: Final = Rule(
    name="result-change",
    severity="warning",
    compares="the change in percent that a report prints with the growth from the figure before to the result",
    assumes=ASSUMED,
)
RESULT_PRIOR: Final = Rule(
    name="result-prior",
    severity="warning",
    compares="the figure that a report repeats for a year before with what was reported for that period",
    assumes="nothing was restated that no report here tells",
)
RULES: Final = (RESULT_CHANGE, RESULT_PRIOR)

_YEAR_BEFORE: Final = "the change is against the same period a year before"
_SHIFT: Final = 7  # days by which a fiscal year of whole weeks ends earlier or later than the one before


class Before(NamedTuple):
    """The results that a report's prior figure may repeat.

    Attributes:
        year: of the comparable period a year before.
        adjacent: of the period that ended the day before; some sources compare with that one and do not say so.
    """

    year: tuple[Occurrence[Reported], ...]
    adjacent: tuple[Occurrence[Reported], ...]

    @property
    def figures(self) -> list[Quantity]:
        """What any report says of either; empty where nothing is known of the year before."""
        known = (*self.year, *self.adjacent) if self.year else ()
        told = (item.adjusted_of(report).value for item in known for report in item.reports)
        return [value for value in told if value]


def changes(state: Iterable[Occurrence[Reported]]) -> Iterator[Verdict]:
    """What came of each comparison of a report with the figure before."""
    results = [item for item in state if item.counts]
    lines: dict[tuple[str, str, str], list[Occurrence[Reported]]] = defaultdict(list)
    for item in results:
        lines[item.payload.subject].append(item)
    for item in results:
        comparing = [report for report in item.reports if _compares(item.adjusted_of(report))]
        if not comparing:
            continue
        before = _before(item, lines)
        for report in comparing:
            yield from _change(item, report, before)
            yield from _prior(item, report, before)


def _compares(payload: Reported) -> bool:
    """Whether a report says anything of what was before."""
    return payload.change is not None or payload.prior is not None


def _before(item: Occurrence[Reported], lines: Mapping[tuple[str, str, str], list[Occurrence[Reported]]]) -> Before:
    payload = item.payload
    line = [other for other in lines[payload.subject] if bool(other.payload.cumulative) == bool(payload.cumulative)]
    return Before(
        tuple(other for other in line if _is_year_before(other.payload.period, payload.period)),
        tuple(other for other in line if _adjoins(other.payload.period, payload.period)),
    )


def _is_year_before(earlier: When, period: When) -> bool:
    """Whether both days of the earlier period lie a year before, or as near to that as whole weeks allow."""
    if earlier.approximate or period.approximate:
        return False
    return _is_year_apart(earlier.first, period.first) and _is_year_apart(earlier.last, period.last)


def _is_year_apart(earlier: date | None, day: date | None) -> bool:
    if earlier is None or day is None:
        return False
    year = timedelta(days=365)
    return abs((day - year - earlier).days) <= _SHIFT


def _adjoins(earlier: When, period: When) -> bool:
    return bool(earlier.last and period.first and period.first - earlier.last == timedelta(days=1))


def _change(item: Occurrence[Reported], report: Event, before: Before) -> Iterator[Verdict]:
    """A report's own change, against the prior figure that it prints, or else against what is known of it."""
    payload = item.adjusted_of(report)
    if payload.value is None or payload.change is None:
        return
    priors = [payload.prior] if payload.prior else before.figures
    grown = [bounds for prior in priors for bounds in _growth(payload.value, prior, payload.change.unit)]
    if not grown:
        return
    if not all(apart(payload.change.bounds, bounds) for bounds in grown):
        yield RESULT_CHANGE.passed()
        return
    yield RESULT_CHANGE.found(
        f"{_label(payload)} {short(payload.value)} on {short(priors[0])} is {percent_text(*grown[0])}, "
        f"not the {payload.change.printed} that is printed",
        item,
        topic="results",
        figures=(
            stated("value", payload.value, report.id),
            stated("figure before", priors[0], report.id if payload.prior else before.year[0].id),
            stated("change", payload.change, report.id),
            worked_out("value / figure before − 1", grown[0], payload.change.unit),
        ),
        events=(report.id, *(other.id for other in before.year if not payload.prior)),
        assumed="" if payload.prior else _YEAR_BEFORE,
    )


def _growth(value: Quantity, prior: Quantity, unit: str) -> Iterator[Bounds]:
    """What the change may be; of a percentage, "2 %" may be meant in points. Nothing where it has no meaning."""
    if value.unit != prior.unit:
        return
    new, old = loosened(*comparable(value, prior))
    if unit == "%" and (relative := change_percent(new, old)) != (None, None):
        yield relative
    if value.unit == "%":
        yield difference(new, old)


def _prior(item: Occurrence[Reported], report: Event, before: Before) -> Iterator[Verdict]:
    prior = item.adjusted_of(report).prior
    known = [value for value in before.figures if prior and value.unit == prior.unit]
    if prior is None or not known:
        return
    if any(_agree(prior, value) for value in known):
        yield RESULT_PRIOR.passed()
        return
    year = before.year[0]
    yield RESULT_PRIOR.found(
        f"{_label(item.payload)} gives {short(prior)} as the figure before, yet {short(known[0])} was reported for "
        f"{year.payload.period.label()}",
        item,
        year,
        topic="results",
        figures=(stated("figure before", prior, report.id), stated("value a year before", known[0], year.id)),
        events=(report.id,),
    )


def _agree(one: Quantity, other: Quantity) -> bool:
    mine, its = loosened(*comparable(one, other))
    return not apart(mine.bounds, its.bounds)


def _label(payload: Reported) -> str:
    words = [part for part in (payload.segment, payload.metric) if part]
    return f"{' '.join(words)} of {payload.period.label()}:"
