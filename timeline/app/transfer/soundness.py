"""What an exported event must be in itself: its id the address's, its commitment the content's, its content readable.

An event of a kind that this program does not know is sound: it is kept as it is until a newer program reads it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from timeline.catalog import decode
from timeline.dates import When
from timeline.errors import ParseProblem
from timeline.event import canonical_json, commitment, event_id
from timeline.occurrence import Unreadable
from timeline.publication import Published
from timeline.record import ERASED, PAYLOADS, Corrected, Erased, Source, source_published
from timeline.store.append import recorded_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.event import Envelope, Event
    from timeline.store.log import Row

_LINKS = frozenset(payload.KIND for payload in PAYLOADS if payload is not Source)


class Fault(NamedTuple):
    """Why a line cannot be taken.

    Attributes:
        rule: as in `timeline.errors.Problem`.
        what: what is wrong.
    """

    rule: str
    what: str


def fault(row: Row, event: Event | Unreadable) -> Fault | None:
    """What is wrong with a row in itself; None where nothing is.

    Args:
        row: as exported.
        event: what it holds.
    """
    for what in (_misaddressed(row.envelope), _mistimed(row.envelope), _uncommitted(row)):
        if what:
            return Fault("export-broken", what)
    what = "" if row.body is None else _malformed(row.body) or _undated(row.envelope, event)
    return Fault("export-content", what) if what else None


def _misaddressed(envelope: Envelope) -> str:
    if envelope.id != event_id(envelope.source, envelope.key):
        return f"the id {envelope.id} is not that of its source and key"
    if envelope.kind in _LINKS and envelope.target is None:
        return f"an event of kind {envelope.kind} names no target"
    # A link's id is so a hash over its target's: no links can speak of each other in a circle.
    if envelope.target is not None and envelope.key.removeprefix(_before_target(envelope)) != envelope.target:
        return "the key of an event that speaks of another one is that event's id, and this is not"
    return ""


def _before_target(envelope: Envelope) -> str:
    """What may stand in a link's key before the id of its target."""
    return ERASED if envelope.kind == Erased.KIND else ""


def _mistimed(envelope: Envelope) -> str:
    if not _is_recorded(envelope.recorded):
        return f"recorded is no time of the log: {envelope.recorded!r}"
    if envelope.published is not None and not _is_published(envelope.published):
        return f"published is no time of publication: {envelope.published!r}"
    return ""


def _uncommitted(row: Row) -> str:
    if (row.salt is None) != (row.body is None):
        return "salt and body are there both, or neither where the event was erased"
    if row.salt is None or row.body is None:
        return ""
    if commitment(row.salt, row.body) != row.envelope.commitment:
        return "salt and body are not what the commitment is to"
    return ""


def _malformed(body: bytes) -> str:
    """A body that is not canonical JSON would break every query that looks inside bodies."""
    try:
        content = msgspec.json.decode(body)
    except (ValueError, RecursionError):
        return "the body is no JSON"
    return "" if isinstance(content, dict) and canonical_json(content) == body else "the body is no canonical JSON"


def _undated(envelope: Envelope, event: Event | Unreadable) -> str:
    """Dates that a reading would stumble over, in what this program can read; what it cannot, it keeps as it is."""
    try:
        for read in _readable(envelope, event):
            if isinstance(read.payload, Source):
                source_published(read.payload)
            for when in _whens(read):
                _parse_when(when.edtf)
    except ParseProblem as problem:
        return f"its content does not hold: {problem.what}"
    return ""


def _readable(envelope: Envelope, event: Event | Unreadable) -> Iterator[Event]:
    """The event; with a correction also what it puts in the place of a source."""
    if isinstance(event, Unreadable):
        return
    yield event
    if isinstance(event.payload, Corrected):
        corrected = decode(envelope._replace(kind=Source.KIND), bytes(event.payload.replacement))
        if not isinstance(corrected, Unreadable):
            yield corrected


def _whens(event: Event) -> Iterator[When]:
    values = (getattr(part, name) for part in (event, event.payload) for name in part.__struct_fields__)
    return (value for value in values if isinstance(value, When))


@lru_cache(maxsize=1024)
def _parse_when(edtf: str) -> When:
    return When.parse(edtf)


@lru_cache(maxsize=1024)
def _is_published(text: str) -> bool:
    try:
        return Published.parse(text).text == text
    except ParseProblem:
        return False


@lru_cache(maxsize=1024)
def _is_recorded(text: str) -> bool:
    try:
        return recorded_text(Published.parse(text).instant) == text
    except ParseProblem:
        return False
