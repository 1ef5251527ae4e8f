"""The projection: each plan as it stands, beside what was spent in the period before and in its own."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import Struct

from timeline.digits import exact, tidy
from timeline.occurrence import Occurrence
from timeline.topics.investments.payloads import Made, Planned
from timeline.values import change_percent, product

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline.dates import When
    from timeline.occurrence import Stream
    from timeline.values import Bounds


class Plan(Struct, frozen=True, kw_only=True):
    """One plan as it stands, and what to hold it against.

    Attributes:
        statements: all that was said of it, in order of day; the last that cannot repeat another is the plan.
        before: what was spent on the same purpose in the last period that ended before the plan's begins.
        made: what was spent in the plan's own period, once known.
    """

    statements: tuple[Occurrence[Planned], ...]
    before: Occurrence[Made] | None
    made: Occurrence[Made] | None

    @property
    def current(self) -> Occurrence[Planned]:
        """The statement that stands."""
        return next((item for item in reversed(self.statements) if not item.fits), self.statements[-1])

    @property
    def change(self) -> Bounds:
        """Growth of the yearly rate in percent on the period before; unknown where a rate is."""
        if self.before is None:
            return None, None
        plan, before = self.current.payload, self.before.payload
        return growth(plan, before, plan.amount.bounds, before.amount.bounds)


class Investments(Struct, frozen=True):
    """The state of the topic.

    Attributes:
        plans: by purpose and segment, then period.
        made: what was spent, in the same order.
    """

    plans: tuple[Plan, ...]
    made: tuple[Occurrence[Made], ...]


def project(stream: Stream) -> Investments:
    """The plans, each with the period before it and its own outcome."""
    made = tuple(sorted(stream.of(Made), key=_by_purpose))
    plans: dict[tuple[str, ...], list[Occurrence[Planned]]] = defaultdict(list)
    for item in sorted(stream.every(Planned), key=lambda item: (*_by_purpose(item)[:4], str(item.day), item.id)):
        plans[_by_purpose(item)[:4]].append(item)
    return Investments(tuple(_plan(items, made) for items in plans.values()), made)


def _by_purpose(item: Occurrence[Planned] | Occurrence[Made]) -> tuple[str, ...]:
    payload = item.payload
    return (*payload.subject, str(payload.period.last), str(payload.period.first), item.id)


def _plan(statements: Sequence[Occurrence[Planned]], made: Sequence[Occurrence[Made]]) -> Plan:
    plan = statements[0].payload
    own = [item for item in made if item.payload.subject == plan.subject]
    earlier = [item for item in own if _ends_before(item.payload.period, plan.period)]
    return Plan(
        statements=tuple(statements),
        before=earlier[-1] if earlier else None,
        made=next((item for item in own if item.payload.period.same_days(plan.period)), None),
    )


def _ends_before(one: When, other: When) -> bool:
    return bool(one.last and other.first and one.last < other.first)


def years(period: When) -> int | None:
    """Number of whole years from the first to the last day; None where they are not whole or not sure."""
    if period.approximate or period.first is None or period.last is None:
        return None
    eve = period.first - timedelta(days=1)
    whole = (eve.month, eve.day) == (period.last.month, period.last.day)
    return period.last.year - eve.year if whole else None


def yearly(payload: Planned | Made) -> Decimal | None:
    """The amount a year, to the cent."""
    span = years(payload.period)
    if not span:
        return None
    with exact():
        return tidy((payload.amount.anchor / span).quantize(Decimal("0.01")))


def growth(plan: Planned, before: Made, new: Bounds, old: Bounds) -> Bounds:
    """Growth of the yearly rate from old to new amounts: each times the other's years, so that nothing is rounded.

    Unknown between currencies, and where a period is not a number of whole years.
    """
    new_span, old_span = years(plan.period), years(before.period)
    if not new_span or not old_span or plan.amount.unit != before.amount.unit:
        return None, None
    return change_percent(product(new, _times(old_span)), product(old, _times(new_span)))


def _times(number: int) -> Bounds:
    return Decimal(number), Decimal(number)
