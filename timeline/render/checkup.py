"""A check-up as text: a line a matter, what is wrong in colour, each remedy below what it mends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.digits import counted
from timeline.render.ink import Ink
from timeline.render.typeset import left, visible, wrapped
from timeline.section import Column, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from timeline.section import Row

TABLE = Table("checks", "Checks", (Column("check"), Column("status"), Column("what"), Column("fix")))
"""How data formats hold it."""

_STATUSES = ("error", "warning", "note", "ok")
_STATUS_CELLS = max(map(len, _STATUSES))
_GAP = 2
_NARROWEST = 24
"""Cells that the words get at least, however narrow the screen."""


def checkup_text(rows: Sequence[Row], width: int, *, color: bool) -> str:
    """The lines, then how many there are of each sort.

    Args:
        rows: under the columns of `TABLE`.
        width: in cells.
        color: whether to colour.
    """
    ink = Ink(color)
    names = max((len(row["check"]) for row in rows), default=0)
    lines = [line for row in rows for line in _lines(row, names, width, ink)]
    told = [counted(count, status) for status in _STATUSES[:3] if (count := _count(rows, status))]
    return "\n".join([*lines, f"{counted(len(rows), 'check')}: {', '.join(told) or 'all well'}"]) + "\n"


def _lines(row: Row, names: int, width: int, ink: Ink) -> Iterator[str]:
    indent = _STATUS_CELLS + _GAP + names + _GAP
    room = max(width - indent, _NARROWEST)
    first, *rest = wrapped(visible(row["what"]), room)
    yield f"{_mark(row['status'], ink)}  {left(row['check'], names)}  {first}"
    yield from (" " * indent + line for line in rest)
    if row["fix"]:
        # A command is never broken: it is there to be copied.
        yield " " * indent + ink.faint("fix: ") + visible(row["fix"])


def _mark(status: str, ink: Ink) -> str:
    inked = {"error": ink.error, "warning": ink.warning}.get(status, ink.faint)
    return inked(status) + " " * (_STATUS_CELLS - len(status))


def _count(rows: Sequence[Row], status: str) -> int:
    return sum(row["status"] == status for row in rows)
