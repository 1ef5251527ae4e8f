"""What the market's figures say of one another: trades, prices of one day, flows and their sums, exchange rates."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, TypeAlias

from timeline.check import Rule, below, stated
from timeline.topics.market import amounts, exchange
from timeline.topics.market.claims import TOPIC_NAME, last_session, quoted, session

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from timeline.check import Verdict
    from timeline.claim import Quoted
    from timeline.event import Event
    from timeline.occurrence import Occurrence
    from timeline.topics.market.payloads import Flow
    from timeline.topics.market.projection import Channel, Market
    from timeline.values import Quantity

    Day: TypeAlias = tuple[date, str, str]

PRICE_ORDER: Final = Rule(
    name="price-order",
    severity="error",
    compares="the open, close and average of a day, and its high and low, with one another",
    assumes="a price may be rounded in its last printed place",
)
SUM_SHORT: Final = Rule(
    name="flow-sum-short",
    severity="error",
    compares="a sum of sessions that all went one way with the last of them",
)
RULES: Final = (*amounts.RULES, PRICE_ORDER, SUM_SHORT, exchange.RATE)

# Which price is at most which other.
_ORDER: Final = (
    ("low", "high"),
    *((low, high) for what in ("open", "close", "average") for low, high in (("low", what), (what, "high"))),
)


def check(state: Market) -> Iterator[Verdict]:
    """What came of each comparison within the topic."""
    yield from amounts.check_amounts(state.trades, state.rates)
    yield from _prices(state)
    for channel in state.channels:
        yield from _sums(channel)
    yield from exchange.check_rates(state.rates)


def _prices(state: Market) -> Iterator[Verdict]:
    for prices in _by_day(state).values():
        for lower, upper in _ORDER:
            if lower in prices and upper in prices:
                yield _ordered(prices[lower], prices[upper])


def _by_day(state: Market) -> dict[Day, dict[str, Quoted]]:
    """The prices of each day on a venue in a currency, by which price it is."""
    found: dict[Day, dict[str, Quoted]] = defaultdict(dict)
    for quote in state.quotes:
        for item in quote.observations:
            if item.counts and (told := quoted(item)):
                found[told.day, told.venue or "", told.price.unit][told.what] = told
    return found


def _ordered(lower: Quoted, upper: Quoted) -> Verdict:
    if not below(upper.price.bounds, lower.price.bounds):
        return PRICE_ORDER.passed()
    outer, inner = (lower, upper) if lower.what == "low" else (upper, lower)
    side = "below" if outer is lower else "above"
    return PRICE_ORDER.found(
        f"the {inner.what} of {inner.occurrence.occurred.label()}, {inner.price.printed}, lies {side} the"
        f" {outer.what}, {outer.price.printed}",
        inner.occurrence,
        outer.occurrence,
        topic=TOPIC_NAME,
        figures=(stated(told.what, told.price, told.occurrence.id) for told in (inner, outer)),
    )


def _sums(channel: Channel) -> Iterator[Verdict]:
    """Sums printed beside a session's figure, by the same report or by another one."""
    for item in channel.sessions:
        yield from _beside(item)
    days = {session(item.occurred): item for item in channel.sessions if item.counts}
    for total in channel.sums:
        last = days.get(last_session(total.occurred))
        if total.counts and last and _one_way(total, last):
            yield _verdict(total.payload.value, last.payload.value, (total.accepted, last.accepted))


def _beside(item: Occurrence[Flow]) -> Iterator[Verdict]:
    """Each report's own figures, which have to agree even where it is not known what it belongs to."""
    for report in item.reports:
        flow: Flow = report.payload  # type: ignore[assignment] # reports of a flow are flows
        covered = flow.sessions or flow.streak or 1
        if flow.cumulative and flow.cumulative.unit == flow.value.unit and covered <= (flow.streak or 1):
            yield _verdict(flow.cumulative, flow.value, (report, report))


def _one_way(total: Occurrence[Flow], last: Occurrence[Flow]) -> bool:
    """Whether the streak of the last session says that all sessions of the sum went its way."""
    whole, single = total.payload, last.payload
    return whole.direction == single.direction and (whole.sessions or 1) <= (whole.streak or single.streak or 1)


def _verdict(total: Quantity, single: Quantity, reports: tuple[Event, Event]) -> Verdict:
    if not below(total.bounds, single.bounds):
        return SUM_SHORT.passed()
    return SUM_SHORT.found(
        f"the sum, {total.printed}, is less than its last session alone, {single.printed}",
        topic=TOPIC_NAME,
        figures=(stated("sum", total, reports[0].id), stated("session", single, reports[1].id)),
        events=(report.id for report in reports),
        sources=_sources(reports),
    )


def _sources(reports: Iterable[Event]) -> tuple[str, ...]:
    return tuple(report.source for report in reports if report.source)
