"""What checks need beyond the arithmetic of figures: what print rounded away, powers of ten, and intervals in words."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from timeline.currencies import CODES
from timeline.digits import divided, exact, minus, plus, short_number, tidy, times
from timeline.occurrence import Adjusted

if TYPE_CHECKING:
    from collections.abc import Callable

    from timeline.values import Bounds, Quantity

POWERS: Final = tuple(sorted((*range(-12, 0), *range(1, 13)), key=abs))
"""By how many powers of ten a figure may be off, small slips first."""

_SHOWN: Final = 6  # digits: enough to tell ends of an interval apart
_ONE: Final = Decimal(1)
_TWO: Final = Decimal(2)
_QUOTIENT: Final = Decimal("0.0000000001")


def opened(figure: Quantity) -> Bounds:
    """What a figure may have been before print rounded it, full digits and the ends of a range included.

    "HKD 37.61" counts as exact where it is shown, but an average of 37.612 is printed so.
    """
    if isinstance(figure, Adjusted):
        low, high = opened(figure.reported)
        return Adjusted.of(replace(figure.reported, low=low, high=high), figure.factor).bounds
    low, high = figure.bounds
    if low is None or high is None or figure.step is None or not (low == high or _has_ends(figure)):
        return figure.bounds
    half = divided(figure.step, _TWO)
    return minus(low, half), plus(high, half)


def widened(bounds: Bounds, share: Decimal) -> Bounds:
    """An interval of no negative numbers, as if every number in it could be off by a share of itself either way."""
    low, high = bounds
    less, more = minus(_ONE, share), plus(_ONE, share)
    return low if low is None else times(low, less), high if high is None else times(high, more)


def quotient(parts: Bounds, whole: Bounds) -> Bounds:
    """One interval of no negative numbers by another, rounded outwards in the tenth decimal; by 0 it has no end."""
    (low, high), (floor, ceiling) = parts, whole
    return _divided(low, ceiling, ROUND_FLOOR) or Decimal(0), _divided(high, floor, ROUND_CEILING)


def shifted(figure: Quantity, power: int) -> Quantity:
    """The figure times ten to a power, as if its print had slipped by so many places."""
    scale = Decimal(10) ** power
    with exact():
        low, high, step = (end if end is None else tidy(end * scale) for end in (figure.low, figure.high, figure.step))
    return replace(figure, low=low, high=high, step=step)


def only_power(fits: Callable[[int], bool]) -> int | None:
    """The one power of ten that makes figures fit; None where none does, or more than one."""
    powers = [power for power in POWERS if fits(power)]
    return powers[0] if len(powers) == 1 else None


def in_words(bounds: Bounds, unit: str = "") -> str:
    """An interval to few digits, a single number to all: "HKD 190.2m–190.8m", "over 5m shares", "43,000,001 shares"."""
    digits = None if bounds[0] == bounds[1] else _SHOWN
    low, high = (end if end is None else short_number(end, digits) for end in bounds)
    if low is None or high is None:
        lead, number = ("up to ", high) if low is None else ("over ", low)
    else:
        lead, number = "", low if low == high else f"{low}–{high}"
    return f"{lead}{unit} {number}" if unit in CODES else f"{lead}{number} {unit}".strip()


def _has_ends(figure: Quantity) -> bool:
    """Whether it is printed with two ends, each of them rounded by itself."""
    return figure.qualifier in ("range", "plus-minus")


def _divided(part: Decimal | None, whole: Decimal | None, rounding: str) -> Decimal | None:
    if part is None or not whole:
        return None
    with exact(rounding):
        return tidy((part / whole).quantize(_QUOTIENT))
