"""Pages, listings and findings as plain text, for a terminal of a given width or for a file."""

from __future__ import annotations

from itertools import chain
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from timeline.render.brevity import (
    brief_findings,
    brief_page,
    brief_rows,
    page_sources,
    short_names,
    source_ids,
)
from timeline.render.chart import chart_lines
from timeline.render.excerpt import Inside, note_lines, shortened
from timeline.render.findings import count_line, detailed_lines, finding_lines, rule_lines
from timeline.render.head import head_lines, headline_lines
from timeline.render.ink import Ink
from timeline.render.table import labelled, pairs, table_lines
from timeline.render.typeset import cells, flowed, visible, wrapped
from timeline.render.words import clock_words, span_words
from timeline.section import Column

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from timeline.page import Audit, Checked, Listing, Listings, Page
    from timeline.render.answers import Detailed
    from timeline.render.excerpt import Length, Notes
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


def page_text(page: Page, width: int, *, color: bool = False, length: Length | None = None) -> str:
    """A company's page: the state first, then each topic with its tables, charts and findings, and the sources.

    Args:
        page: what is told.
        width: of the text.
        color: whether to colour the text.
        length: how much of long tables is shown; None for all.
    """
    width, ink = max(width, NARROWEST), Ink(color)
    page, notes = shortened(page, length) if length else (page, {})
    names = short_names(page_sources(page))
    page = brief_page(page, names)
    sections = [section for _, section in page.parts]
    headlines = [line for section in sections for line in section.headlines]
    promises = [promise for section in sections for promise in section.promises]
    head = [*head_lines(page, width, ink), *headline_lines(headlines, promises, page, width, ink)]
    parts = (_section_lines(layout, section, width, ink, Cut(length, notes)) for layout, section in page.parts)
    return _joined([head, *parts, _source_lines(names, width, ink)])


def listing_text(listing: Listing, width: int, *, color: bool = False) -> str:
    """Rows under their headings, the sources that they name, and how many rows there are on what basis."""
    width, ink = max(width, NARROWEST), Ink(color)
    columns = listing.table.columns
    names = short_names(source_ids(columns, listing.rows))
    findings = finding_lines(brief_findings(listing.findings, names), width, ink)
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
            finding_lines(brief_findings(listings.findings, names), width, ink),
            _source_lines(names, width, ink),
            map(ink.faint, foot),
        ]
    )


def _titled_table(table: Table, rows: Sequence[Row], width: int, ink: Ink) -> Iterator[str]:
    yield _rule(table.title, width, ink)
    yield from table_lines(table.columns, rows, width, ink)


def audit_text(audit: Audit, width: int, *, rules: bool = False, color: bool = False) -> str:
    """The pages of the audit of targets, then what each other audit found and how much it compared, and the sources.

    Args:
        audit: what was found.
        width: of the text.
        rules: whether every rule is listed with how often it was applied.
        color: whether to colour the text.
    """
    width, ink = max(width, NARROWEST), Ink(color)
    sources = [source for finding in audit.findings for source in finding.sources]
    names = short_names([*sources, *(source for page in audit.parts for source in page_sources(page))])
    blocks: list[Iterable[str]] = []
    for page in (brief_page(page, names) for page in audit.parts):
        blocks.append(head_lines(page, width, ink))
        blocks += [_section_lines(layout, _once(section, audit), width, ink) for layout, section in page.parts]
    for name in audit.audits:
        checked = [rule for rule in audit.checked if rule.audit == name]
        if checked:
            blocks += _audit_blocks(name, checked, brief_findings(audit.found_by(name), names), width, ink)
            blocks.append(rule_lines(checked, width, ink) if rules else ())
    blocks.append(_source_lines(names, width, ink))
    if audit.checked or not audit.parts:
        foot = flowed([*clock_words(audit.basis), f"log to position {audit.basis.position:,}"], width, " · ")
        blocks.append(map(ink.faint, foot))
    return _joined(blocks)


def _once(section: Section, audit: Audit) -> Section:
    """The section; without its findings where the audit of figures tells them too."""
    return replace(section, findings=()) if "figures" in audit.audits else section


def _audit_blocks(
    name: str, checked: Sequence[Checked], findings: Sequence[Finding], width: int, ink: Ink
) -> Iterator[Iterable[str]]:
    """Title and count, then a block for each finding; findings of several companies stand under their names."""
    yield [_rule(name.capitalize(), width, ink), *wrapped(count_line(checked, findings), width)]
    several = len({finding.company for finding in findings}) > 1
    company = ""
    for finding in findings:
        heading = [ink.strong(visible(finding.company))] if several and finding.company != company else []
        company = finding.company
        yield [*heading, *detailed_lines(finding, width, ink)]


def findings_text(findings: Iterable[Finding], width: int, *, color: bool = False) -> str:
    """One finding a paragraph."""
    return _joined([finding_lines(findings, max(width, NARROWEST), Ink(color))])


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


class Cut(NamedTuple):
    """What a page leaves out; without a length, nothing.

    Attributes:
        length: how much is shown.
        notes: what is said of the rest.
    """

    length: Length | None = None
    notes: Notes = MappingProxyType({})

    def inside(self, topic: str) -> Inside | None:
        """How much is shown of tables inside rows."""
        return Inside(self.length.inner, self.length.command(topic)) if self.length else None

    def below(self, topic: str, name: str, width: int, ink: Ink) -> Iterator[str]:
        """What is said below a table; below the findings, whose name is empty."""
        note = self.notes.get((topic, name))
        yield from map(ink.faint, note_lines(note, width) if note else ())


_WHOLE = Cut()


def _section_lines(layout: Layout, section: Section, width: int, ink: Ink, cut: Cut = _WHOLE) -> Iterator[str]:
    yield _rule(layout.title, width, ink)
    if section.problem:
        yield from map(ink.error, wrapped(f"stopped: {visible(section.problem)}", width))
    blocks = [
        _field_lines(layout, section, width),
        *_table_blocks(layout, section, width, ink, cut),
        *(chart_lines(series, width, ink) for series in section.series if series.points),
        chain(finding_lines(section.findings, width, ink), cut.below(section.topic, "", width, ink)),
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


def _table_blocks(layout: Layout, section: Section, width: int, ink: Ink, cut: Cut) -> Iterator[Iterator[str]]:
    inner = [
        (column.heading, column.name, column.columns, section.fields[column.name])
        for column in layout.fields
        if column.kind == "rows"
    ]
    tables = [(table.title, table.name, table.columns, section.tables[table.name]) for table in layout.tables]
    for title, name, columns, rows in [*inner, *tables]:
        if rows:
            lines = table_lines(columns, rows, width, ink, cut.inside(section.topic))
            noted = chain(lines, cut.below(section.topic, name, width, ink))
            yield _table_block("" if title == layout.title else title, noted, ink)


def _table_block(title: str, lines: Iterator[str], ink: Ink) -> Iterator[str]:
    if title:
        yield ink.strong(visible(title))
    yield from lines
