"""What investments say that only others can check."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from timeline.claim import Dated, Point, series_of
from timeline.occurrence import Occurrence
from timeline.topics.investments.payloads import Made, Planned

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.claim import Claim
    from timeline.topics.investments.plans import Investments

Spending: TypeAlias = Occurrence[Planned] | Occurrence[Made]


def claim(state: Investments) -> Iterator[Claim]:
    """A point for each amount in the series of its purpose, and that the period of what was spent is over."""
    for plan in state.plans:
        for said in plan.statements:
            yield from _point(said) if said.counts else ()
    for made in state.made:
        yield from _point(made)
        for report in made.reports:
            period = made.payload.period
            yield Dated(topic="investments", occurrence=made, report=report, field="period", when=period, over=True)


def _point(item: Spending) -> Iterator[Point]:
    purpose, segment = item.payload.subject
    if series := series_of(f"spent on {purpose}", segment, None, item.payload.period):
        yield Point(
            topic="investments",
            occurrence=item,
            series=series,
            what=" ".join(part for part in (segment, item.payload.purpose, "spending") if part),
            at=item.payload.period,
            value=item.payload.amount,
        )
