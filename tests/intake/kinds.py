"""Made-up kinds of facts, with a field of every type that a payload may have."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

import msgspec

from timeline.dates import When
from timeline.errors import ParseProblem
from timeline.event import Payload
from timeline.record import PAYLOADS as LOG
from timeline.values import Figure, Money, Percent, Price, Quantity, Shares

if TYPE_CHECKING:
    from collections.abc import Mapping


class Part(msgspec.Struct, frozen=True):
    what: str
    value: Money


class Specification(msgspec.Struct, frozen=True):
    name: str
    value: str


class Bought(Payload, frozen=True, kw_only=True):
    """The company bought its own shares.

    Attributes:
        shares: number bought, of class B.
        value: spent on them, fees excluded; None when not
            stated.
        price: for one share.
        share_of_capital: of all shares.
        fate: what becomes of them.
        first: whether it is the first time.
        sessions: number of sessions.
        settled: day of settlement.
        weight: a plain number.
        anything: any figure.
    """

    KIND: ClassVar[str] = "share.bought"

    shares: Shares
    value: Money | None = None
    price: Price | None = None
    share_of_capital: Percent | None = None
    fate: Literal["cancelled", "treasury"] | None = None
    first: bool = False
    sessions: Annotated[int, msgspec.Meta(ge=1, le=400)] | None = None
    settled: dt.date | None = None
    weight: Decimal | None = None
    anything: Figure | None = None
    unmeasured: Quantity | None = None

    def __post_init__(self) -> None:
        if self.fate == "treasury" and self.first:
            raise ValueError("the first shares bought are never kept in treasury")
        if self.first and self.sessions:
            raise ParseProblem(
                "sessions-of-first", "the first time has no sessions before it", "leave the sessions out"
            )


class Described(Payload, frozen=True, kw_only=True):
    """A product was described."""

    KIND: ClassVar[str] = "product.described"
    ONE_OF: ClassVar[tuple[str, ...]] = ("features", "specifications", "parts")

    product: str
    code: Annotated[str, msgspec.Meta(pattern="^[A-Z]{3}$")] | None = None
    due: When | None = None
    features: tuple[str, ...] = ()
    specifications: tuple[Specification, ...] = ()
    parts: tuple[Part, ...] = ()
    colours: Annotated[tuple[str, ...], msgspec.Meta(max_length=2)] = ()


_KINDS: tuple[type[Payload], ...] = (Bought, Described, *LOG)
PAYLOADS: Mapping[str, type[Payload]] = MappingProxyType({kind.KIND: kind for kind in _KINDS})
