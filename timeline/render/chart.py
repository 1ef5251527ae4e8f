"""Series drawn in block characters, eight steps to a character cell.

Bars and totals are drawn from zero, so that heights compare as the numbers do. A level that moves little, far above
zero, is drawn on an axis that is broken and says so. Below zero there are only half steps: Unicode has no finer blocks
that hang from the top.
"""

from __future__ import annotations

from datetime import date
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from timeline.render.typeset import cells, cut, left, right, visible, wrapped
from timeline.render.words import decimal, number_words, plain, short_number, signed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from timeline.render.ink import Ink
    from timeline.section import Series

Label: TypeAlias = tuple[str, str]
"""Day and value."""

RISING = " ▁▂▃▄▅▆▇█"
STEPS = 8
HALF = 4
HEIGHT = 6
WIDEST = 100
"""A wider chart says nothing more and tires the eye."""

NARROWEST = len("2026-01-08")
"""In less room no day can be told."""

LONGEST_VALUE = 9
"""Values with more characters are shortened below the chart; the table has them in full."""

BROKEN = "≈"
"""Stands on an axis where it does not begin at zero."""

THINNEST = 2
"""Columns that the shortest step gets, where there is room."""

TOLD = 4
"""Levels that are told on the axis at most."""


class Scale(NamedTuple):
    """How values become heights.

    Attributes:
        foot: value at which the rows above begin: zero, unless the axis is broken.
        low: value at the bottom, at most the foot.
        high: value at the top, at least the foot.
        above: rows for the values above the foot.
        below: rows for those below.
    """

    foot: Decimal
    low: Decimal
    high: Decimal
    above: int
    below: int

    def steps(self, value: Decimal) -> int:
        """Height in eighths of a row, negative below zero; what is not at the foot is never drawn as nothing."""
        value -= self.foot
        end, rows = (self.high - self.foot, self.above) if value >= 0 else (self.low, self.below)
        if not value:
            return 0
        height = (value / abs(end) * rows * STEPS).to_integral_value(ROUND_HALF_UP)
        return int(height) or (1 if value > 0 else -1)


def chart_lines(series: Series, width: int, ink: Ink) -> Iterator[str]:
    """Title, chart, and below it the days and values of its points as far as they fit; in words what is no picture."""
    points = [(day, value) for day, text in series.points if (value := decimal(text)) is not None]
    values = [value for _, value in points]
    flat = series.style == "step" and len(set(values)) == 1
    if flat or len(points) < 2:  # noqa: PLR2004 - one point makes no picture
        yield from wrapped(f"{visible(series.title)}: {_said(series, flat=flat)}", width)
        return
    scale = _scale(values, level=series.style == "step")
    labels = _axis(scale, () if series.style == "bars" else values)
    room = min(width, WIDEST) - max(map(cells, labels.values())) - len(" ┤")
    if room < NARROWEST:
        yield from wrapped(f"{visible(series.title)}: {_said(series)}", width)
        return
    broken = f" (axis from {labels[0]})" if scale.foot else ""
    yield from map(ink.strong, wrapped(visible(series.title) + broken, width))
    yield from _drawn(points, scale, labels, room, ink, bars=series.style == "bars")


def _drawn(
    points: Sequence[tuple[str, Decimal]], scale: Scale, labels: dict[int, str], room: int, ink: Ink, *, bars: bool
) -> Iterator[str]:
    """Rows from the top, each behind its part of the axis, then the legend."""
    starts, heights = _columns(points, room, bars=bars)
    runs = [(index, len(list(columns))) for index, columns in groupby(heights)]
    drawn = [(None if index is None else scale.steps(points[index][1]), count) for index, count in runs]
    margin = max(map(cells, labels.values()))
    for row in range(scale.above - 1, -scale.below - 1, -1):
        mark = "│" if row not in labels else BROKEN if scale.foot and not row else "┤"
        blocks = "".join(_block(steps, row) * count for steps, count in drawn).rstrip()
        yield ink.faint(f"{right(labels.get(row, ''), margin)} {mark}") + ink.drawn(blocks)
    ends = starts if bars else [*starts[1:], room]
    yield from (" " * (margin + 2) + ink.faint(line) for line in _legend(_labels(points), starts, ends, room) if line)


def _said(series: Series, *, flat: bool = False) -> str:
    """The points in words."""
    first, last = series.points[0], series.points[-1]
    if flat and first != last:
        return f"{number_words(first[1])} from {first[0]} to {last[0]}"
    return ", ".join(f"{number_words(text)} on {day}" for day, text in series.points)


def _scale(values: Sequence[Decimal], *, level: bool) -> Scale:
    low, high = min(values), max(values)
    if level and (foot := _foot(low, high)):
        return Scale(foot, foot, high, HEIGHT, 0)
    low, high = min(low, Decimal(0)), max(high, Decimal(0))
    if low == high:
        high = Decimal(1)
    below = int((HEIGHT * -low / (high - low)).to_integral_value(ROUND_HALF_UP))
    below = min(max(below, 1), HEIGHT - 1 if high else HEIGHT) if low else 0
    return Scale(Decimal(0), low, high, HEIGHT - below, below)


