"""Taking in rows by the million: a stream becomes batches, and each batch is one transaction.

Memory holds one batch, and the slugs of the companies that were met. What stands in the log already is counted or,
where it says otherwise, refused; rows that are refused go to a quarantine file, and the rest goes on. An import that is
interrupted leaves whole batches in the log; started again, it adds what is missing.
"""

from __future__ import annotations

from collections import Counter
from contextlib import closing, nullcontext
from datetime import UTC, datetime
from operator import length_hint
from typing import TYPE_CHECKING

from msgspec import Struct

from timeline.app.importing.admission import Admission
from timeline.app.importing.quarantine import Quarantine
from timeline.app.importing.settling import announce, settle
from timeline.app.load import actor
from timeline.app.rehearsal import trial, undone
from timeline.app.searching.indexing import index_words
from timeline.errors import InvalidInput, Problem
from timeline.event import Report
from timeline.intake.taken import Place, Taken
from timeline.record import Source
from timeline.store.opening import open_writer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from contextlib import AbstractContextManager

    from timeline.app.importing.admission import Admitted
    from timeline.app.progress import Progress
    from timeline.store.database import Target
    from timeline.store.writer import Writer

__all__ = ["BulkReport", "Options", "Place", "Taken", "take_in"]

BATCH = 4000
"""Reports that are appended in one transaction, give or take those of a row."""

FIRST = 10
"""Reports that a dry run shows where no limit is named."""

MOST_PROBLEMS = 20
"""So many are told; under `strict` the rest of the input is not read after as many."""


class Options(Struct, frozen=True, kw_only=True):
    """How an import goes about it.

    Attributes:
        strict: all or nothing: one row that is refused refuses all.
        quarantine: path of the file that refused rows go to, replaced where it is there, made only where one is
            refused; None for nowhere, so that they are only told and counted.
        dry_run: do everything, then undo it; not even a new database is made.
        limit: for a dry run, stop after so many reports; None to go on to the end.
    """

    strict: bool = False
    quarantine: str | None = None
    dry_run: bool = False
    limit: int | None = None


class BulkReport(Struct, frozen=True, kw_only=True):
    """What an import did, or would do.

    Attributes:
        rows: number of rows read.
        events_new: number of new facts, sources aside.
        unchanged: number of facts that were recorded already, or stood in an earlier row, and say the same; sources,
            and what a stream tells again and again of its companies, are not counted.
        quarantined: number of rows that were refused.
        new: number of new facts by kind, most first.
        companies: slugs of the companies that the rows are about, in order.
        sources_new: number of sources not known before.
        position: the log's last position afterwards.
        first: the first reports, sources aside, of a dry run; else empty.
        problems: the first twenty problems.
        failed: what went wrong with each company that cannot be folded with what is new; its events are in the log.
    """

    rows: int
    events_new: int
    unchanged: int
    quarantined: int
    new: tuple[tuple[str, int], ...]
    companies: tuple[str, ...]
    sources_new: int
    position: int
    first: tuple[Report, ...] = ()
    problems: tuple[Problem, ...] = ()
    failed: tuple[str, ...] = ()


_AS_IT_COMES = Options()


def take_in(
    target: Target, taken: Iterable[Taken], options: Options = _AS_IT_COMES, progress: Progress | None = None
) -> BulkReport:
    """Record what is new in a stream of rows, then bring what is stored beside the log up to date.

    Args:
        target: the database; made where there is none.
        taken: the rows, read once and one batch at a time. Where it has a `__length_hint__`, that is taken as the
            number of all rows, however rough, and may change while it is read.
        options: how to go about it.
        progress: called with the file, the number of rows read and of all rows, 0 where that is not known; afterwards
            with the company, its number and of how many.

    Raises:
        InvalidInput: `strict`, and rows are refused; nothing was written.
        DatabaseUnusable: the database cannot be made, upgraded or written, or the quarantine file not be written.
    """
    opened = trial(target) if options.dry_run else closing(open_writer(target))
    with opened as writer, Quarantine(_quarantine(options)) as quarantine:
        run = _Run(writer, quarantine, options, progress)
        with _transaction(writer, options):
            run.read(taken)
            if options.strict and run.problems:
                raise InvalidInput(run.problems)
            run.position = writer.log.head()
        if not options.dry_run:
            run.failed = settle(writer, run.admission.touched, run.admission.met, progress)
            run.position = writer.log.head()
        return run.report()


