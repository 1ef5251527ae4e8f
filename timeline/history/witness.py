"""Witnesses: how much a source's report weighs, and which sources are independent of each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from timeline.event import Event
    from timeline.record import Source

RANKS = {"filing": 5, "statement": 4, "reference": 4, "agency": 3, "news": 2, "analysis": 2, "unconfirmed": 1}
"""Weight of a report by the kind of its source; higher is accepted before lower."""


def rank(event: Event, sources: Mapping[str, Source]) -> int:
    """The report's weight."""
    return RANKS.get(witness(event, sources), 0)


def witness(event: Event, sources: Mapping[str, Source]) -> str:
    """The kind of source that the report weighs as; empty where its source is not known.

    What nobody or only unnamed people confirmed weighs no more than the unconfirmed.
    """
    if event.confirmed in ("unnamed", "no"):
        return "unconfirmed"
    source = sources.get(event.source or "")
    return source.kind if source else ""


def root(source_id: str, sources: Mapping[str, Source]) -> str:
    """The source that this one goes back to through reprints and summaries; it need not be recorded itself.

    A loop of derivations, which only a mistake can make, ends at its smallest id.
    """
    seen: list[str] = []
    while source_id not in seen:
        seen.append(source_id)
        source = sources.get(source_id)
        if source is None or source.derives_from is None:
            return source_id
        source_id = source.derives_from
    return min(seen[seen.index(source_id) :])


def voice(source_id: str, sources: Mapping[str, Source]) -> tuple[str, str]:
    """Who vouches for what a source says: the publisher of that which it goes back to, else that source itself.

    A company that files one figure in ten reports says the same ten times; it takes another to bear it out.
    """
    origin = root(source_id, sources)
    source = sources.get(origin)
    return ("publisher", source.publisher.casefold()) if source and source.publisher else ("source", origin)


def independent(source_ids: Iterable[str], sources: Mapping[str, Source]) -> int:
    """Number of those who vouch for it independently of one another."""
    return len({voice(source_id, sources) for source_id in source_ids})
