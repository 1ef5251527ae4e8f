"""Partitions: the parts of a company's facts that can be folded one by one, so that a new fact costs its own only.

Nothing in one rests on another, but for the context, which is the same for all, and conversions of amounts, whose rates
are compared across all of them, in the first.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from timeline.occurrence import Stream

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.event import Payload
    from timeline.occurrence import Fork, Occurrence

FIRST = ""
"""The partition of all facts that have none of their own."""


def partitions(whole: Stream) -> Iterator[Stream]:
    """The stream in its partitions by name, the first one always among them."""
    occurrences: dict[str, list[Occurrence[Payload]]] = defaultdict(list, {FIRST: []})
    forks: dict[str, list[Fork]] = defaultdict(list)
    for item in whole.occurrences:
        occurrences[item.accepted.payload.partition()].append(item)
    for fork in whole.forks:
        forks[fork.partition].append(fork)
    for name in sorted(occurrences.keys() | forks.keys()):
        yield Stream(
            company=whole.company,
            occurrences=tuple(occurrences[name]),
            sources=whole.sources,
            unreadable=whole.unreadable,
            forks=tuple(forks[name]),
            partition=name,
            context=whole.context,
            elsewhere=() if name else tuple(_converting(whole)),
        )


def converts(item: Occurrence[Payload]) -> bool:
    """Whether a report of it gives an amount in a second currency too."""
    return any(figure.conversion for report in item.reports for _, figure in report.payload.figures())


def _converting(whole: Stream) -> Iterator[Occurrence[Payload]]:
    return (item for item in whole.occurrences if item.accepted.payload.partition() != FIRST and converts(item))
