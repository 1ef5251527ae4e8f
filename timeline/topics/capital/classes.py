"""The projection: the counts of each class of shares, and what changed them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct

from timeline.occurrence import Occurrence
from timeline.topics.capital.payloads import Changed, Reported

if TYPE_CHECKING:
    from timeline.occurrence import Stream

Counts: TypeAlias = Sequence[Occurrence[Reported]]
"""The reported numbers of one class, in order of the day; at least one."""


class Capital(Struct, frozen=True, kw_only=True):
    """The shares of a company.

    Attributes:
        counts: by share class, in order of the day.
        changes: in order of the day.
    """

    counts: Mapping[str, tuple[Occurrence[Reported], ...]]
    changes: tuple[Occurrence[Changed], ...]


def project(stream: Stream) -> Capital:
    """How many shares there were when, by class, and the changes."""
    counts: dict[str, list[Occurrence[Reported]]] = defaultdict(list)
    for item in stream.every(Reported):
        counts[item.payload.share_class].append(item)
    return Capital(
        counts={share_class: tuple(items) for share_class, items in sorted(counts.items())},
        changes=stream.every(Changed),
    )
