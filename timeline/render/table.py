"""Tables of rows, with tables inside them, as lines of text.

Columns that say nothing in any row are left out. Cells wrap rather than lose words; only ids are cut. Columns for
which there is no room beside the others are told in a running line below each row, the evidence first.
"""

from __future__ import annotations

from itertools import accumulate, groupby
from typing import TYPE_CHECKING, NamedTuple

from timeline.render.brevity import IDS
from timeline.render.excerpt import Excerpt, Inside, excerpt, note_lines
from timeline.render.typeset import cells, cut, flowed, left, right, wrapped
from timeline.render.words import cell_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from timeline.render.ink import Ink
    from timeline.section import Column, Row

ALIGNED_RIGHT = ("number", "figure")
GAP = 2
INDENT = 4
EASY = 40
"""A text column is not squeezed below this as long as evidence and a few other columns can make room."""

ALONE = 48
"""Nor, where no cell has a second word, as with the names of things, below this."""

FEW = 2
"""So many columns besides may make room where cells would be squeezed to more lines than this."""

NARROW = 10
"""Never is it squeezed below this, nor below a sixth of its widest cell, unless that is more than half of `EASY`."""

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

    def below(self, row: Row, ink: Ink) -> Iterator[str]:
        """What there was no room for."""
        indent = INDENT if self.columns else 0
        items = [text for column in self.rest if (text := labelled(column, row))]
        lines = flowed(items, max(self.room - indent, 1), " · ")
        yield from (" " * indent + ink.faint(line) for line in lines if line)

    def _beside(self, words: Sequence[str], *, low: bool = False) -> Iterator[str]:
        fitted = [_fitted(*cell) for cell in zip(self.columns, words, self.widths, strict=True)]
        height = max(map(len, fitted), default=0)
        for number in range(height):
            texts = [_line(lines, number - (height - len(lines) if low else 0)) for lines in fitted]
            aligned = (
                right(text, width) if column.kind in ALIGNED_RIGHT else left(text, width)
                for column, text, width in zip(self.columns, texts, self.widths, strict=True)
            )
            yield (" " * GAP).join(aligned).rstrip()


def labelled(column: Column, row: Row) -> str:
    """A cell with its heading; the names of sources speak for themselves. Empty where the cell is."""
    text = cell_words(column, row.get(column.name))
    return f"{column.heading} {text}" if text and column.kind != "ids" else text


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


def table_lines(
    columns: Sequence[Column], rows: Sequence[Row], width: int, ink: Ink, inside: Inside | None = None
) -> Iterator[str]:
    """The whole table: headings, rows, and under each row the tables inside it, of which `inside` may show less."""
    if columns and columns[0].grouped:
        yield from _grouped(columns, rows, width, ink, inside)
        return
    grid = _grid(columns, rows, width)
    yield from grid.heading(ink)
    yield from _filled(rows, grid, _nested(columns, rows, width, inside), ink)


def _grouped(
    columns: Sequence[Column], rows: Sequence[Row], width: int, ink: Ink, inside: Inside | None
) -> Iterator[str]:
    first, *others = columns
    room = max(width - GAP, 1)
    grid, nested = _grid(others, rows, room), _nested(others, rows, room, inside)
    yield from _indented(grid.heading(ink), GAP)
    for name, group in groupby(rows, key=lambda row: cell_words(first, row.get(first.name))):
        yield from map(ink.strong, wrapped(name, width))
        yield from _indented(_filled(list(group), grid, nested, ink), GAP)


def _indented(lines: Iterator[str], indent: int) -> Iterator[str]:
    return (" " * indent + line if line else "" for line in lines)


class Inner(NamedTuple):
    """A table inside the rows of another, fitted over the rows of all its parents so that they align.

    Attributes:
        column: of the parent's table.
        grid: its own flat columns.
        inner: the tables inside it in turn.
        titled: whether its name is shown, which tells it from its siblings.
        inline: whether it is told in a line: it stands beside a larger one and has a row at most in each parent's.
        inside: how many of its rows are shown in each parent's; None for all.
    """

    column: Column
    grid: Grid
    inner: tuple[Inner, ...]
    titled: bool
    inline: bool
    inside: Inside | None


def _nested(columns: Sequence[Column], rows: Sequence[Row], width: int, inside: Inside | None) -> tuple[Inner, ...]:
    tables = {column: [row.get(column.name) or () for row in rows] for column in columns if _is_table(column)}
    held = {column: inner for column, inner in tables.items() if any(inner)}
    inline = {column for column in list(held)[1:] if _is_small(column, held[column])}
    titled = len(held) - len(inline) > 1
    room = max(width - INDENT, 1)
    found = []
    for column, tables_inside in held.items():
        below = [row for inner in tables_inside for row in inner]
        tables_below = _nested(column.columns, below, room, inside)
        grid = _grid(column.columns, below, room)
        found.append(Inner(column, grid, tables_below, titled, column in inline, inside))
    return tuple(found)


def _is_table(column: Column) -> bool:
    return column.shown and column.kind == "rows"


def _is_small(column: Column, tables: Sequence[Sequence[Row]]) -> bool:
    return all(len(rows) <= 1 for rows in tables) and not any(map(_is_table, column.columns))


