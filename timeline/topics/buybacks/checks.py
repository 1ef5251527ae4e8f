"""What buybacks are checked for, and what they claim that only others can check."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.claim import Claim, Stake, Traded
from timeline.topics.buybacks import amounts, mandates, running
from timeline.topics.buybacks.runs import known_shares, told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.check import Verdict
    from timeline.topics.buybacks.programmes import Buybacks
    from timeline.topics.buybacks.runs import Item
    from timeline.values import Quantity

RULES = (*amounts.RULES, *running.RULES, *mandates.RULES)


def check(state: Buybacks) -> Iterator[Verdict]:
    """What came of each comparison: within every report of a purchase, between totals, and with the mandates.

    A report that stands apart, outside totals, can contradict itself all the same.
    """
    for item in (*state.executions, *state.apart):
        for report in item.reports:
            yield from amounts.amounts(report)
    yield from running.totals(state)
    yield from mandates.mandates(state)


def claim(state: Buybacks) -> Iterator[Claim]:
    """Percentages of the capital, and the purchases of a day at their prices."""
    for programme in state.programmes:
        series = f"buybacks {programme.mandate.edtf if programme.mandate else ''}".strip()
        for item in told(programme):
            if item.payload.percent:
                yield from _stake(item, item.payload.percent, series)
    yield from (
        Traded(
            topic="buybacks",
            occurrence=item,
            what="buyback",
            day=item.occurred.first,
            venue=item.payload.venue,
            price=None if item.id in item.unstated else item.adjusted.price,
        )
        for item in state.executions
        if item.occurred.is_day and item.occurred.is_exact and item.occurred.first
    )


def _stake(item: Item, percent: Quantity, series: str) -> Iterator[Stake]:
    shares = known_shares(item)
    if shares and percent.unit == "%":
        yield Stake(
            topic="buybacks",
            occurrence=item,
            shares=shares,
            percent=percent,
            base=item.payload.base,
            share_class=getattr(item.payload, "share_class", None),
            series=series,
        )
