"""Bringing what is stored of a company up to date by folding only the partitions that new events are in.

Whatever is out of the ordinary is left to a fold of the whole company: events that cannot be read or were erased, new
context such as a name or a split, a source that earlier sources derive from, companies that were merged.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from timeline.app.fingerprint import fingerprint
from timeline.app.fold import decoded, events_of, stream_of, tell_part, with_links
from timeline.catalog import catalog, replaced
from timeline.errors import Unfoldable
from timeline.history import Clock
from timeline.history.chains import is_link
from timeline.history.partitions import FIRST, converts, partitions
from timeline.occurrence import Unreadable
from timeline.record import Corrected
from timeline.store import models
from timeline.store import partitions as stored
from timeline.store.partitions import Kept
from timeline.store.parts import items_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from sqlite3 import Connection

    from timeline.app.fold import Part
    from timeline.event import Event, Payload
    from timeline.occurrence import Stream
    from timeline.store.log import Reader
    from timeline.store.parts import Items
    from timeline.store.writer import Writer

_ALL = Clock()
_MANY = 500
"""New events of a company that are not worth finding the partitions of."""


class Chain(NamedTuple):
    """A fact and the links that go back to it.

    Attributes:
        fact: as first reported.
        links: in the order of the log.
    """

    fact: Event
    links: tuple[Event, ...]

    @property
    def positions(self) -> set[int]:
        """Of the fact and the links."""
        return {event.position for event in (self.fact, *self.links)}

    @property
    def payloads(self) -> Iterator[Payload]:
        """All that the fact was ever reported to be."""
        yield self.fact.payload
        for link in self.links:
            if isinstance(link.payload, Corrected):
                yield replaced(self.fact, link.payload.replacement).payload


class _WholeOnly(Exception):
    """What is new cannot be folded by itself."""


def kept_of(stream: Stream, events: Iterable[Event | Unreadable]) -> dict[str, Kept]:
    """What there is to know of the partitions of a company; nothing where it can only be folded whole.

    Args:
        stream: of the company.
        events: that it was made of.
    """
    try:
        found = _chains(events)
    except _WholeOnly:
        return {}
    context = [each for each in found if any(payload.is_context() for payload in each.payloads)]
    by_name = _by_partition(found)
    first = Kept(
        events=_rising(by_name.pop(FIRST, ())),
        context=_rising(context),
        splits=any(not payload.REFERENCE for each in context for payload in each.payloads if payload.is_context()),
        others=tuple(sorted(by_name)),
        converting=tuple(sorted(_converting(stream))),
        origins=tuple(sorted(_origins(stream))),
    )
    return {FIRST: first, **{name: Kept(events=_rising(chains)) for name, chains in by_name.items()}}


def _by_partition(chains: Iterable[Chain]) -> dict[str, list[Chain]]:
    """The chains by each partition that their facts are in, or were before they were corrected."""
    found: dict[str, list[Chain]] = defaultdict(list)
    for each in chains:
        for name in {payload.partition() for payload in each.payloads}:
            found[name].append(each)
    return found


def _rising(chains: Iterable[Chain]) -> tuple[int, ...]:
    return tuple(sorted(position for each in chains for position in each.positions))


def _converting(stream: Stream) -> set[str]:
    """The partitions, but the first, that give amounts in a second currency."""
    names = ((item.accepted.payload.partition(), item) for item in stream.occurrences)
    return {name for name, item in names if name != FIRST and converts(item)}


def _origins(stream: Stream) -> set[str]:
    return {source.derives_from for source in stream.sources.values() if source.derives_from}


def _chains(events: Iterable[Event | Unreadable]) -> list[Chain]:
    """The facts among the events with the links that go back to them.

    Raises:
        _WholeOnly: an event is not readable, or a link goes back to none of the facts.
    """
    facts: dict[str, Event] = {}
    links: dict[str, Event] = {}
    for event in events:
        if isinstance(event, Unreadable):
            raise _WholeOnly
        if event.company is not None:
            (links if is_link(event) else facts)[event.id] = event
    by_fact: dict[str, list[Event]] = defaultdict(list)
    for link in links.values():
        by_fact[_fact_of(link, links)].append(link)
    if by_fact.keys() - facts.keys():
        raise _WholeOnly
    return [
        Chain(fact, tuple(sorted(by_fact.get(name, ()), key=lambda link: link.position)))
        for name, fact in facts.items()
    ]


def _fact_of(link: Event, links: Mapping[str, Event]) -> str:
    seen = {link.id}
    while (target := link.target or "") in links:
        if target in seen:
            raise _WholeOnly
        seen.add(target)
        link = links[target]
    return target


def renew_partly(writer: Writer, company: str, after: int) -> int | None:
    """Fold the partitions that a company's events past a position are in, and store what comes of it.

    Args:
        writer: inside the transaction that appended the events.
        company: slug, that of no merged company.
        after: the log's last position before; no source that earlier facts are from was recorded or corrected since.

    Returns:
        The number of sections that changed; None where the whole company has to be folded.
    """
    if not _is_current(writer, company, after):
        return None
    try:
        return _renewed(writer, company, after)
    except (_WholeOnly, Unfoldable):
        return None


def _is_current(writer: Writer, company: str, after: int) -> bool:
    """Whether what is stored is of this program and covers all events up to the position."""
    return models.current(writer.connection, company, fingerprint(), after) == len(catalog().topics)


def _renewed(writer: Writer, company: str, after: int) -> int:
    connection, log = writer.connection, writer.log
    new = _new_chains(log, company, after)
    touched = _by_partition(new)
    first = _kept(connection, company, [FIRST])[FIRST]
    if _breaks(log, company, after, new, first):
        raise _WholeOnly
    if not touched.keys().isdisjoint(first.converting) or any(map(_converts, new)):
        touched.setdefault(FIRST, [])
    kept = _kept(connection, company, touched.keys() & {FIRST, *first.others})
    own = {name: {*(kept[name].events if name in kept else ()), *_rising(new)} for name, new in touched.items()}
    stream = _stream(log, company, set().union(*own.values()) | _beside(connection, company, first, touched))
    parts = [tell_part(each) for each in partitions(stream) if each.partition in touched]
    stored.keep(connection, company, _kept_now(first, own, stream))
    return models.write_partitions(connection, company, touched, items_by_topic(parts))


def _kept(connection: Connection, company: str, names: Collection[str]) -> dict[str, Kept]:
    """What is known of these partitions.

    Raises:
        _WholeOnly: of one of them it was lost, or edited by hand.
    """
    found = stored.kept(connection, company, names)
    if len(found) < len(names):
        raise _WholeOnly
    return found


def _new_chains(log: Reader, company: str, after: int) -> list[Chain]:
    """The chains that the company's events past a position are in."""
    rows = list(log.rows(company, after, most=_MANY + 1))
    if len(rows) > _MANY:
        raise _WholeOnly
    facts = [log.first(row.envelope) for row in rows]
    if any(fact.target for fact in facts):
        raise _WholeOnly
    return _chains(decoded(with_links(log, {fact.id for fact in facts})))


