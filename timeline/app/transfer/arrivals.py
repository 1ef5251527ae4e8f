"""What an import brought, as far as the answers and the report need it.

Facts are only counted, by kind and company; kept are the events that others depend on, which are few.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from timeline.app.plan import source_marks
from timeline.app.refresh import refresh, renew
from timeline.errors import Problem
from timeline.event import Event
from timeline.record import Source
from timeline.store import marks

if TYPE_CHECKING:
    from timeline.event import Report
    from timeline.occurrence import Unreadable
    from timeline.store.writer import Writer

_REFERENCE = "company."
"""Before the kinds of facts that tell which companies there are, and which of them are one."""


class Arrivals:
    """Events that were appended in the transaction of an import.

    Attributes:
        kinds: number of events by kind.
        companies: slugs of those that the events are about.
        unreadable: number of events that this program cannot read; erased ones are none of them.
    """

    def __init__(self, writer: Writer) -> None:
        self.kinds: Counter[str] = Counter()
        self.companies: set[str] = set()
        self.unreadable = 0
        self._writer = writer
        self._reports: list[Report] = []

    def note(self, event: Event | Unreadable) -> None:
        """Count an event."""
        envelope = event if isinstance(event, Event) else event.envelope
        self.kinds[envelope.kind] += 1
        if envelope.company is not None:
            self.companies.add(envelope.company)
        if not isinstance(event, Event):
            self.unreadable += not event.erased
        elif event.company is None or event.target is not None or event.kind.startswith(_REFERENCE):
            self._reports.append(event)

    def links(self) -> list[str]:
        """Ids of the corrections, retractions, reinstatements and erasures that can be read."""
        return [report.id for report in self._reports if report.target is not None]

    def second_id(self, event: Event | Unreadable, file: str, line: int) -> Problem | None:
        """A warning where the event records a source whose text or address is that of another one.

        A load refuses such an id. Here it is taken, or two databases could never be merged that each recorded the
        document under an id of its own.
        """
        if not isinstance(event, Event) or not isinstance(event.payload, Source) or event.source is None:
            return None
        told, connection = source_marks(event.payload), self._writer.connection
        others = set(marks.sources_marked(connection, told).values()) - {event.source}
        marks.mark_source(connection, event.source, told)
        if not others:
            return None
        what = f"source {event.source!r} has the text or the address of source {min(others)!r}: both count as witnesses"
        return Problem("source-duplicate", what, "retract the reports of one of them", file, line, severity="warning")

    def settle(self) -> None:
        """Bring what is stored beside the log up to date."""
        refresh(self._writer, self._reports, lenient=True)
        renew(self._writer, self.companies - {report.company for report in self._reports})
