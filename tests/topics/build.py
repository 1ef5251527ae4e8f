"""Events and streams for tests of topics, with everything that a test does not speak of filled in.

A test names what it is about and no more:

    build.event(Executed(shares=build.figure("5 million shares")), occurred="2026-01-08")
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

from timeline import history
from timeline.dates import When
from timeline.event import Event, Payload
from timeline.history import Clock
from timeline.publication import Published
from timeline.record import SOURCE_KEY, Source
from timeline.values import Quantity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from timeline.event import Confirmed, Locator
    from timeline.occurrence import Stream
    from timeline.record import SourceKind
    from timeline.section import Section
    from timeline.topic import Topic

COMPANY = "acme"
RECORDED = "2026-02-01T00:00:00.000000Z"

when = When.parse


def figure(printed: str, currency: str = "") -> Quantity:
    """A figure as a source prints it."""
    return Quantity.parse(printed, currency)


def event(  # noqa: PLR0913 - a test says by name what it is about
    payload: Payload,
    *,
    company: str | None = COMPANY,
    source: str | None = "s1",
    key: str = "",
    occurred: str | None = "2026-01-08",
    published: str | None = "2026-01-09T09:00:00+00:00",
    recorded: str = RECORDED,
    position: int = 1,
    target: str | None = None,
    at: tuple[Locator, ...] = (),
    said_by: str | None = None,
    confirmed: Confirmed | None = None,
    share_basis: str | None = None,
) -> Event:
    """A report as it stands in the log; its key tells its content where none is given."""
    return Event(
        payload=payload,
        company=company,
        source=source,
        key=key or f"{payload.KIND} {occurred} {payload.summary()}",
        occurred=When.parse(occurred) if occurred else None,
        published=Published.parse(published) if published else None,
        recorded=recorded,
        actor="test",
        position=position,
        target=target,
        at=at,
        said_by=said_by,
        confirmed=confirmed,
        share_basis=When.parse(share_basis) if share_basis else None,
    )


def source(
    kind: SourceKind = "news",
    *,
    published: str = "2026-01-09T09:00:00+00:00",
    publisher: str | None = None,
    derives_from: str | None = None,
) -> Source:
    """A source that reports facts."""
    return Source(kind=kind, title="A report", published=published, publisher=publisher, derives_from=derives_from)


def recorded(source_id: str, content: Source) -> Event:
    """The event by which a source becomes known."""
    return event(content, company=None, source=source_id, key=SOURCE_KEY, occurred=None, published=content.published)


def stream(
    *events: Event, sources: Mapping[str, Source] | None = None, clock: Clock | None = None, company: str = COMPANY
) -> Stream:
    """What is visible of the company; a source that is not described is news, published with its earliest event."""
    known: dict[str, Source] = {}
    for each in sorted(events, key=lambda each: each.published.text if each.published else ""):
        if each.source and each.published:
            known.setdefault(each.source, source(published=each.published.text))
    known |= sources or {}
    return history.stream(
        company, [*events, *(recorded(name, content) for name, content in known.items())], clock or Clock()
    )


def section(
    topic: Topic[Any], *events: Event, sources: Mapping[str, Source] | None = None, clock: Clock | None = None
) -> Section:
    """The topic's section for the company."""
    return topic.section(stream(*events, sources=sources, clock=clock))


def orders(*events: Event, times: int = 6) -> list[list[Event]]:
    """The events in several orders, the same on each run: backwards, and at random."""
    chance = random.Random(len(events))  # noqa: S311 - no secret
    return [list(reversed(events)), *(chance.sample(events, len(events)) for _ in range(times))]
