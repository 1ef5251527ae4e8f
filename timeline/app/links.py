"""Links: the reports by which what is recorded is corrected, taken back, stands again, or may be deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from timeline.catalog import encode
from timeline.event import Report
from timeline.record import ERASED, Corrected, Erased, Reinstated, Retracted

if TYPE_CHECKING:
    from timeline.event import Envelope, Event, Payload
    from timeline.record import Reason


def correction(
    recorded: Event, report: Report, reason: Reason, note: str | None = None, source: str | None = None
) -> Report:
    """The report that puts new content in the place of what stands.

    Raises:
        ValueError: kind or company would change.
    """
    if (report.kind, report.company) != (recorded.kind, recorded.company):
        raise ValueError("a correction never changes kind or company: retract the event and record another one")
    return _link(recorded, Corrected(reason=reason, replacement=msgspec.Raw(encode(report)), note=note), source)


def retraction(
    recorded: Event,
    reason: Reason,
    note: str | None = None,
    source: str | None = None,
    *,
    correction_only: bool = False,
) -> Report:
    """The report that takes back what stands, or only the correction that made it so."""
    payload = Retracted(reason=reason, scope="correction" if correction_only else None, note=note)
    return _link(recorded, payload, source)


def reinstatement(recorded: Event, reason: Reason, note: str | None = None, source: str | None = None) -> Report:
    """The report that takes a retraction back."""
    return _link(recorded, Reinstated(reason=reason, note=note), source)


def erasure(named: Envelope, reason: Reason, note: str | None = None) -> Report:
    """The report that lets an event's content be deleted; it speaks of that one event, whatever its chain's head is."""
    payload = Erased(reason=reason, note=note)
    return Report(payload=payload, company=named.company, key=f"{ERASED}{named.id}", target=named.id)


def _link(recorded: Event, payload: Payload, source: str | None) -> Report:
    """It speaks of the chain's head and is keyed by it, so that no two ids collide."""
    return Report(payload=payload, company=recorded.company, source=source, key=recorded.head, target=recorded.head)
