"""Tables of rows, with tables inside them, as lines of text.

Columns that say nothing in any row are left out. Cells wrap rather than lose words; only ids are cut. Columns for
which there is no room beside the others are told in a running line below each row.
"""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from timeline.render.typeset import cells, cut, flowed, left, right, wrapped
from timeline.render.words import cell_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from timeline.render.ink import Ink
    from timeline.section import Column, Row

IDS = ("id", "ids")
GAP = 2
INDENT = 4
NARROW = 10
"""A text column is never squeezed below this, nor below a sixth of its widest cell."""

WORD = 16
"""Nor below its longest word, unless that is longer than this."""

ENOUGH = 3
"""So many columns make a table; where a running line is needed anyway, columns are squeezed only to have so many."""


class Grid(NamedTuple):
    """A table's flat columns, fitted to a width over all of its rows.

    Attributes:
        columns: those that stand side by side.
        widths: of each of them.
        rest: those that are told below.
        room: the width that there is.
    """

    columns: tuple[Column, ...]
    widths: tuple[int, ...]
    rest: tuple[Column, ...]
    room: int

    def heading(self, ink: Ink) -> Iterator[str]:
        """The headings, as high as the highest of them."""
        yield from (ink.faint(line) for line in self._beside([column.heading for column in self.columns], low=True))

    def row(self, row: Row) -> Iterator[str]:
        """A row's cells beside each other, as high as the highest of them."""
        yield from self._beside([cell_words(column, row.get(column.name)) for column in self.columns])

    def below(self, row: Row) -> Iterator[str]:
        """What there was no room for."""
        indent = INDENT if self.columns else 0
        told = [(column.heading, cell_words(column, row.get(column.name))) for column in self.rest]
        items = [f"{heading} {text}" for heading, text in told if text]
        yield from (" " * indent + line for line in flowed(items, max(self.room - indent, 1), " · ") if line)

    def _beside(self, words: Sequence[str], *, low: bool = False) -> Iterator[str]:
        fitted = [_fitted(*cell) for cell in zip(self.columns, words, self.widths, strict=True)]
        height = max(map(len, fitted), default=0)
        for number in range(height):
            texts = [_line(lines, number - (height - len(lines) if low else 0)) for lines in fitted]
            aligned = (
                right(text, width) if column.kind == "number" else left(text, width)
                for column, text, width in zip(self.columns, texts, self.widths, strict=True)
            )
            yield (" " * GAP).join(aligned).rstrip()


def _fitted(column: Column, text: str, width: int) -> list[str]:
    return [cut(text, width)] if column.kind in IDS and text != column.heading else wrapped(text, width)


def _line(lines: Sequence[str], number: int) -> str:
    return lines[number] if 0 <= number < len(lines) else ""


def pairs(said: Sequence[tuple[str, str]], width: int) -> Iterator[str]:
    """Labels and texts in two columns; the text below its label where there is no room beside it."""
    label_width = max((cells(label) for label, _ in said), default=0)
    room = width - label_width - GAP
    for label, text in said:
        if room < NARROW:
            yield from wrapped(label, width)
            yield from (f"  {line}" for line in wrapped(text, max(width - GAP, 1)))
            continue
        for number, line in enumerate(wrapped(text, room)):
            yield left("" if number else label, label_width + GAP) + line


def table_lines(columns: Sequence[Column], rows: Sequence[Row], width: int, ink: Ink) -> Iterator[str]:
    """The whole table: headings, rows, and under each row the tables inside it."""
    yield from _filled(rows, _grid(columns, rows, width), _nested(columns, rows, width), ink)


class Inner(NamedTuple):
    """A table inside the rows of another, fitted over the rows of all its parents so that they align.

    Attributes:
        column: of the parent's table.
        grid: its own flat columns.
        inner: the tables inside it in turn.
        titled: whether its name is shown, which tells it from its siblings.
    """

    column: Column
    grid: Grid
    inner: tuple[Inner, ...]
    titled: bool


