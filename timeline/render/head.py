"""The page's head: who it is about, what it is true of, and the state in a few lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.render.typeset import cells, cut, flowed, left, visible, wrapped
from timeline.render.words import clock_words, due_words, signed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from timeline.page import Page
    from timeline.render.ink import Ink
    from timeline.section import Headline, Promise

GAP = 2
STOP = 4
"""Cells begin at multiples of this, so that those of several lines fall under one another."""

OVERDUE = "(overdue)"
FAR = 8
"""Promises shown in the head; the rest are counted."""

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def head_lines(page: Page, width: int, ink: Ink) -> Iterator[str]:
    """Name, identifiers and fiscal year to the left, the basis to the right or below."""
    name = visible(page.name.upper())
    known = " · ".join(_known(page))
    about = [visible(text) for text in (*page.identifiers, _fiscal_year(page.fiscal_year_end)) if text]
    line = f"{name}  {' · '.join(about)}".rstrip()
    if cells(line) + GAP + cells(known) > width:
        line = name
    if cells(line) + GAP + cells(known) > width:
        yield from map(ink.strong, wrapped(name, width))
        about.append(known)
    else:
        rest = left(line, width - cells(known))[len(name) :] if known else line[len(name) :]
        yield ink.strong(name) + rest + ink.faint(known)
    if line == name and about:
        yield from flowed(about, width, " · ")


def _known(page: Page) -> list[str]:
    asked = clock_words(page.basis)
    if page.basis.as_of or not page.known_to:
        return asked
    return [f"known to {page.known_to}", *asked]


def _fiscal_year(month_and_day: str) -> str:
    month, dash, day = month_and_day.partition("-")
    if not dash or not month.isdigit() or not 1 <= int(month) <= len(MONTHS):
        return month_and_day and f"fiscal year to {month_and_day}"
    name = MONTHS[int(month) - 1]
    ends_month = day in {"30", "31"} or (name == "February" and day in {"28", "29"})
    return f"fiscal year to {name}" if ends_month else f"fiscal year to {int(day)} {name}"


def headline_lines(
    headlines: Sequence[Headline], promises: Sequence[Promise], page: Page, width: int, ink: Ink
) -> Iterator[str]:
    """Labels to the left, cells at common stops, the number of sources to the right, what is still open last."""
    labels = [visible(headline.label) for headline in headlines] + ["Open"] * bool(promises)
    label_width = min(max(map(cells, labels), default=0), width // 4) + GAP
    for number, headline in enumerate(headlines):
        repeated = number and headline.label == headlines[number - 1].label
        label = "" if repeated else labels[number]
        yield from _headline(label, headline, label_width, width, ink)
    if promises:
        lines = _open_lines(promises, page, width - label_width, ink)
        yield from _labelled("Open", lines, label_width, ink)


def _headline(label: str, headline: Headline, label_width: int, width: int, ink: Ink) -> Iterator[str]:
    sources = f"{headline.sources} sources" if headline.sources > 1 else ""
    room = width - label_width - (cells(sources) + GAP if sources else 0)
    lines = _stopped([visible(signed(cell)) for cell in headline.cells if cell], max(room, 1))
    if sources:
        lines[0] = left(lines[0], room + GAP) + ink.faint(sources)
    yield from _labelled(label, lines, label_width, ink)


def _labelled(label: str, lines: Sequence[str], label_width: int, ink: Ink) -> Iterator[str]:
    short = cut(label, label_width - GAP)
    for number, line in enumerate(lines):
        yield (ink.strong(left("" if number else short, label_width)) + line).rstrip()


def _stopped(texts: Sequence[str], room: int) -> list[str]:
    """Lines of cells; a cell that does not fit on its line begins the next one, and one wider than a line wraps."""
    lines = [""]
    for text in texts:
        used = cells(lines[-1])
        start = -(-(used + GAP + 1) // STOP) * STOP if used else 0
        if start + cells(text) <= room:
            lines[-1] = left(lines[-1], start) + text
        else:
            lines += wrapped(text, room)
    return lines if lines[0] or len(lines) == 1 else lines[1:]


def _open_lines(promises: Sequence[Promise], page: Page, room: int, ink: Ink) -> list[str]:
    """Promises in the order of their windows' ends, the overdue marked."""
    pending = [promise for promise in promises if promise.state(page.basis.today) != "lapsed"]
    ordered = sorted(pending, key=lambda promise: (promise.last or "9999", promise.first or "", promise.what))
    shown = ordered[:FAR]
    items = [_promise_words(promise, page.basis.today) for promise in shown]
    if len(ordered) > FAR:
        items.append(f"… {len(ordered) - FAR} more: timeline upcoming {page.slug}")
    return [line.replace(OVERDUE, ink.warning(OVERDUE)) for line in flowed(items, max(room, 1), " · ")]


def _promise_words(promise: Promise, today: str) -> str:
    words = f"{due_words(promise.due)} {visible(promise.what)}"
    return f"{words} {OVERDUE}" if promise.state(today) == "overdue" else words
