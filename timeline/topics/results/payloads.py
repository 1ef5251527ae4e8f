"""The kind of fact about results."""

from __future__ import annotations

from typing import ClassVar

from timeline.dates import When
from timeline.event import Identity, Payload
from timeline.metrics import Metric
from timeline.values import Figure, Percent


class Reported(Payload, frozen=True, kw_only=True):
    """A figure for a period has become known: an outcome, not a plan.

    A restated figure is a new report under the same identity; both stay. Figures of different basis or segment are
    never compared.

    Attributes:
        metric: canonical name of what is measured.
        period: first and last day it covers.
        value: the figure; None where only a change or a first is reported.
        change: against the same period a year before, unless `prior` says otherwise.
        prior: the figure that `change` refers to.
        cumulative: whether it counts from the start of the fiscal year.
        preliminary: whether it is subject to audit or confirmation.
        first: what it is the first or the record of, in words ("first profit").
        segment: division, region or product line; None means the whole company.
        basis: accounting basis (IFRS, GAAP, adjusted, constant currency); None when not stated.
        against: the target that the source itself compares the figure with, whether or not it was still current.
        concept: what a regulator's taxonomy calls it, with the taxonomy before a colon ("us-gaap:Revenues"); None where
            the source is none of tagged figures.
    """

    KIND: ClassVar[str] = "result.reported"
    ONE_OF: ClassVar[tuple[str, ...]] = ("value", "change", "first")

    metric: Metric
    period: When
    value: Figure | None = None
    change: Percent | None = None
    prior: Figure | None = None
    cumulative: bool | None = None
    preliminary: bool | None = None
    first: str | None = None
    segment: str | None = None
    basis: str | None = None
    against: Figure | None = None
    concept: str | None = None

    def identity(self, occurred: When) -> Identity:
        """What is measured, of what, on what basis, over which days."""
        del occurred
        return Identity(
            (self.metric, self.basis or "", self.segment or "", str(self.period.first), str(self.period.last))
        )

    def partition(self) -> str:
        """Its metric: results, targets and forecasts of one are compared with one another only."""
        return f"metric {self.metric}"

    @property
    def subject(self) -> tuple[str, str, str]:
        """Metric, segment and basis: what may be compared."""
        return (self.metric, self.segment or "", self.basis or "")
