"""Keeping what is stored beside the log true to it: read models, names, marks of sources, SQL views."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.app.fingerprint import fingerprint
from timeline.app.fold import company_names, decoded, fold, members, with_links
from timeline.app.plan import source_marks
from timeline.catalog import catalog
from timeline.event import event_id
from timeline.history import recorded_sources
from timeline.occurrence import Unreadable
from timeline.record import SOURCE_KEY, Source
from timeline.store import marks, models, names
from timeline.store.layouts import write_layouts
from timeline.store.parts import items_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from timeline.event import Report
    from timeline.history.members import Members
    from timeline.store.writer import Writer


def refresh(writer: Writer, reports: Iterable[Report]) -> None:
    """Bring what is stored up to date after these reports were appended.

    A source that is recorded or corrected after facts of it concerns every company that these facts are about.
    """
    declare(writer)
    companies: set[str] = set()
    for report in reports:
        if report.company:
            companies.add(report.company)
        elif source_id := _source_of(writer, report):
            _mark(writer, source_id)
            companies |= writer.log.companies_of_source(source_id)
    renew(writer, companies)


def renew(writer: Writer, companies: Iterable[str]) -> None:
    """Make anew what is stored of these companies, and of all that they are one with, or were when it was stored."""
    known, connection = members(writer.log), writer.connection
    stored = {slug: names.members(connection, names.representative(connection, slug)) for slug in companies}
    concerned = {slug for company, before in stored.items() for slug in (*before, *known.of(company))}
    standing = {known.representative(slug) for slug in concerned if writer.log.head(slug)}
    forget(writer, {names.representative(connection, slug) for slug in concerned} - standing)
    for company in sorted(standing):
        refold(writer, company, known)


def forget(writer: Writer, companies: Collection[str]) -> None:
    """Remove what is stored under slugs that stand for no company any more."""
    if companies:
        for stamp in models.stamps(writer.connection):
            if stamp.company in companies:
                models.remove(writer.connection, stamp.company, stamp.topic)
    for company in companies:
        names.write_names(writer.connection, company, ())


def _source_of(writer: Writer, report: Report) -> str | None:
    """The source that a report records or, through a chain of links, speaks of."""
    source, target = report.source, report.target
    while target and (row := next(writer.log.rows_by_ids([target]), None)):
        source, target = row.envelope.source, row.envelope.target
    return source


def _mark(writer: Writer, source_id: str) -> None:
    rows = with_links(writer.log, [event_id(source_id, SOURCE_KEY)])
    for source in recorded_sources(decoded(rows)).values():
        marks.mark_source(writer.connection, source_id, source_marks(source))


def mark_sources(writer: Writer) -> None:
    """Remember the marks of all sources, as they were first recorded."""
    for event in decoded(writer.log.rows_of_no_company()):
        if not isinstance(event, Unreadable) and isinstance(event.payload, Source) and event.source:
            marks.mark_source(writer.connection, event.source, source_marks(event.payload))


def declare(writer: Writer) -> None:
    """Store what the topics declare, and make their SQL views anew where that changed."""
    write_layouts(writer.connection, [(topic.layout, fingerprint()) for topic in catalog().topics])


def refold(writer: Writer, company: str, known: Members | None = None) -> int:
    """Make a company's read models and names anew; the number of sections that changed.

    Args:
        writer: inside its transaction.
        company: any of its slugs; all is stored under the one that stands for it.
        known: who is one, where the caller knows it.
    """
    known = known or members(writer.log)
    stream, sections = fold(writer.log, company, known=known)
    names.write_names(writer.connection, stream.company, company_names(stream, known))
    version, head = fingerprint(), writer.log.head()
    return sum(
        models.write(writer.connection, stream.company, section.topic, version, head, items_of(section))
        for section in sections
    )
