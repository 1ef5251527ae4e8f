"""What print may have rounded away: figures in full digits that stand in a table of thousands or millions.

A figure in full digits is exact by itself. Set beside others it may not be: accounts are kept in units and printed in
thousands or millions, so that a sum misses its parts by a few of these, and decimals are rounded wherever they end.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from timeline.digits import exact

if TYPE_CHECKING:
    from collections.abc import Iterable

    from timeline.values import Quantity

ASSUMED: Final = "figures that are all whole thousands or millions were rounded to these"

_TABLES: Final = (Decimal(10**6), Decimal(10**3))


def loosened(*figures: Quantity) -> tuple[Quantity, ...]:
    """The figures, those in full digits as wide as rounding to the unit that they share leaves them."""
    unit = _shared(figure for figure in figures if _is_exact(figure))
    return tuple(_widened(figure, unit) if _is_exact(figure) else figure for figure in figures)


def _is_exact(figure: Quantity) -> bool:
    return figure.low is not None and figure.low == figure.high


def _shared(figures: Iterable[Quantity]) -> Decimal:
    """A million or a thousand where all figures are whole ones, else nothing."""
    values = [figure.anchor for figure in figures]
    with exact():
        return next((unit for unit in _TABLES if all(value % unit == 0 for value in values)), Decimal(0))


def _widened(figure: Quantity, unit: Decimal) -> Quantity:
    step = figure.step or Decimal(1)
    with exact():
        half = max(unit, step if step < 1 else Decimal(0)) / 2
        return replace(figure, low=figure.anchor - half, high=figure.anchor + half)
