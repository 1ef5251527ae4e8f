"""What dates are resolved against, and how: the day of publication, the fiscal calendar, and what the text has told.

Every resolution says in words what it took for granted, and carries what else the print can mean.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

from timeline.dates import When

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Mapping, Sequence

    from timeline.prose.calendars import Calendar

_NO_DAY = "no day of publication is known to resolve it against"
_HALF_YEAR = 6
_WEEK = 7
_FAR = 10_000


class Sense(NamedTuple):
    """What a date means.

    Attributes:
        value: the time; None where it cannot be told.
        assumed: what was taken for granted, in words; empty for nothing.
        alternatives: what else it can mean, likeliest first.
    """

    value: When | None
    assumed: str = ""
    alternatives: tuple[When, ...] = ()


UNRESOLVED = Sense(None, _NO_DAY)


class Basis(NamedTuple):
    """What a text's dates are resolved against.

    Attributes:
        published: the day; None where it is not known.
        calendar: of the company's fiscal years; None where it is not known.
        weeks: numbers of weeks by the last day of the periods that the text says to have them, by None those of any;
            the commonest first.
        told: the periods that the text tells whole, by their days.
    """

    published: dt.date | None = None
    calendar: Calendar | None = None
    weeks: Mapping[dt.date | None, tuple[int, ...]] = {}
    told: tuple[When, ...] = ()

    def near(self, time: When) -> When:
        """The told period whose ends lie within a week of a time's, but not on them; else the time itself."""
        near = [each for each in self.told if _apart(each, time) <= _WEEK]
        nearest = min(near, key=lambda each: _apart(each, time), default=time)
        return time if nearest.same_days(time) else nearest


def dated(
    sense: Callable[[re.Match[str], dt.date | None], Sense],
) -> Callable[[re.Match[str], Basis], Sense]:
    """A sense that needs the day of publication and no more."""
    return lambda found, basis: sense(found, basis.published)


def said(day: dt.date) -> str:
    """A day as assumptions name it."""
    return f"published {When.parse(day.isoformat()).label()}"


def nearest_year(published: dt.date | None, month: int, day: int | None = None) -> Sense:
    """A month or day without its year: of the three years round the publication, the one that lies nearest."""
    if published is None:
        return UNRESOLVED
    times = [time for year in range(published.year - 1, published.year + 2) if (time := _time(year, month, day))]
    if not times:
        return Sense(None, "there is no such day")
    first, *others = sorted(times, key=lambda time: (_distance(time, published), time.edtf))
    return Sense(first, f"the year is not printed: the nearest is taken, {said(published)}", tuple(others[:1]))


def nearest_part(published: dt.date | None, times: Sequence[When], *, ahead: bool = False) -> Sense:
    """A quarter or half without its year: the last that had ended by the publication, or the first that had not.

    Args:
        published: the day.
        times: the part in each year that is possible, in order.
        ahead: whether the sentence tells of what is to come.
    """
    if published is None:
        return UNRESOLVED
    ended = [time for time in times if time.last and time.last < published]
    value = times[len(ended)] if ahead or not ended else ended[-1]
    which = (
        "the first that had not ended is taken, since the words round it look ahead"
        if ahead
        else "the last that had ended is taken"
    )
    others = sorted((time for time in times if time != value), key=lambda time: _distance(time, published))
    return Sense(value, f"the year is not printed: {which}, {said(published)}", (others[0],))


def years_round(published: dt.date, count: int, *, ahead: bool) -> When:
    """So many years ahead of the publication or behind it, from the turn of the year that lies nearest to it."""
    turn = published.year if published.month <= _HALF_YEAR else published.year + 1
    first, last = (turn, turn + count - 1) if ahead else (turn - count, turn - 1)
    return When.parse(str(first) if first == last else f"{first}/{last}")


def _time(year: int, month: int, day: int | None) -> When | None:
    if day is None:
        return When.parse(f"{year}-{month:02}")
    try:
        return When.of_days(date := dt.date(year, month, day), date)
    except ValueError:
        return None


def _distance(time: When, day: dt.date) -> int:
    """Days between them; 0 within it."""
    if time.first is None or time.last is None:
        return 0
    return max((time.first - day).days, (day - time.last).days, 0)


def _apart(one: When, other: When) -> int:
    """Days between the ends of two times, where both have ends."""
    if one.first is None or one.last is None or other.first is None or other.last is None:
        return _FAR
    return max(abs((one.first - other.first).days), abs((one.last - other.last).days))
