"""Keeping what is stored beside the log true to it: read models, names, marks of sources, SQL views."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.app.fingerprint import fingerprint
from timeline.app.fold import fold
from timeline.app.plan import source_marks
from timeline.catalog import catalog
from timeline.record import Source
from timeline.store import marks, models, names
from timeline.store.layouts import write_layouts
from timeline.store.parts import items_of
from timeline.topics.company import index_names

if TYPE_CHECKING:
    from collections.abc import Iterable

    from timeline.event import Report
    from timeline.store.writer import Writer


def refresh(writer: Writer, reports: Iterable[Report]) -> None:
    """Bring what is stored up to date after these reports were appended."""
    reports = list(reports)
    declare(writer)
    for report in reports:
        if isinstance(report.payload, Source) and report.source:
            marks.mark_source(writer.connection, report.source, source_marks(report.payload))
    for company in sorted({report.company for report in reports if report.company}):
        refold(writer, company)


def declare(writer: Writer) -> None:
    """Store what the topics declare, and make their SQL views anew where that changed."""
    write_layouts(writer.connection, [(topic.layout, fingerprint()) for topic in catalog().topics])


def refold(writer: Writer, company: str) -> int:
    """Make a company's read models and names anew; the number of sections that changed."""
    stream, sections = fold(writer.log, company)
    names.write_names(writer.connection, company, (names.Name(*entry) for entry in index_names(company, stream)))
    version, head = fingerprint(), writer.log.head()
    return sum(
        models.write(writer.connection, company, section.topic, version, head, items_of(section))
        for section in sections
    )
