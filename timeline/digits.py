"""Numbers as text, for machines and for people, and the arithmetic context in which no reported figure is rounded.

Only Decimal comes in, and nothing here knows what a number measures.
"""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal, localcontext
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

PRECISION: Final = 300  # two figures of 40 digits with scale words multiply without rounding

MOST_PLACES: Final = 400
"""Digits before the point, and behind it, of a number that a program may hand over; binary fractions have fewer."""

# Units that print as a sign or an abbreviation; all other units are words.
PROPORTIONS: Final = frozenset({"%", "pp", "bp"})
_POWER: Final = frozenset({"W", "kW", "MW", "GW", "Wh", "kWh", "MWh", "GWh", "TWh", "V", "hp"})
_SIZE: Final = frozenset({"km", "cm", "mm", "nm", "g", "kg", "t", "GB", "TB", "TOPS"})
SYMBOLS: Final = PROPORTIONS | _POWER | _SIZE | {"x"}

# Made once, as figures are compared by the hundred thousand; a context that is entered is a copy of these.
_EXACT: Final = {
    rounding: Context(prec=PRECISION, rounding=rounding)
    for rounding in (ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_FLOOR, ROUND_CEILING)
}
_TWO: Final = Decimal(2)

_SCALES: Final = ((12, "tn"), (9, "bn"), (6, "m"))


def exact(rounding: str = ROUND_HALF_UP) -> AbstractContextManager[Context]:
    """Decimal arithmetic that does not round a reported figure, whatever context the caller has set.

    Args:
        rounding: for the operations that must round, a quotient or a `quantize`.
    """
    return localcontext(_EXACT[rounding])


def tidy(number: Decimal) -> Decimal:
    """The same number without an exponent and without zeros at the end of its decimals."""
    return Decimal(plain(number.normalize(_EXACT[ROUND_HALF_UP])))


def can_be_written(number: Decimal) -> bool:
    """Whether it is a number that is written out in some hundred digits: `1e999999999` would fill the memory."""
    exponent = number.as_tuple().exponent
    return isinstance(exponent, int) and exponent >= -MOST_PLACES and number.adjusted() < MOST_PLACES


def middle(low: Decimal, high: Decimal) -> Decimal:
    """The number halfway between two."""
    context = _EXACT[ROUND_HALF_UP]
    return low if low == high else tidy(context.divide(context.add(low, high), _TWO))


def plus(one: Decimal, other: Decimal) -> Decimal:
    """A sum without rounding; like the next three without the cost of entering a context."""
    return _EXACT[ROUND_HALF_UP].add(one, other)


def minus(one: Decimal, other: Decimal) -> Decimal:
    """A difference without rounding."""
    return _EXACT[ROUND_HALF_UP].subtract(one, other)


def times(one: Decimal, other: Decimal) -> Decimal:
    """A product without rounding."""
    return _EXACT[ROUND_HALF_UP].multiply(one, other)


def divided(one: Decimal, other: Decimal) -> Decimal:
    """A quotient, to as many digits as `exact` keeps."""
    return _EXACT[ROUND_HALF_UP].divide(one, other)


def plain(number: Decimal) -> str:
    """Digits for machines: no exponent, no separators, no negative zero."""
    number = number or number.copy_abs()
    digits = _EXACT[ROUND_HALF_UP].to_sci_string(number)  # several times as fast as a format
    return format(number, "f") if "E" in digits else digits


def group(number: Decimal) -> str:
    """Digits for people: commas between thousands."""
    return format(number or number.copy_abs(), ",f")


def counted(number: int, what: str) -> str:
    """A number of things: "1 event", "1,200 events"."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def short_number(number: Decimal, digits: int | None = None) -> str:
    """A number as a headline prints it: 5m, 18.5m, 1.071bn; with separators where three decimals would not hold it.

    Args:
        number: what to print.
        digits: significant digits to round to first; None keeps the number exact.
    """
    value = tidy(number if digits is None else Context(prec=digits, rounding=ROUND_HALF_UP).plus(number))
    with exact():
        power, letter = next((scale for scale in _SCALES if abs(value) >= Decimal(1).scaleb(scale[0])), (0, ""))
        scaled = tidy(value.scaleb(-power))
        return group(scaled) + letter if scaled == round(scaled, 3) else group(value)


def percent_text(low: Decimal | None, high: Decimal | None) -> str:
    """A change in percent to a tenth, signed: `+34.1 %`, `< +34.1 %`, `> +36.7 %`, `+33.3 to +35.0 %`."""
    first, last = (end if end is None else _signed(end) for end in (low, high))
    if first is None and last is None:
        return "unknown"
    if first is None or last is None:
        return f"< {last} %" if first is None else f"> {first} %"
    return f"{first} %" if first == last else f"{first} to {last} %"


def _signed(percent: Decimal) -> str:
    with exact():
        tenths = percent.quantize(Decimal("0.1"))
    return ("+" if tenths > 0 else "") + group(tenths)
