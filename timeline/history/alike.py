"""Alike: of a report that stands apart, what it could have been a report of.

That it stands apart, and is counted nowhere, rests on these: without them it might count.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.history.identity import compatible

if TYPE_CHECKING:
    from timeline.event import Identity, Payload
    from timeline.occurrence import Occurrence, Stream


def alike(item: Occurrence[Payload], stream: Stream) -> tuple[Occurrence[Payload], ...]:
    """The occurrences of its kind that its identity fits, as far as it is stated, in the stream's order."""
    identity = _identity(item)
    same_kind = (other for other in stream.every(type(item.payload)) if other.id != item.id)
    return tuple(other for other in same_kind if identity and (its := _identity(other)) and compatible(identity, its))


def _identity(item: Occurrence[Payload]) -> Identity | None:
    return item.payload.identity(item.occurred) if item.accepted.occurred else None
