"""A trade's shares times its price, beside the amount that is printed for it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from msgspec.structs import replace

from timeline.check import Rule, apart, below, stated, worked_out
from timeline.digits import exact
from timeline.intervals import in_words, only_power, opened
from timeline.topics.market.claims import TOPIC_NAME
from timeline.topics.market.exchange import Exchange
from timeline.values import product

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from timeline.check import Verdict
    from timeline.event import Event
    from timeline.occurrence import Occurrence
    from timeline.section import Finding
    from timeline.topics.market.payloads import Rate, Trade
    from timeline.values import Bounds, Quantity

AMOUNT: Final = Rule(
    name="trade-amount",
    severity="error",
    compares="the amount of a trade with its shares times its price",
    assumes="the amount holds no fees, and the price may be rounded in its last printed place",
)
CURRENCY: Final = Rule(
    name="trade-currency",
    severity="error",
    compares="an amount that does not fit a trade's shares times its price, with the same number in another currency",
    assumes=AMOUNT.assumes,
)
MAGNITUDE: Final = Rule(
    name="trade-magnitude",
    severity="error",
    compares="an amount that does not fit a trade's shares times its price, with the same digits at another power of"
    " ten",
    assumes=AMOUNT.assumes,
)
RULES: Final = (AMOUNT, CURRENCY, MAGNITUDE)

_ON_RECORD: Final = "the exchange rate that is on record near the day"
# Without a rate on record, one that lies this close to 1 is no rate but a wrong currency.
_PAR: Final = (Decimal("0.97"), Decimal("1.03"))
_NEAR_PAR: Final = (
    frozenset({"AUD", "BND", "CAD", "CHF", "EUR", "GBP", "NZD", "PAB", "SGD", "USD"}),
    frozenset({"HKD", "MOP"}),
)
"""Currencies that have stood near par with one another, so that nothing is learnt from numbers that are alike."""


class _Priced(NamedTuple):
    """One report of a trade, with what it should amount to.

    Attributes:
        item: the trade.
        report: one of its reports.
        price: a share.
        value: as printed.
        amount: shares times price, in the price's currency.
    """

    item: Occurrence[Trade]
    report: Event
    price: Quantity
    value: Quantity
    amount: Bounds

    @property
    def alike(self) -> bool:
        """Whether the numbers agree, whatever the currencies."""
        return not apart(self.amount, self.value.bounds)

    def passed(self) -> Verdict:
        return AMOUNT.passed()

    def found(self, rule: Rule, why: str, assumed: str = "") -> Finding:
        """What does not fit, told with the report's own figures."""
        payload: Trade = self.report.payload  # type: ignore[assignment] # reports of a trade are trades
        return rule.found(
            f"prints {self.value.printed} for {payload.shares.printed} at {self.price.printed}, which come to"
            f" {in_words(self.amount, self.price.unit)}{why}",
            topic=TOPIC_NAME,
            figures=(
                stated("shares", payload.shares, self.report.id),
                stated("price", self.price, self.report.id),
                stated("value", self.value, self.report.id),
                worked_out("shares × price", self.amount, self.price.unit),
            ),
            events=(self.report.id,),
            sources=(self.report.source,) if self.report.source else (),
            assumed=assumed,
        )


def check_amounts(trades: Iterable[Occurrence[Trade]], rates: Iterable[Occurrence[Rate]]) -> Iterator[Verdict]:
    """A verdict for each report that states shares, price and amount in currencies that can be compared.

    Reports that stand apart are among them: their own figures have to agree whatever they belong to.
    """
    exchange = Exchange.of(rates)
    for item in trades:
        for priced in _priced(item):
            same = priced.price.unit == priced.value.unit
            verdict = _in_one_currency(priced, exchange) if same else _in_two(priced, exchange)
            if verdict:
                yield verdict


def _priced(item: Occurrence[Trade]) -> Iterator[_Priced]:
    for report in item.reports:
        payload: Trade = report.payload  # type: ignore[assignment] # reports of a trade are trades
        if payload.price and payload.value:
            amount = product(payload.shares, opened(payload.price))
            yield _Priced(item, report, payload.price, payload.value, amount)


def _in_one_currency(priced: _Priced, exchange: Exchange) -> Verdict:
    if priced.alike:
        return priced.passed()
    if power := _power(priced.amount, priced.value.bounds):
        return priced.found(MAGNITUDE, _off(power))
    for currency, amount in exchange.conversions(priced.amount, priced.price.unit, priced.report):
        if not apart(amount, priced.value.bounds):
            return priced.found(CURRENCY, f"; the number fits {in_words(amount, currency)}", _ON_RECORD)
    return priced.found(AMOUNT, "")


def _in_two(priced: _Priced, exchange: Exchange) -> Verdict | None:
    """Compared at the rate on record; without one only whether the number is that of the other currency."""
    currency = priced.value.unit
    converted = dict(exchange.conversions(priced.amount, priced.price.unit, priced.report)).get(currency)
    if converted is None:
        return _at_no_rate(priced)
    if not apart(converted, priced.value.bounds):
        return priced.passed()
    if priced.alike:
        return priced.found(
            CURRENCY, f" or {in_words(converted, currency)}; the number fits {priced.price.unit}", _ON_RECORD
        )
    power = _power(converted, priced.value.bounds)
    why = f" or {in_words(converted, currency)}"
    rule, off = (MAGNITUDE, _off(power)) if power else (AMOUNT, "")
    return priced.found(rule, why + off, _ON_RECORD)


def _at_no_rate(priced: _Priced) -> Verdict | None:
    """A number that is surely that of the price's currency to a few percent; without a rate that is only unlikely."""
    units = {priced.price.unit, priced.value.unit}
    if any(units <= near for near in _NEAR_PAR) or not _at_par(priced.value.bounds, priced.amount):
        return None
    other, own = priced.value.unit, priced.price.unit
    why = f"; the number fits {own} and not {other}"
    found = priced.found(CURRENCY, why, f"{other} and {own} do not stand near par")
    return replace(found, severity="warning")


def _at_par(value: Bounds, amount: Bounds) -> bool:
    (low, high), (floor, ceiling) = value, amount
    if low is None or high is None or not floor or not ceiling:
        return False
    least, most = _PAR
    with exact():
        return low >= least * ceiling and high <= most * floor


def _power(amount: Bounds, value: Bounds) -> int:
    """The only power of ten that brings the amount to the value; 0 where none does, or several."""
    if None in (*amount, *value) or not below((Decimal(0), Decimal(0)), value):
        return 0
    return only_power(lambda power: not apart(_scaled(amount, power), value)) or 0


def _scaled(bounds: Bounds, power: int) -> Bounds:
    with exact():
        low, high = (None if end is None else end.scaleb(power) for end in bounds)
    return low, high


def _off(power: int) -> str:
    """In words: "; that is 1,000 times too much"."""
    return f"; that is {10 ** abs(power):,} times too {'much' if power > 0 else 'little'}"
