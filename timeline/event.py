"""The event: one source's report of one fact about one company, and the envelope under which it is logged.

Holds the shapes only. How a payload becomes bytes is `timeline.catalog`'s to know, where it is kept is
`timeline.store`'s, and what several reports of one fact amount to is `timeline.history`'s.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping  # msgspec resolves class variables too
from functools import cache
from typing import Any, ClassVar, Literal, NamedTuple, get_args

import msgspec
from msgspec import Struct
from msgspec.structs import force_setattr

from timeline.dates import When
from timeline.publication import Published
from timeline.values import Quantity

Confirmed = Literal["company", "unnamed", "no"]


class Locator(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Where in a source a fact stands, as a W3C TextQuoteSelector within a paragraph.

    Attributes:
        quote: the printed figure or name, never a whole sentence.
        paragraph: number of the non-empty line of the text, the title being 1; None where only the quote is known.
        prefix: text right before the quote, where the quote alone stands more than once in the paragraph.
        suffix: text right after it, likewise.
    """

    quote: str
    paragraph: int | None = None
    prefix: str = ""
    suffix: str = ""

    @property
    def shown(self) -> str:
        """The quote and its paragraph, for a person."""
        return f"“{self.quote}” in paragraph {self.paragraph}" if self.paragraph else f"“{self.quote}”"


class Identity(NamedTuple):
    """What tells one occurrence of a kind from another, so that reports of one can be brought together.

    Attributes:
        dims: the telling parts in the kind's own order. "" is a value like any other; None means that the report does
            not say.
        when: the time that tells occurrences apart; None where `dims` alone do.
    """

    dims: tuple[str | None, ...]
    when: When | None = None


class Payload(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True, gc=False):
    """The typed content of events of one kind; each kind is a subclass.

    A default may be None, (), "" or False only: others are not left out of the stored bytes reliably, since msgspec
    compares a value with its default by identity.

    Attributes:
        KIND: the event's type as a stable string in the past tense; stored, so never changed.
        VERSION: version of the fields' meaning; raised together with an entry in `UPCASTERS`.
        UPCASTERS: for each past version, what turns its plain JSON object into the next version's.
        REFERENCE: reference data obeys its own validity and the recorded clock, not the published one.
        ONE_OF: names of optional fields of which at least one has to be stated; empty for none.
    """

    KIND: ClassVar[str] = ""
    VERSION: ClassVar[int] = 1
    UPCASTERS: ClassVar[Mapping[int, Callable[[dict[str, Any]], dict[str, Any]]]] = {}
    REFERENCE: ClassVar[bool] = False
    ONE_OF: ClassVar[tuple[str, ...]] = ()

    def identity(self, occurred: When) -> Identity | None:
        """The identity of what is reported; None (the default) where reports of this kind are never merged."""
        del occurred
        return None

    def coherent(self) -> bool:
        """Whether its own figures can all be true together; of two equal reports the coherent one is accepted."""
        return True

    def partition(self) -> str:
        """The part of its company's facts that can be folded without the others; "" for all that has none of its own.

        Facts of different partitions are never of one occurrence, and what topics tell and check of one rests on no
        other. What has one is nothing that others are read in the light of, and names no class of shares.
        """
        return ""

    def is_context(self) -> bool:
        """Whether all other facts of the company are read in its light, as with the day on which its year ends."""
        return self.REFERENCE

    def figures(self) -> Iterator[tuple[str, Quantity]]:
        """The stated figures by field name, in the order of the fields."""
        for name in _fields_of_figures(type(self)):
            value = getattr(self, name)
            if isinstance(value, Quantity):
                yield name, value

    def summary(self) -> str:
        """The content in one line, for lists: field names and values as printed."""
        stated = ((name, getattr(self, name)) for name in self.__struct_fields__)
        return ", ".join(f"{name.replace('_', ' ')} {text}" for name, value in stated if (text := printed(value)))


@cache
def _fields_of_figures(payload: type[Payload]) -> tuple[str, ...]:
    """Names of the fields that can hold a figure, in their order."""
    return tuple(field.name for field in msgspec.structs.fields(payload) if _may_hold(field.type, Quantity))


def _may_hold(kind: object, wanted: type) -> bool:
    """Whether a value of this type can be, or have in it, one of the wanted type."""
    return kind is wanted or any(_may_hold(part, wanted) for part in get_args(kind))


