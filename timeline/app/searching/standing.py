"""What stands of events that were found, on both clocks: hidden ones left out, corrected and retracted ones told."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import msgspec

from timeline.app.clocks import clock
from timeline.app.fold import decoded, with_links
from timeline.app.searching import words as rules
from timeline.app.searching.indexing import Titles
from timeline.app.searching.query import matches
from timeline.catalog import catalog, encode
from timeline.event import event_id
from timeline.history import visible
from timeline.history.chains import standings
from timeline.publication import Published
from timeline.record import SOURCE_KEY, Corrected
from timeline.store import words
from timeline.store.log import Reader
from timeline.store.words import Found, Public

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from sqlite3 import Connection

    from timeline.app.searching.query import Part
    from timeline.history.chains import Standing
    from timeline.page import Basis
    from timeline.publication import Moment
    from timeline.store.log import Row


def bounds(connection: Connection, asked: Basis) -> tuple[int, Public | None]:
    """The last position that counts, and a day by which all that is visible was public."""
    then = clock(asked.as_of, asked.as_recorded)
    match then.as_recorded:
        case None:
            upto = asked.position
        case int(position):
            upto = min(position, asked.position)
        case moment:
            upto = words.last_recorded(connection, asked.position, lambda text: moment.admits(Published(text)))
    return upto, Public(_day(then.as_of), _unhidden()) if then.as_of else None


def _day(moment: Moment) -> str:
    """The last day on any source's own calendar: it is a day ahead at most."""
    return str(moment.date or (moment.instant + timedelta(days=1)).date() if moment.instant else moment.date)


def _unhidden() -> tuple[str, ...]:
    return tuple(kind for kind, payload in catalog().payloads.items() if payload.REFERENCE)


def standing(
    connection: Connection, found: Sequence[Found], parts: Sequence[Part], asked: Basis
) -> Iterator[tuple[Found, str]]:
    """The visible ones of these events in their order: a fact as it stands where that is what was looked for.

    Where only what it said before it was corrected is, that is told as "corrected"; what holds no more is "retracted".

    Args:
        connection: to the database.
        found: events that may be what was looked for.
        parts: what was looked for, company, kind and source among it.
        asked: the clocks.
    """
    reader = Reader(connection)
    chains, titles = _Chains(reader, found, asked), Titles(reader, asked.position)

    def fits(event: Found) -> bool:
        named = titles[event.source] if event.company and event.source else ""
        return matches(parts, rules.text(event.kind, event.company, event.source, event.body, named))

    for event in (event for event in found if event.id in chains.visible):
        stands = chains.standing.get(chains.fact_of(event.id))
        content = _as_stands(stands) if stands else event
        if fits(content):
            yield content, "" if stands is None or stands.holds else "retracted"
        elif fits(event):
            yield event, _before(event, content, stands)


def _before(event: Found, content: Found, stands: Standing | None) -> str:
    """What became of an event that says something else than what stands now."""
    if stands is None or event.body is None:
        return ""
    said = msgspec.json.decode(event.body)
    if event.kind == Corrected.KIND:
        said = said["payload"]["replacement"]
    elif event.id != content.id:
        return ""
    if said == msgspec.json.decode(content.body or b"{}"):
        return ""
    return "corrected" if stands.holds else "retracted"


def _as_stands(stands: Standing) -> Found:
    event = stands.event
    published = event.published.text if event.published else None
    return Found(event.position, event.id, event.company, event.kind, event.source, None, published, encode(event))


class _Chains:
    """The events found with all that speaks of them, as far as the clocks let it through.

    Attributes:
        visible: ids of what is.
        standing: what stands of each visible fact, by its id; those that were erased are left out.
    """

    def __init__(self, reader: Reader, found: Sequence[Found], asked: Basis) -> None:
        self._targets: dict[str, str | None] = {}
        self._reader = reader
        rows = self._around([event.id for event in found])
        sources = {event_id(row.envelope.source, SOURCE_KEY) for row in rows.values() if row.envelope.source}
        rows |= {row.envelope.id: row for row in with_links(reader, sources)}
        events = list(visible(decoded(rows.values()), clock(asked.as_of, asked.as_recorded)))
        self.visible = {event.id for event in events}
        self.standing: Mapping[str, Standing] = {
            each.event.id: each for each in standings(events)[0] if not each.erased
        }

    def _around(self, ids: Sequence[str]) -> dict[str, Row]:
        """These events, what they speak of, and all that speaks of that."""
        first: set[str] = set()
        pending = set(ids)
        while pending:
            rows = list(self._reader.rows_by_ids(pending))
            self._targets |= {row.envelope.id: row.envelope.target for row in rows}
            first |= pending
            pending = {row.envelope.target for row in rows if row.envelope.target} - first
        return {row.envelope.id: row for row in with_links(self._reader, first)}

    def fact_of(self, identity: str) -> str:
        """What an event goes back to, as far as it is here; a fact itself."""
        while (target := self._targets.get(identity)) and target in self._targets:
            identity = target
        return identity
