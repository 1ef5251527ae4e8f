"""Exchange rates: what sources state of them, whether they agree, and conversions by those on record."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from timeline.check import Rule, below, stated
from timeline.digits import exact
from timeline.intervals import opened, quotient
from timeline.topics.market.claims import TOPIC_NAME, session
from timeline.values import product

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from timeline.check import Verdict
    from timeline.event import Event
    from timeline.occurrence import Occurrence
    from timeline.topics.market.payloads import Rate
    from timeline.values import Bounds

RATE: Final = Rule(
    name="rate-differs",
    severity="warning",
    compares="exchange rates of a pair within a week, also those printed the other way round, with one another",
    assumes="no currency moves by 20 % in a week",
)
_WEEK: Final = 7
_APART: Final = Decimal("1.2")
_ONE: Final = Decimal(1)
# A rate serves conversions of the month around it, in which it may move a little.
_MONTH: Final = 31
_DRIFT: Final = (Decimal("0.97"), Decimal("1.03"))


class _Stated(NamedTuple):
    """A rate of one day, turned so that the pair is in alphabetical order."""

    pair: tuple[str, str]
    day: date
    bounds: Bounds
    item: Occurrence[Rate]


class Exchange(NamedTuple):
    """The rates on record.

    Attributes:
        stated: by pair, then by day.
    """

    stated: tuple[_Stated, ...]

    @classmethod
    def of(cls, rates: Iterable[Occurrence[Rate]]) -> Exchange:
        """The rates of single days; a yearly average converts no single trade."""
        return cls(tuple(sorted(_stated(rates), key=lambda rate: (rate.pair, rate.day, rate.item.id))))

    def conversions(self, amount: Bounds, currency: str, report: Event) -> Iterator[tuple[str, Bounds]]:
        """An amount in each other currency that a rate near the report's day leads to."""
        day = report.occurred and report.occurred.last
        for rate in self.stated:
            if day and currency in rate.pair and abs((day - rate.day).days) <= _MONTH:
                base, other = rate.pair
                bounds = rate.bounds if currency == base else _inverse(rate.bounds)
                yield other if currency == base else base, product(product(amount, bounds), _DRIFT)


def check_rates(rates: Iterable[Occurrence[Rate]]) -> Iterator[Verdict]:
    """A verdict for each two rates of a pair that follow one another within a week."""
    for one, other in pairwise(Exchange.of(rates).stated):
        if one.pair == other.pair and (other.day - one.day).days <= _WEEK:
            yield _found(one, other) if _far(one.bounds, other.bounds) else RATE.passed()


def _stated(rates: Iterable[Occurrence[Rate]]) -> Iterator[_Stated]:
    for item in rates:
        payload, day = item.payload, session(item.occurred)
        base, other = payload.pair.split("/")
        if item.counts and day and payload.rate.unit in ("", other):
            bounds = opened(payload.rate)
            turned = bounds if base < other else _inverse(bounds)
            yield _Stated((min(base, other), max(base, other)), day, turned, item)


def _inverse(bounds: Bounds) -> Bounds:
    """One unit of the other currency, in the first."""
    return quotient((_ONE, _ONE), bounds)


def _far(one: Bounds, other: Bounds) -> bool:
    """Whether one is surely more than a fifth above the other."""
    with exact():
        raised = [(None, None if high is None else high * _APART) for _, high in (one, other)]
    return below(raised[0], other) or below(raised[1], one)


def _found(one: _Stated, other: _Stated) -> Verdict:
    first, second = (f"{rate.item.payload.pair} {rate.item.payload.rate.printed}" for rate in (one, other))
    days = " and ".join(dict.fromkeys(rate.item.occurred.label() for rate in (one, other)))
    return RATE.found(
        f"{first} and {second} are more than 20 % apart ({days})",
        one.item,
        other.item,
        topic=TOPIC_NAME,
        figures=(stated(rate.item.payload.pair, rate.item.payload.rate, rate.item.id) for rate in (one, other)),
    )
