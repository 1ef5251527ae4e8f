"""The recorded sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.app.clocks import basis, clock
from timeline.app.fold import decoded
from timeline.history import recorded_sources
from timeline.page import Listing
from timeline.record import Source, source_published
from timeline.section import Column, Row, Table
from timeline.store.log import Reader

if TYPE_CHECKING:
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


def sources(connection: Connection, as_recorded: str | None) -> Listing:
    """Every source as corrected, by the instant of its publication, then by id."""
    reader = Reader(connection)
    found = recorded_sources(decoded(reader.rows_of_no_company()), clock(None, as_recorded))
    counts = reader.sources()
    ordered = sorted(found.items(), key=lambda item: (source_published(item[1]).sort_key, item[0]))
    return Listing(
        schema="timeline.sources/1",
        table=_SOURCES,
        rows=tuple(_row(source_id, source, counts.get(source_id, 0)) for source_id, source in ordered),
        basis=basis(reader.head(), None, as_recorded),
        empty="no source is recorded",
    )


def _row(source_id: str, source: Source, events: int) -> Row:
    stated = {name: getattr(source, name) or None for name in source.__struct_fields__}
    return {**stated, "source": source_id, "published": source_published(source).text, "events": str(events)}
