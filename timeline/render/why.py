"""What a figure rests on, for people and for programs: the value first, then the evidence with its quotes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from timeline.digits import counted
from timeline.page import Listing
from timeline.render import data, sheet
from timeline.render.book import listing_book
from timeline.render.ink import Ink
from timeline.render.typeset import flowed, visible, wrapped
from timeline.render.words import clock_words, id_words, when_words
from timeline.section import Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from timeline.page import Basis
    from timeline.render.book import Book
    from timeline.section import Row

NARROWEST = 20
INDENT = "  "


class Explained(Protocol):
    """A figure with its evidence; as `timeline.app.explaining.why.Why`, which stands above this layer."""

    @property
    def schema(self) -> str:
        """Name and version of the JSON form."""

    @property
    def basis(self) -> Basis:
        """What it is true of."""

    @property
    def company(self) -> str:
        """The slug."""

    @property
    def name(self) -> str:
        """The company's name."""

    @property
    def path(self) -> str:
        """Where the figure stands."""

    @property
    def heading(self) -> str:
        """What a page calls it."""

    @property
    def value(self) -> Any:  # noqa: ANN401 - plain JSON
        """The figure."""

    @property
    def printed(self) -> str:
        """The figure as a person reads it."""

    @property
    def table(self) -> Table:
        """Columns of the evidence."""

    @property
    def evidence(self) -> Sequence[Row]:
        """A row an event."""


def why_text(why: Explained, width: int, *, color: bool = False) -> str:
    """The figure, then each event: its role, what it says, where it stands in which source."""
    width, ink = max(width, NARROWEST), Ink(color)
    blocks = [_head(why, width, ink), *(_event(row, width, ink) for row in why.evidence), _foot(why, width, ink)]
    return "\n\n".join("\n".join(lines) for lines in blocks) + "\n"


def _head(why: Explained, width: int, ink: Ink) -> Iterator[str]:
    yield from map(ink.strong, wrapped(visible(f"{why.name.upper()}  {why.path}"), width))
    known = visible(why.printed) or "nothing is known"
    yield from wrapped(f"{visible(why.heading)}: {known}", width)


def _event(row: Row, width: int, ink: Ink) -> Iterator[str]:
    when = when_words(row["occurred"]) if row["occurred"] else ""
    head = (row["role"], row["kind"], when, f"event {id_words(row['event'])}")
    first, *more = flowed([visible(text) for text in head if text], width, " · ")
    yield ink.strong(first)
    yield from map(ink.strong, more)
    for text in (row["summary"], row["said_by"] and f"said by {row['said_by']}", *_places(row)):
        yield from _indented(text, width)
    yield from map(ink.faint, _indented(_source(row), width))


def _places(row: Row) -> Iterator[str]:
    """Each quote with its paragraph."""
    for at in row["locators"]:
        beside = [at["prefix"] and f"after “{at['prefix']}”", at["suffix"] and f"before “{at['suffix']}”"]
        where = f"paragraph {at['paragraph']}: " if at["paragraph"] else ""
        yield ", ".join([f"{where}“{at['quote']}”", *filter(None, beside)])


def _source(row: Row) -> str:
    """Who published what, when and where; a correction may have no source."""
    if not row["source"]:
        return "without a source"
    published = row["published"] and when_words(row["published"])
    return " · ".join(filter(None, (row["source"], row["publisher"], row["title"], published, row["url"])))


def _indented(text: str | None, width: int) -> Iterator[str]:
    return (INDENT + line for line in wrapped(visible(text), width - len(INDENT))) if text else iter(())


def _foot(why: Explained, width: int, ink: Ink) -> Iterator[str]:
    sources = len({row["source"] for row in why.evidence} - {None})
    events = len(why.evidence)
    rests_on = f"{counted(events, 'event')} of {counted(sources, 'source')}"
    foot = (rests_on, *clock_words(why.basis), f"log to position {why.basis.position:,}")
    yield from map(ink.faint, flowed(foot, width, " · "))


def why_json(why: Explained) -> dict[str, Any]:
    """`timeline.why/1`: the figure, then the rows of evidence, each with its locators."""
    listed = data.listing_json(_listing(why, why.table, why.evidence))
    clocks = {name: listed[name] for name in ("as_of", "as_recorded", "position")}
    figure = {"path": why.path, "value": why.value, "printed": why.printed or None}
    company = {"slug": why.company, "name": why.name}
    return {"schema": why.schema, "company": company, **clocks, **figure, "evidence": listed[why.table.name]}


def why_lines(why: Explained) -> Iterator[str]:
    """A line of JSON an event."""
    return data.listing_lines(_listing(why, why.table, why.evidence))


def why_csv(why: Explained) -> Iterator[str]:
    """A line an event and locator; an event that is not located has one, too."""
    return sheet.listing_csv(_located(why))


def why_book(why: Explained) -> Book:
    """Likewise, as a table with typed columns."""
    return listing_book(_located(why))


def _located(why: Explained) -> Listing:
    """A row an event and locator; an event that is not located has one, too."""
    columns = tuple(inner for column in why.table.columns for inner in (column.columns or (column,)))
    rows = ({**row, **at} for row in why.evidence for at in row["locators"] or [{}])
    return _listing(why, Table(why.table.name, why.table.title, columns), rows)


def _listing(why: Explained, table: Table, rows: Iterable[Row]) -> Listing:
    return Listing(schema=why.schema, table=table, rows=tuple(rows), basis=why.basis)
