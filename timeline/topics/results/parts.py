"""Checks of a result against its parts: months, quarters and halves that fill a longer period add up to it."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from itertools import islice, product
from typing import TYPE_CHECKING, Final, TypeAlias

from timeline.check import Rule, apart, stated, worked_out
from timeline.metrics import adds_up
from timeline.occurrence import Occurrence
from timeline.topics.results.payloads import Reported
from timeline.topics.results.rounding import ASSUMED, loosened
from timeline.values import Quantity, short, total

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from timeline.check import Verdict
    from timeline.values import Bounds

RESULT_PARTS: Final = Rule(
    name="result-parts",
    severity="warning",
    compares="the result of a period with the sum of the shorter periods that fill it",
    assumes=ASSUMED,
)
RESULT_PARTS_RESTATED: Final = Rule(
    name="result-parts-restated",
    severity="note",
    compares="the result of a period with the sum of its parts where only figures that were restated since add up",
    assumes=ASSUMED,
)
RULES: Final = (RESULT_PARTS, RESULT_PARTS_RESTATED)

Days: TypeAlias = tuple[date, date]
Result: TypeAlias = Occurrence[Reported]

_GRAINS: Final = (range(28, 36), range(84, 99), range(175, 190))
"""Days of months, quarters and halves, by the calendar or in whole weeks."""

_MOST: Final = 1000  # combinations of restated figures that are tried


def sums(state: Iterable[Result]) -> Iterator[Verdict]:
    """What came of each comparison of a result with parts of it."""
    lines: dict[tuple[str, ...], list[Result]] = defaultdict(list)
    for item in state:
        value = item.payload.value
        if item.counts and value and adds_up(item.payload.metric) and is_of_its_days(item.payload):
            lines[*item.payload.subject, value.unit].append(item)
    for line in lines.values():
        by_days = _by_days(line)
        for days, whole in by_days.items():
            for parts in _tilings(days, by_days):
                yield _verdict(whole, parts)


def is_of_its_days(payload: Reported) -> bool:
    """Whether the figure is of the period as written: both ends are known, and what runs on counts from its first day.

    "Cumulative, third quarter" may be the nine months to its end.
    """
    period = payload.period
    if period.first is None or period.last is None or period.approximate or period.uncertain:
        return False
    if not payload.cumulative or "/" in period.edtf:
        return True
    return (period.first.month, period.first.day) == (1, 1)


def _by_days(line: Iterable[Result]) -> Mapping[Days, Result]:
    """The results by first and last day; without days of which there are two results that cannot be told apart."""
    found: dict[Days, list[Result]] = defaultdict(list)
    for item in line:
        period = item.payload.period
        if period.first and period.last:
            found[period.first, period.last].append(item)
    return {days: items[0] for days, items in sorted(found.items()) if len(items) == 1}


def _tilings(whole: Days, results: Mapping[Days, Result]) -> Iterator[tuple[Result, ...]]:
    """The ways in which shorter periods fill the whole: all of one grain, or any two."""
    first, last = whole
    inside = sorted(days for days in results if first <= days[0] and days[1] <= last and days != whole)
    chains = [_chain(whole, [days for days in inside if _length(days) in grain]) for grain in _GRAINS]
    pairs = [(head, tail) for head in inside for tail in inside if (head[0], tail[1]) == whole and _meet(head, tail)]
    for days in dict.fromkeys((*filter(None, chains), *pairs)):
        yield tuple(results[part] for part in days)


def _chain(whole: Days, parts: Sequence[Days]) -> tuple[Days, ...]:
    """The parts from the first day of the whole to its last without a gap; empty where they do not fill it."""
    by_first = dict(parts)
    found: list[Days] = []
    day, end = whole
    while day in by_first:
        found.append((day, by_first[day]))
        if by_first[day] == end:
            return tuple(found)
        day = by_first[day] + timedelta(days=1)
    return ()


def _meet(head: Days, tail: Days) -> bool:
    return tail[0] - head[1] == timedelta(days=1)


def _length(days: Days) -> int:
    return (days[1] - days[0]).days + 1


def _verdict(whole: Result, parts: Sequence[Result]) -> Verdict:
    stand = [_values(item)[0] for item in (whole, *parts)]
    if _fits(stand):
        return RESULT_PARTS.passed()
    combinations = product(*(_values(item) for item in (whole, *parts)))
    restated = any(_fits(values) for values in islice(combinations, 1, _MOST))
    rule = RESULT_PARTS_RESTATED if restated else RESULT_PARTS
    bounds = _sum(stand[1:])
    figures = [stated(f"value of {item.payload.period.label()}", _values(item)[0], item.id) for item in (whole, *parts)]
    return rule.found(
        _told(whole, parts, bounds, restated=restated),
        whole,
        *parts,
        topic="results",
        figures=(*figures, worked_out("sum of the parts", bounds, stand[0].unit)),
    )


def _values(item: Result) -> list[Quantity]:
    """The figures of all reports, the accepted one's first."""
    told = (item.adjusted_of(report).value for report in item.reports)
    return [value for value in told if value and value.unit == item.payload.value.unit] if item.payload.value else []


def _fits(values: Sequence[Quantity]) -> bool:
    whole, *parts = loosened(*values)
    return not apart(whole.bounds, total(parts))


def _sum(parts: Sequence[Quantity]) -> Bounds:
    return total(loosened(*parts))


def _told(whole: Result, parts: Sequence[Result], bounds: Bounds, *, restated: bool) -> str:
    payload, value = whole.payload, _values(whole)[0]
    label = " ".join(part for part in (payload.segment, payload.metric) if part)
    periods = ", ".join(item.payload.period.label() for item in parts)
    why = "; figures that were restated since do add up" if restated else ""
    came = f"{periods} come to {_range(bounds, value)} in all"
    return f"{label} of {payload.period.label()} is {short(value)}, yet {came}{why}"


def _range(bounds: Bounds, like: Quantity) -> str:
    """The sum in few characters."""
    low, high = bounds
    qualifier = "at most" if low is None else "at least" if high is None else "" if low == high else "range"
    return "anything" if low is None and high is None else short(Quantity("", low, high, like.unit, qualifier))
