"""What a page for people shows of what is long: the rows that matter most.

The columns before the first date say what a row is about; rows that agree in them make a line, such as all periods of
one metric. Shown are the latest rows of some lines: of those that still go on, first what a column declares to matter
most, in that order, then what is told of most often, in the order of the table. In a table that is not about several
things, these are simply the latest rows; in one without dates, the first. Data formats hold all.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from timeline.render.brevity import inner_rows
from timeline.render.typeset import flowed, visible
from timeline.render.words import DAY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from timeline.page import Page
    from timeline.section import Column, Finding, Layout, Row, Section

    Note = tuple[str, str]
    """What is left out, and the command that shows it."""
    Notes = Mapping[tuple[str, str], Note]
    """By topic and table; of the findings, under an empty name."""

DEEP = 3
"""So many rows of each line are shown before any of a further one, and only then more of the first."""

SLACK = 4
"""A table that is longer by no more than this part of its room is shown whole: the note would be hardly shorter."""

_YEAR = len("2026")
_ENDS = {"33": "03", "34": "06", "35": "09", "36": "12", "40": "06", "41": "12"}
"""Last months of the quarters and halves of ISO 8601-2."""

_OPEN = ("", "..")
_SEVERITIES = ("error", "warning", "note")


class Length(NamedTuple):
    """How much a page shows.

    Attributes:
        rows: of each table.
        inner: of each table inside a row.
        findings: of each topic.
        command: what to type to see all of a topic.
    """

    rows: int
    inner: int
    findings: int
    command: Callable[[str], str] = "timeline show … {} --all".format


class Inside(NamedTuple):
    """How much is shown of tables inside rows.

    Attributes:
        most: rows of each.
        command: what to type to see all.
    """

    most: int
    command: str


class Excerpt(NamedTuple):
    """Some rows of a table.

    Attributes:
        rows: those that are shown, what leads first, and else in the order of the table.
        left: number of the others.
        lines: of how many lines the rows shown are.
        among: how many lines there are.
        about: headings of the columns in which lines differ.
    """

    rows: Sequence[Row]
    left: int = 0
    lines: int = 0
    among: int = 0
    about: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """How many rows are left out, and what those that are shown have in common; empty where all are shown."""
        if not self.left:
            return ""
        kept = f"the latest of {self.lines:,} of {self.among:,} by {', '.join(self.about)}"
        return f"… {self.left:,} more" + (f" (shown: {kept})" if self.lines < self.among else "")


def excerpt(columns: Sequence[Column], rows: Sequence[Row], most: int) -> Excerpt:
    """The rows that matter most, at most so many; all where they are hardly more than that."""
    if len(rows) <= most + most // SLACK:
        return Excerpt(rows)
    flat = [column for column in columns if column.shown and column.kind != "rows"]
    dated = next((index for index, column in enumerate(flat) if column.kind == "when"), None)
    if dated is None:
        return Excerpt(rows[:most], len(rows) - most)
    about = flat[:dated]
    lines = _ranked(_lines(about, flat[dated].name, columns, rows))
    order = sorted(
        (depth // DEEP, rank, depth, place)
        for rank, line in enumerate(lines)
        for depth, place in enumerate(line.places)
    )[:most]
    firsts = [rows[line.places[0]] for line in lines]
    telling = tuple(column.heading for column in about if len({str(row.get(column.name)) for row in firsts}) > 1)
    chosen = [rows[place] for _, rank, _, place in sorted(order, key=lambda each: (lines[each[1]].lead, each[-1]))]
    return Excerpt(chosen, len(rows) - most, len({rank for _, rank, *_ in order}), len(lines), telling)


def graver(findings: Sequence[Finding], most: int) -> Sequence[Finding]:
    """The gravest findings, at most so many, in their order; all where they are hardly more than that."""
    if len(findings) <= most + most // SLACK:
        return findings
    places = sorted(range(len(findings)), key=lambda place: _SEVERITIES.index(findings[place].severity))[:most]
    return [findings[place] for place in sorted(places)]


def shortened(page: Page, length: Length) -> tuple[Page, Notes]:
    """The page with as much of its tables as is shown, and what is to be said below them."""
    notes: dict[tuple[str, str], Note] = {}
    parts = tuple((layout, _shortened(layout, section, length, notes)) for layout, section in page.parts)
    return replace(page, parts=parts), notes


def note_lines(note: Note, width: int) -> list[str]:
    """What is left out and how to see it; the command on a line of its own where there is no room beside."""
    words, command = note
    return flowed([f"{words}:", visible(command)], width, " ")


def _shortened(layout: Layout, section: Section, length: Length, notes: dict[tuple[str, str], Note]) -> Section:
    def cut(name: str, columns: Sequence[Column], rows: Sequence[Row]) -> tuple[Row, ...]:
        shown = excerpt(columns, rows, length.rows)
        if shown.left:
            notes[section.topic, name] = (shown.words, length.command(section.topic))
        return tuple(shown.rows)

    fields = {
        column.name: cut(column.name, column.columns, inner_rows(section.fields, column))
        for column in layout.fields
        if column.kind == "rows"
    }
    tables = {table.name: cut(table.name, table.columns, section.tables.get(table.name, ())) for table in layout.tables}
    findings = graver(section.findings, length.findings)
    if left := len(section.findings) - len(findings):
        notes[section.topic, ""] = (f"… {left:,} more", length.command(section.topic))
    return replace(section, fields=section.fields | fields, tables=tables, findings=tuple(findings))


class _Line(NamedTuple):
    """Rows about one thing, the latest first.

    Attributes:
        places: of the rows in their table.
        days: the last day of each.
        sources: how many each has.
        parts: how many columns say what it is about; the more, the smaller a part of the whole it is.
        lead: its place among what the columns declare to matter most.
    """

    places: tuple[int, ...]
    days: tuple[str, ...]
    sources: tuple[int, ...]
    parts: int
    lead: int

    def reports(self, since: str) -> int:
        """How often a source told of it for days from then on."""
        return sum(count for day, count in zip(self.days, self.sources, strict=True) if day >= since)


def _lines(about: Sequence[Column], dated: str, columns: Sequence[Column], rows: Sequence[Row]) -> list[_Line]:
    """The lines of a table in the order of their first rows."""
    names = [column.name for column in about]
    ids = [column.name for column in columns if column.kind == "ids"]
    spans = [_span(str(row.get(dated) or "")) for row in rows]
    places: dict[tuple[str, ...], list[int]] = {}
    for place, row in enumerate(rows):
        places.setdefault(tuple(str(row.get(name) or "") for name in names), []).append(place)
    found = []
    for subject, line in places.items():
        line.sort(key=spans.__getitem__, reverse=True)
        days = tuple(spans[place][0] for place in line)
        sources = tuple(sum(len(rows[place].get(name) or ()) for name in ids) for place in line)
        found.append(_Line(tuple(line), days, sources, sum(map(bool, subject)), _lead(about, subject)))
    return found


def _lead(about: Iterable[Column], subject: Iterable[str]) -> int:
    """The place of the subject's values among those that lead; behind all of them where they are none."""
    told = [(column.leading, value) for column, value in zip(about, subject, strict=True)]
    return sum(leading.index(value) if value in leading else len(leading) for leading, value in told)


def _ranked(lines: Iterable[_Line]) -> list[_Line]:
    """The lines that still go on first; of these what leads, the whole before parts of it, what is often told of."""
    latest = sorted(lines, key=lambda line: line.days[0], reverse=True)
    since = _year_before(latest[0].days[0])
    return sorted(latest, key=lambda line: (line.days[0] < since, line.lead, line.parts, -line.reports(since)))


def _year_before(day: str) -> str:
    year = day[:_YEAR]
    return f"{int(year) - 1:04}{day[_YEAR:]}" if year.isascii() and year.isdigit() else ""


@lru_cache(maxsize=1 << 12)
def _span(edtf: str) -> tuple[str, str]:
    """Last and first day, as texts in the order of time; where one is open, the other stands for it."""
    first, _, last = edtf.partition("/")
    return _last(first if last in _OPEN else last), last if first in _OPEN else first


def _last(edtf: str) -> str:
    """The last day; of a month its 31st, which is as good for the order."""
    plain = edtf.rstrip("~?%")[:DAY]
    year, _, part = plain.rpartition("-")
    if len(plain) == _YEAR:
        return f"{plain}-12-31"
    return f"{year}-{_ENDS.get(part, part)}-31" if len(year) == _YEAR else plain
