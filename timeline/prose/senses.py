"""The sense of an amount: its parts in a fixture's order, through the parser of fixtures."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from timeline.currencies import SIGNS
from timeline.digits import plain
from timeline.errors import ParseProblem
from timeline.prose.ends import EXACT
from timeline.prose.monies import chosen
from timeline.values import Quantity

if TYPE_CHECKING:
    from timeline.prose.ends import End
    from timeline.prose.monies import Money


class Parts(NamedTuple):
    """What belongs to an amount.

    Attributes:
        qualifier: as a fixture writes it; empty for none.
        first: its number, or the first of a range.
        joint: " to " or " ± "; empty for a single number.
        last: the other end of a range, else the first.
        conversion: in another currency; empty for none.
        unit: in words; empty for none.
    """

    qualifier: str
    first: End
    joint: str
    last: End
    conversion: str
    unit: str


class Amount(NamedTuple):
    """What an amount means.

    Attributes:
        value: the figure; None where the parser takes it in no form.
        assumed: what was taken for granted, or why it has no value.
        alternatives: the figure in the other currencies that its sign can mean, the commonest first.
    """

    value: Quantity | None
    assumed: str = ""
    alternatives: tuple[Quantity, ...] = ()


def sense_of(parts: Parts, money: Money) -> Amount:
    """The sense; a unit in words that the parser takes for none is left out.

    Args:
        parts: of the amount.
        money: what tells its currency.
    """
    choice = chosen(parts.first.currency or parts.last.currency, money)
    amount = _read(_coded(parts, choice.code), money.default)
    if not choice.assumed or amount.value is None:
        return amount
    others = (_read(_coded(parts, code), money.default).value for code in choice.others)
    return Amount(amount.value, choice.assumed, tuple(other for other in others if other is not None))


def _coded(parts: Parts, code: str) -> Parts:
    """The parts with a code for what only prose has: names of currencies and their hundredths."""
    last = parts.last
    shares = last.hundredth and not parts.first.currency
    first = replace(parts.first, hundredth=True, currency=last.currency) if shares else parts.first
    return parts._replace(first=_one(first, code), last=_one(last, code))


def _one(end: End, code: str) -> End:
    number = plain(Decimal(end.number.replace(",", "")).scaleb(-2, EXACT)) if end.hundredth else end.number
    return replace(end, currency=code if end.currency else "", number=number)


def _read(parts: Parts, currency: str) -> Amount:
    refused = ""
    for unit in dict.fromkeys((parts.unit, "")):
        try:
            return _parsed(parts._replace(unit=unit), currency)
        except ParseProblem as problem:
            refused = refused or problem.what
    return Amount(None, f"not read: {refused}")


def _parsed(parts: Parts, currency: str) -> Amount:
    try:
        return Amount(Quantity.parse(_written(parts), currency))
    except ParseProblem as problem:
        if problem.rule == "quantity-conversion" and parts.conversion:
            bare = _parsed(parts._replace(conversion=""), currency)
            return bare._replace(value=bare.value and replace(bare.value, conversion=parts.conversion))
        if problem.rule != "currency-ambiguous" or _sign_of(parts) not in SIGNS:
            raise
    return _ambiguous(parts)


def _sign_of(parts: Parts) -> str:
    return (parts.first.currency or parts.last.currency).casefold()


def _ambiguous(parts: Parts) -> Amount:
    """A sign that several currencies share: the commonest, with the others beside it."""
    sign = parts.first.currency or parts.last.currency
    first, *others = SIGNS[_sign_of(parts)]
    value = Quantity.parse(_written(parts), first)
    alternatives = tuple(replace(value, unit=value.unit.replace(first, code)) for code in others)
    return Amount(value, f"“{sign}” is taken for {first}; it may be {', '.join(others)}", alternatives)


def _written(parts: Parts) -> str:
    """The amount as a fixture has it."""
    first, last = parts.first, parts.last
    if parts.joint:
        shared = last if last.currency != first.currency else replace(last, currency="")
        single = replace(first, unit="") if first.unit == last.unit else first
        body = f"{single.written()}{parts.joint}{shared.written()}"
    else:
        body = first.written()
    conversion = f" ({parts.conversion})" if parts.conversion else ""
    return " ".join(part for part in (parts.qualifier, body + conversion, parts.unit) if part)
