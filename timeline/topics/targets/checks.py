"""What targets are checked for: revisions against one another, and what a report compares the outcome with."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from timeline.check import Rule, apart, stated
from timeline.claim import Point, series_of
from timeline.digits import exact
from timeline.metrics import is_balance
from timeline.occurrence import comparable, in_one_basis
from timeline.topic import brief

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from timeline.check import Verdict
    from timeline.claim import Claim
    from timeline.event import Event
    from timeline.occurrence import Occurrence
    from timeline.topics.targets.payloads import Action, Set
    from timeline.topics.targets.revisions import Target
    from timeline.values import Quantity

TARGET_SUPERSEDED: Final = Rule(
    name="target-superseded",
    severity="note",
    compares="the target that a report measures the outcome against with the last one before it",
)
TARGET_DIRECTION: Final = Rule(
    name="target-direction",
    severity="warning",
    compares="a raise or a cut with the target before it",
)
TARGET_PREVIOUS: Final = Rule(
    name="target-previous",
    severity="warning",
    compares="the target that a report says was there before with the revision before it",
    assumes="no revision in between is missing here",
)
TARGET_INITIAL: Final = Rule(
    name="target-initial",
    severity="warning",
    compares="the day of a target that is called the initial one with the days of the others",
)
TARGET_NARROWED: Final = Rule(
    name="target-narrowed",
    severity="warning",
    compares="a range that is said to be narrowed with the range before it",
)
RULES: Final = (TARGET_SUPERSEDED, TARGET_DIRECTION, TARGET_PREVIOUS, TARGET_INITIAL, TARGET_NARROWED)

_RANGES: Final = ("range", "plus-minus")


def check(state: Sequence[Target]) -> Iterator[Verdict]:
    """What came of each comparison within a target."""
    for target in state:
        yield from _superseded(target)
        yield from _initial(target)
        for item in target.revisions:
            yield from _previous(item, target)
        for before, item in pairwise([item for item in target.revisions if item.payload.value]):
            yield from _direction(item, before)
            yield from _narrowed(item, before)


def claim(state: Sequence[Target]) -> Iterator[Claim]:
    """A point for each revision, in the series of the results that it aims at."""
    for target in state:
        series = series_of(target.metric, target.segment, target.basis, target.period)
        label = " ".join(part for part in (target.segment, target.metric, "target") if part)
        for item in target.revisions if series else ():
            if value := item.adjusted.value:
                yield Point(
                    topic="targets",
                    occurrence=item,
                    series=series,
                    what=label,
                    at=target.period,
                    value=value,
                    is_balance=is_balance(target.metric),
                )


def _superseded(target: Target) -> Iterator[Verdict]:
    """Reports that measure the outcome against a target that later revisions had replaced."""
    outcome, last = target.outcome, target.last
    for report in outcome.reports if outcome and last else ():
        compared = outcome.adjusted_of(report).against if outcome else None
        if compared is None or last is None:
            continue
        yield TARGET_SUPERSEDED.passed() if compared.overlaps(last) else _replaced(target, report, compared, last)


def _replaced(target: Target, report: Event, compared: Quantity, last: Quantity) -> Verdict:
    later = _changed_since(target, compared)
    steps = " and ".join(f"{_value(item)} on {item.occurred.label()}" for item in later)
    why = f"was no longer the target: that was changed to {steps}" if later else "no report gives as the target"
    return TARGET_SUPERSEDED.found(
        f"compares the outcome with {brief(compared)}, which {why}",
        topic="targets",
        figures=(stated("target compared with", compared, report.id), stated("last target", last)),
        events=(report.id, *(item.id for item in later)),
        sources=(report.source,) if report.source else (),
    )


def _changed_since(target: Target, compared: Quantity) -> Sequence[Occurrence[Set]]:
    """The revisions after the last one that states the figure compared with; none where no revision states it."""
    told = [(item, value) for item in target.revisions if (value := item.adjusted.value)]
    same = [index for index, (_, value) in enumerate(told) if value.overlaps(compared)]
    return [item for item, _ in told[same[-1] + 1 :]] if same else ()


def _value(item: Occurrence[Set]) -> str:
    return brief(item.adjusted.value) if item.adjusted.value else "no figure"


def _direction(item: Occurrence[Set], before: Occurrence[Set]) -> Iterator[Verdict]:
    """Statements whose figure moves the other way than the action says."""
    new, old = item.adjusted.value, before.adjusted.value
    action = item.payload.action
    if new is None or old is None or new.unit != old.unit or action not in ("raised", "cut"):
        return
    if not _moves_against(action, *in_one_basis(new, old)):
        yield TARGET_DIRECTION.passed()
        return
    yield TARGET_DIRECTION.found(
        f"{action} on {item.occurred.label()}, yet {_value(item)} follows {_value(before)}",
        item,
        topic="targets",
        figures=(stated("target", new, item.id), stated("target before", old, before.id)),
        events=(before.id,),
    )


def _moves_against(action: Action, new: Quantity, old: Quantity) -> bool:
    """Whether a raise lowers the target, or a cut raises it, for all that rounding leaves open.

    A floor or a ceiling is what is aimed at, not what a figure was rounded to.
    """
    if not (new.anchor < old.anchor if action == "raised" else new.anchor > old.anchor):
        return False
    return apart(new.bounds, old.bounds) or None in (*new.bounds, *old.bounds)


def _previous(item: Occurrence[Set], target: Target) -> Iterator[Verdict]:
    """What each report of a revision gives as the target before, against every revision that may stand right before."""
    known = [(before, value) for before in _right_before(item, target) if (value := before.adjusted.value)]
    for report in item.reports if known else ():
        previous = item.adjusted_of(report).previous
        if previous is None:
            continue
        if any(previous.unit == value.unit and _may_be_one(previous, value) for _, value in known):
            yield TARGET_PREVIOUS.passed()
            continue
        before, value = known[-1]
        yield TARGET_PREVIOUS.found(
            f"gives {brief(previous)} as the target before {item.occurred.label()}, yet that was {brief(value)}, "
            f"{before.payload.action} {before.occurred.label()}",
            item,
            before,
            topic="targets",
            figures=(stated("target before", previous, report.id), stated("revision before", value, before.id)),
            events=(report.id,),
        )


def _right_before(item: Occurrence[Set], target: Target) -> list[Occurrence[Set]]:
    """The revision before, and those around it of which the days do not tell whether they come before or after."""
    index = target.revisions.index(item)
    unsure = [other for other in target.revisions if other is not item and other.occurred.overlaps(item.occurred)]
    before = target.revisions[index - 1 : index] if index else ()
    unsure += [other for other in target.revisions[:index] if before and other.occurred.overlaps(before[0].occurred)]
    return [other for other in target.revisions if other in (*before, *unsure)] if before else []


def _may_be_one(one: Quantity, other: Quantity) -> bool:
    mine, its = comparable(one, other)
    return not apart(mine.bounds, its.bounds)


def _initial(target: Target) -> Iterator[Verdict]:
    """Reports of an initial target on a day after others, unless the day is only that of telling it once more."""
    told = [(item, report) for item in (*target.revisions, *target.mentions) for report in item.reports]
    for item, report in told:
        if item.payload.action != "initial" or len(told) == 1:
            continue
        earlier = [other for _, other in told if _surely_before(other, report)]
        if not earlier or any(_tells_again(report, other, item) for _, other in told if other is not report):
            yield TARGET_INITIAL.passed()
            continue
        last = earlier[-1]
        label = last.occurred.label() if last.occurred else ""
        yield TARGET_INITIAL.found(
            f"calls the target of {item.occurred.label()} the initial one, yet there was one on {label}",
            topic="targets",
            events=(report.id, last.id),
            sources=tuple(source for source in (report.source, last.source) if source),
        )


def _surely_before(one: Event, other: Event) -> bool:
    earlier, later = one.occurred, other.occurred
    return bool(earlier and later and earlier.last and later.first and earlier.last < later.first)


def _tells_again(report: Event, other: Event, item: Occurrence[Set]) -> bool:
    """Whether another report tells the same initial target of an earlier or an unsure day."""
    mine, its = item.adjusted_of(report), item.adjusted_of(other)
    if its.action != "initial" or _surely_before(report, other):
        return False
    return mine.value is None or its.value is None or _may_be_one(mine.value, its.value)


def _narrowed(item: Occurrence[Set], before: Occurrence[Set]) -> Iterator[Verdict]:
    """A narrowed range that reaches out of the one before it."""
    new, old = item.adjusted.value, before.adjusted.value
    if item.payload.action != "narrowed" or new is None or old is None or old.qualifier not in _RANGES:
        return
    if new.unit != old.unit:
        return
    if _lies_within(*comparable(new, old)):
        yield TARGET_NARROWED.passed()
        return
    yield TARGET_NARROWED.found(
        f"narrowed on {item.occurred.label()}, yet {_value(item)} reaches out of {_value(before)}",
        item,
        before,
        topic="targets",
        figures=(stated("target", new, item.id), stated("target before", old, before.id)),
    )


def _lies_within(new: Quantity, old: Quantity) -> bool:
    """Whether the ends that are named lie within the old ones, which print rounds to half a step."""
    ends = [end for end in new.bounds if end is not None] if new.qualifier in _RANGES else [new.anchor]
    step = max(new.step or Decimal(0), old.step or Decimal(0))
    with exact():
        return all(
            (old.low is None or end >= old.low - step / 2) and (old.high is None or end <= old.high + step / 2)
            for end in ends
        )
