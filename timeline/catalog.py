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
from typing import Any, Generic, TypeVar

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

T = TypeVar("T")


class Body(Struct, Generic[T], frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """The part of an event that its commitment covers, in the order-free form of canonical JSON.

    Attributes:
        v: version of the payload.
        payload: what is told; as its own canonical JSON where its version is still to be looked at.
        occurred: as in `Report`, and so the rest.
    """

    v: int
    payload: T
    occurred: When | None = None
    at: tuple[Locator, ...] = ()
    said_by: str | None = None
    confirmed: Confirmed | None = None
    parties: tuple[str, ...] = ()
    note: str | None = None
    share_basis: When | None = None


class _Content(Struct, frozen=True, omit_defaults=True, gc=False):
    """What `Body` holds, for writing: the payload as it is, since all in one go takes two thirds of the time."""

    payload: Payload
    v: int
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
        tellers: name of the topic by kind of fact.
    """

    topics: tuple[Topic[Any], ...]
    payloads: Mapping[str, type[Payload]]
    tellers: Mapping[str, str]

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
    tellers = {payload.KIND: topic.name for topic in found for payload in topic.payloads}
    return Catalog(topics=(_leftover(found), *found), payloads=payloads, tellers=tellers)


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
    data = canonical_json(
        _Content(
            report.payload,
            report.payload.VERSION,
            report.occurred,
            report.at,
            report.said_by,
            report.confirmed,
            report.parties,
            report.note,
            report.share_basis,
        )
    )
    if data.isascii() or unicodedata.is_normalized("NFC", data.decode()):
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
        return _event(envelope, _content(body, payload_class(envelope.kind)))
    except (msgspec.MsgspecError, LookupError, ValueError) as error:
        return Unreadable(envelope, str(error))


def replaced(event: Event, body: bytes) -> Event:
    """The event with the content of a correction's replacement in the place of its own.

    Raises:
        ValueError, LookupError: the replacement cannot be read.
    """
    content = _content(body, type(event.payload))
    return msgspec.structs.replace(event, **{name: getattr(content, name) for name in _TOLD})


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


def _event(envelope: Envelope, content: Body[Payload]) -> Event:
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
        payload=content.payload,
        occurred=content.occurred,
        at=content.at,
        said_by=content.said_by,
        confirmed=content.confirmed,
        parties=content.parties,
        note=content.note,
        share_basis=content.share_basis,
    )


def _content(body: bytes, payload: type[Payload]) -> Body[Payload]:
    """What a body says; that of the present version is read in one go, payload and all."""
    try:
        content = _decoder(payload).decode(body)
    except msgspec.MsgspecError:
        content = None
    if content is None or content.v != payload.VERSION:
        content = _lifted_content(_BODY.decode(body), payload)
    if content.occurred is None and payload not in PAYLOADS:
        message = "it does not say when it occurred"
        raise ValueError(message)
    return content


def _lifted_content(body: Body[msgspec.Raw], payload: type[Payload]) -> Body[Payload]:
    """The content of a body of a past version; of one that cannot be read, what is wrong with its payload."""
    fields = {name: getattr(body, name) for name in _TOLD if name != "payload"}
    return Body(v=payload.VERSION, payload=_payload(body, payload), **fields)


def _payload(body: Body[msgspec.Raw], payload: type[Payload]) -> Payload:
    if body.v == payload.VERSION:
        return msgspec.json.decode(body.payload, type=payload)
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
def _decoder(payload: type[Payload]) -> msgspec.json.Decoder[Body[Payload]]:
    return msgspec.json.Decoder(Body[payload])  # type: ignore[valid-type]  # a type that is known when it runs


_BODY = msgspec.json.Decoder(Body[msgspec.Raw])
_TOLD = tuple(name for name in Body.__struct_fields__ if name != "v")
_LEFTOVER = Layout(topic=UNREADABLE, title="Unreadable", rank=0)
