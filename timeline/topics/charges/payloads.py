"""The kind of facts about charges."""

from __future__ import annotations

from typing import ClassVar, Literal

from msgspec import Struct

from timeline.dates import When
from timeline.event import Identity, Payload
from timeline.values import Money

Type = Literal["impairment", "write-down", "restructuring", "provision", "litigation"]


class Part(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A named part of a charge.

    Attributes:
        name: what it is for.
        value: how much of the charge it is.
    """

    name: str
    value: Money


class Announced(Payload, frozen=True, kw_only=True):
    """The company said on the day it occurred that it will book, or has booked, a cost outside its usual business.

    Attributes:
        value: the charge, before tax unless `cause` says otherwise.
        type: sort of charge; None when not stated.
        parts: what it consists of, in the order stated; they need not be all of it.
        cause: why, in words; None when not stated.
        booked: the period in whose accounts it falls; None when not stated.
        total: all charges of this cause up to and with this one, as the source states it; it contains `value`.
        segment: division, region or product line; None means the whole company.
    """

    KIND: ClassVar[str] = "charge.announced"

    value: Money
    type: Type | None = None
    parts: tuple[Part, ...] = ()
    cause: str | None = None
    booked: When | None = None
    total: Money | None = None
    segment: str | None = None

    def identity(self, occurred: When) -> Identity:
        """Sort, segment and day."""
        return Identity((self.type, self.segment or ""), occurred)
