"""A company's fiscal calendar, from the days on which the years in its annual reports end."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

ANNUAL: Final = ("10-K", "10-K/A", "10-K405", "20-F", "20-F/A", "40-F", "40-F/A")
"""Forms whose figures are of fiscal years, where those of quarterly reports may be of any twelve months."""

YEAR: Final = range(350, 380)
"""Days of a fiscal year: 52 or 53 weeks, or by the calendar."""

_BEFORE, _AFTER = 6, 3
"""Days by which a year of whole weeks ends before its month's last day, or after it where the nearest day counts."""


class YearEnd(NamedTuple):
    """When fiscal years end.

    Attributes:
        month_day: "12-31"; of years of whole weeks the last day of the month at whose end they end.
        weekday: of years of whole weeks the day on which they end, Monday being 0; else None.
    """

    month_day: str
    weekday: int | None = None


def year_end(ends: Collection[date]) -> YearEnd | None:
    """What the last days of some fiscal years have in common; None where they do not tell.

    A single year that ends within a month tells nothing: it may be one of whole weeks.
    """
    if not ends:
        return None
    closing = {_month_end(end) for end in ends}
    offsets = {(end - last).days for end, last in zip(ends, map(_month_end, ends), strict=True)}
    months = {last.month for last in closing}
    if offsets == {0} and len(months) == 1:
        return YearEnd(_month_day(months.pop()))
    if len({(end.month, end.day) for end in ends}) == 1 and len(ends) > 1:
        return YearEnd(f"{next(iter(ends)):%m-%d}")
    weekdays = {end.weekday() for end in ends}
    near = all(-_BEFORE <= offset <= _AFTER for offset in offsets)
    if len(months) == len(weekdays) == 1 and near and len(ends) > 1:
        return YearEnd(_month_day(months.pop()), weekdays.pop())
    return None


def last_years(years: Iterable[tuple[str, date, date]]) -> frozenset[date]:
    """The last days of the fiscal years in the annual report that was filed last.

    Earlier ones may be of a calendar that the company has given up.

    Args:
        years: day filed, first and last day of each period in annual reports.
    """
    latest, found = "", set[date]()
    for filed, first, last in years:
        if (last - first).days + 1 not in YEAR or filed < latest:
            continue
        found = {last} if filed > latest else found | {last}
        latest = filed
    return frozenset(found)


def _month_end(end: date) -> date:
    """The end of a month that is nearest to a day, up to `_AFTER` days back."""
    day = end - timedelta(days=_AFTER)
    return day.replace(day=monthrange(day.year, day.month)[1])


def _month_day(month: int) -> str:
    """A month's last day, in a common year."""
    return f"{month:02}-{monthrange(2023, month)[1]:02}"
