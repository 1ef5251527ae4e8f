"""Loading fixtures: read, plan, append, and bring the read models up to date, all in one transaction or not at all."""

from __future__ import annotations

import getpass
import os
from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from msgspec import Struct

from timeline.app.plan import Plan, make_plan
from timeline.app.refresh import refresh
from timeline.errors import InvalidInput
from timeline.intake.fixture import read
from timeline.record import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from timeline.intake.fixture import Batch
    from timeline.store.writer import Writer


class LoadReport(Struct, frozen=True, kw_only=True):
    """What a load did, or would do.

    Attributes:
        files: number of fixtures read.
        new: number of new events by kind, most first; sources are counted apart.
        sources_new: number of sources not known before.
        unchanged: number of reports and sources that were recorded already.
        companies: slugs of the companies that the fixtures speak of.
        position: the log's last position afterwards.
        written: False where nothing was new or the load was only tried.
    """

    files: int
    new: tuple[tuple[str, int], ...]
    sources_new: int
    unchanged: int
    companies: tuple[str, ...]
    position: int
    written: bool

    @property
    def events_new(self) -> int:
        """Number of new facts."""
        return sum(count for _, count in self.new)


def read_batch(paths: Sequence[str], progress: Callable[[str, int, int], None] | None) -> Batch:
    """The reports of all fixtures.

    Raises:
        InvalidInput: with every problem of every file.
    """
    batch = read(paths, progress)
    if batch.problems:
        raise InvalidInput(batch.problems)
    return batch


def load(writer: Writer, batch: Batch, *, dry_run: bool) -> LoadReport:
    """Append what is new of a batch.

    Raises:
        InvalidInput: the plan has problems; nothing was written.
    """
    with writer.transaction():
        plan = make_plan(writer.log, batch)
        if plan.problems:
            raise InvalidInput(plan.problems)
        if plan.new and not dry_run:
            writer.append(plan.entries(), datetime.now(UTC), actor())
            refresh(writer, plan.new)
        return _report(batch, plan, writer.log.head(), written=bool(plan.new) and not dry_run)


def actor() -> str:
    """Who records: `TIMELINE_ACTOR`, else the name the user is logged in by."""
    named = os.environ.get("TIMELINE_ACTOR")
    if named:
        return named
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"


def _report(batch: Batch, plan: Plan, position: int, *, written: bool) -> LoadReport:
    kinds = Counter(report.kind for report in plan.new)
    sources_new = kinds.pop(Source.KIND, 0)
    return LoadReport(
        files=len(batch.files),
        new=tuple(sorted(kinds.items(), key=lambda item: (-item[1], item[0]))),
        sources_new=sources_new,
        unchanged=plan.unchanged,
        companies=tuple(sorted({report.company for report in batch.reports if report.company})),
        position=position,
        written=written,
    )
