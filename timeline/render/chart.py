"""Series drawn in block characters, eight steps to a character cell.

The axis always holds zero, so that heights compare as the numbers do. Below zero there are only half steps: Unicode has
no finer blocks that hang from the top.
"""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, NamedTuple

from timeline.render.typeset import cells, cut, left, right, visible, wrapped
from timeline.render.words import decimal, number_words, short_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from timeline.render.ink import Ink
    from timeline.section import Series

RISING = " ▁▂▃▄▅▆▇█"
STEPS = 8
HALF = 4
HEIGHT = 5
WIDEST = 100
"""A wider chart says nothing more and tires the eye."""

LONGEST_VALUE = 9
"""Values with more characters are shortened below the chart; the table has them in full."""


class Scale(NamedTuple):
    """How values become heights.

    Attributes:
        low: value at the bottom, at most zero.
        high: value at the top, at least zero.
        above: rows for the values above zero.
        below: rows for those below.
    """

    low: Decimal
    high: Decimal
    above: int
    below: int

    def steps(self, value: Decimal) -> int:
        """Height in eighths of a row, negative below zero; what is not zero is never drawn as nothing."""
        end, rows = (self.high, self.above) if value >= 0 else (self.low, self.below)
        if not value:
            return 0
        height = (value / abs(end) * rows * STEPS).to_integral_value(ROUND_HALF_UP)
        return int(height) or (1 if value > 0 else -1)


def chart_lines(series: Series, width: int, ink: Ink) -> Iterator[str]:
    """Title, chart, and below it the days and values of its points as far as they fit."""
    points = [(day, value) for day, text in series.points if (value := decimal(text)) is not None]
    title = visible(series.title)
    if len(points) < 2 or width < 2 * LONGEST_VALUE:  # noqa: PLR2004 - one point makes no picture
        said = ", ".join(f"{number_words(text)} on {day}" for day, text in series.points)
        yield from wrapped(f"{title}: {said}", width)
        return
    scale = _scale([value for _, value in points])
    labels = _axis(scale)
    margin = max(map(cells, labels.values())) + 2
    room = min(width, WIDEST) - margin
    starts, heights = _columns(points, room, bars=series.style == "bars")
    drawn = [None if index is None else scale.steps(points[index][1]) for index in heights]
    yield from wrapped(title, width)
    for row in range(scale.above - 1, -scale.below - 1, -1):
        blocks = "".join(_block(steps, row) for steps in drawn).rstrip()
        yield ink.faint(f"{right(labels.get(row, ''), margin - 2)} {'┤' if row in labels else '│'}") + ink.drawn(blocks)
    yield from (" " * margin + ink.faint(line) for line in _legend(series.points, starts, room) if line)


def _scale(values: Sequence[Decimal]) -> Scale:
    low, high = min(*values, Decimal(0)), max(*values, Decimal(0))
    if low == high:
        high = Decimal(1)
    below = int((HEIGHT * -low / (high - low)).to_integral_value(ROUND_HALF_UP))
    below = min(max(below, 1), HEIGHT - 1 if high else HEIGHT) if low else 0
    return Scale(low, high, HEIGHT - below, below)


def _axis(scale: Scale) -> dict[int, str]:
    """Labels by row, rows counted up from zero: the top, the bottom, and zero where both sides are drawn."""
    labels = {-scale.below: short_number(scale.low)}
    if scale.below and scale.above > 1:
        labels[0] = "0"
    if scale.above:
        labels[scale.above - 1] = short_number(scale.high)
    return labels


def _columns(points: Sequence[tuple[str, Decimal]], room: int, *, bars: bool) -> tuple[list[int], list[int | None]]:
    """The column where each point begins, and for each column the index of the point to draw there."""
    return _barred(len(points), room) if bars else _stepped([day for day, _ in points], room)


def _stepped(days: Sequence[str], room: int) -> tuple[list[int], list[int | None]]:
    """Columns in proportion to time; the last value is held for a twelfth of the whole: nothing says for how long."""
    numbers = [date.fromisoformat(day).toordinal() for day in days]
    span = max(numbers[-1] - numbers[0], 1) * 13 / 12
    starts = [int((number - numbers[0]) / span * room) for number in numbers]
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


def _legend(points: Sequence[tuple[str, str]], starts: Sequence[int], room: int) -> tuple[str, str]:
    """Days and values under the columns where they begin: the first, the last, then whatever fits between."""
    labels = [(day, _value(text)) for day, text in points]
    placed: dict[int, int] = {}
    for index in (0, len(points) - 1, *range(1, len(points) - 1)):
        wide = max(map(cells, labels[index]))
        start = max(min(starts[index], room - wide), 0)
        if all(
            start + wide + 2 <= other or other + max(map(cells, labels[taken])) + 2 <= start
            for taken, other in placed.items()
        ):
            placed[index] = start
    lines = ["", ""]
    for index, start in sorted(placed.items(), key=lambda item: item[1]):
        lines = [left(line, start) + label for line, label in zip(lines, labels[index], strict=True)]
    return cut(lines[0], room), cut(lines[1], room)


def _value(text: str) -> str:
    words = number_words(text)
    number = decimal(text)
    return short_number(number) if number is not None and len(words) > LONGEST_VALUE else words
