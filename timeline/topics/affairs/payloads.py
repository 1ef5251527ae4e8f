"""The kinds of facts about incidents, authorities and deals."""

from __future__ import annotations

from typing import ClassVar, Literal

from timeline.dates import When
from timeline.event import Identity, Payload
from timeline.naming import folded
from timeline.values import Count, Money


class Incident(Payload, frozen=True, kw_only=True):
    """Something went wrong: a recall, an accident, an outage, a breach.

    Attributes:
        what: in few words.
        product: the product concerned; None when not stated.
        units: number of pieces concerned; None when not stated.
        effect: what came of it, in words; None when not stated.
    """

    KIND: ClassVar[str] = "incident.reported"

    what: str
    product: str | None = None
    units: Count | None = None
    effect: str | None = None

    def identity(self, occurred: When) -> Identity:
        """What happened, to which product, and the day."""
        return Identity((folded(self.what), self.product and folded(self.product)), occurred)


class Acted(Payload, frozen=True, kw_only=True):
    """An authority did something that concerns the company on the day it occurred.

    Attributes:
        authority: its name.
        action: what it did, in few words ("opened an investigation", "approved").
        subject: what that is about.
    """

    KIND: ClassVar[str] = "regulator.acted"

    authority: str
    action: str
    subject: str

    def identity(self, occurred: When) -> Identity:
        """Authority, action, subject and day."""
        return Identity((folded(self.authority), folded(self.action), folded(self.subject)), occurred)


DealType = Literal[
    "acquisition",
    "disposal",
    "merger",
    "investment",
    "joint venture",
    "partnership",
    "supply",
    "licence",
    "financing",
    "other",
]
DealStage = Literal["proposed", "agreed", "approved", "completed", "terminated"]


class Deal(Payload, frozen=True, kw_only=True):
    """The company and another agreed on something, or brought it further, on the day it occurred.

    Attributes:
        counterparty: the other side.
        type: what the company does in it.
        value: None when not stated.
        stage: how far it is; None when not stated.
        due: when it is to be completed; None when not stated.
    """

    KIND: ClassVar[str] = "deal.announced"

    counterparty: str
    type: DealType
    value: Money | None = None
    stage: DealStage | None = None
    due: When | None = None

    def identity(self, occurred: When) -> Identity:
        """The other side, the type, the stage and the day."""
        return Identity((folded(self.counterparty), self.type, self.stage), occurred)
