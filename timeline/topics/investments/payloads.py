"""The kinds of facts about investments."""

from __future__ import annotations

from typing import ClassVar

from timeline.dates import When
from timeline.event import Identity, Payload
from timeline.values import Money


class Planned(Payload, frozen=True, kw_only=True):
    """The company said what it will spend on a purpose over a period: it occurred on the day of the statement.

    Attributes:
        amount: what is to be spent over the whole period, not a year.
        purpose: what it is spent on, in a few words that stay the same from report to report ("R&D").
        period: first and last day of the spending.
        focus: what it goes to within the purpose, in the order stated; empty when not stated.
        segment: division, region or product line; None means the whole company.
    """

    KIND: ClassVar[str] = "investment.planned"

    amount: Money
    purpose: str
    period: When
    focus: tuple[str, ...] = ()
    segment: str | None = None

    def identity(self, occurred: When) -> Identity:
        """Purpose, segment and days of the spending, and the day of the statement: a later one revises the plan."""
        return Identity((*self.subject, str(self.period.first), str(self.period.last)), occurred)

    @property
    def subject(self) -> tuple[str, str]:
        """Purpose and segment: what may be compared."""
        return (self.purpose.casefold(), self.segment or "")


class Made(Payload, frozen=True, kw_only=True):
    """The company spent an amount on a purpose over a period: an outcome, not a plan.

    Attributes:
        amount: what was spent over the whole period, not a year.
        purpose: what it was spent on, in the words that plans for it use.
        period: first and last day of the spending.
        focus: what it went to within the purpose, in the order stated; empty when not stated.
        segment: division, region or product line; None means the whole company.
    """

    KIND: ClassVar[str] = "investment.made"

    amount: Money
    purpose: str
    period: When
    focus: tuple[str, ...] = ()
    segment: str | None = None

    def identity(self, occurred: When) -> Identity:
        """Purpose, segment and days of the spending, whenever it was told."""
        del occurred
        return Identity((*self.subject, str(self.period.first), str(self.period.last)))

    @property
    def subject(self) -> tuple[str, str]:
        """Purpose and segment: what may be compared."""
        return (self.purpose.casefold(), self.segment or "")
