"""Figures as the source prints them: exact bounds, a unit, and arithmetic that keeps the bounds.

A reported figure is an interval, since print rounds and hedges: `5 million` may be anything from 4.5 to 5.5 million,
and `over 410,000` has no upper end. All arithmetic here takes intervals and gives intervals, in Decimal and without
rounding; only a quotient rounds, and then outwards, so that a true value never falls out of its bounds.

How print becomes an interval is told in `timeline.figures`, which `Quantity.parse` loads on first use. This module must
not know dates, events or topics.
"""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING, Annotated, Final, Literal, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from timeline.currencies import CODES
from timeline.digits import (
    PROPORTIONS,
    SYMBOLS,
    exact,
    group,
    middle,
    minus,
    percent_text,
    plain,
    short_number,
    tidy,
    times,
)
from timeline.errors import ParseProblem

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "Bounds",
    "Count",
    "Figure",
    "Measure",
    "Money",
    "Percent",
    "Price",
    "Quantity",
    "Shares",
    "change_percent",
    "difference",
    "group",
    "percent_text",
    "plain",
    "product",
    "short",
    "short_number",
    "total",
]

Bounds: TypeAlias = tuple[Decimal | None, Decimal | None]
"""Inclusive low and high end; None is no end on that side."""

_QUOTIENT: Final = Decimal("0.0000000001")
_PREFIXES: Final = {"about": "~", "over": ">", "at least": "≥", "under": "<", "at most": "≤", "nearly": "nearly "}


class Quantity(Struct, frozen=True, omit_defaults=True, gc=False):
    """A figure in a source: what it says, and the interval that it leaves open.

    Attributes:
        printed: the source's own text, never changed.
        low: smallest value that the print allows, inclusive; None where it sets none.
        high: largest value that the print allows, inclusive; None where it sets none.
        unit: ISO 4217 code for money (also money per share); "%", "pp", "bp", "x" or another of `SYMBOLS`; "shares" for
            shares of any class; otherwise the unit's words in lower case; empty where none is printed.
        qualifier: "", "about", "over", "at least", "under", "at most", "nearly", "range" or "plus-minus".
        step: value of one unit of the last printed place that counts: 1000000 for "5 million", 0.01 for "38.04", 1 for
            "550,000" and 10000 for "about 550,000".
        conversion: the same figure in a second currency, as the source prints it beside; no report of its own.
    """

    printed: str
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str = ""
    qualifier: str = ""
    step: Decimal | None = None
    conversion: str = ""

    @classmethod
    def parse(cls, text: str, currency: str = "") -> Quantity:
        """Read a figure as printed; `currency` is what the source means by a bare "$", "¥" or "kr".

        Raises:
            ParseProblem: the text is not one figure, or it can be read in more than one way.
        """
        from timeline.figures import read

        return cls(text.strip(), *read(text, currency))

    @property
    def bounds(self) -> Bounds:
        """Both ends as a pair, as the arithmetic of this module takes and gives them."""
        return self.low, self.high

    @property
    def is_money(self) -> bool:
        """Whether the unit is a currency."""
        return self.unit in CODES

    @property
    def anchor(self) -> Decimal:
        """The one number that stands for the figure: the middle, the only end, or the end that "nearly" reaches for.

        Raises:
            ValueError: the figure has no end at all.
        """
        low, high = self.low, self.high
        if low is None or high is None or self.qualifier == "nearly":
            end = low if high is None else high
            if end is None:
                message = f"{self.printed!r} has neither a low nor a high end"
                raise ValueError(message)
            return end
        return middle(low, high)

    @property
    def width(self) -> Decimal | None:
        """How far the ends lie apart: 0 for an exact figure, None for a one-sided one."""
        return None if self.low is None or self.high is None else minus(self.high, self.low)

    def overlaps(self, other: Quantity) -> bool:
        """Whether both may report one figure: same unit and a value in common.

        Any two figures that are open on the same side have values in common, so those agree only where their ends are
        equal: "over 400,000" and "over 410,000" are two statements.
        """
        if self.unit != other.unit:
            return False
        is_open = self.low is None or self.high is None
        if is_open and _sides(self) == _sides(other):
            return self.bounds == other.bounds
        return _reaches(self.low, other.high) and _reaches(other.low, self.high)


class Measure(Struct, frozen=True):
    """What a payload's field measures, and so which units it takes.

    Attributes:
        name: money (a currency), shares (shares or no unit), percent ("%" or "pp"), price (money for one share or
            piece), count (any unit but money and percentages) or figure (any unit).
    """

    name: Literal["money", "shares", "percent", "price", "count", "figure"]

    def refuses(self, quantity: Quantity) -> ParseProblem | None:
        """Why the field does not take the figure, with the remedy; None where it does."""
        if self.name in ("money", "price"):
            return None if quantity.is_money else _without_currency(quantity)
        if self._takes(quantity):
            return None
        example = {"shares": "5 million shares", "percent": "0.63 %", "count": "550,000 vehicles"}[self.name]
        what = f"{quantity.printed!r} is a figure in {quantity.unit or 'no unit'}, where {self.name} is wanted"
        return ParseProblem("quantity-unit", what, f"give a figure such as {example!r}")

    def settle(self, quantity: Quantity) -> Quantity:
        """Fill in the unit where the field alone tells it: a bare figure in a field of shares is shares."""
        if self.name == "shares" and not quantity.unit:
            return replace(quantity, unit="shares")
        return quantity

    def _takes(self, quantity: Quantity) -> bool:
        if self.name == "shares":
            return quantity.unit in ("", "shares")
        if self.name == "percent":
            return quantity.unit in ("%", "pp")
        return self.name == "figure" or not (quantity.is_money or quantity.unit in PROPORTIONS)


