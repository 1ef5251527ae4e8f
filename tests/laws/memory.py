"""Worlds as events in memory, corrected and retracted at will, and the sections of all topics made from them.

Faster than databases, so that a law can be tried on many more worlds.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import msgspec
from hypothesis import settings
from hypothesis import strategies as st
from msgspec.structs import asdict, replace

from tests.laws.worlds import COMPANIES, REGISTER, worlds, write
from timeline import history
from timeline.catalog import catalog, encode
from timeline.event import Event, Report
from timeline.history import Clock
from timeline.intake import fixture
from timeline.record import Corrected, Reinstated, Retracted, Source, source_published, source_report

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from hypothesis.strategies import DrawFn

    from tests.laws.worlds import World
    from timeline.event import Payload
    from timeline.publication import Published
    from timeline.record import Reason

Sections = dict[str, dict[str, Any]]

REASONS: tuple[Reason, ...] = ("we erred", "source erred", "superseded")

some = settings(max_examples=max(settings().max_examples // 2, 1))
"""For laws whose every example is a whole history."""


def events_of(world: World) -> list[Event]:
    """The world's events as they would be recorded, sources first."""
    with TemporaryDirectory() as folder:
        batch = fixture.read(write([REGISTER, *world], Path(folder)))
    assert batch.problems == ()
    published = {name: source_published(source) for name, source, _ in batch.sources}
    reports = [*(source_report(name, source) for name, source, _ in batch.sources), *batch.reports]
    return recorded(
        Event(
            **{name: getattr(report, name) for name in Report.__struct_fields__},
            position=0,
            recorded="",
            actor="law",
            published=published[report.source or ""],
        )
        for report in reports
    )


def recorded(events: Iterable[Event]) -> list[Event]:
    """The events as if they had come in this order, one an hour."""
    return [
        replace(event, position=position, recorded=f"2026-01-{position // 24 + 1:02}T{position % 24:02}:00:00.000000Z")
        for position, event in enumerate(events, 1)
    ]


@st.composite
def histories(draw: DrawFn) -> list[Event]:
    """A world's events, some of them corrected, retracted and reinstated, in chains and forks."""
    events = events_of(draw(worlds()))
    sources = {event.source: event.published for event in events if isinstance(event.payload, Source)}
    # Few facts are spoken of, so that chains grow long and fork.
    heads = [draw(st.sampled_from([event for event in events if event.company])) for _ in range(2)]
    for _ in range(draw(st.integers(0, 6))):
        head = draw(st.sampled_from(heads))
        source = draw(st.sampled_from([None, *sources]))
        link = speaking_of(head, _said(draw, head, events), source, sources.get(source))
        if link.id not in {event.id for event in events}:
            heads.append(link)
            events.append(link)
    return recorded(events)


def _said(draw: DrawFn, head: Event, events: Sequence[Event]) -> Payload:
    reason = draw(st.sampled_from(REASONS))
    alike = [event for event in events if event.kind == fact_of(head, events).kind]
    said: list[Payload] = [
        corrected(draw(st.sampled_from(alike)), reason),
        Retracted(reason=reason),
        Retracted(reason=reason, scope="correction"),
        Reinstated(reason=reason),
    ]
    return draw(st.sampled_from(said))


def corrected(content: Event, reason: Reason) -> Corrected:
    """A correction that puts the content of one event in the place of another's."""
    body = encode(Report(payload=content.payload, key="", occurred=content.occurred, said_by=content.said_by))
    return Corrected(reason=reason, replacement=msgspec.Raw(body))


def speaking_of(head: Event, payload: Payload, source: str | None, published: Published | None) -> Event:
    """A link to another event, as it would be recorded; without a source no document stands behind it."""
    return Event(
        payload=payload,
        company=head.company,
        source=source,
        key=head.id,
        target=head.id,
        position=0,
        published=published,
        recorded="",
        actor="law",
    )


def fact_of(link: Event, events: Sequence[Event]) -> Event:
    """What a link goes back to; a fact itself."""
    by_id = {event.id: event for event in events}
    while link.target is not None:
        link = by_id[link.target]
    return link


def sections(events: Sequence[Event], clock: Clock | None = None) -> Sections:
    """Every topic's section for each company, as plain JSON."""
    return {slug: _sections(slug, events, clock or Clock()) for slug in COMPANIES}


def _sections(slug: str, events: Sequence[Event], clock: Clock) -> dict[str, Any]:
    own = [event for event in events if event.company == slug]
    named = {event.source for event in own}
    stream = history.stream(slug, [*own, *(event for event in events if _records(event, named))], clock)
    return {topic.name: msgspec.to_builtins(asdict(topic.section(stream))) for topic in catalog().topics}


def _records(event: Event, sources: set[str | None]) -> bool:
    return isinstance(event.payload, Source) and event.source in sources