def _foot(low: Decimal, high: Decimal) -> Decimal:
    """A round number somewhat below values that move by less than their distance from zero; 0 for others."""
    move = high - low
    if not 0 < move < low:
        return Decimal(0)
    unit = Decimal(1).scaleb((move / 3).adjusted())
    step = next(unit * digit for digit in (1, 2, 5, 10) if unit * digit >= move / 3)
    return (low / step - Decimal("0.5")).to_integral_value(ROUND_FLOOR) * step


def _axis(scale: Scale, levels: Sequence[Decimal]) -> dict[int, str]:
    """Labels by row, rows counted up from the foot: the top, the bottom, zero between them, and a few levels."""
    told = {-scale.below: scale.low}
    if scale.below and scale.above > 1:
        told[0] = Decimal(0)
    if scale.above:
        told[scale.above - 1] = scale.high
    if len(set(levels)) <= TOLD:
        for value in levels:
            told.setdefault(_row(scale.steps(value)), value)
    return _distinct(told)


def _row(steps: int) -> int:
    """The row in which a height ends."""
    return (steps - 1) // STEPS if steps > 0 else -(-steps // STEPS)


def _distinct(values: dict[int, Decimal]) -> dict[int, str]:
    """The values in as few digits as tell them apart."""
    labels: dict[int, str] = {}
    for places in (2, 4, 6, 12):
        labels = {row: short_number(value, places) for row, value in values.items()}
        if len(set(labels.values())) == len(set(values.values())):
            break
    return labels


def _columns(points: Sequence[tuple[str, Decimal]], room: int, *, bars: bool) -> tuple[list[int], list[int | None]]:
    """The column where each point begins, and for each column the index of the point to draw there."""
    return _barred(len(points), room) if bars else _stepped([day for day, _ in points], room)


def _stepped(days: Sequence[str], room: int) -> tuple[list[int], list[int | None]]:
    """Columns in proportion to time; the last value is held for a twelfth of the whole: nothing says for how long.

    A step of few days is drawn a little longer than it was, so that it is seen.
    """
    numbers = [date.fromisoformat(day).toordinal() for day in days]
    span = max(numbers[-1] - numbers[0], 1) * 13 / 12
    thin = min(THINNEST, room // len(days))
    starts = [0]
    for index, number in enumerate(numbers[1:], 1):
        due = int((number - numbers[0]) / span * room)
        starts.append(min(max(due, starts[-1] + thin), room - thin * (len(days) - index)))
    shown: list[int | None] = []
    for index, end in enumerate([*starts[1:], room]):
        shown += [index] * (end - len(shown))
    return starts, shown


def _barred(count: int, room: int) -> tuple[list[int], list[int | None]]:
    """Bars of equal width with gaps where there is room; neighbours share a column where there is not."""
    pitch = room / count
    if pitch < 2:  # noqa: PLR2004 - no room for a bar and a gap
        return [int(index * pitch) for index in range(count)], [int(column / pitch) for column in range(room)]
    pitch = min(int(pitch), 12)
    gap = 1 if pitch < 6 else 2  # noqa: PLR2004 - wider bars, wider gap
    shown: list[int | None] = []
    for index in range(count):
        shown += [index] * (pitch - gap) + [None] * gap
    return [index * pitch for index in range(count)], shown


def _block(steps: int | None, row: int) -> str:
    if steps is None or (row < 0) != (steps < 0):
        return " "
    if row >= 0:
        return RISING[min(max(steps - row * STEPS, 0), STEPS)]
    filled = -steps - (-row - 1) * STEPS
    return "█" if filled > HALF else "▀" if filled > 0 else " "


def _legend(labels: Sequence[Label], starts: Sequence[int], ends: Sequence[int], room: int) -> Iterator[str]:
    """Days and values below their columns; those without room there stand lower, or nowhere if they are many."""
    wide = [max(map(cells, label)) for label in labels]
    first = _placed(range(len(labels)), wide, starts, ends, room)
    rest = [index for index in range(len(labels)) if index not in first]
    second = _placed(rest, wide, starts, ends, room) if rest else {}
    for placed in (first, second) if len(second) == len(rest) else (first,):
        for part in (0, 1):
            line = ""
            for index, start in sorted(placed.items()):
                line = left(line, start) + labels[index][part]
            yield cut(line, room)


def _placed(
    indexes: Sequence[int], wide: Sequence[int], starts: Sequence[int], ends: Sequence[int], room: int
) -> dict[int, int]:
    """Where labels begin: the first, the last, then from the left whatever fits between, by index.

    A label that does not fit where its step begins may stand further right, as long as it begins below its step.
    """
    head, tail = indexes[0], indexes[-1]
    placed = {head: max(min(starts[head], room - wide[head]), 0)}
    free = placed[head] + wide[head] + 2
    if (start := max(min(starts[tail], room - wide[tail]), 0)) >= free:
        placed[tail] = start
    for index in indexes[1:-1]:
        start = max(starts[index], free)
        if start < max(ends[index], starts[index] + 1) and start + wide[index] + 2 <= placed.get(tail, room):
            placed[index], free = start, start + wide[index] + 2
    return placed


def _labels(points: Sequence[tuple[str, Decimal]]) -> list[Label]:
    """Day and value of each point, all values shortened where one is long."""
    values = [number_words(plain(value)) for _, value in points]
    if max(map(cells, values)) > LONGEST_VALUE:
        values = list(_distinct(dict(enumerate(value for _, value in points))).values())
    return [(day, signed(value)) for (day, _), value in zip(points, values, strict=True)]
