"""The senses of parts of years: by the company's fiscal calendar where it is known, else by the calendar, saying so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from timeline.dates import When
from timeline.prose.calendars import CALENDAR, COMMON, WHOLE
from timeline.prose.reference import UNRESOLVED, Sense, nearest_part, said

if TYPE_CHECKING:
    from timeline.prose.calendars import Calendar, Part
    from timeline.prose.reference import Basis

_READ: Final = "the fiscal year is read as the calendar year of its number"
_YEARS_READ: Final = "fiscal years are read as calendar years"
_BY_MONTH: Final = "it is counted by the month, though whole weeks may shift it by some days"
_MEANT: Final = "the year is taken for the fiscal year of that number"
_AROUND: Final = (-2, -1, 0, 1, 2)


class Year(NamedTuple):
    """A year as printed.

    Attributes:
        number: its first or only number.
        two: whether two years in a row are printed for one: "2023-24".
        fiscal: whether it is called fiscal or financial.
    """

    number: int
    two: bool = False
    fiscal: bool = False


def all_of(*said: str) -> str:
    """What was taken for granted, in one line; the empty ones aside."""
    return "; ".join(dict.fromkeys(part for part in said if part))


def of_year(year: Year, part: Part, basis: Basis) -> Sense:
    """A part of a year with a number.

    With a fiscal calendar every year is read by it, called fiscal or not; the calendar's own part stays beside it.
    """
    calendar = basis.calendar
    if calendar is None or (calendar.is_calendar and year.two):
        return _by_no_calendar(year, part)
    if calendar.is_calendar:
        return Sense(calendar.days(year.number, part), calendar.said if year.fiscal else "")
    if year.two:
        value = basis.near(calendar.days(year.number + 1, part))
        return Sense(value, all_of(calendar.said, _shift(calendar, value, basis)))
    return _by_number(year, part, basis, calendar)


def _by_number(year: Year, part: Part, basis: Basis, calendar: Calendar) -> Sense:
    """Of the two fiscal years that a number can be of, the one that the text tells otherwise too, else the habit."""
    readings = [calendar, calendar._replace(lag=1 - calendar.lag)]
    times = [basis.near(reading.of_number(year.number, part)) for reading in readings]
    naming = calendar.naming
    if naming and not _is_told(times[0], basis) and _is_told(times[1], basis):
        readings.reverse()
        times.reverse()
        naming = f"{readings[0].naming}: so the text tells it elsewhere"
    others = times[1:] if naming else []
    if not year.fiscal:
        others = [*others, CALENDAR.days(year.number, part)]
    assumed = all_of("" if year.fiscal else _MEANT, calendar.said, naming, _shift(calendar, times[0], basis))
    return Sense(times[0], assumed, tuple(others))


def _is_told(time: When, basis: Basis) -> bool:
    return any(time.same_days(each) for each in basis.told)


def _shift(calendar: Calendar, time: When, basis: Basis) -> str:
    return "" if calendar.ends_month or _is_told(time, basis) else _BY_MONTH


def _by_no_calendar(year: Year, part: Part) -> Sense:
    if not (year.fiscal or year.two):
        return Sense(CALENDAR.days(year.number, part))
    if not year.two:
        return Sense(
            CALENDAR.days(year.number, part), _READ, tuple(each.of_number(year.number, part) for each in COMMON)
        )
    others = tuple(each.days(year.number + 1, part) for each in COMMON[:2])
    if part != WHOLE:
        return Sense(CALENDAR.days(year.number, part), _READ, others)
    both = f"“{year.number}-{(year.number + 1) % 100:02}” is taken for both calendar years"
    return Sense(When.parse(f"{year.number}/{year.number + 1}"), both, others)


def without_year(part: Part, basis: Basis, *, ahead: bool = False) -> Sense:
    """A part of a year whose number is not printed."""
    if basis.published is None:
        return UNRESOLVED
    published, calendar = basis.published, basis.calendar or CALENDAR
    plain = nearest_part(published, _round(CALENDAR, part, basis), ahead=ahead)
    if calendar.is_calendar:
        return plain
    sense = nearest_part(published, _round(calendar, part, basis), ahead=ahead)
    others = [other for other in (plain.value, *sense.alternatives) if other and other != sense.value]
    shift = _shift(calendar, sense.value, basis) if sense.value else ""
    return Sense(sense.value, all_of(sense.assumed, calendar.said, shift), tuple(others))


def _round(calendar: Calendar, part: Part, basis: Basis) -> list[When]:
    """The part in the years round the publication, in order."""
    year = basis.published.year if basis.published else 0
    return [basis.near(calendar.days(year + more, part)) for more in _AROUND]


def of_years(first: int, last: int, basis: Basis) -> Sense:
    """Fiscal years in a row."""
    calendar = basis.calendar
    if calendar is None:
        return Sense(When.parse(f"{first}/{last}"), _READ, tuple(each.of_numbers(first, last) for each in COMMON))
    if calendar.is_calendar:
        return Sense(When.parse(f"{first}/{last}"), calendar.said)
    other = calendar._replace(lag=1 - calendar.lag)
    others = (other.of_numbers(first, last),) if calendar.naming else ()
    return Sense(calendar.of_numbers(first, last), all_of(calendar.said, calendar.naming), others)


def running(step: int, part: Part, basis: Basis) -> Sense:
    """A part of the fiscal year of the publication, or of one so many years from it."""
    if basis.published is None:
        return UNRESOLVED
    day, calendar = basis.published, basis.calendar or CALENDAR
    value = basis.near(calendar.days(calendar.current(day) + step, part))
    if basis.calendar is None:
        others = tuple(each.days(each.current(day) + step, part) for each in COMMON)
        return Sense(value, all_of(said(day), _YEARS_READ), others)
    return Sense(value, all_of(said(day), calendar.said, _shift(calendar, value, basis)))