def _filled(rows: Sequence[Row], grid: Grid, nested: Sequence[Inner], ink: Ink) -> Iterator[str]:
    for number, row in enumerate(rows):
        if number and (nested or not grid.columns):
            yield ""
        yield from map(ink.strong, grid.row(row)) if nested else grid.row(row)
        yield from grid.below(row, ink)
        for inner in nested:
            yield from _indented(_inside(row, inner, ink), INDENT)


def _inside(row: Row, inner: Inner, ink: Ink) -> Iterator[str]:
    rows = row.get(inner.column.name)
    if not rows:
        return
    if inner.inline:
        yield from _in_a_line(inner.column, rows[0], inner.grid.room)
        return
    if inner.titled:
        yield inner.column.heading
    shown = excerpt(inner.column.columns, rows, inner.inside.most) if inner.inside else Excerpt(rows)
    yield from inner.grid.heading(ink)
    yield from _filled(shown.rows, inner.grid, inner.inner, ink)
    if inner.inside and shown.left:
        yield from map(ink.faint, note_lines((shown.words, inner.inside.command), inner.grid.room))


def _in_a_line(table: Column, row: Row, width: int) -> Iterator[str]:
    """The row's cells behind the table's name, those that are no words with their headings."""
    flat = [column for column in table.columns if column.shown and column.kind != "rows"]
    items = [
        labelled(column, row) if number and column.kind != "text" else cell_words(column, row.get(column.name))
        for number, column in enumerate(flat)
    ]
    first, *others = filter(None, items)
    yield from flowed([f"{table.heading}: {first}", *others], width, " · ")


def _grid(columns: Sequence[Column], rows: Sequence[Row], width: int) -> Grid:
    """All columns side by side, squeezed where they must be, or else as many as there is room for.

    Evidence makes room first, then a few other columns where texts would be squeezed hard.
    """
    flat = [column for column in columns if column.shown and column.kind != "rows"]
    texts = {column.name: [cell_words(column, row.get(column.name)) for row in rows] for column in flat}
    said = tuple(column for column in flat if any(texts[column.name]))
    likes = [_widest([column.heading, *texts[column.name]]) for column in said]
    eased = [_need(column, texts[column.name], like, EASY) for column, like in zip(said, likes, strict=True)]
    told, easy = _without_evidence(said), _fitting(eased, width)
    if easy >= told:
        return _shared(said, len(said) if easy == len(said) else told, eased, likes, width)
    needs = [_need(column, texts[column.name], like) for column, like in zip(said, likes, strict=True)]
    tight = _fitting(needs, width)
    if tight < told:
        return _shared(said, max(_fitting(likes, width), min(tight, ENOUGH)), needs, likes, width)
    squeezed = _shared(said, told, needs, likes, width)
    if easy < max(told - FEW, ENOUGH) or _height(squeezed, texts) <= FEW:
        return squeezed
    return _shared(said, easy, eased, likes, width)


def _height(grid: Grid, texts: Mapping[str, Sequence[str]]) -> int:
    """Lines of the highest cell."""
    fitted = zip(grid.columns, grid.widths, strict=True)
    return max((len(wrapped(text, width)) for column, width in fitted for text in texts[column.name]), default=0)


def _without_evidence(columns: Sequence[Column]) -> int:
    """How many columns there are before those that close the table with ids."""
    return max((number for number, column in enumerate(columns, 1) if column.kind not in IDS), default=0)


def _need(column: Column, texts: Sequence[str], like: int, easy: int = 0) -> int:
    heading = _widest(column.heading.split())
    match column.kind:
        case "figure":
            return min(like, max(heading, min(_widest(texts), EASY)))
        case "text" if easy and not any(" " in text for text in texts):
            return min(like, max(heading, ALONE))
        case "text":
            word = _widest([word for text in texts for word in text.split()])
            return min(like, max(heading, NARROW, easy, min(-(-like // 6), EASY // 2), min(word, WORD)))
        case "id" | "ids":
            return max(heading, min(_widest(texts), WORD))
        case _:
            return max(heading, _widest(texts))


def _widest(texts: Sequence[str]) -> int:
    return max(map(cells, texts), default=0)


def _fitting(widths: Sequence[int], width: int) -> int:
    """How many columns of these widths stand side by side, counted from the first."""
    ends = accumulate(width + GAP for width in widths)
    return sum(end - GAP <= width for end in ends)


def _shared(columns: tuple[Column, ...], count: int, needs: Sequence[int], likes: Sequence[int], width: int) -> Grid:
    """The first columns, each as wide as it needs, and with as much of the rest of the room as it likes.

    Those that lack least are served first, each with at most its part of what is left; ids wait for all others.
    """
    widths = list(needs[:count])
    spare = width - GAP * (count - 1) - sum(widths)
    for waiting in (False, True):
        queue = [index for index in range(count) if (columns[index].kind in IDS) is waiting]
        for served, index in enumerate(sorted(queue, key=lambda index: likes[index] - needs[index])):
            grant = min(likes[index] - needs[index], spare // (len(queue) - served))
            widths[index] += grant
            spare -= grant
    return Grid(columns[:count], tuple(widths), columns[count:], width)
