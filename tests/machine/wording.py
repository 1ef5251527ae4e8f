"""Figures and dates as sources print them, each with what it means, worked out by hand.

The machine draws from these tables and the oracle reads them, so that neither asks the program what a text means.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple


class Interval(NamedTuple):
    """All that a figure may be, ends included; None is no end on that side."""

    low: Decimal | None
    high: Decimal | None


class Span(NamedTuple):
    """The days that a date may be, ends included; None is no end on that side.

    Attributes:
        exact: a plain day or an interval of plain days, about which nothing is left open.
    """

    first: date | None
    last: date | None
    exact: bool

    @property
    def is_day(self) -> bool:
        """Only one day is possible."""
        return self.first is not None and self.first == self.last


def _interval(low: int | None, high: int | None) -> Interval:
    return Interval(None if low is None else Decimal(low), None if high is None else Decimal(high))


def _span(first: str | None, last: str | None, *, exact: bool = False) -> Span:
    return Span(date.fromisoformat(first) if first else None, date.fromisoformat(last) if last else None, exact)


def _day(text: str) -> Span:
    return _span(text, text, exact=True)


SHARES = {
    "1,000,000": _interval(1_000_000, 1_000_000),
    "5 million": _interval(4_500_000, 5_500_000),
    "5,200,000": _interval(5_200_000, 5_200_000),
    "about 2 million": _interval(1_000_000, 3_000_000),
    "over 4 million": _interval(4_000_000, None),
    "9 million": _interval(8_500_000, 9_500_000),
    "20,000,000": _interval(20_000_000, 20_000_000),
}
COUNTS = {
    "300,000": _interval(300_000, 300_000),
    "350,000": _interval(350_000, 350_000),
    "over 400,000": _interval(400_000, None),
    "380,000–390,000": _interval(380_000, 390_000),
    "over 410,000": _interval(410_000, None),
}
FIGURES = SHARES | COUNTS

DAYS = ("2025-02-27", "2025-03-03", "2025-03-04", "2025-03-20")
OCCURRED = {
    **{day: _day(day) for day in DAYS},
    "2025-03-04?": _span("2025-03-04", "2025-03-04"),
    "2025-03-03~": _span("2025-03-02", "2025-03-04"),
    "2025-02": _span("2025-02-01", "2025-02-28"),
    "2025-03": _span("2025-03-01", "2025-03-31"),
    "2025": _span("2025-01-01", "2025-12-31"),
    "../2025-03-20": _span(None, "2025-03-20"),
    "2025-03-01/2025-03-10": _span("2025-03-01", "2025-03-10", exact=True),
}
PERIODS = {
    "2025": OCCURRED["2025"],
    "2025-01-01/2025-12-31": _span("2025-01-01", "2025-12-31", exact=True),
    "2026": _span("2026-01-01", "2026-12-31"),
}
DUE = {
    "2025-04": _span("2025-04-01", "2025-04-30"),
    "2025-06-30": _day("2025-06-30"),
    "2025-06": _span("2025-06-01", "2025-06-30"),
    "../2025-12-31": _span(None, "2025-12-31"),
}
EX_DAYS = {day: _day(day) for day in ("2025-03-03", "2025-03-04", "2025-03-11", "2025-04-15")}
SPANS = OCCURRED | PERIODS | DUE | EX_DAYS

RATIOS = {"2:1": Fraction(2), "4:1": Fraction(4), "1:10": Fraction(1, 10)}
"""New shares for an old one; a tenth of a figure is still exact, so that nothing here has to round."""
