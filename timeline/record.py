"""Events about the log itself: sources, corrections, retractions, reinstatements and erasures.

Their bytes are part of the log's format and so are settled here from the first version. What they do to the events they
speak of is decided in `timeline.history`.
"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

import msgspec

from timeline.event import Payload, Report
from timeline.publication import Published

SourceKind = Literal["filing", "statement", "agency", "news", "analysis", "unconfirmed", "reference"]
Reason = Literal["source erred", "we erred", "superseded", "duplicate", "legal"]

SOURCE_KEY = "@source"
"""Key of the event that records a source; a fact's key may not begin with `@`."""

TYPED = "+"
"""Begins the key that a typed fact is given where nobody named one: it stands in no fixture, and none misses it."""

ERASED = "erased:"
"""Begins the key of an erasure, before the id of what it names: that id by itself is the key of a correction of it."""


class Source(Payload, frozen=True, kw_only=True):
    """A document that reports facts has become known to this database.

    Attributes:
        kind: sort of document; it decides the rank of what the document reports.
        title: as printed.
        published: when it was made public, to the precision printed.
        zone: IANA zone of `published`; empty when the offset alone is known.
        zone_assumed: True when the document prints no zone and `zone` is an assumption.
        publisher: None when the document does not say.
        url: where it was found.
        language: BCP 47 tag.
        sha256: of the text that locators speak of, 64 hex digits; None when no text was kept.
        derives_from: id of the source that this one reprints or summarises, recorded here or not; such a source is no
            independent witness.
        currency: ISO 4217 code that a bare `$` or `¥` in it stands for.
    """

    KIND: ClassVar[str] = "source.recorded"

    kind: SourceKind
    title: str
    published: str
    zone: str = ""
    zone_assumed: bool = False
    publisher: str | None = None
    url: str | None = None
    language: str | None = None
    sha256: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")] | None = None
    derives_from: str | None = None
    currency: str = ""

    def summary(self) -> str:
        """Title, publisher and day."""
        return f"{self.title} ({self.publisher or 'publisher not stated'}, {self.published[:10]})"


class Corrected(Payload, frozen=True, kw_only=True):
    """An event's content was wrong or is superseded; `replacement` stands in its place from now on.

    The event spoken of (`target` of the envelope) is the head of its chain. Kind and company never change.

    Attributes:
        reason: why; "we erred" counts from the original's publication, any other from the correction's own.
        replacement: the whole new body in the form the log keeps.
        note: remark.
    """

    KIND: ClassVar[str] = "event.corrected"

    reason: Reason
    replacement: msgspec.Raw
    note: str | None = None

    def summary(self) -> str:
        """The reason, and what the replacement says, as printed."""
        payload = msgspec.json.decode(self.replacement)["payload"]
        fields = ", ".join(f"{name.replace('_', ' ')} {_printed(value)}" for name, value in payload.items())
        return f"{self.reason}: {fields}"


class Retracted(Payload, frozen=True, kw_only=True):
    """An event no longer holds.

    Attributes:
        reason: why.
        scope: None takes back what the chain reports; "correction" only the correction that is spoken of, so that what
            stood before it stands again.
        note: remark.
    """

    KIND: ClassVar[str] = "event.retracted"

    reason: Reason
    scope: Literal["correction"] | None = None
    note: str | None = None


class Reinstated(Payload, frozen=True, kw_only=True):
    """A retraction is taken back.

    Attributes:
        reason: why.
        note: remark.
    """

    KIND: ClassVar[str] = "event.reinstated"

    reason: Reason
    note: str | None = None


class Erased(Payload, frozen=True, kw_only=True):
    """The body and salt of the event spoken of may be deleted; its envelope and all proofs stand.

    Attributes:
        reason: why.
        note: remark; must not repeat what is erased.
    """

    KIND: ClassVar[str] = "event.erased"

    reason: Reason
    note: str | None = None


PAYLOADS: tuple[type[Payload], ...] = (Source, Corrected, Retracted, Reinstated, Erased)


def _printed(value: Any) -> str:  # noqa: ANN401 - plain JSON, since the replacement's kind stands in another event
    """A stored value as a person reads it: a figure as printed, a date as EDTF."""
    match value:
        case {"printed": text} | {"edtf": text}:
            return str(text)
        case dict():
            return " ".join(_printed(item) for item in value.values())
        case list():
            return "; ".join(_printed(item) for item in value)
        case _:
            return str(value)


def source_report(source_id: str, source: Source) -> Report:
    """The report by which a source becomes an event."""
    return Report(source=source_id, key=SOURCE_KEY, payload=source)


def source_published(source: Source) -> Published:
    """The source's publication time, with its zone."""
    return Published.parse(source.published, source.zone)
