"""The kinds of facts about who runs the company, what they are paid, and how its shareholders vote."""

from __future__ import annotations

from typing import ClassVar, Literal

from timeline.dates import When
from timeline.event import Identity, Payload
from timeline.naming import folded
from timeline.values import Count, Figure


class Changed(Payload, frozen=True, kw_only=True):
    """On the day it occurred it became known that a person takes or leaves a role.

    Attributes:
        person: name.
        role: in words ("chief financial officer", "director").
        change: what happens.
        effective: from when; None when not stated.
    """

    KIND: ClassVar[str] = "officer.changed"

    person: str
    role: str
    change: Literal["appointed", "elected", "re-elected", "promoted", "resigned", "retired", "removed", "died"]
    effective: When | None = None

    def identity(self, occurred: When) -> Identity:
        """Person, role, change and day."""
        return Identity((folded(self.person), folded(self.role), self.change), occurred)


class Awarded(Payload, frozen=True, kw_only=True):
    """A person was awarded pay on the day it occurred.

    Attributes:
        person: name.
        item: sort of pay, in words ("base salary", "restricted stock units").
        value: amount or number of shares; None when not stated.
        period: the days that it is for; None when not stated.
    """

    KIND: ClassVar[str] = "pay.awarded"

    person: str
    item: str
    value: Figure | None = None
    period: When | None = None

    def identity(self, occurred: When) -> Identity:
        """Person, sort of pay, period and day."""
        period = f"{self.period.first}/{self.period.last}" if self.period else None
        return Identity((folded(self.person), folded(self.item), period), occurred)


class Held(Payload, frozen=True, kw_only=True):
    """The shareholders voted on an item on the day it occurred.

    Attributes:
        item: what they voted on, in words; the person for the election of one.
        votes_for: votes in favour.
        votes_against: votes against.
        withheld: votes withheld, where that stands in the place of votes against.
        abstained: votes cast as abstentions.
        broker_non_votes: votes that brokers held and could not cast on this item.
        outcome: None when not stated.
    """

    KIND: ClassVar[str] = "vote.held"

    item: str
    votes_for: Count
    votes_against: Count | None = None
    withheld: Count | None = None
    abstained: Count | None = None
    broker_non_votes: Count | None = None
    outcome: Literal["passed", "failed"] | None = None

    def identity(self, occurred: When) -> Identity:
        """Item and day."""
        return Identity((folded(self.item),), occurred)
