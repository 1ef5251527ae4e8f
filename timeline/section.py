"""Sections: a topic's state as fields, tables and series, ready for any renderer.

A section knows no terminal, no HTML and no database; it is also what a read model stores, so everything here is plain
JSON. Reported numbers are decimal texts, dates are EDTF or ISO texts. `Layout` is what a topic declares once: the
renderers take headings from it, the store its SQL views.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Sequence

ColumnKind = Literal["text", "number", "figure", "when", "flag", "id", "ids", "rows"]
Severity = Literal["error", "warning", "note"]
UNREADABLE = "unreadable"
"""The section of events that cannot be read and stop no other topic; it is shown with whichever topic is asked for."""

PromiseState = Literal["ahead", "due", "open", "overdue", "lapsed"]
Row = dict[str, Any]


class Column(Struct, frozen=True, omit_defaults=True):
    """One named value of a row.

    Attributes:
        name: key in the row and in JSON.
        label: heading; empty means the name with spaces.
        kind: "number" is a decimal text (SQL views add `<name>_number`, inexact, for arithmetic); "figure" a figure as
            printed, which a page shortens; "ids" a list of ids; "rows" a nested table.
        shown: whether a page for people shows it; data formats always hold it.
        optional: whether data formats leave it out where it says nothing, as what only few companies ever have.
        grouped: for the first column of a table whose rows are sorted by it, whether a page shows it as a heading above
            the rows that share it.
        leading: values that matter most, the first most of all; where a page has room for few rows, theirs are shown.
        unlike: another column of the row; a page leaves the cell empty where both say the same.
        columns: of the nested table, for "rows".
        view: name of the SQL view of the nested table, for "rows".
        several: for "rows", whether a page shows them only where there are several, as a single one repeats its parent.
        joins: for "rows", an earlier nested table with columns of the same names, below whose rows a page sets these.
    """

    name: str
    label: str = ""
    kind: ColumnKind = "text"
    shown: bool = True
    optional: bool = False
    grouped: bool = False
    leading: tuple[str, ...] = ()
    unlike: str = ""
    columns: tuple[Column, ...] = ()
    view: str = ""
    several: bool = False
    joins: str = ""

    @property
    def heading(self) -> str:
        """What stands above the column."""
        return self.label or self.name.replace("_", " ")


class Table(Struct, frozen=True, omit_defaults=True):
    """A table that a topic declares; its rows come with each section.

    Attributes:
        name: key in JSON.
        title: heading.
        columns: in the order shown.
        view: name of its SQL view; empty for none.
        several: whether a page shows it only where it has several rows, as a single one repeats the fields.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    view: str = ""
    several: bool = False


class Layout(Struct, frozen=True, omit_defaults=True):
    """All that a topic can say, declared once.

    Attributes:
        topic: name; the section's key in JSON.
        title: heading.
        rank: sections are shown in rising rank, then by name.
        fields: single values.
        tables: lists of rows.
    """

    topic: str
    title: str
    rank: int
    fields: tuple[Column, ...] = ()
    tables: tuple[Table, ...] = ()


class Headline(Struct, frozen=True, omit_defaults=True):
    """A line of the page's head: the state in a few words.

    Attributes:
        label: what it is about.
        cells: the words, most important first; a narrow page drops cells from the end only into further lines.
        sources: number of independent sources behind it; shown from 2 up.
    """

    label: str
    cells: tuple[str, ...]
    sources: int = 0


class Series(Struct, frozen=True, omit_defaults=True):
    """A figure over time, to be drawn.

    Attributes:
        title: what it is, with its unit.
        points: ISO day and decimal text, days rising.
        style: "step" is a level, which holds until the next one; "total" a running total, likewise, drawn from zero up;
            "bars" stand each for itself.
    """

    title: str
    points: tuple[tuple[str, str], ...]
    style: Literal["step", "total", "bars"] = "step"


