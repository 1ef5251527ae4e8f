"""Loading fixtures: read, plan, append, and bring the read models up to date, all in one transaction or not at all."""

from __future__ import annotations

import getpass
import os
from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from msgspec import Struct

from timeline.app.links import correction, retraction
from timeline.app.plan import Plan, make_plan
from timeline.app.refresh import refresh
from timeline.app.rehearsal import rehearsal
from timeline.catalog import encode
from timeline.errors import InvalidInput, Problem
from timeline.event import event_id
from timeline.intake.fixture import read
from timeline.record import Reason, Source
from timeline.store.log import Entry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from timeline.event import Report
    from timeline.intake.fixture import Batch
    from timeline.store.database import Target
    from timeline.store.log import Reader
    from timeline.store.writer import Writer


class Consent(Struct, frozen=True, kw_only=True):
    """What a load may do besides adding, with the reason that is recorded for it; None means that it may not.

    Attributes:
        correct: put what the fixture says in the place of what is recorded.
        retract_missing: take back what is recorded of the fixture's source and is no longer in it.
    """

    correct: Reason | None = None
    retract_missing: Reason | None = None


class LoadReport(Struct, frozen=True, kw_only=True):
    """What a load did, or would do.

    Attributes:
        files: number of fixtures read.
        new: number of new events by kind, most first; sources are counted apart.
        sources_new: number of sources not known before.
        unchanged: number of reports and sources that were recorded already.
        changed: a line for each report that differs from what was recorded.
        missing: a line for each fact that was recorded and is no longer in its fixture.
        companies: slugs of the companies that the fixtures speak of, those with most facts first.
        position: the log's last position afterwards.
        written: False where nothing was to be done or the load was only tried.
        notes: what was accepted and yet should be looked at.
    """

    files: int
    new: tuple[tuple[str, int], ...]
    sources_new: int
    unchanged: int
    changed: tuple[str, ...]
    missing: tuple[str, ...]
    companies: tuple[str, ...]
    position: int
    written: bool
    notes: tuple[Problem, ...] = ()

    @property
    def events_new(self) -> int:
        """Number of new facts."""
        return sum(count for _, count in self.new)


NOTHING_ELSE = Consent()

_FEW = 100
"""Reports whose bytes are kept until their words are in the index, instead of being read back."""


def read_batch(paths: Sequence[str], progress: Callable[[str, int, int], None] | None) -> Batch:
    """The reports of all fixtures.

    Raises:
        InvalidInput: with every problem of every file.
    """
    batch = read(paths, progress)
    if batch.problems:
        raise InvalidInput(batch.problems)
    return batch


def load(writer: Writer, batch: Batch, consent: Consent = NOTHING_ELSE) -> LoadReport:
    """Append what is new of a batch, and with consent what corrects and takes back.

    Raises:
        InvalidInput: the plan has problems, or would do what there is no consent for; nothing was written.
    """
    with writer.transaction():
        plan = make_plan(writer.log, batch)
        refused = [*plan.problems, *_uncorrected(plan, consent), *_unretracted(plan, consent)]
        if refused:
            raise InvalidInput(refused)
        reports = [*plan.new, *_links(plan, consent)]
        if reports:
            record(writer, reports, plan.published)
        return _report(batch, plan, writer.log.head(), written=bool(reports))


def record(writer: Writer, reports: Sequence[Report], published: Mapping[str, str]) -> None:
    """Append reports inside a transaction and bring what is stored beside the log up to date.

    Args:
        writer: inside its transaction.
        reports: in the order in which they get their positions.
        published: publication by source id.
    """
    entries = (entry(report, published) for report in reports)
    few = list(entries) if len(reports) <= _FEW else ()
    written = writer.append(few or entries, datetime.now(UTC), actor())
    refresh(writer, reports, written.start - 1, entries=few)


def entry(report: Report, published: Mapping[str, str]) -> Entry:
    """What a report brings to the log; `published` is as in `record`."""
    source, key = report.source, report.key
    return Entry(
        event_id(source, key),
        report.company,
        report.payload.KIND,
        source,
        key,
        report.target,
        published.get(source or ""),
        encode(report),
    )


def _links(plan: Plan, consent: Consent) -> list[Report]:
    """The corrections and retractions that there is consent for."""
    corrections = [
        correction(change.recorded, change.report, consent.correct) for change in plan.changed if consent.correct
    ]
    reason = consent.retract_missing
    return corrections + [retraction(gone.recorded, reason) for gone in plan.missing if reason]


def _uncorrected(plan: Plan, consent: Consent) -> Iterator[Problem]:
    for change in plan.changed:
        if change.fixed:
            fix = "give the new report a key of its own; the old one can be retracted: timeline retract EVENT"
            yield change.place.problem("event-fixed", change.told, fix)
        elif consent.correct is None:
            fix = "to record a correction, load with --correct REASON; else put the recorded content back"
            yield change.place.problem("event-differs", change.told, fix)


def _unretracted(plan: Plan, consent: Consent) -> Iterator[Problem]:
    if consent.retract_missing is None:
        fix = "to take it back, load with --retract-missing REASON; else put the fact back"
        for gone in plan.missing:
            yield gone.place.problem("event-missing", gone.told, fix)


def rehearse(database: Target, batch: Batch) -> LoadReport:
    """What a load of the batch would do; where there is no database yet, to one that is made elsewhere and thrown away.

    Raises:
        InvalidInput: the plan has problems.
        DatabaseUnusable: the database cannot be read, or has to be upgraded first.
    """
    with rehearsal(database) as log:
        return _report(batch, _sound_plan(log, batch), log.head(), written=False)


def _sound_plan(log: Reader, batch: Batch) -> Plan:
    plan = make_plan(log, batch)
    if plan.problems:
        raise InvalidInput(plan.problems)
    return plan


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
    spoken_of = Counter(report.company for report in batch.reports if report.company)
    return LoadReport(
        files=len(batch.files),
        new=tuple(sorted(kinds.items(), key=lambda item: (-item[1], item[0]))),
        sources_new=sources_new,
        unchanged=plan.unchanged,
        changed=tuple(change.told for change in plan.changed),
        missing=tuple(gone.told for gone in plan.missing),
        companies=tuple(sorted(spoken_of, key=lambda company: (-spoken_of[company], company))),
        position=position,
        written=written,
        notes=batch.notes,
    )
