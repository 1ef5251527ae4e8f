"""The plan of a load: what each report of the fixtures would do to the log, made before anything is written.

A report is matched by its address. It is new, or what is recorded under the address says the same (compared by value,
as corrected and in today's payload version), or it differs. What is recorded of a fixture's source and no longer in the
fixture is missing. The plan only tells; `timeline.app.load` decides what may be written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from timeline.app.fold import decoded, with_links
from timeline.app.names import nearest
from timeline.errors import Problem
from timeline.event import Event, Report, event_id, printed
from timeline.history.chains import standings
from timeline.intake.document import Place
from timeline.occurrence import Unreadable
from timeline.record import SOURCE_KEY, TYPED, Source, source_published, source_report
from timeline.store import marks, names
from timeline.topics.company import Merged, Registered

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from timeline.intake.fixture import Batch
    from timeline.store.log import Reader

_CONTENT = ("company", "occurred", "at", "said_by", "confirmed", "parties", "note", "share_basis")
"""What a report says beside its payload."""


class Change(Struct, frozen=True):
    """A report that says something else than what is recorded under its address.

    Attributes:
        recorded: what stands.
        report: what the fixture says now.
        differences: field by field, in words.
        place: where the report stands in its file.
    """

    recorded: Event
    report: Report
    differences: tuple[str, ...]
    place: Place

    @property
    def fixed(self) -> bool:
        """Whether it cannot be a correction: kind and company of an event never change."""
        return (self.report.kind, self.report.company) != (self.recorded.kind, self.recorded.company)

    @property
    def told(self) -> str:
        """What differs, in words."""
        head = f"{self.report.key!r} of source {self.report.source!r} is recorded otherwise"
        return f"{head}: {'; '.join(self.differences)}"


class Gone(Struct, frozen=True):
    """A fact that is recorded of a source and that its fixture no longer has.

    Attributes:
        recorded: what stands.
        place: where the source stands in the fixture.
    """

    recorded: Event
    place: Place

    @property
    def told(self) -> str:
        """What is missing, in words."""
        fact = self.recorded
        return f"{fact.key!r} of source {fact.source!r} is recorded ({fact.kind}) and no longer here"


class Plan(Struct, frozen=True):
    """What a load would do.

    Attributes:
        new: reports to append, sources first, else in the order of the files.
        unchanged: number of reports that are recorded already and say the same.
        changed: reports that differ from what stands.
        missing: what stands of the fixtures' sources and is no longer in them.
        problems: why it must not be done; nothing may be written when there are any.
        published: publication by source id, as the fixtures state it.
    """

    new: tuple[Report, ...]
    unchanged: int
    changed: tuple[Change, ...]
    missing: tuple[Gone, ...]
    problems: tuple[Problem, ...]
    published: dict[str, str]


def make_plan(reader: Reader, batch: Batch) -> Plan:
    """What loading the batch would do to the log as the reader sees it."""
    reports = [*(source_report(source_id, source) for source_id, source, _ in batch.sources), *batch.reports]
    recorded, unreadable = standing_reports(reader, [report.id for report in reports])
    here = {report.id for report in reports}
    changed = tuple(_changes(reports, recorded, _places(batch)))
    return Plan(
        new=tuple(report for report in reports if report.id not in recorded and report.id not in unreadable),
        unchanged=sum(report.id in recorded or report.id in unreadable for report in reports) - len(changed),
        changed=changed,
        missing=tuple(_missing(reader, batch, here)),
        problems=(*_unregistered(reader, batch), *_selfmerged(batch), *_second_ids(reader, batch)),
        published={source_id: source_published(source).text for source_id, source, _ in batch.sources},
    )


def _places(batch: Batch) -> dict[str, Place]:
    """Where each report stands, sources among them, by its id."""
    sources = {event_id(source_id, SOURCE_KEY): place for source_id, _, place in batch.sources}
    return {**sources, **batch.places}


def _changes(reports: Iterable[Report], recorded: Mapping[str, Event], places: Mapping[str, Place]) -> Iterator[Change]:
    for report in reports:
        stands = recorded.get(report.id)
        if stands and (told := differences(stands, report)):
            yield Change(stands, report, told, places[report.id])


def _missing(reader: Reader, batch: Batch, here: set[str]) -> Iterator[Gone]:
    """Facts that stand under the batch's sources and that the batch no longer has, typed ones aside."""
    for source_id, _, place in batch.sources:
        rows = (row.envelope for row in reader.rows_of_source(source_id))
        ids = {row.id for row in rows if row.target is None and not row.key.startswith(TYPED)} - here
        found, _ = standings(decoded(with_links(reader, ids)))
        yield from (Gone(standing.event, place) for standing in found if standing.holds)


