"""Quarters, halves, months in a row and fiscal years.

A fiscal year is read by the company's calendar where that is known, else as the calendar year of its number, and says
so. A quarter or half without a year is the last one that had ended by the publication.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Final

from timeline.dates import When
from timeline.prose.calendars import CALENDAR, WHOLE, Part, months_later
from timeline.prose.days import MONTH, YEAR, Form, month_number, parsed
from timeline.prose.fiscal import Year, all_of, of_year, of_years, running, without_year
from timeline.prose.numerals import CARDINAL, number_of, ordinal_of
from timeline.prose.reference import UNRESOLVED, Sense, nearest_part, nearest_year, said

if TYPE_CHECKING:
    from timeline.prose.reference import Basis

_TWO_DIGITS: Final = len("26")
_COMING: Final = re.compile(
    r"\b(?:expects|expecting|(?<!-)expected\sto|forecasts?|guidance|outlook|will|sees|projects|plans|targets"
    r"|anticipates)\b[^.;,]*$",
    re.IGNORECASE,
)
_EXPECTED: Final = re.compile(
    r",?\s(?:the\s(?:company|group|firm|board)|it|we|management|[A-Z]\w+)\s(?:now\s|also\s)?"
    r"(?:expects?|forecasts?|sees?|projects?|anticipates?|estimates?|plans?)\b"
)
_CLAUSE: Final = 70
_CHINESE: Final = {"一": "1", "二": "2", "三": "3", "四": "4"}
_STEPS: Final = {"last": -1, "previous": -1, "prior": -1, "past": -1, "next": 1, "coming": 1, "following": 1}
_FISCAL: Final = r"(?:FY|F\.Y\.|[Ff]iscal(?:\s[Yy]ears?)?|[Ff]inancial\s[Yy]ears?|FISCAL(?:\sYEARS?)?)"
_YEAR: Final = (
    rf"(?:(?P<fiscal>{_FISCAL})(?:\s(?:of\s)?)?)?(?P<year>(?:19|20)\d\d|[’']\d\d|(?<=FY)\d\d|(?<=FY\s)\d\d)"
    r"(?:[-–/](?P<through>(?:20)?\d\d)(?![\d–-]))?(?!\d|[.,]\d|\s?%)(?P<after>\s(?:[Ff]iscal|[Ff]inancial)\s[Yy]ear\b)?"
)
_OF: Final = r"(?:['’]s)?(?:,?\s(?:of\s|in\s)?(?:the\s)?(?:(?:full\s|calendar\s)?year\s)?)"
_RELATIVE: Final = (
    r"(?i:(?P<relative>this|last|next|the\s(?:current|previous|prior|coming|following))"
    r"\s(?P<running>fiscal\s|financial\s)?year)"
)
_SHARED: Final = (
    r"(?=\s(?:and|&)\s(?:the\s)?[Ff]ull[ -][Yy]ear\s(?:of\s|[Ee]nded\s\w{3,9}\.?\s\d{1,2},\s)?(?P<shared>(?:19"
    r"|20)\d\d))"
)
_ORDINAL: Final = r"(?i:first|second|third|fourth|final|1st|2nd|3rd|4th)"
_IN_A_ROW: Final = "|".join(f"{year:02}[-–]{year + 1:02}" for year in range(60) if year + 1 not in range(1, 13))
"""“22-23” and the like; up to “11-12” the second number may be a month."""


def _full(year: str) -> int:
    digits = re.sub(r"\D", "", year)
    return int(f"20{digits}" if len(digits) == _TWO_DIGITS else digits)


def _part(found: re.Match[str], basis: Basis) -> Sense:
    """The part of a year: "third quarter of 2025", "first half"."""
    is_half = found["part"].casefold().startswith("half")
    number = 4 - 2 * is_half if found["ordinal"].casefold() == "final" else ordinal_of(found["ordinal"])
    return _coded(Part.of(f"{'H' if is_half else 'Q'}{number}"), found, basis)


def _looks_ahead(found: re.Match[str]) -> bool:
    """Whether the words before it, or those right behind it, tell of what is to come."""
    before = _COMING.search(found.string, max(found.start() - _CLAUSE, 0), found.start())
    return bool(before or _EXPECTED.match(found.string, found.end()))


def _year_of(found: re.Match[str], basis: Basis) -> Year | None:
    """The year that stands before or behind, or that "this year" and the like name; None where none is printed."""
    groups = found.groupdict()
    printed = next((groups[name] for name in ("year", "before", "shared") if groups.get(name)), None)
    if printed:
        number, through = _full(printed), groups.get("through")
        if through and _full(through) != number + 1:
            message = f"{number} and {through} are not two years in a row"
            raise ValueError(message)
        return Year(number, bool(through), bool(groups.get("fiscal") or groups.get("after")))
    if groups.get("relative") and basis.published is not None:
        return Year(basis.published.year + _step(groups["relative"]))
    return None


def _step(words: str) -> int:
    """How many years "last", "the coming" and the like lie from the one that runs."""
    return _STEPS.get(words.casefold().split()[-1], 0)


def _coded(part: Part, found: re.Match[str], basis: Basis) -> Sense:
    """A part of a year; without a year the one that the publication leaves."""
    groups = found.groupdict()
    if groups.get("running"):
        return running(_step(groups["relative"]), part, basis)
    year = _year_of(found, basis)
    if year is None:
        return without_year(part, basis, ahead=_looks_ahead(found))
    sense = of_year(year, part, basis)
    if groups.get("relative") and basis.published:
        return sense._replace(assumed=all_of(said(basis.published), sense.assumed))
    return sense


def _chinese_part(found: re.Match[str], basis: Basis) -> Sense:
    """第三季度, with a year or without."""
    part = Part.of(f"Q{_CHINESE.get(found['ordinal'], found['ordinal'])}")
    if found["chinese"] and basis.published:
        year = basis.published.year + {"去年": -1, "上年": -1, "明年": 1}.get(found["chinese"], 0)
        sense = of_year(Year(year), part, basis)
        return sense._replace(assumed=all_of(said(basis.published), sense.assumed))
    return _coded(part, found, basis)


def _short(found: re.Match[str], basis: Basis) -> Sense:
    """“Q3 2025”, “3Q25”, “1H26”, “FY25 Q3”."""
    return _coded(Part.of("".join(sorted(found["code"].upper(), reverse=True))), found, basis)


def _months(found: re.Match[str], basis: Basis) -> Sense:
    """“First nine months of 2025”, “9M FY24”; without a year the last that had come so far."""
    count = int(found["count"] if found["count"].isdigit() else number_of(found["count"]))
    return _coded(Part(0, min(count, 12)), found, basis)


def _quarter_of_month(found: re.Match[str], basis: Basis) -> Sense:
    """“The December quarter”: the three months that end with that month."""
    month = month_number(found["month"])
    near = nearest_year(basis.published, month)
    if not found["year"] and (near.value is None or near.value.first is None):
        return near
    year = int(found["year"] or near.value.first.year)  # type: ignore[union-attr]
    last = months_later(dt.date(year, month, 1), 1) - dt.timedelta(days=1)
    return Sense(When.of_days(months_later(dt.date(year, month, 1), -2), last), "" if found["year"] else near.assumed)


def _month_range(found: re.Match[str], basis: Basis) -> Sense:
    """“October-December”, “the April-June quarter of 2023-24”: without a year the last that had ended."""
    first, last = (month_number(found[name]) for name in ("first", "last"))
    year = _year_of(found, basis)
    if year is None and basis.published is None:
        return UNRESOLVED
    if year is None:
        times = [_between(first, last, basis.published.year + more) for more in (-2, -1, 0, 1, 2)]  # type: ignore[union-attr]
        return nearest_part(basis.published, times, ahead=_looks_ahead(found))
    if not (year.fiscal or year.two):
        return Sense(_between(first, last, year.number))
    whole = of_year(year, WHOLE, basis)
    times = [_between(first, last, year.number + more) for more in (0, 1, -1)]
    inside = next((time for time in times if whole.value and whole.value.contains(time)), times[0])
    others = tuple(time for time in times if time != inside) if whole.alternatives else ()
    return Sense(inside, whole.assumed, others)


def _between(first: int, last: int, year: int) -> When:
    """From a month to a month of a year."""
    return When.parse(f"{year - (first > last)}-{first:02}/{year}-{last:02}")


def _whole(found: re.Match[str], basis: Basis) -> Sense:
    """“Fiscal 2025”, “FY25”, “full year 2025”."""
    year = _year_of(found, basis)
    return of_year(year, WHOLE, basis) if year else UNRESOLVED


def _whole_years(found: re.Match[str], basis: Basis) -> Sense:
    """“Fiscal 2023 and 2024” are two years; “FY2023-24”, and with a fiscal calendar “2023-2024”, is one."""
    first, last, joint = int(found["first"]), _full(found["last"]), found["joint"].strip()
    one = last == first + 1 and joint in ("-", "–", "/")
    known = basis.calendar is not None and not basis.calendar.is_calendar
    if not one or (len(found["last"]) > _TWO_DIGITS and not known):
        return of_years(first, last, basis)
    sense = of_year(Year(first, two=True, fiscal=True), WHOLE, basis)
    if len(found["last"]) > _TWO_DIGITS:
        both = of_years(first, last, basis).value
        return sense._replace(alternatives=(both, *sense.alternatives) if both else sense.alternatives)
    return sense


def _running(found: re.Match[str], basis: Basis) -> Sense:
    """“The last fiscal year”."""
    return running(_step(found["word"]), WHOLE, basis)


def _calendar(found: re.Match[str], _basis: Basis) -> Sense:
    return parsed(str(_full(found["year"])))


def _to_date(_found: re.Match[str], basis: Basis) -> Sense:
    """From the beginning of the year, or of the fiscal year where that is known."""
    published, calendar = basis.published, basis.calendar or CALENDAR
    if published is None:
        return UNRESOLVED
    first = calendar.days(calendar.current(published)).first
    return Sense(When.of_days(first, published), all_of(f"up to the publication, {said(published)}", calendar.said))


FORMS: Final = (
    *tuple(
        Form(re.compile(pattern), sense)
        for pattern, sense in (
            (
                (
                    rf"\b(?P<first>{MONTH})(?:\s?[-–]\s?|\s(?:to|through)\s(?={MONTH}\s(?i:quarter|period|half)))"
                    rf"(?P<last>{MONTH})(?:[ -](?i:quarter|period|half))?(?:{_OF}{_YEAR})?(?!\w)"
                ),
                _month_range,
            ),
            (rf"\b(?P<month>{MONTH})\s[Qq]uarter\b(?:\s(?:of\s)?(?P<year>{YEAR}))?", _quarter_of_month),
            (rf"\b(?i:first)\s(?P<count>(?i:{CARDINAL})|\d{{1,2}})\smonths(?:{_OF}(?:{_YEAR}|{_RELATIVE}))?", _months),
            (rf"(?<![\w.,])(?P<count>3|6|9|12)M(?:\s(?:of\s)?|-)?{_YEAR}(?!\w)", _months),
            (
                (
                    rf"(?<!\d)(?P<before>{YEAR})(?:['’]s)?\s(?P<fiscal>fiscal\s)?(?P<ordinal>{_ORDINAL})[ -]"
                    r"(?P<part>(?i:quarter|half))\b"
                ),
                _part,
            ),
            (
                (
                    rf"\b(?:[Ff]iscal\s)?(?P<ordinal>{_ORDINAL})[ -](?:fiscal[ -])?"
                    r"(?P<part>(?i:quarter|half(?![ -]year\s(?:net|profit))))(?:s\b"
                    rf"|[ -]year)?\b(?:{_OF}(?:{_YEAR}|{_RELATIVE})|{_SHARED})?"
                ),
                _part,
            ),
            (
                (
                    r"\b(?P<fiscal>FY)\s?(?P<year>(?:20)?\d\d)(?:[-–/](?P<through>\d\d))?[ -]"
                    r"(?P<code>Q[1-4]|H[12]|[1-4]Q|[12]H)\b"
                ),
                _short,
            ),
            (rf"\b(?P<code>Q[1-4]|H[12])(?:(?:{_OF}|[ -]?){_YEAR}|{_OF}{_RELATIVE})?(?!\w)", _short),
            (
                (
                    r"(?:(?P<before>(?:19|20)\d\d)\s?年|(?P<chinese>去年|今年|明年"
                    r"|上年))?(?:第\s?)(?P<ordinal>[1-4一二三四])\s?(?P<part>季)度?"
                ),
                _chinese_part,
            ),
            (
                (
                    r"(?<![\w.])(?P<code>[1-4]Q|[12]H)(?:\s?(?P<fiscal>FY)\s?|[ ’'])?(?P<year>(?:20)?\d\d)?"
                    r"(?:[-–/](?P<through>\d\d)(?![\d–-]))?(?!\w)"
                ),
                _short,
            ),
            (
                (
                    rf"\b{_FISCAL}\s?[’']?(?P<first>(?:19|20)\d\d)(?P<joint>\s?[-–/]\s?|\s(?:to|and"
                    r"|through)\s)(?:FY\s?)?(?P<last>(?:(?:19|20)\d\d|\d\d))(?![\d–-]|[.,]\d)"
                ),
                _whole_years,
            ),
            (
                rf"\b(?P<fiscal>{_FISCAL})\s?[’']?(?P<year>(?:19|20)\d\d|(?<=FY)\d\d|(?<=FY\s)\d\d|(?<=[’'])\d\d)(?![\d/]|[.,]\d)",
                _whole,
            ),
            (
                (
                    r"(?<![\w.,/$€£¥–-])(?P<year>(?:19|20)\d\d)(?:[-–/](?P<through>\d\d))?\s"
                    r"(?P<fiscal>[Ff]iscal|[Ff]inancial)\s[Yy]ear\b"
                ),
                _whole,
            ),
            (rf"(?<![\w.,/$€£¥–-])(?P<year>20(?=(?:{_IN_A_ROW})\b)\d\d)[-–](?P<through>\d\d)(?![\w–-]|[.,]\d)", _whole),
            (r"\b[Ff]ull[ -][Yy]ear\s(?P<year>(?:19|20)\d\d)(?!\d)", _whole),
            (r"\b[Cc]alendar(?:\s[Yy]ear)?\s(?P<year>(?:19|20)\d\d)(?!\d)", _calendar),
            (
                (
                    r"\b(?i:(?P<word>this|current|last|past|previous|prior|next|coming|following)\s"
                    r"(?:fiscal|financial|business)\syear)\b"
                ),
                _running,
            ),
            (
                (
                    r"\b(?i:(?:fiscal\s)?year[- ]to[- ]date|so\sfar\sthis\syear|since\sthe\s(?:start|beginning)\sof\s"
                    r"(?:the|this)\syear)\b|\bYTD\b"
                ),
                _to_date,
            ),
        )
    ),
)
"""Longer forms first."""
