"""The catalog: which topics there are, which payload a kind has, how content becomes canonical bytes and comes back.

Topics are found, not listed: every module in `timeline.topics` that exports `TOPIC`. Stored names are kinds, never
Python paths, so modules may move. A past payload version is lifted by its upcasters when it is read; stored bytes never
change.
"""

from __future__ import annotations

import importlib
import pkgutil
import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import Any

import msgspec
from msgspec import Struct

from timeline import topics
from timeline.dates import When
from timeline.event import Confirmed, Envelope, Event, Locator, Payload, Report, canonical_json
from timeline.occurrence import Unreadable
from timeline.publication import Published
from timeline.record import PAYLOADS
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
    return Catalog(topics=tuple(found), payloads=payloads)


def encode(report: Report) -> bytes:
    """The report's body: canonical JSON in NFC."""
    body = Body(
        v=report.payload.VERSION,
        payload=msgspec.Raw(canonical_json(report.payload)),
        occurred=report.occurred,
        at=report.at,
        said_by=report.said_by,
        confirmed=report.confirmed,
        parties=report.parties,
        note=report.note,
    )
    return unicodedata.normalize("NFC", canonical_json(body).decode()).encode()


def decode(envelope: Envelope, body: bytes | None) -> Event | Unreadable:
    """The event that was stored; a value that says why where it cannot be read."""
    if body is None:
        return Unreadable(envelope, "its body was erased", erased=True)
    try:
        return _event(envelope, _BODY.decode(body), payload_class(envelope.kind))
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
    fields = {name: getattr(body, name) for name in ("occurred", "at", "said_by", "confirmed", "parties", "note")}
    return {"payload": _payload(body, payload), **fields}


def _payload(body: Body, payload: type[Payload]) -> Payload:
    if body.v == payload.VERSION:
        return _decoder(payload).decode(body.payload)
    if body.v > payload.VERSION:
        message = f"{payload.KIND} version {body.v} is newer than this program's {payload.VERSION}"
        raise ValueError(message)
    fields = msgspec.json.decode(body.payload)
    for version in range(body.v, payload.VERSION):
        fields = payload.UPCASTERS[version](fields)
    return msgspec.convert(fields, payload)


@cache
def _decoder(payload: type[Payload]) -> msgspec.json.Decoder[Payload]:
    return msgspec.json.Decoder(payload)


_BODY = msgspec.json.Decoder(Body)
