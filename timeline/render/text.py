"""Pages, listings and findings as plain text, for a terminal of a given width or for a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.render.brevity import (
    brief_findings,
    brief_page,
    brief_rows,
    page_sources,
    short_names,
    source_ids,
)
from timeline.render.chart import chart_lines
from timeline.render.head import head_lines, headline_lines
from timeline.render.ink import Ink
from timeline.render.table import labelled, pairs, table_lines
from timeline.render.typeset import cells, flowed, visible, wrapped
from timeline.render.words import clock_words, id_words, span_words
from timeline.section import Column

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from timeline.page import Listing, Listings, Page
    from timeline.render.answers import Audited, Detailed
    from timeline.section import Finding, Layout, Row, Section, Table

BRIEF = (
    Column("id", kind="id"),
    Column("published", kind="when"),
    Column("kind"),
    Column("source", kind="id"),
    Column("summary"),
)
"""What tells events apart that stand beside another one."""

NARROWEST = 20
"""Texts are never laid out for less; a narrower terminal wraps them itself."""


def page_text(page: Page, width: int, *, color: bool = False) -> str:
    """A company's page: the state first, then each topic with its tables, charts and findings, and the sources."""
    width, ink = max(width, NARROWEST), Ink(color)
    names = short_names(page_sources(page))
    page = brief_page(page, names)
    sections = [section for _, section in page.parts]
    headlines = [line for section in sections for line in section.headlines]
    promises = [promise for section in sections for promise in section.promises]
    head = [*head_lines(page, width, ink), *headline_lines(headlines, promises, page, width, ink)]
    parts = (_section_lines(layout, section, width, ink) for layout, section in page.parts)
    return _joined([head, *parts, _source_lines(names, width, ink)])


def listing_text(listing: Listing, width: int, *, color: bool = False) -> str:
    """Rows under their headings, the sources that they name, and how many rows there are on what basis."""
    width, ink = max(width, NARROWEST), Ink(color)
    columns = listing.table.columns
    names = short_names(source_ids(columns, listing.rows))
    findings = _finding_lines(brief_findings(listing.findings, names), width, ink)
    if not listing.rows:
        return _joined([wrapped(listing.empty, width), findings])
    table = table_lines(columns, brief_rows(columns, listing.rows, names), width, ink)
    counted = f"{listing.table.title}: {len(listing.rows):,}"
    foot = flowed([counted, *clock_words(listing.basis), f"log to position {listing.basis.position:,}"], width, " · ")
    return _joined([table, findings, _source_lines(names, width, ink), map(ink.faint, foot)])


def listings_text(listings: Listings, width: int, *, color: bool = False) -> str:
    """Each table that has rows under its title, what was found, the sources named, and the basis of it all."""
    width, ink = max(width, NARROWEST), Ink(color)
    filled = [(table, rows) for table, rows in listings.parts if rows]
    names = short_names(source for table, rows in filled for source in source_ids(table.columns, rows))
    clocks = span_words(listings.since, listings.basis) if listings.since else clock_words(listings.basis)
    counts = [f"{table.title}: {len(rows):,}" for table, rows in filled]
    foot = flowed([*counts, *clocks, f"log to position {listings.basis.position:,}"], width, " · ")
    return _joined(
        [
            map(ink.strong, wrapped(visible(listings.name.upper()), width)) if listings.name else (),
            () if filled else wrapped(listings.empty, width),
            *(_titled_table(table, brief_rows(table.columns, rows, names), width, ink) for table, rows in filled),
            _finding_lines(brief_findings(listings.findings, names), width, ink),
            _source_lines(names, width, ink),
            map(ink.faint, foot),
        ]
    )


def _titled_table(table: Table, rows: Sequence[Row], width: int, ink: Ink) -> Iterator[str]:
    yield _rule(table.title, width, ink)
    yield from table_lines(table.columns, rows, width, ink)


def audit_text(audit: Audited, width: int, *, color: bool = False) -> str:
    """Each company with the sections that were audited, then the findings that no section shows, and the sources."""
    width, ink = max(width, NARROWEST), Ink(color)
    names = short_names(source for page in audit.parts for source in page_sources(page))
    shown = [finding for page in audit.parts for finding in page.findings]
    others = [finding for finding in audit.findings if finding not in shown]
    blocks: list[Iterable[str]] = []
    for page in (brief_page(page, names) for page in audit.parts):
        blocks.append(head_lines(page, width, ink))
        blocks += [_section_lines(layout, section, width, ink) for layout, section in page.parts]
    blocks.append(_finding_lines(brief_findings(others, names), width, ink))
    return _joined([*blocks, _source_lines(names, width, ink)]) or "nothing to audit\n"


