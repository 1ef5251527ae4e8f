"""Chains: what stands of an event after the corrections, retractions and reinstatements that speak of it.

A chain is a line: each link names the one before it, the first names the event. Links arrive in any order; one whose
target is not known is inert. Two links that name one target are a fork: the one published last is followed, then that
with the smallest id, so that the order of arrival never decides. A retraction takes back the fact, or only the
correction before it; a reinstatement takes back the retraction.

An erasure stands outside the line. The fact that it names never holds again. The link that it names keeps its place, so
that what came after it still counts, and does what its kind alone tells: nobody knows any more what a correction said,
so what stood before it stands; a retraction still takes back, and takes back the whole fact.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from timeline.catalog import replaced
from timeline.event import Envelope, Event, Payload
from timeline.occurrence import Unreadable
from timeline.publication import Published
from timeline.record import Corrected, Erased, Reinstated, Retracted

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

_LINKS: frozenset[type[Payload]] = frozenset((Corrected, Retracted, Reinstated, Erased))
_KINDS = {payload.KIND for payload in _LINKS}


class Standing(Struct, frozen=True):
    """What stands of one event.

    Attributes:
        event: its content as corrected, with the chain applied; as first reported where a correction cannot be read.
        holds: False when it is retracted or erased.
        erased: whether an erasure names it; then nothing else is told of it.
        corrected: whether a correction is in force, so that there is one to take back.
        untold: whether the correction in force was erased, so that nobody knows what the fact says since.
        forks: ids of links that were not followed because another speaks of the same event.
        broken: the correction that would stand, where it cannot be read.
    """

    event: Event
    holds: bool
    erased: bool = False
    corrected: bool = False
    untold: bool = False
    forks: tuple[str, ...] = ()
    broken: Unreadable | None = None


class _State(Struct, frozen=True, kw_only=True):
    """What a chain amounts to up to one of its links.

    Attributes:
        content: the event as it then stands.
        holds: whether it does.
        under: the state that the correction in force stands upon; it comes back when that correction is retracted.
        taken: the state that the last link, the retraction of a correction, took back; a reinstatement brings it back.
        untold: whether the correction in force was erased.
    """

    content: Event | Unreadable
    holds: bool = True
    under: _State | None = None
    taken: _State | None = None
    untold: bool = False


class _Link(NamedTuple):
    """A link in its place.

    Attributes:
        id: of the link.
        kind: of the link.
        target: id of the event that it speaks of.
        published: with its source; None where it has none.
        said: the link itself; None where it was erased, whether or not its body is still there.
    """

    id: str
    kind: str
    target: str
    published: Published | None
    said: Event | None


def is_link(event: Event) -> bool:
    """Whether the event speaks of another one."""
    return type(event.payload) in _LINKS


def standings(events: Iterable[Event | Unreadable]) -> tuple[Iterator[Standing], tuple[Unreadable, ...]]:
    """What stands of each event that is no link itself, and the corrections in force that cannot be read.

    Of what cannot be read only the erased links count; the rest is for the caller to tell.
    """
    events = list(events)
    facts = [event for event in events if not isinstance(event, Unreadable) and not is_link(event)]
    if len(facts) == len(events):
        return (Standing(fact, holds=True) for fact in facts), ()
    erased = _erased(events)
    links: dict[str, list[_Link]] = defaultdict(list)
    for link in _links(events, erased):
        links[link.target].append(link)
    found = [
        Standing(fact, holds=False, erased=True) if fact.id in erased else _standing(fact, links) for fact in facts
    ]
    return iter(found), tuple(standing.broken for standing in found if standing.broken)


def _erased(events: Iterable[Event | Unreadable]) -> set[str]:
    """Ids that erasures name."""
    readable = (event for event in events if isinstance(event, Event))
    return {event.target or "" for event in readable if isinstance(event.payload, Erased)}


def _links(events: Iterable[Event | Unreadable], erased: Collection[str]) -> Iterator[_Link]:
    """The links, but for erasures."""
    for event in events:
        if isinstance(event, Unreadable):
            if event.erased and event.kind in _KINDS:
                published = event.envelope.published
                target, day = event.envelope.target or "", Published(published) if published else None
                yield _Link(event.id, event.kind, target, day, None)
        elif is_link(event) and not isinstance(event.payload, Erased):
            said = None if event.id in erased else event
            yield _Link(event.id, event.kind, event.target or "", event.published, said)


def _standing(fact: Event, links: Mapping[str, list[_Link]]) -> Standing:
    chain, forks = _followed(fact.id, links)
    state = _State(content=fact)
    for link in chain:
        state = _after(state, link.said, fact) if link.said else _after_erased(state, link.kind)
    broken = state.content if isinstance(state.content, Unreadable) else None
    content = fact if isinstance(state.content, Unreadable) else state.content
    return Standing(
        event=replace(content, chain=tuple(link.id for link in chain)),
        holds=state.holds,
        corrected=state.under is not None,
        untold=state.untold,
        forks=forks,
        broken=broken,
    )


def _followed(head: str, links: Mapping[str, list[_Link]]) -> tuple[list[_Link], tuple[str, ...]]:
    """The links from an event on, first to last, and the ids of those that forks leave aside, erased ones not told."""
    chain: list[_Link] = []
    aside: list[str] = []
    while candidates := links.get(head):
        link, *others = sorted(candidates, key=_followed_first)
        chain.append(link)
        aside += (other.id for other in others if other.said)
        head = link.id
    return chain, tuple(aside)


def _after(state: _State, link: Event, fact: Event) -> _State:
    match link.payload:
        case Corrected(replacement=body):
            return _State(content=_replacement(link, fact, bytes(body)), holds=state.holds, under=state)
        case Retracted(scope="correction"):
            return replace(state.under, holds=state.holds, taken=state) if state.under else replace(state, taken=None)
        case Retracted():
            return replace(state, holds=False, taken=None)
        case _:  # a reinstatement
            return state.taken or replace(state, holds=True)


def _after_erased(state: _State, kind: str) -> _State:
    """What a chain amounts to after a link of which only the kind is known."""
    match kind:
        case Corrected.KIND:
            return _State(content=state.content, holds=state.holds, under=state, untold=True)
        case Retracted.KIND:
            return replace(state, holds=False, taken=None)
        case _:  # a reinstatement
            return state.taken or replace(state, holds=True)


def _replacement(link: Event, fact: Event, body: bytes) -> Event | Unreadable:
    """The fact with the correction's whole content."""
    try:
        return replaced(fact, body)
    except (msgspec.MsgspecError, LookupError, ValueError) as error:
        return Unreadable(_envelope(link, fact.kind), str(error))


def _envelope(link: Event, kind: str) -> Envelope:
    """The link's envelope under the kind of the fact that it corrects, whose topic it stops."""
    return Envelope(
        position=link.position,
        id=link.id,
        company=link.company,
        kind=kind,
        source=link.source,
        key=link.key,
        target=link.target,
        published=link.published.text if link.published else None,
        recorded=link.recorded,
        actor=link.actor,
        commitment="",
    )


def _followed_first(link: _Link) -> tuple[bool, float, str]:
    published = -link.published.instant.timestamp() if link.published else 0.0
    return (link.said is None, published, link.id)
