"""Members: which slugs are one company, as the reports of mergers tell it.

A merger is an edge between two slugs, whichever of them reports it. Slugs that edges connect are one company, and the
smallest stands for it. Edges are reference data: each holds from its recording on, whenever it was published, until its
retraction is recorded.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec import Struct

from timeline.history.chains import standings
from timeline.history.visible import ALL
from timeline.occurrence import Unreadable
from timeline.topics.company import Merged

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from timeline.event import Event
    from timeline.history.clock import Clock


class Members(Struct, frozen=True):
    """Which slugs are one company.

    Attributes:
        groups: by slug, all slugs of its company in order; a slug that is a company by itself is left out.
    """

    groups: Mapping[str, tuple[str, ...]] = {}

    def of(self, slug: str) -> tuple[str, ...]:
        """All slugs of the company, the one that stands for it first."""
        return self.groups.get(slug, (slug,))

    def representative(self, slug: str) -> str:
        """The slug that stands for the company."""
        return self.of(slug)[0]


def connected(events: Iterable[Event | Unreadable], clock: Clock = ALL) -> Members:
    """The companies that mergers make.

    Args:
        events: every merger, of whichever companies, and the links that speak of them; any order.
        clock: only the recorded one counts.
    """
    groups: dict[str, set[str]] = {}
    for one, other in _edges(events, clock):
        joined = groups.get(one, {one}) | groups.get(other, {other})
        groups.update(dict.fromkeys(joined, joined))
    return Members({slug: tuple(sorted(group)) for slug, group in groups.items()})


def _edges(events: Iterable[Event | Unreadable], clock: Clock) -> Iterator[tuple[str, str]]:
    found, _ = standings(
        event for event in events if clock.recorded(event.envelope if isinstance(event, Unreadable) else event)
    )
    for standing in found:
        event = standing.event
        if standing.holds and isinstance(event.payload, Merged) and event.company:
            yield event.company, event.payload.into
