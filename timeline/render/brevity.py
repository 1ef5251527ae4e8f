"""What a page need not say: repetitions of what stands beside or around, and the long ids of sources.

Data formats hold everything; a person who reads a page sees each thing once.
"""

from __future__ import annotations

from collections import Counter
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from timeline.render.words import EVENT_ID

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from timeline.page import Page
    from timeline.section import Column, Finding, Layout, Row, Section

IDS = ("id", "ids")


def brief_page(page: Page, names: Mapping[str, str]) -> Page:
    """The page without repetitions, with these names for sources."""
    return replace(
        page, parts=tuple((layout, _brief_section(layout, section, names)) for layout, section in page.parts)
    )


def _brief_section(layout: Layout, section: Section, names: Mapping[str, str]) -> Section:
    (fields,) = brief_rows(layout.fields, [section.fields], names)
    rows = {table.name: brief_rows(table.columns, section.tables.get(table.name, ()), names) for table in layout.tables}
    tables = {
        table.name: () if table.several and len(rows[table.name]) == 1 else tuple(rows[table.name])
        for table in layout.tables
    }
    return replace(section, fields=fields, tables=tables, findings=brief_findings(section.findings, names))


def brief_findings(findings: Iterable[Finding], names: Mapping[str, str]) -> tuple[Finding, ...]:
    """The findings with these names for sources."""
    return tuple(replace(finding, sources=tuple(_named(finding.sources, names))) for finding in findings)


def inner_rows(row: Row, column: Column) -> Sequence[Row]:
    """The rows of the table inside a row; a single object counts as one row, nothing as none."""
    value = row.get(column.name) or ()
    return (value,) if isinstance(value, dict) else value


def brief_rows(columns: Sequence[Column], rows: Iterable[Row], names: Mapping[str, str]) -> list[Row]:
    """The rows as a page tells them, with these names for sources."""
    return [_brief(columns, row, names) for row in rows]


def _brief(columns: Sequence[Column], row: Row, names: Mapping[str, str]) -> Row:
    told = dict(row)
    nested = [column for column in columns if column.kind == "rows"]
    for column in columns:
        if column.unlike and row.get(column.name) == row.get(column.unlike):
            told[column.name] = None
        if column.kind in IDS:
            told[column.name] = _named(row.get(column.name), names)
    for column in nested:
        inner = brief_rows(column.columns, inner_rows(row, column), names) if column.shown else []
        told[column.name] = [] if column.several and len(inner) == 1 else inner
    for column in nested:
        if column.joins:
            told[column.joins] = [*told[column.joins], *told[column.name]]
            told[column.name] = []
    return told | _evidence_told_below(columns, nested, told)


def _named(value: Any, names: Mapping[str, str]) -> Any:  # noqa: ANN401 - an id, a list of them, or nothing
    if isinstance(value, (list, tuple)):
        return [names.get(item, item) for item in value]
    return names.get(value, value) if isinstance(value, str) else value


def _evidence_told_below(columns: Sequence[Column], nested: Sequence[Column], told: Row) -> Row:
    """Empty cells for the ids of a row whose event is that of a row inside it."""
    below = {event for column in nested for item in told[column.name] for event in _events(column.columns, item)}
    repeated = not below.isdisjoint(_events(columns, told))
    return {column.name: None for column in columns if repeated and column.kind in IDS}


def _events(columns: Sequence[Column], row: Row) -> list[str]:
    values = (row.get(column.name) for column in columns if column.kind == "id")
    return [value for value in values if isinstance(value, str)]


def page_sources(page: Page) -> Iterator[str]:
    """Ids of the sources that a page names."""
    for layout, section in page.parts:
        yield from source_ids(layout.fields, [section.fields])
        for table in layout.tables:
            yield from source_ids(table.columns, section.tables.get(table.name, ()))
        yield from (source for finding in section.findings for source in finding.sources)


def source_ids(columns: Sequence[Column], rows: Iterable[Row]) -> Iterator[str]:
    """Ids of the sources that the rows name where a page shows it, those in tables inside them among them."""
    for row in rows:
        for column in columns:
            if not column.shown:
                continue
            if column.kind == "rows":
                yield from source_ids(column.columns, inner_rows(row, column))
            elif column.kind in IDS:
                value = row.get(column.name)
                ids = value if isinstance(value, (list, tuple)) else (value,)
                yield from (item for item in ids if isinstance(item, str) and not EVENT_ID.fullmatch(item))


def short_names(ids: Iterable[str]) -> dict[str, str]:
    """For each id its first words, as few as tell it from the others; by id, in their order."""
    known = sorted(set(ids))
    shared = Counter(beginning for item in known for beginning in _beginnings(item))
    return {item: next((part for part in _beginnings(item) if shared[part] == 1), item) for item in known}


def _beginnings(item: str) -> Iterator[str]:
    """`wire`, `wire-2026`, `wire-2026-01` of `wire-2026-01`."""
    return accumulate(item.split("-"), lambda start, word: f"{start}-{word}")