def at_once(options: Options) -> bool:
    """Whether all is one transaction. SQLite keeps an unfinished one on disk, so that memory stays flat even so."""
    return options.strict or options.dry_run


def _quarantine(options: Options) -> str | None:
    return None if at_once(options) else options.quarantine


def _transaction(writer: Writer, options: Options) -> AbstractContextManager[object]:
    """What the whole import stands in; none where each batch has its own."""
    if options.dry_run:
        return undone(writer)
    return writer.transaction() if options.strict else nullcontext()


class _Run:
    """An import under way.

    Attributes:
        admission: what it knows of sources and companies.
        problems: the first that were found.
        position: the log's last position, once it is done.
        failed: what went wrong with companies afterwards.
    """

    def __init__(self, writer: Writer, quarantine: Quarantine, options: Options, progress: Progress | None) -> None:
        self.admission = Admission(writer)
        self.problems: list[Problem] = []
        self.position = 0
        self.failed: tuple[str, ...] = ()
        self._writer = writer
        self._quarantine = quarantine
        self._options = options
        self._progress = progress
        self._kinds: Counter[str] = Counter()
        self._first: list[Report] = []
        self._rows = self._unchanged = self._quarantined = 0

    def read(self, taken: Iterable[Taken]) -> None:
        """Take in all batches."""
        for batch in _batches(taken, self._options.limit if self._options.dry_run else None):
            with nullcontext() if at_once(self._options) else self._writer.transaction():
                admitted = self.admission.admit(batch)
                self._writer.append(admitted.entries, datetime.now(UTC), actor())
                if not self._options.dry_run:
                    index_words(self._writer, admitted.entries)
                    announce(self._writer, admitted.reports)
            # Told only once it is committed: an interrupted import counts nothing that is not in the log.
            self._note(batch, admitted)
            if self._progress:
                self._progress(batch[-1].place.file, self._rows, length_hint(taken))
            if self._options.strict and len(self.problems) >= MOST_PROBLEMS:
                what = f"{MOST_PROBLEMS} errors are enough: the rest was not read"
                self.problems.append(batch[-1].place.problem("import-stopped", what))
                return

    def report(self) -> BulkReport:
        """What was done."""
        kinds = Counter(self._kinds)
        sources_new = kinds.pop(Source.KIND, 0)
        return BulkReport(
            rows=self._rows,
            events_new=kinds.total(),
            unchanged=self._unchanged,
            quarantined=self._quarantined,
            new=tuple(sorted(kinds.items(), key=lambda item: (-item[1], item[0]))),
            companies=tuple(sorted(self.admission.met)),
            sources_new=sources_new,
            position=self.position,
            first=tuple(self._first) if self._options.dry_run else (),
            problems=tuple(self.problems),
            failed=self.failed,
        )

    def _note(self, batch: Sequence[Taken], admitted: Admitted) -> None:
        self._rows += len(batch)
        self._unchanged += admitted.unchanged
        self._kinds.update(entry.kind for entry in admitted.entries)
        for row in admitted.refused:
            self._quarantine.write(row)
            self._quarantined += 1
            self.problems += row.problems[: max(0, MOST_PROBLEMS - len(self.problems))]
        if self._options.dry_run:
            facts = [report for report in admitted.reports if report.kind != Source.KIND]
            self._first += facts[: (self._options.limit or FIRST) - len(self._first)]


def _batches(taken: Iterable[Taken], limit: int | None) -> Iterator[list[Taken]]:
    """Rows in batches of about as many reports; with a limit, only as many as bring so many reports in all."""
    batch: list[Taken] = []
    count = read = 0
    for row in taken:
        batch.append(row)
        count += max(1, len(row.reports))
        read += len(row.reports)
        full = limit is not None and read >= limit
        if count >= BATCH or full:
            yield batch
            batch, count = [], 0
        if full:
            return
    if batch:
        yield batch