def standing_reports(reader: Reader, ids: Iterable[str]) -> tuple[dict[str, Event], set[str]]:
    """What stands of the events of these ids, and those of which nobody can tell.

    What was erased stays so on a reload; where that is a correction, a fixture may say just what it said.
    """
    events = list(decoded(with_links(reader, ids)))
    found = list(standings(events)[0])
    unknown = {event.id for event in events if isinstance(event, Unreadable)}
    unknown |= {standing.event.id for standing in found if standing.erased or standing.untold}
    return {standing.event.id: standing.event for standing in found if standing.event.id not in unknown}, unknown


def differences(recorded: Report, report: Report) -> tuple[str, ...]:
    """What differs between two contents, field by field; values are compared, not bytes."""
    if report.kind != recorded.kind:
        return (f"kind is recorded as {recorded.kind}, here {report.kind}",)
    pairs = [(name, getattr(recorded, name), getattr(report, name)) for name in _CONTENT]
    pairs += [
        (name, getattr(recorded.payload, name), getattr(report.payload, name))
        for name in report.payload.__struct_fields__
    ]
    return tuple(_change(name, old, new) for name, old, new in pairs if old != new)


def _change(name: str, old: object, new: object) -> str:
    """One field that differs; of a list only the entries that differ."""
    if isinstance(old, tuple) and isinstance(new, tuple) and set(old) != set(new):
        old, new = tuple(entry for entry in old if entry not in new), tuple(entry for entry in new if entry not in old)
    return f"{name} is recorded as {printed(old) or 'nothing'}, here {printed(new) or 'nothing'}"


def _unregistered(reader: Reader, batch: Batch) -> Iterator[Problem]:
    """Facts about, or mergers into, companies that neither the database nor the batch registers."""
    here = {report.company for report in batch.reports if isinstance(report.payload, Registered)}
    named = [entry for report in batch.reports for entry in _named(report, batch)]
    wanted = {slug for slug, _ in named} - here
    unknown = wanted - names.companies(reader.connection, wanted)
    known = sorted({company for company in here if company} | names.companies(reader.connection)) if unknown else []
    for slug, place in named:
        if slug in unknown:
            near = " or ".join(nearest(slug, known))
            fix = (
                f"did you mean {near}?"
                if near
                else "register it first: a fact of kind company.registered, as in companies.yaml"
            )
            yield place.problem("company-unknown", f"no company {slug!r} is registered", fix)


def _named(report: Report, batch: Batch) -> Iterator[tuple[str, Place]]:
    """The company that a report is about and, of a merger, the other one, with where they are named."""
    if report.company:
        yield report.company, batch.company_places[report.id]
    if isinstance(report.payload, Merged):
        yield report.payload.into, batch.places[report.id]


def _selfmerged(batch: Batch) -> Iterator[Problem]:
    for report in batch.reports:
        if isinstance(report.payload, Merged) and report.payload.into == report.company:
            what = f"{report.company!r} is to become one with itself"
            yield batch.places[report.id].problem("merger-with-itself", what, "name the other company under `into`")


def _second_ids(reader: Reader, batch: Batch) -> Iterator[Problem]:
    """Sources that are recorded under another id already: the same text or the same address is the same source."""
    marked = {mark: (source_id, place) for source_id, source, place in batch.sources for mark in source_marks(source)}
    for mark, first in marks.sources_marked(reader.connection, marked).items():
        source_id, place = marked[mark]
        if first != source_id:
            what = f"source {source_id!r} has the text or the address of source {first!r}, which is recorded"
            yield place.problem("source-duplicate", what, f"use the id {first!r}")


def source_marks(source: Source) -> tuple[str, ...]:
    """What no two sources may share: the hash of the text, and the address."""
    return tuple(mark for mark in (source.sha256, source.url) if mark)
