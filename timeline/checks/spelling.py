"""Dates and periods as a source words them: "third quarter of 2025", "by the end of 2026", "the next five years".

Only a text that is nothing but such words is read. It may stand for several dates where it leaves out the year; each is
as wide as the words can be meant.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from timeline.dates import When, spelled
from timeline.errors import ParseProblem

if TYPE_CHECKING:
    from collections.abc import Iterable


class Reading(NamedTuple):
    """What words stand for.

    Attributes:
        dates: that they may mean; empty where they are no date.
        fiscal: "plain" where a fiscal calendar changes nothing, "maybe" where one that differs from the calendar year
            may be meant, "named" where one is.
    """

    dates: tuple[When, ...] = ()
    fiscal: str = "plain"


_FIRST_YEAR: Final = 1000  # of `When`
_YEARS: Final = range(1900, 2101)
_YEAR: Final = r"(?P<year>(?:19|20)[0-9]{2}|[0-9]{2})"
_FULL_YEAR: Final = r"(?P<year>(?:19|20)[0-9]{2})"
_ORDINALS: Final = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "1st": 1,
    "2nd": 2,
    "3rd": 3,
    "4th": 4,
}
_NUMBERS: Final = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH: Final = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY: Final = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"

_UNTIL: Final = re.compile(r"(?:by|until|till|before|up to|no later than|to) ")
_SINCE: Final = re.compile(r"(?:since|from|after|starting|beginning)(?: in| on| from)? ")
_ONWARD: Final = re.compile(r" (?:onwards?|on)$")
_WITHIN: Final = re.compile(
    r"(?:the )?(?:very )?(?:end|late|early|mid|middle|start|beginning)(?: of |-| in | )(?:the )?"
)
_LEAD: Final = re.compile(r"(?:in|on|for|during|over|of|at|as of|the|about|around) ")

_ORDINAL: Final = re.compile(
    rf"(?P<nth>{'|'.join(_ORDINALS)})[ -](?P<part>quarter|half)(?: of| in|,)?"
    rf"(?P<named> (?:the )?fiscal(?: year)?)? {_FULL_YEAR}"
)
_PART: Final = re.compile(rf"(?:(?P<kind>[qh])(?P<nth>[1-4])|(?P<nth_2>[1-4])(?P<kind_2>[qh]))(?: of|,)?[ '’-]*{_YEAR}")
_FISCAL: Final = re.compile(rf"(?:fy|fiscal(?: year)?|financial year)[ '’-]*{_YEAR}")
_FULL: Final = re.compile(rf"(?:full|whole|entire)[ -]year(?: of)? {_FULL_YEAR}")
_SPAN: Final = re.compile(
    rf"(?P<side>next|coming|following|previous|past|last|preceding) (?P<number>[0-9]{{1,2}}|{'|'.join(_NUMBERS)})"
    r"[- ]years?(?:[- ]period)?"
)
_YEARLESS: Final = (re.compile(rf"{_MONTH} {_DAY}"), re.compile(rf"{_DAY} (?:of )?{_MONTH}"), re.compile(_MONTH))
_NUMBERS_ONLY: Final = re.compile(r"[0-9]{4}(?:[-/.][0-9]{1,2}){1,2}|[0-9]{4} ?[-–—/] ?[0-9]{4}")


def read(text: str, published: date, years: Iterable[int] = ()) -> Reading:
    """What a text stands for if it is nothing but a date or a period.

    Args:
        text: as printed.
        published: local day of the publication, which "the next five years" begin with.
        years: those that a date without one may be in, beside those around the publication.
    """
    words = " ".join(text.lower().split()).strip(" .,;:()[]“”\"'")
    is_until, words = _taken(_UNTIL, words)
    is_since, words = _taken(_SINCE, words)
    if onward := _ONWARD.search(words):
        is_since, words = True, words[: onward.start()]
    core = _core(words)
    near = {*years, *range(published.year - 1, published.year + 2)}
    reading = _span(core, published) or _named(core) or _without_year(core, near) or _spelled(core) or Reading()
    return reading._replace(dates=tuple(_opened(each, since=is_since, until=is_until) for each in reading.dates))


def _taken(lead: re.Pattern[str], words: str) -> tuple[bool, str]:
    """Whether the words begin so, and the rest."""
    match = lead.match(words)
    return bool(match), words[match.end() :] if match else words


def _core(words: str) -> str:
    """Without what only says where in a period, or that it is one."""
    while match := _LEAD.match(words) or _WITHIN.match(words):
        words = words[match.end() :]
    return words


def _opened(when: When, *, since: bool, until: bool) -> When:
    first, last = None if until else when.first, None if since else when.last
    is_unbounded = first is None and last is None
    return When.of_days(first, last) if (since or until) and not is_unbounded else when


def _span(core: str, published: date) -> Reading | None:
    """Years before or after the publication, its own counted or not."""
    if not (match := _SPAN.fullmatch(core)):
        return None
    number = _NUMBERS.get(match["number"]) or int(match["number"])
    if match["side"] in ("next", "coming", "following"):
        last = min(published.year + number, date.max.year)
        return Reading((When.of_days(date(published.year, 1, 1), date(last, 12, 31)),))
    return Reading((When.of_days(date(max(published.year - number, _FIRST_YEAR), 1, 1), published),))


def _named(core: str) -> Reading | None:
    """Quarters, halves and years by their names."""
    if match := _ORDINAL.fullmatch(core):
        part = f"{match['part'][0].replace('h', 'H').replace('q', 'Q')}{_ORDINALS[match['nth']]}"
        return _part(match["year"], part, "named" if match["named"] else "maybe")
    if match := _PART.fullmatch(core):
        kind, nth = match["kind"] or match["kind_2"], match["nth"] or match["nth_2"]
        return _part(match["year"], f"{kind.upper()}{nth}", "maybe")
    if match := _FISCAL.fullmatch(core):
        return Reading((When.parse(_century(match["year"])),), "named")
    if match := _FULL.fullmatch(core) or re.fullmatch(_FULL_YEAR, core):
        return Reading((When.parse(match["year"]),), "maybe")
    return None


def _part(year: str, part: str, fiscal: str) -> Reading | None:
    try:
        return Reading((When.parse(f"{_century(year)}-{part}"),), fiscal)
    except ParseProblem:  # there is no third half
        return None


def _century(year: str) -> str:
    return year if len(year) == len("2025") else f"20{year}"


def _without_year(core: str, years: Iterable[int]) -> Reading | None:
    """A day or a month of any of the years."""
    match = next((found for form in _YEARLESS if (found := form.fullmatch(core))), None)
    if match is None:
        return None
    month = 1 + _MONTHS.index(match["month"][:3])
    day = match.groupdict().get("day")
    texts = (f"{year}-{month:02}" + (f"-{int(day):02}" if day else "") for year in sorted(years))
    return Reading(tuple(when for text in texts if (when := _parsed(text))))


def _parsed(text: str) -> When | None:
    """None for 29 February of another year."""
    try:
        return When.parse(text)
    except ParseProblem:
        return None


def _spelled(core: str) -> Reading | None:
    """A date that states its year; a number that only could be one is none."""
    when = spelled(core) if _NUMBERS_ONLY.fullmatch(core) or any(map(str.isalpha, core)) else None
    ends = [day for day in (when.first, when.last) if day] if when else []
    return Reading((when,)) if when and all(day.year in _YEARS for day in ends) else None
