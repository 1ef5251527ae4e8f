"""Fiscal calendars: which days a fiscal year, its quarters and halves have, and what a year's number means.

A fiscal year that ends with a month has whole months. One that ends within a month counts in weeks, so that its days
are known to about a week only, unless the text tells them (`told`).
"""

from __future__ import annotations

import calendar
import datetime as dt
from typing import TYPE_CHECKING, Final, NamedTuple

from timeline.dates import When

if TYPE_CHECKING:
    from collections.abc import Iterable

MONTHS: Final = 12
_LAST: Final = 11
"""The last month of a year, counted from 0."""
_FEBRUARY: Final = 2
_FIRST_WEEK: Final = 7
_SPRING: Final = 5
_DAY: Final = dt.timedelta(days=1)
_COMMON: Final = 2023  # a year without 29 February


def months_later(day: dt.date, months: int) -> dt.date:
    """The same day of another month, or its last day where it has fewer."""
    index = day.year * MONTHS + day.month - 1 + months
    year, month = divmod(index, MONTHS)
    following = dt.date(year + (month == _LAST), (month + 1) % MONTHS + 1, 1)
    return dt.date(year, month + 1, min(day.day, (following - _DAY).day))


def spanning(first: dt.date, last: dt.date) -> When:
    """The shortest text for these days; for whole months their interval."""
    when = When.of_days(first, last)
    whole = first.day == 1 and (last + _DAY).day == 1
    return When.parse(f"{first:%Y-%m}/{last:%Y-%m}") if whole and "/" in when.edtf else when


class Part(NamedTuple):
    """Months of a fiscal year.

    Attributes:
        start: how many of its months are over when it begins.
        months: how many it has.
    """

    start: int
    months: int

    @classmethod
    def of(cls, code: str) -> Part:
        """Of "Q3" or "H2"; there is no third half.

        Raises:
            ValueError: a year has no such part.
        """
        length = 3 if code[0] == "Q" else 6
        start = (int(code[1:]) - 1) * length
        if not 0 <= start < MONTHS:
            message = f"a year has no {code}"
            raise ValueError(message)
        return cls(start, length)


WHOLE: Final = Part(0, MONTHS)


class Calendar(NamedTuple):
    """A company's fiscal calendar.

    Attributes:
        month: in which its fiscal years end, from 1.
        day: on which they end; a last day of the month stands for each last day of it.
        lag: 1 where a year has the number of the year in which it begins, 0 of that in which it ends.
        said: from what the end is known, in words; empty where the company's own records say so.
        told: from what the lag is known; empty for the habit of print.
    """

    month: int
    day: int
    lag: int = 0
    said: str = ""
    told: str = ""

    @property
    def is_calendar(self) -> bool:
        """Whether its fiscal years are calendar years."""
        return self.month == MONTHS and self.ends_month

    @property
    def ends_month(self) -> bool:
        """Whether its years end with a month."""
        return self.day >= calendar.monthrange(_COMMON, self.month)[1]

    @property
    def naming(self) -> str:
        """What is taken for granted of a year's number; empty where there is no doubt."""
        if self.told or self.month > _SPRING:
            return ""
        return f"a fiscal year is taken to have the number of the year in which it {'begins' if self.lag else 'ends'}"

    def days(self, ends: int, part: Part = WHOLE) -> When:
        """Those of a part of the fiscal year that ends in a calendar year."""
        first, last = (self._edge(ends, months) for months in (part.start, part.start + part.months))
        return spanning(first + _DAY, last)

    def of_number(self, number: int, part: Part = WHOLE) -> When:
        """Those of a part of the fiscal year with a number."""
        return self.days(number + self.lag, part)

    def of_numbers(self, first: int, last: int) -> When:
        """Those of the fiscal years from one number to another."""
        begins, ends = self._edge(first + self.lag, 0), self._edge(last + self.lag, MONTHS)
        return spanning(begins + _DAY, ends)

    def current(self, day: dt.date) -> int:
        """The calendar year in which the fiscal year of a day ends."""
        return day.year + (day > self._edge(day.year, MONTHS))

    def _edge(self, ends: int, months: int) -> dt.date:
        """The last day of so many months of the fiscal year."""
        last = dt.date(ends, self.month, min(self.day, calendar.monthrange(ends, self.month)[1]))
        edge = months_later(last, months - MONTHS)
        return edge.replace(day=calendar.monthrange(edge.year, edge.month)[1]) if self.ends_month else edge


CALENDAR: Final = Calendar(12, 31)
COMMON: Final = (Calendar(3, 31), Calendar(6, 30), Calendar(9, 30), Calendar(1, 31, 1))
"""The other ends of fiscal years that are common; the last are those of shops."""


def habitual(month: int, day: int, said: str = "", lags: Iterable[tuple[int, str]] = ()) -> Calendar:
    """A calendar with what a text says of the numbers of its years, else with the habit of print.

    Shops whose years end round the last day of January number them by their beginning, nearly all others by their end.

    Args:
        month: in which its years end.
        day: on which.
        said: from what that is known.
        lags: the lags that the text tells, each with the words that do so.
    """
    lag, told = next(iter(lags), (int(month == 1 or (month == _FEBRUARY and day <= _FIRST_WEEK)), ""))
    return Calendar(month, day, lag, said, told)
