"""The kinds of facts about products."""

from __future__ import annotations

from typing import ClassVar, Literal, get_args

from msgspec import Struct

from timeline.dates import When
from timeline.event import Identity, Payload
from timeline.naming import folded
from timeline.values import Money

Stage = Literal["announced", "preorders", "launch", "deliveries", "paused", "ended"]
STAGES: tuple[Stage, ...] = get_args(Stage)
"""In the order in which a product goes through them."""


class Specification(Struct, frozen=True, forbid_unknown_fields=True):
    """A property that can be measured or compared ("range", "902 km").

    Attributes:
        name: of the property.
        value: as printed.
    """

    name: str
    value: str


class Staged(Payload, frozen=True, kw_only=True):
    """A product reached a stage on the day it occurred, or that day somebody said when it is to.

    Attributes:
        product: name, the same in all reports of it.
        stage: what it reached; "preorders" and "deliveries" are their beginning.
        certainty: planned or done.
        due: of a plan, when; None where it does not say, and for what is done.
        region: market, where it is for one only.
    """

    KIND: ClassVar[str] = "product.staged"

    product: str
    stage: Stage
    certainty: Literal["planned", "done"]
    due: When | None = None
    region: str | None = None

    def __post_init__(self) -> None:
        """Refuse a due date of what is done.

        Raises:
            ValueError: the stage is done and has a due date.
        """
        if self.certainty == "done" and self.due is not None:
            raise ValueError(f"{self.stage} is done and so has no due date: say when in occurred, or make it planned")

    def identity(self, occurred: When) -> Identity:
        """Product, stage and region; a plan also has the day it was stated, what is done happens once."""
        dims = (folded(self.product), self.stage, folded(self.region or ""), self.certainty)
        return Identity(dims, occurred if self.certainty == "planned" else None)


class Described(Payload, frozen=True, kw_only=True):
    """A source describes a product as it is, or is to be, on the day it occurred.

    Attributes:
        product: name, the same in all reports of it.
        price: for one piece; None when not stated.
        price_basis: what the price is, in words ("starting price", "with taxes"); None when not stated.
        features: what it has, each in few words.
        specifications: properties with their values.
        rivals: products or makers that it competes with.
    """

    KIND: ClassVar[str] = "product.described"
    ONE_OF: ClassVar[tuple[str, ...]] = ("price", "features", "specifications", "rivals")

    product: str
    price: Money | None = None
    price_basis: str | None = None
    features: tuple[str, ...] = ()
    specifications: tuple[Specification, ...] = ()
    rivals: tuple[str, ...] = ()

    def identity(self, occurred: When) -> Identity | None:
        """Product, price basis and day, for reports of a price; other descriptions stand each for itself."""
        if self.price is None:
            return None
        return Identity((folded(self.product), self.price_basis and folded(self.price_basis)), occurred)