class Report(Struct, frozen=True, kw_only=True, gc=False):
    """What a source says, before it is recorded.

    Attributes:
        company: slug of the company the fact is about; None for events about the log itself (sources).
        source: id of the source; None for a correction or retraction that has no document behind it.
        key: the report's key, unique within the source.
        target: id of the event that a correction, retraction, reinstatement or erasure speaks of; else None.
        occurred: valid time, as precise as the source is; None only for events about the log itself.
        payload: the content.
        at: where in the source it stands; empty when not located.
        said_by: who said it, where the source names someone.
        confirmed: whether the company confirmed it, unnamed people did, or nobody; None when not stated.
        parties: others named in the fact, as slugs where they are registered.
        note: remark of the person who recorded it.
        share_basis: the day whose share count the share and per-share figures are stated in, where the source restates
            them after a split; None means the day it occurred.
    """

    payload: Payload
    key: str
    company: str | None = None
    source: str | None = None
    target: str | None = None
    occurred: When | None = None
    at: tuple[Locator, ...] = ()
    said_by: str | None = None
    confirmed: Confirmed | None = None
    parties: tuple[str, ...] = ()
    note: str | None = None
    share_basis: When | None = None

    @property
    def kind(self) -> str:
        """The payload's kind."""
        return self.payload.KIND

    @property
    def id(self) -> str:
        """Hash of the address; the same in every database."""
        return event_id(self.source, self.key)


class Event(Report, frozen=True, kw_only=True):
    """One immutable row of the log.

    Attributes:
        position: place in the log: 1, 2, 3, … without gaps.
        published: when the source made it public; None where the event has no source.
        recorded: when this database took it in.
        actor: who recorded it.
        chain: ids of the corrections, retractions and reinstatements that apply, first to last; the last is the head.
        id: as in `Report`, kept here since events are compared and sorted by it again and again.
    """

    position: int
    published: Published | None
    recorded: str
    actor: str
    chain: tuple[str, ...] = ()
    id: str = ""

    def __post_init__(self) -> None:
        """Work the id out where the log did not tell it."""
        if not self.id:
            force_setattr(self, "id", event_id(self.source, self.key))

    @property
    def head(self) -> str:
        """Id of the chain's last event: what the next correction has to speak of."""
        return self.chain[-1] if self.chain else self.id


class Envelope(NamedTuple):
    """One row of table `event`: all that is known of an event without its body.

    Attributes:
        position: 1, 2, 3, … without gaps.
        id: `event_id(source, key)`, 32 hex digits.
        company: slug, or None.
        kind: stable kind.
        source: source id, or None.
        key: key within the source.
        target: id of the event spoken of, or None.
        published: RFC 3339 date-time or XSD date with offset, or None.
        recorded: RFC 3339 UTC date-time with six fractional digits and `Z`; never runs backwards.
        actor: who recorded it.
        commitment: SHA-256 over salt and body, 64 hex digits.
    """

    position: int
    id: str
    company: str | None
    kind: str
    source: str | None
    key: str
    target: str | None
    published: str | None
    recorded: str
    actor: str
    commitment: str

    def canonical(self) -> bytes:
        """The RFC 8785 JSON object whose RFC 6962 leaf hash stands in the Merkle tree."""
        return canonical_json(self._asdict())


def event_id(source: str | None, key: str) -> str:
    """First 16 bytes, in hex, of SHA-256 over the canonical JSON array [source, key]."""
    return hashlib.sha256(canonical_json((source, key))).hexdigest()[:32]


def commitment(salt: bytes, body: bytes) -> str:
    """SHA-256 over salt and body, in hex: binds the envelope to the body without revealing it."""
    return hashlib.sha256(salt + body).hexdigest()


def canonical_json(value: object) -> bytes:
    """RFC 8785 bytes of objects with ASCII names, texts and small integers, which is all that the log holds.

    msgspec sorts names by code point, which for ASCII is RFC 8785's order, and escapes as it asks; figures are texts.
    """
    return _CANONICAL.encode(value)


def printed(value: object) -> str:
    """A payload's field as a person reads it; "" where nothing is stated."""
    match value:
        case None | () | "":
            return ""
        case Quantity():
            return value.printed
        case When():
            return value.edtf
        case Locator():
            return value.shown
        case tuple():
            return "; ".join(printed(item) for item in value)
        case Payload() | Struct():
            return " ".join(text for name in value.__struct_fields__ if (text := printed(getattr(value, name))))
        case bool():
            return "yes" if value else "no"
        case _:
            return str(value)


_CANONICAL = msgspec.json.Encoder(order="sorted")
