"""Listing events, and showing one with all that is known of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct

from timeline.app.clocks import basis, clock
from timeline.app.erased import erasure_told
from timeline.app.fold import company_events, decoded, members, stream_of, with_links
from timeline.app.names import company_asked, event_asked, nearest
from timeline.catalog import catalog
from timeline.errors import NotFound
from timeline.event import Event, Payload, printed
from timeline.history import Clock, visible
from timeline.occurrence import Unreadable
from timeline.page import Basis, Listing
from timeline.section import Column, Row, Table
from timeline.store.log import Reader

if TYPE_CHECKING:
    from collections.abc import Sequence
    from sqlite3 import Connection


EVENTS = Table(
    "events",
    "Events",
    (
        Column("position", kind="number"),
        Column("id", kind="id"),
        Column("occurred", kind="when"),
        Column("published", kind="when"),
        Column("recorded", kind="when", shown=False),
        Column("company"),
        Column("kind"),
        Column("summary"),
        Column("source", kind="id"),
        Column("key", shown=False),
        Column("target", kind="id"),
        Column("actor", shown=False),
    ),
)


class EventDetail(Struct, frozen=True, kw_only=True):
    """One event.

    Attributes:
        basis: what the answer is true of.
        envelope: the logged columns by name.
        salt: of the commitment, in hex; None where the event was erased.
        body: the stored content as plain JSON; None where it was erased.
        fields: label and text of what a person wants to see, in order.
        chain: rows of the corrections, retractions and the like that speak of it, in the order of the log.
        reports: rows of all reports of the same occurrence, the accepted one first; empty for an event that reports no
            fact.
        problem: why it cannot be read; empty when it can.
    """

    basis: Basis
    envelope: dict[str, Any]
    salt: str | None
    body: dict[str, Any] | None
    fields: tuple[tuple[str, str], ...]
    chain: tuple[Row, ...] = ()
    reports: tuple[Row, ...] = ()
    problem: str = ""


def events(
    connection: Connection,
    company: str | None,
    kind: str | None,
    source: str | None,
    as_of: str | None,
    as_recorded: str | None,
) -> Listing:
    """The visible events in the order of the log, an unreadable one with the reason in the place of its content.

    Raises:
        NotFound: no such company, kind or source.
    """
    reader = Reader(connection)
    asked, then = basis(reader.head(), as_of, as_recorded), clock(as_of, as_recorded)
    slug = company_asked(connection, company, asked) if company else None
    known_kind(kind)
    _known_source(reader, source)
    one = members(reader, then)
    everything = company_events(reader, slug, then, one) if slug else list(decoded(reader.rows()))
    companies = one.of(slug) if slug else ()
    rows = [event_row(item) for item in visible(everything, then) if _asked(item, companies, kind, source)]
    return Listing(
        schema="timeline.events/1",
        table=EVENTS,
        rows=tuple(sorted(rows, key=lambda row: int(row["position"]))),
        basis=asked,
        empty="no events",
    )


def event(connection: Connection, id_prefix: str, as_of: str | None, as_recorded: str | None) -> EventDetail:
    """The event whose id begins so, with what speaks of it and what it is one report of, as far as visible.

    Raises:
        NotFound: none does, or several do, or it was not known then.
    """
    reader = Reader(connection)
    asked, then = basis(reader.head(), as_of, as_recorded), clock(as_of, as_recorded)
    row, *chain = with_links(reader, [event_asked(reader, id_prefix)])
    item, *links = decoded([row, *chain])
    around = _around(reader, row.envelope.company, then) or [item, *links]
    seen = {each.id for each in visible(around, then)}
    if item.id not in seen:
        raise NotFound("event", id_prefix, (), "it was not known then; leave the clock out to see it")
    envelope = row.envelope._asdict()
    gone = erasure_told(item, [link for link in links if row.body is None or link.id in seen])
    return EventDetail(
        basis=asked,
        envelope=envelope,
        salt=None if row.salt is None else row.salt.hex(),
        body=None if row.body is None else msgspec.json.decode(row.body),
        fields=(*gone, *_fields(item))
        if isinstance(item, Event)
        else (*gone, *((name, str(value)) for name, value in envelope.items() if value)),
        chain=tuple(event_row(link) for link in links if link.id in seen),
        reports=_reports(row.envelope.company, item.id, around, then),
        problem=item.why if isinstance(item, Unreadable) else "",
    )


def _around(reader: Reader, company: str | None, then: Clock) -> list[Event | Unreadable]:
    """All events that an event of a company is understood with; none for one about the log itself."""
    return company_events(reader, company, then, members(reader, then)) if company else []


def _reports(company: str | None, event_id: str, around: Sequence[Event | Unreadable], then: Clock) -> tuple[Row, ...]:
    if company is None:
        return ()
    same = (
        seen
        for seen in stream_of(company, around, then).occurrences
        if event_id in {report.id for report in seen.reports}
    )
    return tuple(event_row(report) for occurrence in same for report in occurrence.reports)


def _asked(item: Event | Unreadable, companies: Sequence[str], kind: str | None, source: str | None) -> bool:
    """Whether it is of this company, by any of its slugs, kind and source; where one is not named, of any."""
    envelope = item.envelope if isinstance(item, Unreadable) else item
    wanted = ((kind, envelope.kind), (source, envelope.source))
    of_company = not companies or envelope.company in companies
    return of_company and all(asked is None or asked == found for asked, found in wanted)


def event_row(item: Event | Unreadable) -> Row:
    """An event under the columns of `EVENTS`; why it cannot be read in the place of its content, where it cannot."""
    if isinstance(item, Unreadable):
        return {
            **item.envelope._asdict(),
            "position": str(item.envelope.position),
            "occurred": None,
            "summary": item.why,
        }
    return {
        "position": str(item.position),
        "id": item.id,
        "occurred": item.occurred and item.occurred.edtf,
        "published": item.published and item.published.text,
        "recorded": item.recorded,
        "company": item.company,
        "kind": item.kind,
        "summary": item.payload.summary(),
        "source": item.source,
        "key": item.key,
        "target": item.target,
        "actor": item.actor,
    }


def _fields(item: Event) -> tuple[tuple[str, str], ...]:
    told = {
        "event": item.id,
        "position": item.position,
        "kind": item.kind,
        "company": item.company,
        "occurred": item.occurred and f"{item.occurred.edtf}  ({item.occurred.label()})",
        **{name.replace("_", " "): getattr(item.payload, name) for name in item.payload.__struct_fields__},
        "said by": item.said_by,
        "confirmed by": item.confirmed,
        "parties": item.parties,
        "note": item.note,
        "source": item.source,
        "stands at": item.at,
        "published": item.published and item.published.text,
        "recorded": f"{item.recorded} by {item.actor}",
        "speaks of": item.target,
        "used in": _topics_of(type(item.payload)),
    }
    return tuple((label, text) for label, value in told.items() if (text := printed(value)))


def _topics_of(payload: type[Payload]) -> tuple[str, ...]:
    """Names of the topics whose projections read payloads of a class."""
    return tuple(topic.name for topic in catalog().topics if payload in (*topic.payloads, *topic.uses))


def known_kind(kind: str | None) -> None:
    """Refuse a kind that this program does not know.

    Raises:
        NotFound: with the nearest kinds.
    """
    kinds = catalog().payloads
    if kind is not None and kind not in kinds:
        raise NotFound("kind", kind, nearest(kind, sorted(kinds)), f"there are: {', '.join(sorted(kinds))}")


def _known_source(reader: Reader, source: str | None) -> None:
    if source is not None and source not in (known := reader.sources()):
        raise NotFound("source", source, nearest(source, list(known)), "timeline sources lists them")
