"""The sense of an amount: its parts in a fixture's order, through the parser of fixtures."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from timeline.currencies import SIGNS
from timeline.errors import ParseProblem
from timeline.values import Quantity

if TYPE_CHECKING:
    from timeline.prose.ends import End


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


def sense_of(parts: Parts, currency: str) -> Amount:
    """The sense; a unit in words that the parser takes for none is left out.

    Args:
        parts: of the amount.
        currency: what a bare "$" or "¥" means; empty where nobody says.
    """
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
        if problem.rule != "currency-ambiguous":
            raise
    return _ambiguous(parts)


def _ambiguous(parts: Parts) -> Amount:
    """A sign that several currencies share: the commonest, with the others beside it."""
    sign = parts.first.currency or parts.last.currency
    first, *others = SIGNS[sign.casefold()]
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
