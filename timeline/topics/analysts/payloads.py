"""The kinds of facts about what analysts say."""

from __future__ import annotations

from typing import ClassVar, Literal

from timeline.dates import When
from timeline.event import Identity, Payload
from timeline.metrics import Metric
from timeline.values import Figure, Price


class Forecast(Payload, frozen=True, kw_only=True):
    """A house, or the average of several, published a figure that it expects for a period.

    Attributes:
        by: name or slug of the house; for a consensus, of whoever compiled it.
        metric: canonical name of what is forecast.
        period: first and last day that it is for.
        value: the forecast.
        previous: the forecast before, as this source states it.
        consensus: whether it averages several houses; None when not stated.
        segment: division, region or product line; None means the whole company.
        basis: accounting basis; None when not stated.
    """

    KIND: ClassVar[str] = "forecast.published"

    by: str
    metric: Metric
    period: When
    value: Figure
    previous: Figure | None = None
    consensus: bool | None = None
    segment: str | None = None
    basis: str | None = None

    def identity(self, occurred: When) -> Identity:
        """The house, what it forecasts for which days, and the day on which it did."""
        return Identity((self.by.casefold(), *self.subject, str(self.period.first), str(self.period.last)), occurred)

    def partition(self) -> str:
        """Its metric, as for results and targets."""
        return f"metric {self.metric}"

    @property
    def subject(self) -> tuple[str, str, str]:
        """Metric, segment and basis: what may be compared."""
        return (self.metric, self.segment or "", self.basis or "")


class Rating(Payload, frozen=True, kw_only=True):
    """A house published what it advises to do with the share, what it deems the share worth, or both.

    Attributes:
        by: name or slug of the house.
        rating: in the house's own scale ("outperform"); None where only the price changed.
        target_price: what a share is expected to be worth; None when not stated.
        analyst: who wrote it; None when not named.
        previous: the rating before, as this source states it.
        previous_target: the target price before, as this source states it.
        horizon: for how long it is meant, in words ("12 months"); None when not stated.
        action: what it does to the rating before; None when not stated.
    """

    KIND: ClassVar[str] = "rating.published"
    ONE_OF: ClassVar[tuple[str, ...]] = ("rating", "target_price")

    by: str
    rating: str | None = None
    target_price: Price | None = None
    analyst: str | None = None
    previous: str | None = None
    previous_target: Price | None = None
    horizon: str | None = None
    action: Literal["initiated", "upgraded", "downgraded", "reiterated", "suspended", "resumed", "dropped"] | None = (
        None
    )

    def identity(self, occurred: When) -> Identity:
        """The house and the day."""
        return Identity((self.by.casefold(),), occurred)


class Opinion(Payload, frozen=True, kw_only=True):
    """A house said what it expects, without a figure.

    Attributes:
        by: name or slug of the house.
        subject: what the expectation is about.
        expectation: what is expected, in our own words.
        analysts: who said it, in the order named; empty when nobody is.
    """

    KIND: ClassVar[str] = "opinion.published"

    by: str
    subject: str
    expectation: str
    analysts: tuple[str, ...] = ()

    def identity(self, occurred: When) -> Identity:
        """The house, what it is about, and the day."""
        return Identity((self.by.casefold(), self.subject.casefold()), occurred)
