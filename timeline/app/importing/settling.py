"""Bringing what is stored beside the log up to date after a long import, a few companies a transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.app.refresh import declare, renew
from timeline.store import models, names

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from timeline.app.progress import Progress
    from timeline.store.writer import Writer

_FEW = 20
"""Companies a transaction: each commit waits for the disk, and others wait for the lock."""


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
