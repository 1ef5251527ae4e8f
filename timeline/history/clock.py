"""The two clocks: which events a reading sees.

The published clock asks what the public could know, the recorded clock what this database knew. Both may be asked at
once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from timeline.publication import Moment, Published
from timeline.record import Corrected, Reinstated, Retracted

if TYPE_CHECKING:
    from timeline.event import Envelope, Event


class Clock(Struct, frozen=True, kw_only=True):
    """The moments up to which a reading sees events; None sees all.

    Attributes:
        as_of: on the published clock.
        as_recorded: on the recorded clock, a moment or a position.
    """

    as_of: Moment | None = None
    as_recorded: Moment | int | None = None

    def recorded(self, event: Event | Envelope) -> bool:
        """Whether the event was recorded by then."""
        match self.as_recorded:
            case None:
                return True
            case int():
                return event.position <= self.as_recorded
            case moment:
                return moment.admits(Published(event.recorded))

    def published(self, event: Event, published: Published | None) -> bool:
        """Whether the event was public by then; `published` is its source's publication, as corrected.

        An event without a source, such as a correction that no document stands behind, counts from its recording.
        """
        if self.as_of is None or event.payload.REFERENCE:
            return True
        return self.as_of.admits(published or Published(event.recorded))

    def published_text(self, envelope: Envelope) -> bool:
        """Whether an event that cannot be read was public by then, as far as its envelope tells."""
        return self.as_of is None or self.as_of.admits(Published(envelope.published or envelope.recorded))


def own_error(event: Event) -> bool:
    """Whether the event mends an error of this database, which nobody outside ever saw.

    Such a correction counts from the original's publication, so that an old question is answered without our mistake.
    """
    return isinstance(event.payload, (Corrected, Retracted, Reinstated)) and event.payload.reason == "we erred"
