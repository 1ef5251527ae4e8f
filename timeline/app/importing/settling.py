"""Bringing what is stored beside the log up to date after a long import, a few companies a transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.app.fold import members
from timeline.app.refresh import declare, outdate, renew
from timeline.store import models, names
from timeline.topics.company import Registered

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from timeline.app.progress import Progress
    from timeline.event import Report
    from timeline.store.writer import Writer

_FEW = 20
"""Companies a transaction: each commit waits for the disk, and others wait for the lock."""


def announce(writer: Writer, reports: Iterable[Report]) -> None:
    """Let companies be found as soon as they are registered; what is asked of them is folded until it is stored.

    Otherwise an import that ends early would leave events in the log that no command finds.

    Args:
        writer: inside the transaction that appended the reports.
        reports: what was appended.
    """
    registered = {report.company for report in reports if isinstance(report.payload, Registered) and report.company}
    if new := sorted(slug for slug in registered if not models.stamps(writer.connection, slug)):
        known = members(writer.log)
        for slug in new:
            outdate(writer, known.representative(slug), known)


def settle(
    writer: Writer,
    touched: Collection[str],
    met: Collection[str],
    progress: Progress | None = None,
) -> tuple[str, ...]:
    """Make anew what is stored of companies; where it is interrupted, the rest is folded when it is read.

    Args:
        writer: outside a transaction.
        touched: slugs of those whose events, or whose sources, are new.
        met: slugs of those of which nothing may be new: of these only what is stored from before their last event, as
            an import leaves it that was interrupted here.
        progress: called with a company, its number and the number of all.

    Returns:
        What went wrong with each company that cannot be folded.
    """
    failed: list[str] = []
    with writer.transaction():
        declare(writer)
    companies = sorted({*touched, *_behind(writer, met)})
    with writer.small_cache():
        for start in range(0, len(companies), _FEW):
            some = companies[start : start + _FEW]
            with writer.transaction():
                for number, company in enumerate(some, start + 1):
                    failed += [str(error) for error in renew(writer, [company]).failed]
                    if progress:
                        progress(company, number, len(companies))
    return tuple(failed)


def _behind(writer: Writer, companies: Collection[str]) -> Iterator[str]:
    """Those whose stored sections are missing or older than their last event."""
    oldest: dict[str, int] = {}
    for stamp in models.stamps(writer.connection):
        oldest[stamp.company] = min(stamp.position, oldest.get(stamp.company, stamp.position))
    for slug in companies:
        if oldest.get(names.representative(writer.connection, slug), 0) < writer.log.head(slug):
            yield slug
