"""Answers as books: all tables of an answer, with what it is true of, for files that hold typed columns."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import asdict

from timeline.render.columns import Grid, grids
from timeline.render.sheet import chosen, page_tables
from timeline.section import Column, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from timeline.page import Audit, Basis, Listing, Listings, Page
    from timeline.section import Finding, Layout, Row, Section

_FINDING = (
    Column("severity"),
    Column("rule"),
    Column("company"),
    Column("topic"),
    Column("what"),
    Column("events", kind="ids"),
    Column("sources", kind="ids"),
)
_PROMISE = (
    Column("topic"),
    Column("what"),
    Column("due", kind="when"),
    Column("first", kind="when"),
    Column("last", kind="when"),
    Column("event", kind="id"),
)
_RULE = (
    Column("audit"),
    Column("rule"),
    Column("severity"),
    Column("compares"),
    Column("assumes"),
    Column("compared", kind="number"),
    Column("found", kind="number"),
)


class Book(NamedTuple):
    """An answer as tables.

    Attributes:
        grids: the tables, the one that stands for the answer first: a file that holds one table takes that.
        basis: what the answer is true of.
        since: what it is compared with; None where nothing is compared.
        findings: what checks found.
        company: name of the one company that it is about; empty for none.
    """

    grids: tuple[Grid, ...]
    basis: Basis | None = None
    since: Basis | None = None
    findings: tuple[Finding, ...] = ()
    company: str = ""


def listing_book(listing: Listing) -> Book:
    """The table of a listing, and those inside its rows."""
    return Book(tuple(grids(listing.table, listing.rows)), listing.basis, None, listing.findings)


def listings_book(listings: Listings, name: str | None = None) -> Book:
    """The tables of the answer; where one is named, only that.

    Raises:
        TableUnknown: there is no such table.
    """
    found = tuple(chain.from_iterable(grids(table, rows) for table, rows in listings.parts))
    own = (chosen(found, name),) if name else found
    return Book(own, listings.basis, listings.since, listings.findings, listings.name)


def page_book(page: Page, name: str | None = None) -> Book:
    """The tables of a page, each under its topic's name; where one is named, only that, as in `sheet.table_csv`.

    Raises:
        TableUnknown: there is no such table.
    """
    told = (chosen(page_tables(page), name),) if name else tuple(_page_grids(page))
    return Book(told, page.basis, None, page.findings, page.name)


def audit_book(audit: Audit) -> Book:
    """The targets of all companies, the rules and the findings; of the audit of targets alone, these come first."""
    targets = tuple(_targets(audit.parts))
    found = finding_grid(audit.findings)
    rules = Grid("rules", _RULE, [asdict(rule) for rule in audit.checked])
    only = audit.audits == ("targets",)
    return Book((*targets, rules, found) if only and targets else (found, rules, *targets), audit.basis)


def pairs_book(pairs: Iterable[tuple[str, str]], basis: Basis | None = None) -> Book:
    """Fields and their values."""
    rows: list[Row] = [{"field": name, "value": value} for name, value in pairs]
    return Book((Grid("fields", (Column("field"), Column("value")), rows),), basis)


def finding_grid(findings: Iterable[Finding]) -> Grid:
    """A row a finding."""
    rows = [{column.name: getattr(each, column.name) for column in _FINDING} for each in findings]
    return Grid("findings", _FINDING, rows)


def _page_grids(page: Page) -> Iterator[Grid]:
    for layout, section in page.parts:
        yield from _section_grids(layout, section)
    promised = [
        {"topic": section.topic, **asdict(promise)} for _, section in page.parts for promise in section.promises
    ]
    if promised:
        yield Grid("promises", _PROMISE, promised)


def _section_grids(layout: Layout, section: Section) -> Iterator[Grid]:
    """The fields and the tables that have something to say."""
    if section.fields:
        fields = Table(f"{layout.topic}.fields", layout.title, layout.fields)
        yield from grids(fields, [section.fields])
    for table in layout.tables:
        for grid in grids(table, section.tables.get(table.name, ())):
            if grid.rows:
                own = table.name == layout.topic
                yield grid if own else grid._replace(name=f"{layout.topic}.{grid.name}")


def _targets(pages: Sequence[Page]) -> Iterator[Grid]:
    """The tables of all pages as one each, with the company in the first column."""
    tables: dict[str, Table] = {}
    rows: dict[str, list[Row]] = {}
    for page in pages:
        for layout, section in page.parts:
            for table in layout.tables:
                tables[table.name] = Table(table.name, table.title, (Column("company"), *table.columns))
                told = ({"company": page.slug, **row} for row in section.tables.get(table.name, ()))
                rows.setdefault(table.name, []).extend(told)
    for name, table in tables.items():
        yield from grids(table, rows[name])
