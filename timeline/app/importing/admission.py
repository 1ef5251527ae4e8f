"""Which rows of an import may be recorded: those that are sound in themselves and that the log has nothing against.

Sources and companies that are known are remembered from batch to batch as far as memory allows, and looked up again
beyond.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from timeline.app.fold import decoded, with_links
from timeline.app.importing.met import Ready, Standing
from timeline.app.names import nearest
from timeline.app.plan import source_marks
from timeline.event import event_id
from timeline.history import recorded_sources
from timeline.intake.requirements import Fault
from timeline.record import SOURCE_KEY, Source, source_published
from timeline.store import marks, names
from timeline.store.log import Entry
from timeline.topics.company import Identified, Merged, Registered

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from timeline.errors import Problem
    from timeline.event import Payload, Report
    from timeline.intake.taken import Taken
    from timeline.store.writer import Writer

_MOST = 50_000
"""Sources, companies and reports about them that are remembered."""

_REGISTERED = "SELECT 1 FROM event WHERE company = ? AND kind = ? LIMIT 1"


class Admitted(NamedTuple):
    """What becomes of a batch.

    Attributes:
        entries: to be appended, in the order of the rows; within a row, those that record sources first.
        reports: what they hold.
        refused: the rows that may not be recorded, each with its problems.
        unchanged: number of facts that are there already and say the same; registrations of companies and their
            identifiers are not counted.
    """

    entries: list[Entry]
    reports: list[Report]
    refused: list[Taken]
    unchanged: int


class Admission:
    """The door to the log, for one import.

    Attributes:
        touched: slugs of the companies of which something new was admitted, or of whose sources.
        met: slugs of all companies of rows that were not refused.
    """

    def __init__(self, writer: Writer) -> None:
        self.touched: set[str] = set()
        self.met: set[str] = set()
        self._writer = writer
        self._published: dict[str, str] = {}
        self._companies: set[str] = set()
        self._repeated: dict[str, Report] = {}

    def admit(self, batch: Sequence[Taken]) -> Admitted:
        """Judge the rows of a batch, inside the transaction in which they are appended."""
        self._forget()
        rows = [(row, [Ready.of(report) for report in row.reports if not self._repeats(report)]) for row in batch]
        standing = Standing(self._writer.log, [each.id for _, ready in rows for each in ready])
        self._learn([report for row in batch for report in row.reports])
        entries: list[Entry] = []
        reports: list[Report] = []
        refused: list[Taken] = []
        unchanged = 0
        for row, ready in rows:
            verdicts = standing.verdicts(ready)
            new = _ranked([each for each, verdict in verdicts if verdict is None])
            if problems := row.problems or self._problems(row, verdicts, new):
                refused.append(row._replace(problems=problems))
                continue
            unchanged += sum(verdict is not None and _rank(each) == _FACT for each, verdict in verdicts)
            standing.add(new)
            self._note(row, ready, new)
            reports += [each.report for each in new]
            entries += [self._entry(each) for each in new]
        return Admitted(entries, reports, refused, unchanged)

    def _problems(
        self, row: Taken, verdicts: Sequence[tuple[Ready, tuple[Fault, ...] | None]], new: Sequence[Ready]
    ) -> tuple[Problem, ...]:
        """What speaks against a row: its reports' own faults first, as what the log lacks may follow from them."""
        found = [fault for _, verdict in verdicts for fault in verdict or ()] or list(self._missing(new))
        return tuple(row.place.problem(*fault) for fault in found)

    def _missing(self, new: Sequence[Ready]) -> Iterator[Fault]:
        """Sources and companies that reports need and that neither they nor the log have; sources that have two ids."""
        sources = {each.report.source for each in new if isinstance(each.report.payload, Source)}
        companies = {each.report.company for each in new if isinstance(each.report.payload, Registered)}
        for report in (each.report for each in new):
            if isinstance(report.payload, Source):
                yield from self._second_id(report.source or "", report.payload)
            elif report.source not in self._published and report.source not in sources:
                fix = "the row that describes it has to come before"
                yield Fault("source-unknown", f"no source {report.source!r} is recorded", fix)
            for slug in _companies_of(report):
                if slug not in self._companies and slug not in companies:
                    yield self._unregistered(slug)
            if isinstance(report.payload, Merged) and report.payload.into == report.company:
                what = f"{report.company!r} is to become one with itself"
                yield Fault("merger-with-itself", what, "name the other company under `into`")

    def _second_id(self, source_id: str, source: Source) -> Iterator[Fault]:
        """The same text or the same address is the same source."""
        for first in set(marks.sources_marked(self._writer.connection, source_marks(source)).values()) - {source_id}:
            what = f"source {source_id!r} has the text or the address of source {first!r}, which is recorded"
            yield Fault("source-duplicate", what, f"use the id {first!r}")

    def _unregistered(self, slug: str) -> Fault:
        near = " or ".join(nearest(slug, sorted(self._companies | names.companies(self._writer.connection))))
        fix = f"did you mean {near}?" if near else "register it first: a fact of kind company.registered"
        return Fault("company-unknown", f"no company {slug!r} is registered", fix)

    def _note(self, row: Taken, ready: Iterable[Ready], new: Iterable[Ready]) -> None:
        """Remember what an admitted row brings."""
        self.met.update(report.company for report in row.reports if report.company)
        for each in ready:
            if _rank(each) != _FACT:
                self._repeated[each.id] = each.report
        for report in (each.report for each in new):
            if report.company:
                self.touched.add(report.company)
            if isinstance(report.payload, Registered) and report.company:
                self._companies.add(report.company)
            if isinstance(report.payload, Source) and report.source:
                self._note_source(report.source, report.payload)

    def _note_source(self, source_id: str, source: Source) -> None:
        self._published[source_id] = source_published(source).text
        marks.mark_source(self._writer.connection, source_id, source_marks(source))
        self.touched |= self._writer.log.companies_of_source(source_id)

    def _entry(self, ready: Ready) -> Entry:
        report = ready.report
        published = self._published.get(report.source or "")
        return Entry(
            ready.id, report.company, report.kind, report.source, report.key, report.target, published, ready.body
        )

    def _repeats(self, report: Report) -> bool:
        """Whether it records a source or tells of a company as an earlier row did."""
        return _is_shared(report) and self._repeated.get(report.id) == report

    def _forget(self) -> None:
        """Keep memory flat where every row has a source of its own."""
        for known in (self._published, self._companies, self._repeated):
            if len(known) > _MOST:
                known.clear()

    def _learn(self, reports: Sequence[Report]) -> None:
        """Look up the sources and companies that reports need and that are not known yet."""
        sources = {report.source for report in reports if report.source} - self._published.keys()
        ids = [event_id(source_id, SOURCE_KEY) for source_id in sources]
        found = recorded_sources(decoded(with_links(self._writer.log, ids)))
        self._published.update((source_id, source_published(source).text) for source_id, source in found.items())
        companies = {slug for report in reports for slug in _companies_of(report)} - self._companies
        self._companies |= {slug for slug in companies if self._is_registered(slug)}

    def _is_registered(self, slug: str) -> bool:
        """By the log itself too: an import that was interrupted has left companies there that have no names yet."""
        connection = self._writer.connection
        named = names.companies(connection, [slug])
        return bool(named or connection.execute(_REGISTERED, (slug, Registered.KIND)).fetchone())


_SHARED: Mapping[type[Payload], int] = {Source: 0, Registered: 1, Identified: 2}
"""Payloads that each row of a file may bring again, as it tells what its facts rest on, with their order in a row."""

_FACT = 3


def _rank(ready: Ready) -> int:
    """The order within a row: what others need comes first."""
    return _SHARED.get(type(ready.report.payload), _FACT)


def _ranked(row: list[Ready]) -> list[Ready]:
    return sorted(row, key=_rank) if len(row) > 1 else row


def _is_shared(report: Report) -> bool:
    """Whether it records a source, or registers a company or says how others call it."""
    return type(report.payload) in _SHARED


def _companies_of(report: Report) -> Iterator[str]:
    """The companies that have to be registered for it."""
    if report.company and not isinstance(report.payload, Registered):
        yield report.company
    if isinstance(report.payload, Merged):
        yield report.payload.into
