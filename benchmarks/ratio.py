"""What a benchmark finds."""

from __future__ import annotations

from typing import NamedTuple


class UnmeasuredError(Exception):
    """A benchmark lacks what it measures with; it says what that is."""


class Ratio(NamedTuple):
    """One measurement beside its yardstick.

    Attributes:
        what: is measured.
        seconds: that it takes.
        against: what one would use instead, or the least that it could be.
        base: seconds that this takes in the same run.
        goal: the ratio that is not to be passed; None where there is none.
    """

    what: str
    seconds: float
    against: str
    base: float
    goal: float | None = None

    @property
    def ratio(self) -> float:
        """How many times the yardstick."""
        return self.seconds / self.base

    @property
    def missed(self) -> bool:
        """Whether it passes its goal."""
        return self.goal is not None and self.ratio > self.goal
