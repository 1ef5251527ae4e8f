"""Occurrences: the things in the world that events report, as topics see them.

`timeline.history` brings reports together; a topic only reads the result. A `Stream` is all that is visible of one
company.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Generic, TypeVar, cast

from msgspec import Struct

from timeline.event import Envelope, Event, Payload
from timeline.record import Source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from timeline.dates import When

P = TypeVar("P", bound=Payload)


class Occurrence(Struct, Generic[P], frozen=True, kw_only=True):
    """One thing in the world, with every report of it.

    Attributes:
        accepted: the report whose figures stand for the occurrence.
        reports: all reports, the accepted one first, the rest by content.
        sources: ids of the sources, in the order of the reports, each once.
        independent: number of sources that do not derive from one another.
        disputed: names of the figures on which reports disagree; empty where they agree.
        settled: False where the disagreement stays open, so that the accepted report is only the first among equals.
        fits: for an imprecise or incomplete report, how many occurrences it could belong to; it stands apart, outside
            totals. None for an occurrence that counts.
    """

    accepted: Event
    reports: tuple[Event, ...]
    sources: tuple[str, ...]
    independent: int
    disputed: tuple[str, ...] = ()
    settled: bool = True
    fits: int | None = None

    @property
    def payload(self) -> P:
        """The accepted report's payload."""
        return cast("P", self.accepted.payload)

    @property
    def occurred(self) -> When:
        """The accepted report's date."""
        return cast("When", self.accepted.occurred)

    @property
    def id(self) -> str:
        """Id of the accepted event."""
        return self.accepted.id

    @property
    def counts(self) -> bool:
        """Whether it enters totals."""
        return self.fits is None

    @property
    def said_by(self) -> str | None:
        """Who said it, by the first report that names someone."""
        return next((report.said_by for report in self.reports if report.said_by), None)

    @property
    def day(self) -> date | None:
        """The last day on which it can have occurred, capped at its publication; what revisions are ordered by."""
        days = [day for day in (self.occurred.last, self.accepted.published and self.accepted.published.day) if day]
        return min(days, default=None)


class Unreadable(Struct, frozen=True):
    """An event that this program cannot read.

    Attributes:
        envelope: as logged.
        why: in words.
        erased: the body was lawfully deleted; such an event stops nothing.
    """

    envelope: Envelope
    why: str
    erased: bool = False

    @property
    def id(self) -> str:
        """The event's id."""
        return self.envelope.id

    @property
    def kind(self) -> str:
        """The kind whose topic is stopped."""
        return self.envelope.kind


class Stream(Struct, frozen=True, kw_only=True):
    """All that is visible of one company on the clocks asked for.

    Attributes:
        company: its slug.
        occurrences: of all kinds, in order of day, then by content; those apart are among them.
        sources: every source behind them, by id, as corrected.
        unreadable: events that stop the topic of their kind.
    """

    company: str
    occurrences: tuple[Occurrence[Payload], ...] = ()
    sources: Mapping[str, Source] = {}
    unreadable: tuple[Unreadable, ...] = ()

    def of(self, payload: type[P]) -> tuple[Occurrence[P], ...]:
        """The occurrences of a kind that count, in order."""
        return tuple(item for item in self._all(payload) if item.counts)

    def apart(self, payload: type[P]) -> tuple[Occurrence[P], ...]:
        """The reports of a kind that stand apart, in order."""
        return tuple(item for item in self._all(payload) if not item.counts)

    def every(self, payload: type[P]) -> tuple[Occurrence[P], ...]:
        """All occurrences of a kind, those that stand apart among them, in order."""
        return tuple(self._all(payload))

    def _all(self, payload: type[P]) -> Iterator[Occurrence[P]]:
        return (cast("Occurrence[P]", item) for item in self.occurrences if type(item.accepted.payload) is payload)
