"""Periods that are told by their end: "three months ended June 30", "13-week fiscal quarter ended November 2, 2024".

A quarter or year of a company that counts in weeks has as many as the text tells of its last day.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Final

from timeline.dates import When
from timeline.prose.calendars import months_later
from timeline.prose.days import MONTH, YEAR, Form, month_number, parsed
from timeline.prose.fiscal import all_of
from timeline.prose.numerals import CARDINAL, number_of
from timeline.prose.reference import Sense, nearest_year, said

if TYPE_CHECKING:
    from timeline.prose.reference import Basis

_DAY: Final = dt.timedelta(days=1)
_WEEK: Final = 7
_UNTOLD: Final = "how long the period is, is not printed"
_WEEKS: Final = {"quarter": (12, 17), "half": (24, 28), "year": (52, 53), "period": (1, 53)}
"""Weeks that a company's quarter, half or year has at least and at most."""
_NUMBER: Final = re.compile(rf"(?P<count>\d+|{CARDINAL})(?:\s\(\d+\))?[ -](?P<unit>week|month)")
_COUNT: Final = rf"(?:{CARDINAL}|\d{{1,2}})(?:\s\(\d{{1,2}}\))?"
_LENGTH: Final = (
    rf"(?P<length>(?i:{_COUNT}[ -](?:months?|weeks?)(?:[ -](?:fiscal|financial|reporting|interim))?"
    r"(?:\s(?:periods?|quarters?|years?|half))?"
    r"|(?:(?:first|second|third|fourth|fiscal|financial|business|reporting|full|half)[ -]){0,3}"
    r"(?:(?:quarter|half[ -]year|year|half|period)s?|week|month)))"
)
_END: Final = (
    rf"(?P<month>{MONTH})\s(?P<day>\d{{1,2}})\b(?:,?\s(?P<year>{YEAR}))?",
    rf"(?P<day>\d{{1,2}})\s(?P<month>{MONTH})(?:,?\s(?P<year>{YEAR}))?",
    rf"(?:the\s)?(?:end[ -](?:of\s)?)?(?P<month>{MONTH})(?P<day>)(?!\s?\d\d?\b)(?:,?\s(?:of\s)?(?P<year>{YEAR}))?",
)
_BEFORE: Final = r"\b(?:(?:prior|previous|last|preceding)[ -]year(?:['’]s)?\s)?"
MENTIONED: Final = re.compile(r"(?i:\bend(?:ed|ing)\b)|\b(?:to|through)\s(?:the\s)?(?:end|\d|[A-Z])")
"""What a paragraph with such a period has."""


def _ended(found: re.Match[str], basis: Basis) -> Sense:
    """“Three months ended September 30, 2025”: the days up to its last one."""
    last = _last_day(found, basis.published)
    if last.value is None or last.value.last is None:
        return last
    return _up_to(last.value.last, found["length"].casefold(), basis, last.assumed)


def _last_day(found: re.Match[str], published: dt.date | None) -> Sense:
    month, day = month_number(found["month"]), int(found["day"]) if found["day"] else None
    if found["year"]:
        return parsed(f"{found['year']}-{month:02}" + ("" if day is None else f"-{day:02}"))
    near = nearest_year(published, month, day)
    first = near.value.first if near.value else None
    if published is None or first is None or first <= published or "ending" in found[0].casefold():
        return near
    assumed = f"the year is not printed: the last such {'month' if day is None else 'day'} is taken, {said(published)}"
    before = nearest_year(published.replace(year=first.year - 1, day=1), month, day)
    return Sense(before.value, assumed, (near.value,) if near.value else ())


def _up_to(last: dt.date, length: str, basis: Basis, assumed: str) -> Sense:
    """The period of such a length that ends with a day."""
    weeks, like = _weeks_of(length, last, basis)
    if weeks:
        return Sense(When.of_days(last - _WEEK * weeks * _DAY + _DAY, last), all_of(assumed, like))
    if length.endswith(("period", "periods")) and not _NUMBER.search(length):
        return Sense(When.of_days(None, last), all_of(assumed, _UNTOLD))
    return _ending(last, _months_of(length), assumed)


def _weeks_of(length: str, last: dt.date, basis: Basis) -> tuple[int, str]:
    """Of how many weeks it is, and what was taken for granted; 0 where it is of months."""
    number = _NUMBER.search(length)
    if number:
        return (_int(number["count"]) if number["unit"] == "week" else 0), ""
    if length.endswith("week"):
        return 1, ""
    low, high = next((span for word, span in _WEEKS.items() if word in length), (0, 0))
    told = {weeks for weeks in basis.weeks.get(last, ()) if low <= weeks <= high}
    if len(told) == 1:
        return told.pop(), ""
    others = [weeks for weeks in basis.weeks.get(None, ()) if low <= weeks <= high]
    weekdays = {day.weekday() for day in basis.weeks if day is not None}
    if not others or told or "period" in length or last.weekday() not in weekdays:
        return 0, ""
    weeks = others[0]
    return weeks, f"it is taken to have {weeks} weeks, as others in the text have"


def _int(words: str) -> int:
    return int(words if words.isdigit() else number_of(words))


def _months_of(length: str) -> int:
    """Months of "three months", "quarter", "half-year", "fiscal year"."""
    if number := _NUMBER.search(length):
        return _int(number["count"])
    if "month" in length:
        return 1
    if "quarter" in length:
        return 3
    return 6 if "half" in length else 12


def _ending(last: dt.date, months: int, assumed: str) -> Sense:
    """So many months up to a day."""
    following = last + _DAY
    if following.day == 1:
        return Sense(When.of_days(months_later(following, -months), last), assumed)
    begun = f"it is taken to have begun {months} months before its end"
    return Sense(When.of_days(months_later(last, -months) + _DAY, last), all_of(assumed, begun))


def _elided(found: re.Match[str], basis: Basis) -> Sense:
    """The first of “three and six months ended June 30, 2025”."""
    last = _last_day(found, basis.published)
    if last.value is None or last.value.last is None:
        return last
    return _up_to(last.value.last, f"{found['count']} {found['unit']}".casefold(), basis, last.assumed)


def _forms() -> tuple[Form, ...]:
    verb = r",?\s(?:that\s|which\s)?(?i:ended|ending|to|through)\s(?:on\s|in\s)?"
    whole = [rf"{_BEFORE}(?P<core>{_LENGTH}{verb}{end})" for end in _END[:2]]
    # Nothing but "from the first quarter to March" stands against the month alone.
    month = rf"{_BEFORE}(?P<core>(?<!from\s)(?<!from\sthe\s){_LENGTH}{verb}{_END[2]})"
    elided = (
        rf"\b(?P<count>(?i:{CARDINAL})|\d{{1,2}})(?:[ -](?:week|month)s?)?(?=(?:,\s\w+)?,?\s(?:and|or)\s"
        rf"\w+[- ](?P<unit>month|week)s?(?:\s(?:fiscal\s)?(?:periods?|quarters?))?,?\s(?i:ended|ending)\s"
    )
    return tuple(
        Form(re.compile(pattern), sense)
        for pattern, sense in (
            *((pattern, _ended) for pattern in (*whole, month)),
            *((f"{elided}{end})", _elided) for end in _END[:2]),
        )
    )


FORMS: Final = _forms()
"""Longer forms first."""
