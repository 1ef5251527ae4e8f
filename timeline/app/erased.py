"""What is told of erased events: why their content is missing, and where an answer about the past lacks it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from timeline.catalog import catalog
from timeline.event import Event
from timeline.occurrence import Unreadable
from timeline.record import Erased
from timeline.section import Finding

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from timeline.occurrence import Stream
    from timeline.section import Section

GAP = "event-erased"
"""The rule of a finding that tells what an answer about the past lacks."""


def erasure_told(item: Event | Unreadable, links: Iterable[Event | Unreadable]) -> tuple[tuple[str, str], ...]:
    """For each erasure that names an event, when, by whom and why, as labelled texts.

    Args:
        item: the event.
        links: what speaks of it, or of what does.
    """
    named = (link for link in links if isinstance(link, Event) and link.target == item.id)
    return tuple(
        ("erased", _told(link, link.payload, here=not (isinstance(item, Unreadable) and item.erased)))
        for link in named
        if isinstance(link.payload, Erased)
    )


def _told(link: Event, erasure: Erased, *, here: bool) -> str:
    why = f"{erasure.reason}; {erasure.note}" if erasure.note else erasure.reason
    still = "; its content is still here: timeline erase deletes it" if here else ""
    return f"{link.recorded} by {link.actor}: {why}{still}"


def with_gaps(visible: Stream, sections: Iterable[Section]) -> tuple[Section, ...]:
    """The sections of an answer about the past, each saying how much of what was known then was erased since.

    Content is gone on every clock, so that such an answer is no longer the one that was given then.
    """
    gone = [event for event in visible.unreadable if event.erased]
    kinds = {topic.name: {payload.KIND for payload in topic.payloads} for topic in catalog().topics}
    return tuple(_with_gap(section, kinds[section.topic], gone) for section in sections)


def _with_gap(section: Section, kinds: Collection[str], gone: Iterable[Unreadable]) -> Section:
    """The section and its gap; a stopped one has nothing else to say."""
    ids = tuple(sorted(event.id for event in gone if event.kind in kinds))
    if section.problem or not ids:
        return section
    were = "event that was known then was" if len(ids) == 1 else "events that were known then were"
    told = f"{len(ids):,} {were} erased, and gone on every clock"
    return replace(section, findings=(*section.findings, Finding(GAP, "note", told, events=ids, topic=section.topic)))
