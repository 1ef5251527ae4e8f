"""The coverage of a text as text for a terminal: a line a print, what is missing in colour, and the share below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.digits import counted
from timeline.render.findings import finding_lines
from timeline.render.ink import Ink
from timeline.render.typeset import left, visible, wrapped
from timeline.section import Column, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from timeline.section import Finding, Row

TABLE = Table(
    "printed",
    "Printed",
    (
        Column("paragraph", kind="number"),
        Column("what"),
        Column("quote"),
        Column("value"),
        Column("assumed"),
        Column("status"),
        Column("by"),
    ),
)
"""How data formats hold it."""

_STATUSES = ("quoted", "stated", "left out", "missing")
_WHAT_CELLS = len("quantity")
_STATUS_CELLS = len("left out")
_PARAGRAPH_CELLS = 4
_GAP = 2
_NARROWEST = 24
"""Cells that a print gets at least, however narrow the screen."""


def coverage_text(
    head: Row, rows: Sequence[Row], findings: Sequence[Finding], width: int, *, color: bool, missing: bool = False
) -> str:
    """Every print, then what was found, then how much is covered.

    Args:
        head: source, title, percent, covered and facts.
        rows: under the columns of `TABLE`.
        findings: of the check; those of missing figures are told by their lines already.
        width: in cells.
        color: whether to colour.
        missing: whether only what is missing has its line.
    """
    ink = Ink(color)
    told = [finding for finding in findings if finding.rule != "figure-missing"]
    lines = [
        *(line for row in rows if row["status"] == "missing" or not missing for line in _lines(row, width, ink)),
        *(["", *finding_lines(told, width, ink)] if told else []),
        *(["", *wrapped(_summary(head, rows), width)]),
    ]
    return "\n".join(lines).lstrip("\n") + "\n"


def _lines(row: Row, width: int, ink: Ink) -> Iterator[str]:
    before = f"{row['paragraph']:>{_PARAGRAPH_CELLS}}  {left(row['what'], _WHAT_CELLS)}  "
    indent = len(before) + _STATUS_CELLS + _GAP
    first, *rest = wrapped(_told(row), max(width - indent, _NARROWEST))
    yield f"{ink.faint(before)}{_mark(row['status'], ink)}  {first}"
    yield from (" " * indent + line for line in rest)


def _told(row: Row) -> str:
    quote = f"“{visible(row['quote'])}”"
    if row["status"] == "missing":
        return quote + (f" = {visible(row['value'])}" if row["value"] not in ("", row["quote"]) else "")
    return f"{quote}: {visible(row['by'])}"


def _mark(status: str, ink: Ink) -> str:
    padded = left(status, _STATUS_CELLS)
    return ink.error(padded) if status == "missing" else ink.faint(padded)


def _summary(head: Row, rows: Sequence[Row]) -> str:
    counts = [f"{count:,} {status}" for status in _STATUSES if (count := sum(row["status"] == status for row in rows))]
    figures = "printed figure or date" if len(rows) == 1 else "printed figures and dates"
    share = f"{head['covered']:,} of {len(rows):,} {figures} ({head['percent']} %)"
    told = f": {', '.join(counts)}" if counts else ""
    return f"{visible(head['source'])}: {counted(head['facts'], 'fact')} cover {share}{told}"
