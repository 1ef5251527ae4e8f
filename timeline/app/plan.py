"""The plan of a load: what each report of the fixtures would do to the log, made before anything is written.

A report is matched by its address. It is new, or what is recorded under the address says the same (compared by value,
as corrected and in today's payload version), or it differs; a load that differs is refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from timeline.app.fold import decoded, with_links
from timeline.app.names import nearest
from timeline.catalog import encode
from timeline.errors import Problem
from timeline.event import Report, printed
from timeline.history.chains import standings
from timeline.occurrence import Unreadable
from timeline.record import Source, source_published, source_report
from timeline.store import marks, names
from timeline.store.log import Entry
from timeline.topics.company import Registered

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from timeline.event import Event
    from timeline.intake.fixture import Batch
    from timeline.store.log import Reader

_CONTENT = ("company", "occurred", "at", "said_by", "confirmed", "parties", "note")
"""What a report says beside its payload."""


class Plan(Struct, frozen=True):
    """What a load would do.

    Attributes:
        new: reports to append, sources first, else in the order of the files.
        unchanged: number of reports that are recorded already.
        problems: why it must not be done; nothing may be written when there are any.
        published: publication by source id, as the fixtures state it.
    """

    new: tuple[Report, ...]
    unchanged: int
    problems: tuple[Problem, ...]
    published: dict[str, str]

    def entries(self) -> Iterator[Entry]:
        """What to append to the log."""
        for report in self.new:
            yield Entry(
                id=report.id,
                company=report.company,
                kind=report.kind,
                source=report.source,
                key=report.key,
                target=report.target,
                published=self.published.get(report.source or ""),
                body=encode(report),
            )


def make_plan(reader: Reader, batch: Batch) -> Plan:
    """What loading the batch would do to the log as the reader sees it."""
    reports = [*(source_report(source_id, source) for source_id, source, _ in batch.sources), *batch.reports]
    recorded, unreadable = _recorded(reader, [report.id for report in reports])
    places = {report.id: place for (_, _, place), report in zip(batch.sources, reports, strict=False)} | dict(
        batch.places
    )
    problems = [
        *_unregistered(reader, batch),
        *_second_ids(reader, batch),
        *(
            places[report.id].problem("event-differs", *_told(report, changes))
            for report in reports
            if report.id in recorded and (changes := differences(recorded[report.id], report))
        ),
    ]
    return Plan(
        new=tuple(report for report in reports if report.id not in recorded and report.id not in unreadable),
        unchanged=sum(report.id in recorded or report.id in unreadable for report in reports),
        problems=tuple(problems),
        published={source_id: source_published(source).text for source_id, source, _ in batch.sources},
    )


def _recorded(reader: Reader, ids: Iterable[str]) -> tuple[dict[str, Event], set[str]]:
    """What stands of the events of these ids, and those that cannot be read: erased ones stay erased on a reload."""
    events = list(decoded(with_links(reader, ids)))
    unreadable = {event.id for event in events if isinstance(event, Unreadable)}
    found, _ = standings(event for event in events if not isinstance(event, Unreadable))
    return {standing.event.id: standing.event for standing in found}, unreadable


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


def _told(report: Report, changes: tuple[str, ...]) -> tuple[str, str]:
    """What to tell of a report that differs, and what to do about it."""
    what = f"{report.key!r} of source {report.source!r} is recorded otherwise: {'; '.join(changes)}"
    return what, "events are immutable: give a new report a key of its own, or put the recorded content back"


def _unregistered(reader: Reader, batch: Batch) -> Iterator[Problem]:
    """Facts about companies that neither the database nor the batch registers, one problem a fact."""
    here = {report.company for report in batch.reports if isinstance(report.payload, Registered)}
    wanted = {report.company for report in batch.reports if report.company} - here
    unknown = wanted - names.companies(reader.connection, wanted)
    known = sorted({company for company in here if company} | names.companies(reader.connection)) if unknown else []
    for report in batch.reports:
        if report.company in unknown:
            near = " or ".join(nearest(report.company, known))
            fix = (
                f"did you mean {near}?"
                if near
                else "register it first: a fact of kind company.registered, as in companies.yaml"
            )
            yield batch.company_places[report.id].problem(
                "company-unknown", f"no company {report.company!r} is registered", fix
            )


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
