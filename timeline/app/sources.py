"""The recorded sources."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from timeline.app.clocks import basis, clock
from timeline.app.fold import decoded, envelope
from timeline.history import Clock, recorded_sources, visible
from timeline.occurrence import Unreadable
from timeline.page import Listing
from timeline.publication import Published
from timeline.record import SOURCE_KEY, Source, source_published
from timeline.section import Column, Row, Table
from timeline.store.log import Reader

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from sqlite3 import Connection

    from timeline.event import Event

_SOURCES = Table(
    "sources",
    "Sources",
    (
        Column("published", kind="when"),
        Column("source"),
        Column("kind"),
        Column("publisher"),
        Column("title"),
        Column("derives_from", "reprints"),
        Column("events", kind="number"),
        Column("zone", shown=False),
        Column("zone_assumed", kind="flag", shown=False),
        Column("url", shown=False),
        Column("language", shown=False),
        Column("sha256", shown=False),
    ),
)


def sources(connection: Connection, as_of: str | None, as_recorded: str | None) -> Listing:
    """Every source that is recorded and published by then, as corrected, by the instant of its publication and by id.

    Reference data is valid whenever it was published; it is always among them. Of an erased source only the publication
    is known.
    """
    reader = Reader(connection)
    then = clock(as_of, as_recorded)
    about = list(decoded(reader.rows_of_no_company()))
    found = recorded_sources(about, then)
    counts = _counts(reader, then)
    shown = [_row(name, source, counts.get(name, 0)) for name, source in found.items() if _public(source, then)]
    shown += [_bare_row(event, counts.get(event.envelope.source or "", 0)) for event in _erased(about, then)]
    return Listing(
        schema="timeline.sources/1",
        table=_SOURCES,
        rows=tuple(sorted(shown, key=_by_publication)),
        basis=basis(reader.head(), as_of, as_recorded),
        empty="no source is recorded",
    )


def _public(source: Source, then: Clock) -> bool:
    return then.as_of is None or source.kind == "reference" or then.as_of.admits(source_published(source))


def _counts(reader: Reader, then: Clock) -> Mapping[str, int]:
    """Number of facts by source, of those that are visible then."""
    if then == Clock():
        return reader.sources()
    seen = map(envelope, visible(decoded(reader.rows()), then))
    return Counter(event.source for event in seen if event.source and event.key != SOURCE_KEY)


def _row(source_id: str, source: Source, events: int) -> Row:
    stated = {name: getattr(source, name) or None for name in source.__struct_fields__}
    return {**stated, "source": source_id, "published": source_published(source).text, "events": str(events)}


def _erased(about: Iterable[Event | Unreadable], then: Clock) -> Iterator[Unreadable]:
    """The records of sources that are visible then, and whose content is gone."""
    seen = (event for event in visible(about, then) if isinstance(event, Unreadable))
    return (event for event in seen if event.erased and event.kind == Source.KIND)


def _bare_row(event: Unreadable, events: int) -> Row:
    """What the log still knows of an erased source."""
    unknown = dict.fromkeys(Source.__struct_fields__)
    return {**unknown, "source": event.envelope.source, "published": event.envelope.published, "events": str(events)}


def _by_publication(row: Row) -> tuple[object, str]:
    return Published(row["published"]).sort_key, row["source"]
