"""The projection: how each target was revised, and how the outcome compares with it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from timeline.dates import When
from timeline.occurrence import Occurrence, comparable
from timeline.topics.results import Reported
from timeline.topics.targets.payloads import Set

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date
    from decimal import Decimal

    from timeline.occurrence import Stream
    from timeline.values import Quantity

Status = Literal["open", "missed", "met", "in_range", "beat", "withdrawn"]


class Target(Struct, frozen=True, kw_only=True):
    """One target: a metric of a segment on a basis, for a period; a split leaves its figures in today's shares.

    Attributes:
        metric: canonical name.
        segment: "" for the whole company.
        basis: "" when not stated.
        period: as the first revision states it.
        revisions: the statements in order of their day, the first target first.
        mentions: statements that give no figure, or that may repeat another; they revise nothing.
        outcome: the result for the same subject and days, once known.
    """

    metric: str
    segment: str
    basis: str
    period: When
    revisions: tuple[Occurrence[Set], ...]
    mentions: tuple[Occurrence[Set], ...]
    outcome: Occurrence[Reported] | None

    @property
    def first(self) -> Quantity | None:
        """The first stated target."""
        return next((value for item in self.revisions if (value := item.adjusted.value)), None)

    @property
    def last(self) -> Quantity | None:
        """The last stated target."""
        return next((value for item in reversed(self.revisions) if (value := item.adjusted.value)), None)

    @property
    def result(self) -> Quantity | None:
        """The outcome's figure."""
        return self.outcome.adjusted.value if self.outcome else None

    @property
    def raises(self) -> int:
        """How often it was raised."""
        return sum(item.payload.action == "raised" for item in self.revisions)

    @property
    def status(self) -> Status:
        """The outcome against the last target; open as long as it is not known or its bounds do not decide."""
        if self.revisions and self.revisions[-1].payload.action == "withdrawn":
            return "withdrawn"
        if self.result is None or self.last is None:
            return "open"
        return compare(*comparable(self.result, self.last))


def project(stream: Stream) -> tuple[Target, ...]:
    """The targets by metric, segment and basis, then period."""
    by_target: dict[tuple[str, ...], list[Occurrence[Set]]] = defaultdict(list)
    for item in stream.every(Set):
        period = item.payload.period
        by_target[(*item.payload.subject, str(period.last), str(period.first))].append(item)
    if not by_target:
        return ()
    outcomes = {_outcome_key(item.payload): item for item in stream.of(Reported)}
    return tuple(_target(items, outcomes.get(key)) for key, items in sorted(by_target.items()))


def _outcome_key(payload: Reported) -> tuple[str, ...]:
    period = payload.period
    return (payload.metric, payload.segment or "", payload.basis or "", str(period.last), str(period.first))


def _target(items: Iterable[Occurrence[Set]], outcome: Occurrence[Reported] | None) -> Target:
    statements = sorted(items, key=_first_then_day)
    revisions = tuple(_revisions(statements))
    payload = statements[0].payload
    return Target(
        metric=payload.metric,
        segment=payload.segment or "",
        basis=payload.basis or "",
        period=payload.period,
        revisions=revisions,
        mentions=tuple(item for item in statements if item not in revisions),
        outcome=outcome,
    )


def _first_then_day(item: Occurrence[Set]) -> tuple[bool, date | str, str]:
    return (item.payload.action != "initial", str(item.day), item.id)


def _revisions(statements: Iterable[Occurrence[Set]]) -> Iterator[Occurrence[Set]]:
    """The statements that revise the target: each states a figure or a withdrawal, and cannot repeat another."""
    before: Occurrence[Set] | None = None
    for item in statements:
        stated = item.payload.value is not None or item.payload.action == "withdrawn"
        if stated and not item.fits and not (before and _may_repeat(item, before)):
            yield item
            before = item


def _may_repeat(item: Occurrence[Set], before: Occurrence[Set]) -> bool:
    """Whether a statement of unsure day may be the one before it, told once more: both may be of one day, and agree."""
    if (item.counts and before.counts) or not item.occurred.overlaps(before.occurred):
        return False
    new, old = item.adjusted.value, before.adjusted.value
    return new.overlaps(old) if new and old else new is old


def compare(outcome: Quantity, target: Quantity) -> Status:
    """The outcome against a target: a floor or ceiling is met, a point is met or beaten, a range is hit or passed.

    A point is the figure that was named, not the interval of its rounding.
    """
    if target.low is not None and target.high is not None:
        if target.qualifier in ("range", "plus-minus"):
            return _against_range(outcome, target)
        return _against_point(outcome, target)
    if target.low is not None:
        return _against_floor(outcome, target.low, strict=target.qualifier == "over")
    return _against_ceiling(outcome, target.anchor, strict=target.qualifier == "under")


def _against_floor(outcome: Quantity, floor: Decimal, *, strict: bool) -> Status:
    """Against "at least" or, strictly, "over", which the figure itself does not reach."""
    beyond = strict and outcome.qualifier != "over"
    low, high = outcome.bounds
    return _decided(
        met=low is not None and (low > floor if beyond else low >= floor),
        missed=high is not None and (high < floor or (strict and high == floor)),
    )


def _against_ceiling(outcome: Quantity, ceiling: Decimal, *, strict: bool) -> Status:
    """Against "at most" or, strictly, "under"."""
    beyond = strict and outcome.qualifier != "under"
    low, high = outcome.bounds
    return _decided(
        met=high is not None and (high < ceiling if beyond else high <= ceiling),
        missed=low is not None and (low > ceiling or (low == ceiling and (strict or outcome.qualifier == "over"))),
    )


def _against_range(outcome: Quantity, target: Quantity) -> Status:
    assert target.low is not None  # noqa: S101 - the caller has seen both bounds
    assert target.high is not None  # noqa: S101 - likewise
    if outcome.low is not None and outcome.low > target.high:
        return "beat"
    if outcome.high is not None and outcome.high < target.low:
        return "missed"
    inside = (
        outcome.low is not None
        and outcome.high is not None
        and target.low <= outcome.low
        and outcome.high <= target.high
    )
    return "in_range" if inside else "open"


def _against_point(outcome: Quantity, target: Quantity) -> Status:
    point = target.anchor
    if outcome.low is not None and (outcome.low > point or (outcome.low == point and outcome.qualifier == "over")):
        return "beat"
    return _decided(met=outcome.low == point, missed=outcome.high is not None and outcome.high < point)


def _decided(*, met: bool, missed: bool) -> Status:
    return "met" if met else "missed" if missed else "open"
