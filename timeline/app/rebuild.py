"""Making all read models anew from the log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from timeline.app.fold import members
from timeline.app.refresh import declare, forget, mark_sources, refold
from timeline.catalog import catalog
from timeline.store import models, names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from timeline.store.writer import Writer


class RebuildReport(Struct, frozen=True, kw_only=True):
    """What a rebuild did.

    Attributes:
        companies: number of companies, those that are one counted once.
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
        mark_sources(writer)
        known = members(writer.log)
        companies = sorted({known.representative(slug) for slug in writer.log.companies()})
        _forget_strangers(writer, companies)
        changed = 0
        for number, company in enumerate(companies, start=1):
            changed += refold(writer, company, known)
            if progress:
                progress(company, number, len(companies))
        return RebuildReport(companies=len(companies), sections=len(models.stamps(writer.connection)), changed=changed)


def _forget_strangers(writer: Writer, companies: Iterable[str]) -> None:
    """Forget stored names and sections of companies and topics that are no more."""
    stamps = models.stamps(writer.connection)
    forget(writer, {*names.companies(writer.connection), *(stamp.company for stamp in stamps)}.difference(companies))
    topics = {topic.name for topic in catalog().topics}
    for stamp in stamps:
        if stamp.topic not in topics:
            models.remove(writer.connection, stamp.company, stamp.topic)
