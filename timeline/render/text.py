"""Pages, listings and findings as plain text, for a terminal of a given width or for a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.render.chart import chart_lines
from timeline.render.head import head_lines, headline_lines
from timeline.render.ink import Ink
from timeline.render.table import inner_rows, pairs, table_lines
from timeline.render.typeset import cells, flowed, visible, wrapped
from timeline.render.words import cell_words, clock_words, id_words
from timeline.section import Column

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from timeline.page import Listing, Page
    from timeline.render.answers import Audited, Detailed
    from timeline.section import Finding, Layout, Row, Section

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
    """A company's page: the state first, then each topic with its tables, charts and findings."""
    width, ink = max(width, NARROWEST), Ink(color)
    sections = [section for _, section in page.parts]
    headlines = [line for section in sections for line in section.headlines]
    promises = [promise for section in sections for promise in section.promises]
    head = [*head_lines(page, width, ink), *headline_lines(headlines, promises, page, width, ink)]
    return _joined([head, *(_section_lines(layout, section, width, ink) for layout, section in page.parts)])


def listing_text(listing: Listing, width: int, *, color: bool = False) -> str:
    """Rows under their headings, and how many there are on what basis."""
    width, ink = max(width, NARROWEST), Ink(color)
    if not listing.rows:
        return _joined([wrapped(listing.empty, width), _finding_lines(listing.findings, width, ink)])
    table = table_lines(listing.table.columns, listing.rows, width, ink)
    counted = f"{listing.table.title}: {len(listing.rows):,}"
    foot = flowed([counted, *clock_words(listing.basis), f"log to position {listing.basis.position:,}"], width, " · ")
    return _joined([table, _finding_lines(listing.findings, width, ink), map(ink.faint, foot)])


def audit_text(audit: Audited, width: int, *, color: bool = False) -> str:
    """Each company with the sections that were audited, then the findings that no section shows."""
    width, ink = max(width, NARROWEST), Ink(color)
    shown = [finding for page in audit.parts for finding in page.findings]
    others = [finding for finding in audit.findings if finding not in shown]
    blocks: list[Iterable[str]] = []
    for page in audit.parts:
        blocks.append(head_lines(page, width, ink))
        blocks += [_section_lines(layout, section, width, ink) for layout, section in page.parts]
    return _joined([*blocks, _finding_lines(others, width, ink)]) or "nothing to audit\n"


def findings_text(findings: Iterable[Finding], width: int, *, color: bool = False) -> str:
    """One finding a paragraph."""
    return _joined([_finding_lines(findings, max(width, NARROWEST), Ink(color))])


def detail_text(detail: Detailed, width: int, *, color: bool = False) -> str:
    """An event, what corrects it, and the reports of the same occurrence."""
    width, ink = max(width, NARROWEST), Ink(color)
    blocks = [_titled("Event", [(label, visible(text)) for label, text in detail.fields], width, ink)]
    if detail.problem:
        blocks.append(iter([ink.error(line) for line in wrapped(f"cannot be read: {visible(detail.problem)}", width)]))
    blocks.append(_brief("Spoken of by", detail.chain, width, ink))
    if len(detail.reports) > 1:
        blocks.append(_brief("Reports of the same", detail.reports, width, ink))
    return _joined(blocks)


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
    """Single values in a running line, and below it the tables that stand in for a value."""
    said = [(column, cell_words(column, section.fields.get(column.name))) for column in layout.fields if column.shown]
    items = [f"{column.heading} {text}" for column, text in said if text and column.kind != "rows"]
    if items:
        yield from flowed(items, width, " · ")


def _table_blocks(layout: Layout, section: Section, width: int, ink: Ink) -> Iterator[Iterator[str]]:
    inner = [
        (column.heading, column.columns, inner_rows(section.fields, column))
        for column in layout.fields
        if column.kind == "rows"
    ]
    tables = [(table.title, table.columns, section.tables.get(table.name, ())) for table in layout.tables]
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
