"""The kind of fact about targets."""

from __future__ import annotations

from typing import ClassVar, Literal

from timeline.dates import When
from timeline.event import Identity, Payload
from timeline.metrics import Metric
from timeline.values import Figure

Action = Literal["initial", "raised", "cut", "narrowed", "reaffirmed", "withdrawn"]


class Set(Payload, frozen=True, kw_only=True):
    """The company said what it wants to reach in a period: it occurred on the day of the statement.

    Attributes:
        metric: canonical name of what is measured.
        period: first and last day that the target is for.
        action: what the statement does to the target.
        value: the target; None where the source only says that it was changed.
        previous: the target before, as this source states it.
        condition: what the target depends on, in words.
        segment: division, region or product line; None means the whole company.
        basis: accounting basis; None when not stated.
    """

    KIND: ClassVar[str] = "target.set"

    metric: Metric
    period: When
    action: Action
    value: Figure | None = None
    previous: Figure | None = None
    condition: str | None = None
    segment: str | None = None
    basis: str | None = None

    def identity(self, occurred: When) -> Identity:
        """What is targeted for which days, and the day of the statement; "initial" stands for the day of the first."""
        initial = self.action == "initial"
        dims = (*self.subject, str(self.period.first), str(self.period.last), "initial" if initial else "")
        return Identity(dims, None if initial else occurred)

    def partition(self) -> str:
        """Its metric: results, targets and forecasts of one are compared with one another only."""
        return f"metric {self.metric}"

    @property
    def subject(self) -> tuple[str, str, str]:
        """Metric, segment and basis: what may be compared."""
        return (self.metric, self.segment or "", self.basis or "")