class Promise(Struct, frozen=True, omit_defaults=True):
    """A dated expectation that is still open; whether it is overdue is told against a day at reading time.

    Attributes:
        what: in words.
        due: EDTF text of the window.
        first: first day of the window, ISO; None when open.
        last: last day of the window, ISO; None when open.
        event: id of the event that states it.
        lapses: whether the day passing settles it, as with a date in a calendar; else it is overdue once its window is
            over.
    """

    what: str
    due: str
    first: str | None
    last: str | None
    event: str
    lapses: bool = False

    def state(self, today: str) -> PromiseState:
        """Where an ISO day stands in the window: before it, in it, or past it."""
        if self.last is not None and self.last < today:
            return "lapsed" if self.lapses else "overdue"
        if self.first is not None and self.first > today:
            return "ahead"
        return "due" if self.first is not None else "open"


class Compared(Struct, frozen=True, omit_defaults=True):
    """A figure that a check set beside others.

    Attributes:
        name: what it is; of a figure worked out, how: "shares × price".
        printed: as the source prints it; empty where it is worked out.
        low: smallest value that it can have, as a decimal text; None where there is no end.
        high: largest value that it can have, likewise.
        unit: as in `timeline.values.Quantity`.
        event: id of the event that prints it; empty where it is worked out.
    """

    name: str
    printed: str = ""
    low: str | None = None
    high: str | None = None
    unit: str = ""
    event: str = ""


class Finding(Struct, frozen=True, omit_defaults=True):
    """The result of a check.

    Attributes:
        rule: stable name.
        severity: an error makes the command end with a code other than 0.
        what: in words, with the figures.
        events: ids of the events involved.
        sources: ids of the sources involved.
        topic: where it was found.
        figures: those that were compared, with their intervals.
        assumed: what the check took for granted.
        company: slug of the company concerned; empty within its own page, and where no single one is.
    """

    rule: str
    severity: Severity
    what: str
    events: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    topic: str = ""
    figures: tuple[Compared, ...] = ()
    assumed: tuple[str, ...] = ()
    company: str = ""


class Section(Struct, frozen=True, omit_defaults=True):
    """A topic's state for one company.

    Attributes:
        topic: name of the layout.
        fields: by column name, only those that are known.
        tables: rows by table name, in the order shown.
        headlines: lines for the head of the page.
        series: figures to draw.
        promises: what is still expected.
        findings: what the topic's checks found.
        known_to: ISO day of the latest publication that it rests on; empty when there is none.
        problem: why the topic is stopped; empty when it is not. A stopped topic has nothing else.
    """

    topic: str
    fields: dict[str, Any] = {}
    tables: dict[str, tuple[Row, ...]] = {}
    headlines: tuple[Headline, ...] = ()
    series: tuple[Series, ...] = ()
    promises: tuple[Promise, ...] = ()
    findings: tuple[Finding, ...] = ()
    known_to: str = ""
    problem: str = ""

    @property
    def empty(self) -> bool:
        """Whether the topic has nothing to say."""
        return not (self.problem or self.headlines or self.findings or any(self.tables.values()) or self.fields)


def merged(sections: Sequence[Section]) -> Section:
    """The sections of a topic's partitions as one, in their order; where one is stopped, all is."""
    if len(sections) == 1:
        return sections[0]
    if stopped := next((section for section in sections if section.problem), None):
        return stopped
    names = dict.fromkeys(name for section in sections for name in section.tables)
    return Section(
        topic=sections[0].topic,
        fields={name: value for section in sections for name, value in section.fields.items()},
        tables={name: tuple(row for each in sections for row in each.tables.get(name, ())) for name in names},
        headlines=tuple(line for section in sections for line in section.headlines),
        series=tuple(series for section in sections for series in section.series),
        promises=tuple(promise for section in sections for promise in section.promises),
        findings=tuple(finding for section in sections for finding in section.findings),
        known_to=max(section.known_to for section in sections),
    )
