"""Corrections, retractions, reinstatements and erasures for tests, each of the event or link that it is given."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from tests.topics import build
from timeline.catalog import encode
from timeline.event import Envelope, Report
from timeline.occurrence import Unreadable
from timeline.record import Corrected, Erased, Reinstated, Retracted

if TYPE_CHECKING:
    from typing import Literal

    from timeline.event import Event, Payload
    from timeline.record import Reason

LATER = "2026-03-01T00:00:00.000000Z"


def link(
    payload: Payload, head: Event, *, source: str | None = None, published: str | None = None, recorded: str = LATER
) -> Event:
    """An event that speaks of another one; without a source no document stands behind it."""
    return build.event(
        payload, target=head.id, key=head.id, occurred=None, source=source, published=published, recorded=recorded
    )


def corrected(head: Event, payload: Payload, reason: Reason = "we erred", **more: str) -> Event:
    """A correction that puts a payload in the place of the one before."""
    body = encode(Report(payload=payload, key="", occurred=build.when("2026-01-08")))
    return link(Corrected(reason=reason, replacement=msgspec.Raw(body)), head, **more)


def retracted(
    head: Event, reason: Reason = "we erred", scope: Literal["correction"] | None = None, **more: str
) -> Event:
    """A retraction of the fact, or of the correction that is spoken of."""
    return link(Retracted(reason=reason, scope=scope), head, **more)


def reinstated(head: Event, reason: Reason = "we erred", **more: str) -> Event:
    """A retraction taken back."""
    return link(Reinstated(reason=reason), head, **more)


def erased(named: Event) -> Event:
    """An erasure."""
    return replace(link(Erased(reason="legal"), named), key=f"erased:{named.id}", company=named.company)


def bare(event: Event) -> Unreadable:
    """An erased event whose content is gone."""
    envelope = Envelope(
        position=event.position,
        id=event.id,
        company=event.company,
        kind=event.kind,
        source=event.source,
        key=event.key,
        target=event.target,
        published=event.published.text if event.published else None,
        recorded=event.recorded,
        actor=event.actor,
        commitment="",
    )
    return Unreadable(envelope, "its body was erased", erased=True)