def _breaks(log: Reader, company: str, after: int, new: Sequence[Chain], first: Kept) -> bool:
    """Whether what is new changes how others read: as context, or as a source that their sources go back to."""
    if any(payload.is_context() for each in new for payload in each.payloads):
        return True
    sources = {event.source for each in new for event in (each.fact, *each.links) if event.source}
    return any((log.position_of(source, company) or 0) > after for source in sources & set(first.origins))


def _converts(each: Chain) -> bool:
    return any(figure.conversion for payload in each.payloads for _, figure in payload.figures())


def _beside(connection: Connection, company: str, first: Kept, touched: Collection[str]) -> set[int]:
    """Positions of what has to be known beside what is folded."""
    beside = {*first.context, *(first.events if first.splits else ())}
    if FIRST in touched:
        beside.update(*(kept.events for kept in _kept(connection, company, first.converting).values()))
    return beside


def _stream(log: Reader, company: str, positions: set[int]) -> Stream:
    """The stream of the events there, and of one event each of the sources that theirs derive from."""
    while True:
        events = events_of(log, log.rows_at(positions))
        stream = stream_of(company, events, _ALL)
        if stream.unreadable:
            raise _WholeOnly
        origins = (log.position_of(origin, company) for origin in _origins(stream) - stream.sources.keys())
        more = {position for position in origins if position} - positions
        if not more:
            return stream
        positions |= more


def _kept_now(first: Kept, own: Mapping[str, Collection[int]], stream: Stream) -> dict[str, Kept]:
    """What is known of the partitions after the fold; of those that did not change, nothing."""
    converting = _converting(stream) & own.keys() | (set(first.converting) - own.keys())
    now = replace(
        first,
        events=tuple(sorted(own.get(FIRST, first.events))),
        others=tuple(sorted({*first.others, *own} - {FIRST})),
        converting=tuple(sorted(converting)),
        origins=tuple(sorted({*first.origins, *_origins(stream)})),
    )
    kept = {name: Kept(events=tuple(sorted(positions))) for name, positions in own.items() if name != FIRST}
    return kept if now == first else {**kept, FIRST: now}


def items_by_topic(parts: Iterable[Part]) -> dict[str, Items]:
    """The items of some partitions; of the first, those of all topics, be they none."""
    found: dict[str, Items] = defaultdict(dict)
    for part in parts:
        for section in part.sections:
            found[section.topic].update(items_of(section, part.partition))
    return found
