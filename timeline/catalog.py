"""The catalog: which topics there are, which payload a kind has, how content becomes canonical bytes and comes back.

Topics are found, not listed: every module in `timeline.topics` that exports `TOPIC`. Stored names are kinds, never
Python paths, so modules may move. A past payload version is lifted by its upcasters when it is read; stored bytes never
change.
"""

from __future__ import annotations

import importlib
import pkgutil
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import msgspec
from msgspec import Struct

from timeline import topics
from timeline.dates import When
from timeline.event import Confirmed, Envelope, Event, Locator, Payload, Report, canonical_json
from timeline.occurrence import Stream, Unreadable
from timeline.publication import Published
from timeline.record import PAYLOADS
from timeline.section import UNREADABLE, Layout, Section
from timeline.topic import Topic


class Body(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """The part of an event that its commitment covers, in the order-free form of canonical JSON.

    Attributes:
        v: version of the payload.
        payload: the payload's own canonical JSON.
        occurred: as in `Report`, and so the rest.
    """

    v: int
    payload: msgspec.Raw
    occurred: When | None = None
    at: tuple[Locator, ...] = ()
    said_by: str | None = None
    confirmed: Confirmed | None = None
    parties: tuple[str, ...] = ()
    note: str | None = None
    share_basis: When | None = None


class Catalog(Struct, frozen=True):
    """What this program knows of.

    Attributes:
        topics: in rising rank, then by name.
        payloads: payload class by kind, the log's own kinds among them.
    """

    topics: tuple[Topic[Any], ...]
    payloads: Mapping[str, type[Payload]]

    def topic(self, name: str) -> Topic[Any] | None:
        """The topic of that name, if there is one."""
        return next((topic for topic in self.topics if topic.name == name), None)


@cache
def catalog() -> Catalog:
    """The catalog of this program.

    Raises:
        TypeError: two topics claim one kind.
    """
    modules = (
        importlib.import_module(f"{topics.__name__}.{info.name}") for info in pkgutil.iter_modules(topics.__path__)
    )
    found = sorted((module.TOPIC for module in modules), key=lambda topic: (topic.layout.rank, topic.name))
    payloads: dict[str, type[Payload]] = {payload.KIND: payload for payload in PAYLOADS}
    for payload in (payload for topic in found for payload in topic.payloads):
        if payloads.setdefault(payload.KIND, payload) is not payload:
            message = f"two payloads claim the kind {payload.KIND}"
            raise TypeError(message)
    return Catalog(topics=(_leftover(found), *found), payloads=payloads)


def _leftover(known: Sequence[Topic[Any]]) -> Topic[Sequence[Unreadable]]:
    """The topic of events that cannot be read and that stop no other topic: of unknown kinds, or about the log itself.

    It has nothing to say unless there are any, so that none of them is passed over in silence.
    """
    kinds = {payload.KIND for topic in known for payload in (*topic.payloads, *topic.uses)}

    def project(stream: Stream) -> Sequence[Unreadable]:
        return [event for event in stream.unreadable if event.kind not in kinds and not event.erased]

    def present(state: Sequence[Unreadable]) -> Section:
        told = (f"event {event.id[:8]} ({event.kind}) cannot be read: {event.why}" for event in state)
        return Section(topic=_LEFTOVER.topic, problem="; ".join(told))

    return Topic(layout=_LEFTOVER, payloads=(), project=project, present=present)


def encode(report: Report) -> bytes:
    """The report's body: canonical JSON, every text in NFC."""
    body = Body(
        v=report.payload.VERSION,
        payload=msgspec.Raw(canonical_json(report.payload)),
        occurred=report.occurred,
        at=report.at,
        said_by=report.said_by,
        confirmed=report.confirmed,
        parties=report.parties,
        note=report.note,
        share_basis=report.share_basis,
    )
    data = canonical_json(body)
    if unicodedata.is_normalized("NFC", data.decode()):
        return data
    return canonical_json(_composed(msgspec.json.decode(data)))


def _composed(value: Any) -> Any:  # noqa: ANN401 - any JSON
    """The value with its texts in NFC, each by itself.

    Composed as a whole, the letter of an escaped line break would take in a combining mark that stands behind it.
    """
    match value:
        case str():
            return unicodedata.normalize("NFC", value)
        case dict():
            return {name: _composed(each) for name, each in value.items()}
        case list():
            return [_composed(each) for each in value]
        case _:
            return value


def decode(envelope: Envelope, body: bytes | None) -> Event | Unreadable:
    """The event that was stored; a value that says why where it cannot be read."""
    if body is None:
        return Unreadable(envelope, "its body was erased", erased=True)
    try:
        payload = payload_class(envelope.kind)
        return _event(envelope, _BODY.decode(body), payload)
    except (msgspec.MsgspecError, LookupError, ValueError) as error:
        return Unreadable(envelope, str(error))


def replaced(event: Event, body: bytes) -> Event:
    """The event with the content of a correction's replacement in the place of its own.

    Raises:
        ValueError, LookupError: the replacement cannot be read.
    """
    return msgspec.structs.replace(event, **_content(_BODY.decode(body), type(event.payload)))


def payload_class(kind: str) -> type[Payload]:
    """The payload of a kind.

    Raises:
        LookupError: this program does not know the kind.
    """
    found = catalog().payloads.get(kind)
    if found is None:
        message = f"this program does not know the kind {kind}; a newer one may"
        raise LookupError(message)
    return found


def _event(envelope: Envelope, body: Body, payload: type[Payload]) -> Event:
    return Event(
        id=envelope.id,
        position=envelope.position,
        company=envelope.company,
        source=envelope.source,
        key=envelope.key,
        target=envelope.target,
        published=None if envelope.published is None else Published(envelope.published),
        recorded=envelope.recorded,
        actor=envelope.actor,
        **_content(body, payload),
    )


def _content(body: Body, payload: type[Payload]) -> dict[str, Any]:
    names = ("occurred", "at", "said_by", "confirmed", "parties", "note", "share_basis")
    fields = {name: getattr(body, name) for name in names}
    content = {"payload": _payload(body, payload), **fields}
    if body.occurred is None and payload not in PAYLOADS:
        message = "it does not say when it occurred"
        raise ValueError(message)
    return content


def _payload(body: Body, payload: type[Payload]) -> Payload:
    if body.v == payload.VERSION:
        return _decoder(payload).decode(body.payload)
    if body.v > payload.VERSION:
        message = f"{payload.KIND} version {body.v} is newer than this program's {payload.VERSION}"
        raise ValueError(message)
    fields = msgspec.json.decode(body.payload)
    for version in range(body.v, payload.VERSION):
        fields = _lifted(payload, version, fields)
    return msgspec.convert(fields, payload)


def _lifted(payload: type[Payload], version: int, fields: dict[str, Any]) -> dict[str, Any]:
    """The fields in the next version's form."""
    try:
        return payload.UPCASTERS[version](fields)
    except (LookupError, TypeError, AttributeError) as error:
        message = f"{payload.KIND} version {version} cannot be lifted to the next: {error!r}"
        raise ValueError(message) from error


@cache
def _decoder(payload: type[Payload]) -> msgspec.json.Decoder[Payload]:
    return msgspec.json.Decoder(payload)


_BODY = msgspec.json.Decoder(Body)
_LEFTOVER = Layout(topic=UNREADABLE, title="Unreadable", rank=0)
