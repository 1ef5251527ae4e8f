"""Folding: from a company's rows in the log to its sections. What a read model holds is exactly what this returns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.catalog import catalog, decode
from timeline.event import event_id
from timeline.history import Clock, stream
from timeline.record import SOURCE_KEY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from timeline.event import Event
    from timeline.occurrence import Stream, Unreadable
    from timeline.section import Section
    from timeline.store.log import Reader, Row

_ALL = Clock()


def fold(reader: Reader, company: str, clock: Clock = _ALL) -> tuple[Stream, tuple[Section, ...]]:
    """A company's visible stream, and the section of every topic in the catalog's order, empty ones included."""
    visible = stream(company, company_events(reader, company), clock)
    return visible, tuple(topic.section(visible) for topic in catalog().topics)


def company_events(reader: Reader, company: str) -> list[Event | Unreadable]:
    """A company's events, those that record the sources they name, and the links that speak of these sources."""
    rows = list(reader.rows(company))
    sources = {event_id(row.envelope.source, SOURCE_KEY) for row in rows if row.envelope.source is not None}
    return list(decoded((*rows, *with_links(reader, sources))))


def with_links(reader: Reader, ids: Iterable[str]) -> Iterator[Row]:
    """The events of these ids, and all that speak of them, of what speaks of them, and so on."""
    found = list(reader.rows_by_ids(ids))
    while found:
        yield from found
        found = list(reader.rows_speaking_of(row.envelope.id for row in found))


def decoded(rows: Iterable[Row]) -> Iterator[Event | Unreadable]:
    """The events that the rows hold."""
    return (decode(row.envelope, row.body) for row in rows)
