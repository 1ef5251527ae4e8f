"""Chains: what stands of an event after the corrections, retractions and reinstatements that speak of it.

A chain is a line: each link names the one before it, the first names the event. Links arrive in any order; one whose
target is not known is inert. Two links that name one target are a fork: the one published last is followed, then that
with the smallest id, so that the order of arrival never decides. A retraction takes back the fact, or only the
correction before it; a reinstatement takes back the retraction. An erasure stands outside the line: the fact that it
names never holds again, the link that it names was never made.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from timeline.catalog import replaced
from timeline.event import Envelope, Event
from timeline.occurrence import Unreadable
from timeline.record import Corrected, Erased, Reinstated, Retracted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_LINKS = (Corrected, Retracted, Reinstated, Erased)


class Standing(Struct, frozen=True):
    """What stands of one event.

    Attributes:
        event: its content as corrected, with the chain applied; as first reported where a correction cannot be read.
        holds: False when it is retracted or erased.
        corrected: whether a correction is in force, so that there is one to take back.
        forks: ids of links that were not followed because another speaks of the same event.
        broken: the correction that would stand, where it cannot be read.
    """

    event: Event
    holds: bool
    corrected: bool = False
    forks: tuple[str, ...] = ()
    broken: Unreadable | None = None


class _State(Struct, frozen=True, kw_only=True):
    """What a chain amounts to up to one of its links.

    Attributes:
        content: the event as it then stands.
        holds: whether it does.
        under: the state that the correction in force stands upon; it comes back when that correction is retracted.
        taken: the state that the last link, the retraction of a correction, took back; a reinstatement brings it back.
    """

    content: Event | Unreadable
    holds: bool = True
    under: _State | None = None
    taken: _State | None = None


def is_link(event: Event) -> bool:
    """Whether the event speaks of another one."""
    return isinstance(event.payload, _LINKS)


def standings(events: Iterable[Event]) -> tuple[Iterator[Standing], tuple[Unreadable, ...]]:
    """What stands of each event that is no link itself, and the corrections in force that cannot be read."""
    events = list(events)
    erased = {event.target for event in events if isinstance(event.payload, Erased)}
    facts = [event for event in events if not is_link(event)]
    links: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        # What was lawfully erased says nothing any more, whether or not its body is still there.
        if is_link(event) and event.id not in erased and not isinstance(event.payload, Erased):
            links[event.target or ""].append(event)
    if not links and not erased:
        return (Standing(fact, holds=True) for fact in facts), ()
    found = [_standing(fact, links, erased=fact.id in erased) for fact in facts]
    return iter(found), tuple(standing.broken for standing in found if standing.broken)


def _standing(fact: Event, links: Mapping[str, list[Event]], *, erased: bool) -> Standing:
    chain, forks = _followed(fact.id, links)
    state = _State(content=fact)
    for link in chain:
        state = _after(state, link, fact)
    broken = state.content if isinstance(state.content, Unreadable) else None
    content = fact if isinstance(state.content, Unreadable) else state.content
    return Standing(
        event=replace(content, chain=tuple(link.id for link in chain)),
        holds=state.holds and not erased,
        corrected=state.under is not None,
        forks=forks,
        broken=broken,
    )


def _followed(head: str, links: Mapping[str, list[Event]]) -> tuple[list[Event], tuple[str, ...]]:
    """The links from an event on, first to last, and the ids of those that forks leave aside."""
    chain: list[Event] = []
    aside: list[str] = []
    while candidates := links.get(head):
        link, *others = sorted(candidates, key=_followed_first)
        chain.append(link)
        aside += (other.id for other in others)
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


def _followed_first(link: Event) -> tuple[float, str]:
    published = -link.published.instant.timestamp() if link.published else 0.0
    return (published, link.id)
