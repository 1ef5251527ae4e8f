"""The marks of sources, compared with the sources in the log.

Which of its marks a source has stored depends on what was recorded when; what may not be is a mark that no version of
its source has, or a source without one of its marks that no other source took before it.
"""

from __future__ import annotations

from collections import defaultdict
from contextlib import suppress
from typing import TYPE_CHECKING

from timeline.app.fold import decoded
from timeline.app.plan import source_marks
from timeline.catalog import replaced
from timeline.check import Rule
from timeline.event import Event
from timeline.history import recorded_sources
from timeline.record import Corrected, Source
from timeline.store.log import Reader

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from sqlite3 import Connection

    from timeline.store.damage import Damage

MARK = Rule(name="mark-differs", severity="error", compares="the marks of sources with those of the sources in the log")
MARKED: tuple[Rule, ...] = (MARK,)

_STORED = "SELECT mark, source FROM source_mark ORDER BY mark"


def compare_marks(connection: Connection, found: Damage) -> None:
    """Tell of each mark that is not its source's, and of each that is missing."""
    logged = list(decoded(Reader(connection).rows_of_no_company()))
    had = _ever(event for event in logged if isinstance(event, Event))
    stored: dict[str, str] = dict(connection.execute(_STORED))
    for mark, source in stored.items():
        if mark not in had[source]:
            found.found(MARK, f"the mark {mark!r} is stored as source {source}'s, which never had it")
    for source, now in sorted(recorded_sources(logged).items()):
        for mark in source_marks(now):
            if mark not in stored:
                found.found(MARK, f"the mark {mark!r} of source {source} is not stored")


def _ever(events: Iterable[Event]) -> Mapping[str, set[str]]:
    """Every mark that a source has, or had in any version, by its id."""
    by_id = {event.id: event for event in events}
    had: dict[str, set[str]] = defaultdict(set)
    for event in by_id.values():
        first = _first(event, by_id)
        if first.source and (said := _said(event, first)):
            had[first.source].update(source_marks(said))
    return had


def _first(event: Event, by_id: Mapping[str, Event]) -> Event:
    """The event that a link goes back to; ids are hashes over their target's, so that there is no circle."""
    while target := by_id.get(event.target or ""):
        event = target
    return event


def _said(event: Event, first: Event) -> Source | None:
    """What a source's record, or a correction of it, says the source is."""
    payload = event.payload
    if isinstance(payload, Corrected) and isinstance(first.payload, Source):
        with suppress(ValueError, LookupError):
            payload = replaced(first, bytes(payload.replacement)).payload
    return payload if isinstance(payload, Source) else None