def findings_text(findings: Iterable[Finding], width: int, *, color: bool = False) -> str:
    """One finding a paragraph."""
    return _joined([_finding_lines(findings, max(width, NARROWEST), Ink(color))])


def detail_text(detail: Detailed, width: int, *, color: bool = False) -> str:
    """An event, what corrects it, and the reports of the same occurrence."""
    width, ink = max(width, NARROWEST), Ink(color)
    names = short_names(source_ids(BRIEF, [*detail.chain, *detail.reports]))
    blocks = [_titled("Event", [(label, visible(text)) for label, text in detail.fields], width, ink)]
    if detail.problem:
        blocks.append(iter([ink.error(line) for line in wrapped(f"cannot be read: {visible(detail.problem)}", width)]))
    blocks.append(_brief("Spoken of by", brief_rows(BRIEF, detail.chain, names), width, ink))
    if len(detail.reports) > 1:
        blocks.append(_brief("Reports of the same", brief_rows(BRIEF, detail.reports, names), width, ink))
        blocks.append(_source_lines(names, width, ink))
    foot = flowed([*clock_words(detail.basis), f"log to position {detail.basis.position:,}"], width, " · ")
    return _joined([*blocks, map(ink.faint, foot)])


def _source_lines(names: Mapping[str, str], width: int, ink: Ink) -> Iterator[str]:
    """What the short names of sources stand for."""
    shortened = [(visible(name), visible(source)) for source, name in names.items() if name != source]
    return _titled("Sources", shortened, width, ink)


def _brief(title: str, rows: Sequence[Row], width: int, ink: Ink) -> Iterator[str]:
    if rows:
        yield _rule(title, width, ink)
        yield from table_lines(BRIEF, rows, width, ink)


def _titled(title: str, said: Iterable[tuple[str, str]], width: int, ink: Ink) -> Iterator[str]:
    lines = list(pairs([(label, text) for label, text in said if text], width))
    if lines:
        yield _rule(title, width, ink)
        yield from lines


def _joined(blocks: Iterable[Iterable[str]]) -> str:
    """Blocks of lines with an empty line between them; blocks without lines leave no trace."""
    texts = ["\n".join(lines) for lines in map(list, blocks) if lines]
    return "\n\n".join(texts) + "\n" if texts else ""


def _rule(title: str, width: int, ink: Ink) -> str:
    title = visible(title)
    return f"{ink.strong(title)} {ink.faint('─' * (width - cells(title) - 1))}".rstrip()


def _section_lines(layout: Layout, section: Section, width: int, ink: Ink) -> Iterator[str]:
    yield _rule(layout.title, width, ink)
    if section.problem:
        yield from map(ink.error, wrapped(f"stopped: {visible(section.problem)}", width))
    blocks = [
        _field_lines(layout, section, width),
        *_table_blocks(layout, section, width, ink),
        *(chart_lines(series, width, ink) for series in section.series if series.points),
        _finding_lines(section.findings, width, ink),
    ]
    filled = [lines for block in blocks if (lines := list(block))]
    for number, lines in enumerate(filled):
        yield from [""] * bool(number or section.problem)
        yield from lines


def _field_lines(layout: Layout, section: Section, width: int) -> Iterator[str]:
    """Single values in a running line."""
    shown = [column for column in layout.fields if column.shown and column.kind != "rows"]
    items = [text for column in shown if (text := labelled(column, section.fields))]
    if items:
        yield from flowed(items, width, " · ")


def _table_blocks(layout: Layout, section: Section, width: int, ink: Ink) -> Iterator[Iterator[str]]:
    inner = [
        (column.heading, column.columns, section.fields[column.name])
        for column in layout.fields
        if column.kind == "rows"
    ]
    tables = [(table.title, table.columns, section.tables[table.name]) for table in layout.tables]
    for title, columns, rows in [*inner, *tables]:
        if rows:
            yield _table_block("" if title == layout.title else title, table_lines(columns, rows, width, ink), ink)


def _table_block(title: str, lines: Iterator[str], ink: Ink) -> Iterator[str]:
    if title:
        yield ink.strong(visible(title))
    yield from lines


def _finding_lines(findings: Iterable[Finding], width: int, ink: Ink) -> Iterator[str]:
    marks = {"error": ink.error, "warning": ink.warning, "note": ink.faint}
    for finding in findings:
        evidence = ", ".join([*map(id_words, finding.events), *map(visible, finding.sources)])
        head = f"{finding.severity}[{visible(finding.rule)}]:"
        first, *rest = wrapped(f"{head} {visible(finding.what)}" + (f" ({evidence})" if evidence else ""), width - 2)
        yield marks[finding.severity](head) + first[len(head) :] if first.startswith(head) else first
        yield from (f"  {line}" for line in rest)
