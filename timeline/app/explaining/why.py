"""Why: every event, source and locator that a displayed figure rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct

from timeline.app.clocks import basis, clock
from timeline.app.explaining.grounds import grounded
from timeline.app.explaining.path import split
from timeline.app.explaining.pointed import pointed
from timeline.app.fold import company_events, members, stream_of
from timeline.app.names import company_asked, nearest
from timeline.app.show import page
from timeline.catalog import catalog
from timeline.errors import NotFound, TimelineError
from timeline.event import Event
from timeline.history.acceptance import agree
from timeline.page import Basis
from timeline.record import Reinstated, Retracted
from timeline.section import Column, Row, Table
from timeline.store.log import Reader

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from sqlite3 import Connection

    from timeline.app.explaining.grounds import Ground
    from timeline.event import Locator, Payload
    from timeline.occurrence import Occurrence, Stream, Unreadable
    from timeline.record import Source
    from timeline.topic import Topic

_LOCATOR = (
    Column("paragraph", kind="number"),
    Column("quote"),
    Column("prefix", shown=False),
    Column("suffix", shown=False),
)
EVIDENCE = Table(
    "evidence",
    "Evidence",
    (
        Column("event", kind="id"),
        Column("kind"),
        Column("occurred", kind="when"),
        Column("role"),
        Column("summary"),
        Column("said_by", "said by"),
        Column("source", kind="id"),
        Column("publisher"),
        Column("title"),
        Column("url"),
        Column("published", kind="when"),
        Column("locators", kind="rows", columns=_LOCATOR),
    ),
)
"""A row an event. Its role: the report that is "accepted" for an occurrence or stands "apart" from others, another that
"agrees" or "disagrees" with it or that its publisher "superseded"; a "correction", "retraction" or "reinstatement" of
the report before; "split" for one that figures are adjusted for; "alike" for what keeps a report apart."""


class Why(Struct, frozen=True, kw_only=True):
    """What a displayed figure rests on.

    Attributes:
        basis: what the answer is true of.
        company: slug of the one asked about.
        name: its current name.
        path: what is asked about, in full.
        heading: what a page calls it.
        value: of a field or cell, plain JSON, or the row; None where several rows are asked about, or nothing is known.
        printed: the value as a person reads it, a figure as the source prints it; of rows what tells them.
        table: columns of `evidence`.
        evidence: a row an event, in the order of what happened, each report's corrections behind it.
        schema: name and version of the JSON form.
    """

    basis: Basis
    company: str
    name: str
    path: str
    heading: str
    value: Any
    printed: str
    evidence: tuple[Row, ...]
    table: Table = EVIDENCE
    schema: str = "timeline.why/1"


def why(connection: Connection, company: str, path: str, as_of: str | None, as_recorded: str | None) -> Why:
    """What the figure at a path of a company's page rests on; always folded from the log.

    Raises:
        NotFound: no such company, topic, field, table, row or column.
        InvalidInput: the text is no path or leaves open which row is meant, or a clock's text is no moment.
        TimelineError: the topic is stopped.
    """
    reader = Reader(connection)
    asked, then = basis(reader.head(), as_of, as_recorded), clock(as_of, as_recorded)
    slug = company_asked(connection, company, asked)
    known = members(reader, then)
    events = company_events(reader, slug, then, known)
    seen = stream_of(known.representative(slug), events, then)
    named, steps = split(path)
    topic = _topic(named)
    section = topic.section(seen)
    if section.problem:
        raise TimelineError(f"{topic.name} is stopped: {section.problem}")
    found = pointed(topic.layout, section, steps)
    grounds = grounded(found, topic.grounds(topic.project(seen)), seen)
    return Why(
        basis=asked,
        company=slug,
        name=_name(seen, asked),
        path=".".join(part for part in (topic.name, found.key) if part),
        heading=found.column.heading if found.column else topic.layout.title,
        value=found.value,
        printed=found.printed,
        evidence=tuple(_evidence(grounds, seen, events)),
    )


def _topic(name: str) -> Topic[Any]:
    topics = {topic.name: topic for topic in catalog().topics if topic.payloads}
    if name not in topics:
        raise NotFound("topic", name, nearest(name, list(topics)), f"there are: {', '.join(topics)}")
    return topics[name]


def _name(seen: Stream, asked: Basis) -> str:
    profile = catalog().topic("profile")
    return page(seen.company, asked, [(profile.layout, profile.section(seen))] if profile else []).name


def _evidence(grounds: Iterable[Ground], seen: Stream, events: Iterable[Event | Unreadable]) -> Iterator[Row]:
    """A row for each report of each occurrence, and for each link of its chain that applies."""
    links = {event.id: event for event in events if isinstance(event, Event) and event.target}
    for ground in grounds:
        for report in ground.item.reports:
            yield _row(report, _role(report, ground), seen.sources)
            for link in (links[name] for name in report.chain):
                yield _row(link, _link_role(link), seen.sources)


def _role(report: Event, ground: Ground) -> str:
    item = ground.item
    if report.id == item.id:
        return ground.role or ("accepted" if item.counts else "apart")
    if report.id in item.superseded:
        return "superseded"
    return "agrees" if _agrees(report, item) else "disagrees"


def _agrees(report: Event, item: Occurrence[Payload]) -> bool:
    """Whether it fits what stands, both in today's shares."""
    return agree(item.adjusted, item.adjusted_of(report))


def _link_role(link: Event) -> str:
    match link.payload:
        case Retracted():
            return "retraction"
        case Reinstated():
            return "reinstatement"
        case _:
            return "correction"


def _row(event: Event, role: str, sources: Mapping[str, Source]) -> Row:
    source = sources.get(event.source or "")
    return {
        "event": event.id,
        "kind": event.kind,
        "occurred": event.occurred and event.occurred.edtf,
        "role": role,
        "summary": event.payload.summary(),
        "said_by": event.said_by,
        "source": event.source,
        "publisher": source and source.publisher,
        "title": source and source.title,
        "url": source and source.url,
        "published": event.published and event.published.text,
        "locators": [_locator(at) for at in event.at],
    }


def _locator(at: Locator) -> Row:
    return {
        "paragraph": None if at.paragraph is None else str(at.paragraph),
        "quote": at.quote,
        "prefix": at.prefix or None,
        "suffix": at.suffix or None,
    }
