"""What the market's facts say that only calendars, listings and other sessions can check."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from timeline.claim import Flowed, Moved, Quoted, Rated, Traded
from timeline.intervals import opened
from timeline.values import Quantity

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from timeline.claim import Claim
    from timeline.dates import When
    from timeline.occurrence import Occurrence
    from timeline.topics.market.payloads import Flow, Observed, Rate, Trade
    from timeline.topics.market.projection import Market

TOPIC_NAME = "market"
_DAY_LENGTH = len("2026-01-08")


def claim(state: Market) -> Iterator[Claim]:
    """Prices and changes of sessions, flows, trades that need an open market, and exchange rates."""
    for quote in state.quotes:
        for item in quote.observations:
            if item.counts:
                yield from _of_price(item)
    for channel in state.channels:
        yield from (_of_flow(item) for item in (*channel.sessions, *channel.sums))
    for trade in state.trades:
        if trade.counts:
            yield from _of_trade(trade)
    for rate in state.rates:
        if rate.counts:
            yield _of_rate(rate)


def session(occurred: When) -> date | None:
    """The session that a fact is of; None where the day is not stated, or in doubt."""
    return occurred.first if occurred.is_day and occurred.is_exact else None


def last_session(occurred: When) -> date | None:
    """The last day of those that a sum covers; None where it is in doubt."""
    return occurred.last if len(occurred.edtf.rpartition("/")[2]) == _DAY_LENGTH else None


def quoted(item: Occurrence[Observed]) -> Quoted | None:
    """The price of a session; None for a level that somebody sees in the chart, a period or a mere change."""
    payload, day, price = item.payload, session(item.occurred), item.adjusted.price
    what = payload.what
    if day is None or price is None or what == "support" or what == "resistance":  # noqa: PLR1714 - mypy follows this
        return None
    return Quoted(
        topic=TOPIC_NAME, occurrence=item, what=what, day=day, price=_before_print(price), venue=payload.venue
    )


def _before_print(price: Quantity) -> Quantity:
    """A price as wide as its rounding in print leaves it: "HKD 38.0" may be anything from 37.95 to 38.05."""
    return Quantity(price.printed, *opened(price), price.unit, price.qualifier, price.step)


def _of_price(item: Occurrence[Observed]) -> Iterator[Claim]:
    payload, day = item.payload, session(item.occurred)
    told = quoted(item)
    if told:
        yield told
    if day and payload.change and payload.what == "close":
        yield Moved(
            topic=TOPIC_NAME,
            occurrence=item,
            day=day,
            price=told.price if told else None,
            change=payload.change,
            venue=payload.venue,
        )


def _of_flow(item: Occurrence[Flow]) -> Flowed:
    """A flow that stands apart has no sure day, but a channel all the same."""
    payload = item.payload
    day = last_session(item.occurred) if payload.is_sum else session(item.occurred)
    return Flowed(
        topic=TOPIC_NAME,
        occurrence=item,
        channel=payload.channel,
        day=day if item.counts else None,
        direction=payload.direction,
        value=payload.value,
        is_sum=payload.is_sum,
        streak=payload.streak,
        cumulative=payload.cumulative,
        sessions=payload.sessions,
    )


def _of_trade(item: Occurrence[Trade]) -> Iterator[Traded]:
    """Only what is bought in the open market needs it to be open; a block may be agreed at any time."""
    day = session(item.occurred)
    if day and item.payload.form == "open-market":
        yield Traded(topic=TOPIC_NAME, occurrence=item, what="trade", day=day, price=item.payload.price)


def _of_rate(item: Occurrence[Rate]) -> Rated:
    base, other = item.payload.pair.split("/")
    return Rated(topic=TOPIC_NAME, occurrence=item, base=base, rate=replace(item.payload.rate, unit=other))