Money: TypeAlias = Annotated[Quantity, Measure("money")]
Shares: TypeAlias = Annotated[Quantity, Measure("shares")]
Percent: TypeAlias = Annotated[Quantity, Measure("percent")]
Price: TypeAlias = Annotated[Quantity, Measure("price")]
Count: TypeAlias = Annotated[Quantity, Measure("count")]
Figure: TypeAlias = Annotated[Quantity, Measure("figure")]


def total(quantities: Iterable[Quantity]) -> Bounds:
    """Sum of figures of one unit; open on a side where any of them is; (0, 0) for none.

    Raises:
        ValueError: the figures have different units.
    """
    figures = tuple(quantities)
    if len(units := {figure.unit for figure in figures}) > 1:
        message = f"figures in {', '.join(sorted(units))} do not add up"
        raise ValueError(message)
    return _sum([figure.low for figure in figures]), _sum([figure.high for figure in figures])


def difference(more: Quantity | Bounds, less: Quantity | Bounds) -> Bounds:
    """The first minus the second."""
    (low, high), (floor, ceiling) = _ends(more), _ends(less)
    return (
        None if low is None or ceiling is None else minus(low, ceiling),
        None if high is None or floor is None else minus(high, floor),
    )


def product(left: Quantity | Bounds, right: Quantity | Bounds) -> Bounds:
    """One figure times the other, such as shares times price."""
    corners = [_times(one, other) for one in _infinite(_ends(left)) for other in _infinite(_ends(right))]
    low, high = min(corners), max(corners)
    return (low if low.is_finite() else None), (high if high.is_finite() else None)


def change_percent(new: Quantity | Bounds, old: Quantity | Bounds) -> Bounds:
    """Growth from old to new in percent, rounded outwards in the tenth decimal.

    Unknown on both sides unless every old value is above zero: a percentage of nothing or of a loss says nothing. An
    old figure without an upper end leaves the growth without a lower one.
    """
    (low, high), (floor, ceiling) = _ends(new), _ends(old)
    if floor is None or floor <= 0:
        return None, None
    # A loss shrinks, relative to a larger base, towards zero: the base that gives the lower end depends on the sign.
    smallest = low if low is None else _growth(low, ceiling if low >= 0 else floor, ROUND_FLOOR)
    largest = high if high is None else _growth(high, floor if high >= 0 else ceiling, ROUND_CEILING)
    return smallest, largest


def short(quantity: Quantity) -> str:
    """A figure in few characters: `>410,000`, `CNY 200bn`, `HKD 38.04–38.16`, `~0.63 %`.

    Units that are words ("vehicles", "shares") are left to the label beside it; a rate keeps its "per year".
    """
    low, high = quantity.bounds
    if low is None and high is None:
        return quantity.printed
    prefix = _PREFIXES.get(quantity.qualifier, "")
    unit, per, rate = quantity.unit.partition(" per ")
    before = f"{unit} " if unit in CODES else ""
    after = "x" if unit == "x" else f" {unit}" if unit in SYMBOLS else ""
    return f"{prefix}{before}{_digits(quantity)}{after}{per}{rate}"


def _without_currency(quantity: Quantity) -> ParseProblem:
    fix = "put the currency before the number: 'RMB 200 billion', 'HKD 38.04–38.16', 'about USD 6 billion'"
    return ParseProblem("currency-missing", f"{quantity.printed!r} is an amount without a currency", fix)


def _ends(figure: Quantity | Bounds) -> Bounds:
    return figure.bounds if isinstance(figure, Quantity) else figure


def _sides(quantity: Quantity) -> tuple[bool, bool]:
    return quantity.low is not None, quantity.high is not None


def _reaches(low: Decimal | None, high: Decimal | None) -> bool:
    return low is None or high is None or low <= high


def _sum(ends: list[Decimal | None]) -> Decimal | None:
    known = [end for end in ends if end is not None]
    with exact():
        return sum(known, Decimal(0)) if len(known) == len(ends) else None


def _infinite(bounds: Bounds) -> tuple[Decimal, Decimal]:
    low, high = bounds
    return Decimal("-Infinity") if low is None else low, Decimal("Infinity") if high is None else high


def _times(left: Decimal, right: Decimal) -> Decimal:
    # Nothing times an open end is nothing, where Decimal has NaN.
    return times(left, right) if left and right else Decimal(0)


def _growth(new: Decimal, old: Decimal | None, rounding: str) -> Decimal | None:
    if old is None:
        return None
    with exact(rounding):
        return tidy(((new - old) * 100 / old).quantize(_QUOTIENT))


def _digits(quantity: Quantity) -> str:
    """The numbers of a figure: one, two with a dash, or a middle and its distance."""
    low, high = quantity.bounds
    if low is None or high is None or quantity.qualifier in ("", "nearly"):
        return _rounded(quantity.anchor, quantity.step)
    with exact():
        inset = (quantity.step or Decimal(0)) if quantity.qualifier == "about" else Decimal(0)
        first, last = low + inset, high - inset
        if quantity.qualifier == "plus-minus":
            return f"{_rounded(quantity.anchor, quantity.step)} ± {_rounded((high - low) / 2, quantity.step)}"
    ends = [_rounded(first, quantity.step), _rounded(last, quantity.step)]
    return ends[0] if first == last else (" to " if first < 0 else "–").join(ends)


def _rounded(number: Decimal, step: Decimal | None) -> str:
    """Large numbers short, small ones with the decimals that were printed."""
    with exact():
        if step is None or step >= 1 or abs(number) >= Decimal(1).scaleb(6):
            return short_number(number)
        shown = number.quantize(step)
        return group(shown if shown == number else tidy(number))
