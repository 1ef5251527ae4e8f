"""Whether a fact states a figure or a date that a text prints, wherever in the fact it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from timeline.dates import When
from timeline.digits import PROPORTIONS
from timeline.values import Quantity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.event import Report
    from timeline.prose.spans import Printed


def states(report: Report, printed: Printed) -> bool:
    """Whether a value of the fact, its date included, is what is printed."""
    return any(_is_same(value, printed) for value in (*_values(report.payload), report.occurred))


def _values(part: object) -> Iterator[object]:
    """Every figure, time and number in a payload, at any depth."""
    if isinstance(part, Quantity | When) or (isinstance(part, int) and not isinstance(part, bool)):
        yield part
    elif isinstance(part, Struct):
        for name in part.__struct_fields__:
            yield from _values(getattr(part, name))
    elif isinstance(part, tuple):
        for item in part:
            yield from _values(item)


def _is_same(value: object, printed: Printed) -> bool:
    match value, printed.value:
        case When(), When():
            return value.same_days(printed.value)
        case Quantity(), Quantity():
            return _is_same_figure(value, printed.value)
        case int(), int():
            return value == printed.value
        case _:
            return False


def _is_same_figure(stated: Quantity, printed: Quantity) -> bool:
    """Bounds and unit are equal; a unit in words may be left out, since the field tells it."""
    if stated.bounds != printed.bounds:
        return False
    fixed = [unit if _is_fixed(unit) else "" for unit in (stated.unit, printed.unit)]
    return fixed[0] == fixed[1]


def _is_fixed(unit: str) -> bool:
    return unit in PROPORTIONS or unit[:3].isupper()
