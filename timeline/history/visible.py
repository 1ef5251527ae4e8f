"""What a reading sees: the events that the two clocks let through, and the sources behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.catalog import catalog
from timeline.event import Event
from timeline.history.chains import is_link, standings
from timeline.history.clock import Clock, own_error
from timeline.occurrence import Unreadable
from timeline.record import Source, source_published

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from timeline.publication import Published

ALL = Clock()


def visible(events: Iterable[Event | Unreadable], clock: Clock = ALL) -> Iterator[Event | Unreadable]:
    """The events that are recorded and public by then, in the order given.

    An event is public with its source, as that source's publication is corrected; a correction of our own error with
    what it speaks of. Unreadable events keep the publication of their envelope.
    """
    recorded = list(_recorded(events, clock))
    if clock.as_of is None:
        yield from recorded
        return
    sources = recorded_sources(recorded)
    published = {source_id: source_published(source) for source_id, source in sources.items()}
    by_id = {event.id: event for event in recorded if not isinstance(event, Unreadable) or event.erased}
    for event in recorded:
        if _of_reference(event, by_id) or _public(event, by_id, published, clock):
            yield event


def _recorded(events: Iterable[Event | Unreadable], clock: Clock) -> Iterable[Event | Unreadable]:
    if clock.as_recorded is None:
        return events
    return (event for event in events if clock.recorded(event.envelope if isinstance(event, Unreadable) else event))


def recorded_sources(events: Iterable[Event | Unreadable], clock: Clock = ALL) -> dict[str, Source]:
    """The sources by id, as corrected by whatever is recorded by then; the published clock does not hide a source."""
    found, _ = standings(
        event
        for event in _recorded(events, clock)
        if isinstance(event, Unreadable) or isinstance(event.payload, Source) or is_link(event)
    )
    return {
        standing.event.source or "": standing.event.payload
        for standing in found
        if standing.holds and isinstance(standing.event.payload, Source)
    }


def _of_reference(event: Event | Unreadable, by_id: Mapping[str, Event | Unreadable]) -> bool:
    """Whether it goes back to reference data, whose corrections and retractions the published clock hides no more."""
    if isinstance(event, Unreadable) and not event.erased:
        return False
    if isinstance(event, Event) and not event.target:
        return event.payload.REFERENCE
    passed = {event.id}
    while (target := by_id.get(_target(event))) and target.id not in passed:
        passed.add(target.id)
        event = target
    payload = catalog().payloads.get(event.kind)
    return payload is not None and payload.REFERENCE


def _public(
    event: Event | Unreadable,
    by_id: Mapping[str, Event | Unreadable],
    published: Mapping[str, Published],
    clock: Clock,
) -> bool:
    counted, passed = event, {event.id}
    while isinstance(counted, Event) and own_error(counted):
        target = by_id.get(counted.target or "")
        if target is None or target.id in passed:
            break
        passed.add(target.id)
        counted = target
    if isinstance(counted, Unreadable):
        return clock.published_text(counted.envelope)
    return clock.published(counted, published.get(counted.source or "", counted.published))


def _target(event: Event | Unreadable) -> str:
    return (event.envelope.target if isinstance(event, Unreadable) else event.target) or ""
