"""What analysts' figures are checked for: each house against what it said before."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from timeline.check import Rule, apart, stated
from timeline.claim import SHARE_PRICE, Point, series_of
from timeline.metrics import is_balance
from timeline.occurrence import comparable
from timeline.topics.analysts.views import line
from timeline.values import short

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.check import Verdict
    from timeline.claim import Claim
    from timeline.occurrence import Occurrence
    from timeline.topics.analysts.payloads import Rating
    from timeline.topics.analysts.views import House, Views
    from timeline.values import Quantity

TARGET_PRICE_CURRENCY: Final = Rule(
    name="target-price-currency",
    severity="warning",
    compares="the currency of a target price with that of the one before it, and with the other that the report gives",
    assumes="a house keeps to the currency of one listing",
)
TARGET_PRICE_PREVIOUS: Final = Rule(
    name="target-price-previous",
    severity="warning",
    compares="the target price that a report says was there before with the house's own one before it",
    assumes="no target price in between is missing here",
)
FORECAST_PREVIOUS: Final = Rule(
    name="forecast-previous",
    severity="warning",
    compares="the forecast that a report says was there before with the house's own one before it",
    assumes="no forecast in between is missing here",
)
RULES: Final = (TARGET_PRICE_CURRENCY, TARGET_PRICE_PREVIOUS, FORECAST_PREVIOUS)


def check(state: Views) -> Iterator[Verdict]:
    """What came of each comparison of a house's figures with those before."""
    for house in state.houses:
        yield from _prices(house)
    for before, item in pairwise(item for item in state.forecasts if item.counts):
        previous = item.payload.previous
        if line(before) == line(item) and previous and previous.unit == before.payload.value.unit:
            yield _previous(FORECAST_PREVIOUS, item, previous, before, before.payload.value)


def claim(state: Views) -> Iterator[Claim]:
    """A point for each forecast in the series of its metric, and one for each target price in that of the share."""
    for item in state.forecasts:
        payload = item.payload
        series = series_of(*payload.subject, payload.period)
        if item.counts and series:
            yield Point(
                topic="analysts",
                occurrence=item,
                series=series,
                what=f"{payload.by} forecast of {payload.metric}",
                at=payload.period,
                value=payload.value,
                is_balance=is_balance(payload.metric),
            )
    for rating in (item for house in state.houses for item in house.ratings if item.counts):
        if price := rating.payload.target_price:
            what = f"{rating.payload.by} target price"
            at = rating.occurred
            yield Point(topic="analysts", occurrence=rating, series=SHARE_PRICE, what=what, at=at, value=price)


def _prices(house: House) -> Iterator[Verdict]:
    """A house's target prices, each against the one before and against what its own report says that was."""
    priced = [item for item in house.ratings if item.counts and item.payload.target_price]
    for item in priced:
        yield from _currency(item, item, item.payload.previous_target)
    for before, item in pairwise(priced):
        yield from _currency(item, before, before.payload.target_price)
        old, previous = before.adjusted.target_price, item.adjusted.previous_target
        if old and previous and old.unit == previous.unit:
            yield _previous(TARGET_PRICE_PREVIOUS, item, previous, before, old)


def _currency(item: Occurrence[Rating], other: Occurrence[Rating], price: Quantity | None) -> Iterator[Verdict]:
    target = item.payload.target_price
    if target is None or price is None:
        return
    if target.unit == price.unit:
        yield TARGET_PRICE_CURRENCY.passed()
        return
    yield TARGET_PRICE_CURRENCY.found(
        f"{item.payload.by} {item.occurred.label()}: a target price of {short(target)} follows one of {short(price)}",
        item,
        other,
        topic="analysts",
        figures=(stated("target price", target, item.id), stated("target price before", price, other.id)),
    )


def _previous(
    rule: Rule, item: Occurrence[Any], previous: Quantity, before: Occurrence[Any], value: Quantity
) -> Verdict:
    mine, its = comparable(previous, value)
    if not apart(mine.bounds, its.bounds):
        return rule.passed()
    return rule.found(
        f"{item.payload.by} {item.occurred.label()}: gives {short(previous)} as the figure before, yet that was "
        f"{short(value)} on {before.occurred.label()}",
        item,
        before,
        topic="analysts",
        figures=(stated("figure before", previous, item.id), stated("figure of the report before", value, before.id)),
    )
