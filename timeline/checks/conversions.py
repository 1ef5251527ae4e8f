"""Checks of amounts that are printed in two currencies: the rate that they imply against that of others."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from timeline.check import Rule, below, worked_out
from timeline.claim import Rated
from timeline.digits import exact, short_number
from timeline.errors import ParseProblem
from timeline.values import Quantity, product

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from timeline.check import Verdict
    from timeline.claim import Claim
    from timeline.event import Event
    from timeline.occurrence import Occurrence, Stream
    from timeline.values import Bounds

CONVERSION_DIFFERS: Final = Rule(
    name="conversion-differs",
    severity="warning",
    compares="the exchange rate that a conversion in brackets implies with those of other conversions and stated rates",
    assumes="a rate moves by less than a quarter within two years",
)
RULES: Final = (CONVERSION_DIFFERS,)

_NEAR: Final = 731  # days
_QUARTER: Final = Decimal("1.25")
_DIGITS: Final = 4


class Implied(NamedTuple):
    """A rate that a report implies or states.

    Attributes:
        pair: both currencies in alphabetical order.
        bounds: how much of the first one unit of the second is.
        day: on which the report was published, or else the occurrence's.
        text: the figures as printed.
        topic: whose section tells of it.
        occurrence: what is reported.
        event: id of the report.
        is_stated: whether it is a rate rather than a conversion, and so only compared with.
    """

    pair: tuple[str, str]
    bounds: Bounds
    day: date
    text: str
    topic: str
    occurrence: Occurrence[Any]
    event: str
    is_stated: bool


def conversions(stream: Stream, claims: Iterable[Claim], topics: Mapping[str, str]) -> Iterator[Verdict]:
    """What came of each comparison of a conversion with the rates near it.

    Args:
        stream: whose reports convert amounts.
        claims: those of rates are compared with.
        topics: name of the topic by kind.
    """
    rates = sorted((*_converted(stream, topics), *_rated(claims)), key=lambda rate: (rate.day, rate.event, rate.text))
    for rate in rates:
        near = [other for other in rates if other is not rate and _comparable(rate, other)]
        if near and not rate.is_stated:
            yield _verdict(rate, near)


def _comparable(rate: Implied, other: Implied) -> bool:
    """Whether they are of one pair and time."""
    return rate.pair == other.pair and abs((rate.day - other.day).days) <= _NEAR


def _verdict(rate: Implied, near: Sequence[Implied]) -> Verdict:
    """A rate against all near it; of two that have no third, the later one is told to differ."""
    alone = len(near) == 1 and not near[0].is_stated
    if (alone and _order(rate) < _order(near[0])) or not all(_is_far(rate.bounds, other.bounds) for other in near):
        return CONVERSION_DIFFERS.passed()
    other = near[0]
    return CONVERSION_DIFFERS.found(
        f"{rate.text} implies {_told(rate)}, where {other.text} implies {_told(other)}",
        rate.occurrence,
        *(each.occurrence for each in near),
        topic=rate.topic,
        figures=tuple(worked_out(f"rate of {each.text}", each.bounds, each.pair[0]) for each in (rate, *near)),
        events=(rate.event, *(each.event for each in near)),
    )


def _order(rate: Implied) -> tuple[date, str, str]:
    return (rate.day, rate.event, rate.text)


def _is_far(one: Bounds, other: Bounds) -> bool:
    quarter = (_QUARTER, _QUARTER)
    return below(product(one, quarter), other) or below(product(other, quarter), one)


def _told(rate: Implied) -> str:
    first, second = rate.pair
    known = [end for end in rate.bounds if end is not None]
    with exact():
        middle = sum(known, Decimal(0)) / len(known)
    return f"{first} {short_number(middle, _DIGITS)} for {second} 1"


def _converted(stream: Stream, topics: Mapping[str, str]) -> Iterator[Implied]:
    """The conversions of each report."""
    for item in (*stream.occurrences, *stream.elsewhere):
        topic = topics.get(item.accepted.kind)
        for report in item.reports if topic else ():
            for _, figure in report.payload.figures():
                if not figure.conversion:
                    continue
                other = _conversion(figure)
                day = _day(item, report)
                if other and day and (bounds := _ratio(*sorted((figure, other), key=lambda each: each.unit))):
                    first, second = sorted((figure.unit, other.unit))
                    yield Implied((first, second), bounds, day, figure.printed, topic or "", item, report.id, False)  # noqa: FBT003 - the last of the fields that the class names


def _conversion(figure: Quantity) -> Quantity | None:
    """The figure in the second currency; None where there is none, or it cannot be read by itself."""
    if not figure.conversion:
        return None
    try:
        other = Quantity.parse(figure.conversion)
    except ParseProblem:
        return None
    return other if other.is_money and figure.is_money and other.unit != figure.unit else None


def _rated(claims: Iterable[Claim]) -> Iterator[Implied]:
    for claim in claims:
        if isinstance(claim, Rated) and (day := _day(claim.occurrence, claim.occurrence.accepted)):
            one = Quantity(f"{claim.base} 1", Decimal(1), Decimal(1), claim.base)
            first, second = sorted((claim.rate, one), key=lambda each: each.unit)
            if bounds := _ratio(first, second):
                text = f"{one.printed} = {claim.rate.printed}"
                pair = (first.unit, second.unit)
                yield Implied(pair, bounds, day, text, claim.topic, claim.occurrence, claim.occurrence.id, True)  # noqa: FBT003 - likewise


def _ratio(first: Quantity, second: Quantity) -> Bounds | None:
    """How much of the first one unit of the second is; None where an end is open or not above zero."""
    (low, high), (floor, ceiling) = first.bounds, second.bounds
    if low is None or high is None or floor is None or ceiling is None or low <= 0 or floor <= 0:
        return None
    with exact():
        return low / ceiling, high / floor


def _day(item: Occurrence[Any], report: Event) -> date | None:
    return report.published.day if report.published else item.day