def _nested(columns: Sequence[Column], rows: Sequence[Row], width: int) -> tuple[Inner, ...]:
    room = max(width - INDENT, 1)
    found = [
        (column, [inner for row in rows for inner in inner_rows(row, column)])
        for column in columns
        if _is_table(column)
    ]
    held = [(column, inner) for column, inner in found if inner]
    return tuple(
        Inner(column, _grid(column.columns, inner, room), _nested(column.columns, inner, room), len(held) > 1)
        for column, inner in held
    )


def _is_table(column: Column) -> bool:
    return column.shown and column.kind == "rows"


def inner_rows(row: Row, column: Column) -> Sequence[Row]:
    """The rows of the table inside a row; a single object counts as one row, nothing as none."""
    value = row.get(column.name) or ()
    return (value,) if isinstance(value, dict) else value


def _filled(rows: Sequence[Row], grid: Grid, nested: Sequence[Inner], ink: Ink) -> Iterator[str]:
    yield from grid.heading(ink)
    for number, row in enumerate(rows):
        if number and (nested or not grid.columns):
            yield ""
        yield from map(ink.strong, grid.row(row)) if nested else grid.row(row)
        yield from grid.below(row)
        for inner in nested:
            yield from (f"{' ' * INDENT}{line}" if line else "" for line in _inside(row, inner, ink))


def _inside(row: Row, inner: Inner, ink: Ink) -> Iterator[str]:
    rows = inner_rows(row, inner.column)
    if rows:
        if inner.titled:
            yield inner.column.heading
        yield from _filled(rows, inner.grid, inner.inner, ink)


def _grid(columns: Sequence[Column], rows: Sequence[Row], width: int) -> Grid:
    """All columns side by side, squeezed where they must be, or else as many as there is room for."""
    flat = [column for column in columns if column.shown and column.kind != "rows"]
    texts = {column.name: [cell_words(column, row.get(column.name)) for row in rows] for column in flat}
    said = tuple(column for column in flat if any(texts[column.name]))
    likes = [_widest([column.heading, *texts[column.name]]) for column in said]
    needs = [_need(column, texts[column.name], like) for column, like in zip(said, likes, strict=True)]
    count = len(said)
    if _fitting(needs, width) < count:
        count = max(_fitting(likes, width), min(_fitting(needs, width), ENOUGH))
    patient = [column.kind in IDS for column in said[:count]]
    widths = _shared(needs[:count], likes[:count], patient, width - GAP * (count - 1))
    return Grid(said[:count], tuple(widths), said[count:], width)


def _need(column: Column, texts: Sequence[str], like: int) -> int:
    heading = _widest(column.heading.split())
    match column.kind:
        case "text":
            word = _widest([word for text in texts for word in text.split()])
            return min(like, max(heading, NARROW, -(-like // 6), min(word, WORD)))
        case "id" | "ids":
            return max(heading, min(_widest(texts), NARROW))
        case _:
            return max(heading, _widest(texts))


def _widest(texts: Sequence[str]) -> int:
    return max(map(cells, texts), default=0)


def _fitting(widths: Sequence[int], width: int) -> int:
    """How many columns of these widths stand side by side, counted from the first."""
    ends = accumulate(width + GAP for width in widths)
    return sum(end - GAP <= width for end in ends)


def _shared(needs: Sequence[int], likes: Sequence[int], patient: Sequence[bool], room: int) -> list[int]:
    """What each column needs, and of the rest of the room as much as it likes.

    Those that lack least are served first, each with at most its part of what is left; the patient wait for all others.
    """
    widths = list(needs)
    spare = room - sum(needs)
    for waiting in (False, True):
        queue = [index for index in range(len(needs)) if patient[index] is waiting]
        for served, index in enumerate(sorted(queue, key=lambda index: likes[index] - needs[index])):
            grant = min(likes[index] - needs[index], spare // (len(queue) - served))
            widths[index] += grant
            spare -= grant
    return widths
