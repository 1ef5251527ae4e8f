"""The stream: a company's visible occurrences, made from the events of the log."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from msgspec.structs import replace

from timeline.history.acceptance import settle
from timeline.history.chains import standings
from timeline.history.identity import groups
from timeline.history.visible import ALL, recorded_sources, visible
from timeline.occurrence import Occurrence, Stream, Unreadable
from timeline.record import Source, source_published

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from timeline.event import Event, Payload
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
    sources = recorded_sources(events, clock)
    seen = list(visible(events, clock))
    readable = (event for event in seen if not isinstance(event, Unreadable))
    found, broken = standings(event for event in readable if not isinstance(event.payload, Source))
    published = {source_id: source_published(source) for source_id, source in sources.items()}
    reports = [_as_published(standing.event, published) for standing in found if standing.holds]
    return Stream(
        company=company,
        occurrences=tuple(sorted(_occurrences(reports, sources), key=_by_day_then_content)),
        sources=sources,
        unreadable=(*_stopping(seen), *broken),
    )


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


def _target(event: Event | Unreadable) -> str:
    return (event.envelope.target if isinstance(event, Unreadable) else event.target) or ""


def _occurrences(reports: Iterable[Event], sources: Mapping[str, Source]) -> Iterator[Occurrence[Payload]]:
    by_kind: dict[str, list[Event]] = defaultdict(list)
    for report in reports:
        by_kind[report.kind].append(report)
    for kind_reports in by_kind.values():
        for group in groups(kind_reports):
            yield settle(group.reports, sources, group.fits)


def _by_day_then_content(occurrence: Occurrence[Payload]) -> tuple[str, str, str, str]:
    first = occurrence.occurred.first if occurrence.accepted.occurred else None
    day = occurrence.day
    return (
        day.isoformat() if day else "9999",
        first.isoformat() if first else "0000",
        occurrence.accepted.kind,
        occurrence.id,
    )
