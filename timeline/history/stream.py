"""The stream: a company's visible occurrences, made from the events of the log."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from msgspec.structs import replace

from timeline.history.acceptance import settle
from timeline.history.basis import splits
from timeline.history.chains import standings
from timeline.history.identity import groups
from timeline.history.visible import ALL, recorded_sources, visible
from timeline.occurrence import Fork, Occurrence, Stream, Unreadable
from timeline.record import Source, source_published

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from timeline.event import Event, Payload
    from timeline.history.chains import Standing
    from timeline.history.clock import Clock
    from timeline.publication import Published


def stream(company: str, events: Iterable[Event | Unreadable], clock: Clock = ALL) -> Stream:
    """What is visible of a company.

    Args:
        company: its slug.
        events: its events, those that record the sources they name, and the links that speak of any of them; any order.
        clock: the moments asked for.
    """
    events = list(events)
    seen = list(visible(events, clock))
    # A source that nothing visible comes from may not be public yet, and so must not tie those together that are.
    named = {_source(event) for event in seen}
    sources = {name: source for name, source in recorded_sources(events, clock).items() if name in named}
    standing, broken = standings(
        event for event in seen if isinstance(event, Unreadable) or not isinstance(event.payload, Source)
    )
    found = list(standing)
    published = {source_id: source_published(source) for source_id, source in sources.items()}
    reports = [_as_published(each.event, published) for each in found if each.holds]
    occurrences = tuple(sorted(_occurrences(reports, sources), key=_by_day_then_content))
    return Stream(
        company=company,
        occurrences=occurrences,
        sources=sources,
        unreadable=(*_stopping(seen), *broken),
        forks=tuple(sorted(_fork(each) for each in found if each.forks)),
        context=tuple(item for item in occurrences if item.accepted.payload.is_context()),
    )


def _fork(standing: Standing) -> Fork:
    event = standing.event
    return Fork(event.id, standing.forks, event.kind, event.payload.partition())


def _as_published(report: Event, published: Mapping[str, Published]) -> Event:
    """The report with its source's publication, as corrected."""
    corrected = published.get(report.source or "", report.published)
    return report if corrected == report.published else replace(report, published=corrected)


def _stopping(events: Iterable[Event | Unreadable]) -> Iterator[Unreadable]:
    """The events that cannot be read; a link among them stops the topic of the fact that it goes back to."""
    by_id = {event.id: event for event in events}
    for event in by_id.values():
        if isinstance(event, Unreadable):
            fact = _fact(event, by_id)
            yield replace(event, envelope=event.envelope._replace(kind=fact.kind))


def _fact(link: Event | Unreadable, by_id: Mapping[str, Event | Unreadable]) -> Event | Unreadable:
    seen: set[str] = set()
    while (target := _target(link)) in by_id and target not in seen:
        seen.add(target)
        link = by_id[target]
    return link


def _source(event: Event | Unreadable) -> str | None:
    """The source of an event about a company; None for one that records a source."""
    logged = event.envelope if isinstance(event, Unreadable) else event
    return logged.source if logged.company else None


def _target(event: Event | Unreadable) -> str:
    return (event.envelope.target if isinstance(event, Unreadable) else event.target) or ""


def _occurrences(reports: Sequence[Event], sources: Mapping[str, Source]) -> Iterator[Occurrence[Payload]]:
    known = splits(reports, sources)
    by_kind: dict[str, list[Event]] = defaultdict(list)
    for report in reports:
        by_kind[report.kind].append(known.adjusted(report))
    by_id = {report.id: report for report in reports} if known else {}
    for kind_reports in by_kind.values():
        for group in groups(kind_reports):
            found = settle(group.reports, sources, group.fits)
            yield known.as_reported(found, by_id) if known else found


def _by_day_then_content(occurrence: Occurrence[Payload]) -> tuple[str, str, str, str]:
    first = occurrence.occurred.first if occurrence.accepted.occurred else None
    day = occurrence.day
    return (
        day.isoformat() if day else "9999",
        first.isoformat() if first else "0000",
        occurrence.accepted.kind,
        occurrence.id,
    )
