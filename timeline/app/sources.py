"""The recorded sources."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from timeline.app.clocks import basis, clock
from timeline.app.fold import decoded, envelope
from timeline.history import Clock, recorded_sources, visible
from timeline.page import Listing
from timeline.record import SOURCE_KEY, Source, source_published
from timeline.section import Column, Row, Table
from timeline.store.log import Reader

if TYPE_CHECKING:
    from collections.abc import Mapping
    from sqlite3 import Connection

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

    Reference data is valid whenever it was published; it is always among them.
    """
    reader = Reader(connection)
    then = clock(as_of, as_recorded)
    found = recorded_sources(decoded(reader.rows_of_no_company()), then)
    counts = _counts(reader, then)
    shown = {source_id: source for source_id, source in found.items() if _public(source, then)}
    ordered = sorted(shown.items(), key=lambda item: (source_published(item[1]).sort_key, item[0]))
    return Listing(
        schema="timeline.sources/1",
        table=_SOURCES,
        rows=tuple(_row(source_id, source, counts.get(source_id, 0)) for source_id, source in ordered),
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
