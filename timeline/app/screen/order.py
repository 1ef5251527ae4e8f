"""Order of rows, and the days by which they are chosen."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from timeline.section import Column, Row

    Order: TypeAlias = Callable[[Row], Any]

_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def last_day(edtf: str | None) -> str | None:
    """The last possible day of a date, ISO; None where it has none."""
    if edtf is None or _DAY.fullmatch(edtf):
        return edtf
    from timeline.dates import When

    last = When.parse(edtf).last
    return last.isoformat() if last else None


def may_be_since(day: str | None, since: str | None) -> bool:
    """Whether a last possible day is not before another; one that is not known may be any."""
    return since is None or day is None or day >= since


def rising(column: str) -> Order:
    """Smallest number first, those without one last."""
    return lambda row: (row[column] is None, Decimal(row[column] or 0), row["company"])


def falling(column: str) -> Order:
    """Largest number first, those without one last."""
    return lambda row: (row[column] is None, -Decimal(row[column] or 0), row["company"])


def sorted_by(column: Column, rows: Iterable[Row], *, largest_first: bool) -> list[Row]:
    """The rows by one column: as numbers, or as text without regard to case; those without a value last.

    Rows that have the same stay in their order.
    """
    rows = list(rows)
    known = [row for row in rows if row.get(column.name) is not None]
    known.sort(key=lambda row: _weight(column, row[column.name]), reverse=largest_first)
    return known + [row for row in rows if row.get(column.name) is None]


def _weight(column: Column, value: object) -> Any:  # noqa: ANN401 - a number or a text, all of a column alike
    return Decimal(str(value)) if column.kind == "number" else str(value).casefold()
