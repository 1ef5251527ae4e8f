"""Making all read models anew from the log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from timeline.app.plan import source_marks
from timeline.app.refresh import declare, refold
from timeline.catalog import catalog, decode
from timeline.occurrence import Unreadable
from timeline.record import Source
from timeline.store import marks, models

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from timeline.store.writer import Writer


class RebuildReport(Struct, frozen=True, kw_only=True):
    """What a rebuild did.

    Attributes:
        companies: number of companies.
        sections: number of sections stored.
        changed: number of sections that differ from what was stored before.
    """

    companies: int
    sections: int
    changed: int


def rebuild(writer: Writer, progress: Callable[[str, int, int], None] | None) -> RebuildReport:
    """Fold every company from the log and store the result, in one transaction: readers see the old until then."""
    with writer.transaction():
        declare(writer)
        _mark_sources(writer)
        companies = list(writer.log.companies())
        _forget_strangers(writer, companies)
        changed = 0
        for number, company in enumerate(companies, start=1):
            changed += refold(writer, company)
            if progress:
                progress(company, number, len(companies))
        return RebuildReport(companies=len(companies), sections=len(models.stamps(writer.connection)), changed=changed)


def _forget_strangers(writer: Writer, companies: Iterable[str]) -> None:
    """Forget stored sections of companies and topics that are no more."""
    known = {(company, topic.name) for company in companies for topic in catalog().topics}
    for stamp in models.stamps(writer.connection):
        if (stamp.company, stamp.topic) not in known:
            models.remove(writer.connection, stamp.company, stamp.topic)


def _mark_sources(writer: Writer) -> None:
    for row in writer.log.rows_of_no_company():
        event = decode(row.envelope, row.body)
        if not isinstance(event, Unreadable) and isinstance(event.payload, Source) and event.source:
            marks.mark_source(writer.connection, event.source, source_marks(event.payload))
