"""Quarters, halves, fiscal years and periods that are told by their end.

A fiscal year is read as the calendar year of its number, and says so: only the company's own calendar can tell more. A
quarter or half without a year is the last one that had ended by the publication.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from timeline.dates import When
from timeline.prose.days import MONTH, YEAR, Form, month_number, parsed
from timeline.prose.numerals import CARDINAL, number_of, ordinal_of
from timeline.prose.reference import UNRESOLVED, Sense, months_later, nearest_part, nearest_year, said

_FISCAL_READ: Final = "the fiscal year is read as the calendar year of its number"
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
_WEEKS_A_MONTH: Final = {13: 3, 26: 6, 39: 9, 52: 12, 53: 12, 14: 3, 4: 1, 12: 3}
_YEAR: Final = (
    r"(?:(?P<fiscal>[Ff]iscal|[Ff]inancial|FY|FISCAL)(?:\s?[Yy]ear)?\s?)?(?P<year>(?:19|20)\d\d|[’']\d\d"
    r"|(?<=FY)\d\d)(?!\d|[.,]\d|\s?%)"
)
_OF: Final = r"(?:['’]s)?(?:,?\s(?:of\s|in\s)?(?:the\s)?(?:(?:full\s|calendar\s)?year\s)?)"
_RELATIVE: Final = (
    r"(?i:(?P<relative>this|last|next|the\s(?:current|previous|prior|coming|following))\s(?:fiscal\s|financial\s)?year)"
)
_SHARED: Final = (
    r"(?=\s(?:and|&)\s(?:the\s)?[Ff]ull[ -][Yy]ear\s(?:of\s|[Ee]nded\s\w{3,9}\.?\s\d{1,2},\s)?(?P<shared>(?:19"
    r"|20)\d\d))"
)
_ORDINAL: Final = r"(?i:first|second|third|fourth|final|1st|2nd|3rd|4th)"


def _full(year: str) -> str:
    digits = re.sub(r"\D", "", year)
    return f"20{digits}" if len(digits) == _TWO_DIGITS else digits


def _fiscal(found: re.Match[str]) -> str:
    return _FISCAL_READ if found["fiscal"] else ""


def _part(found: re.Match[str], published: dt.date | None) -> Sense:
    """The part of a year: "third quarter of 2025", "first half"."""
    is_half = found["part"].casefold().startswith("half")
    number = 4 - 2 * is_half if found["ordinal"].casefold() == "final" else ordinal_of(found["ordinal"])
    code = f"{'H' if is_half else 'Q'}{number}"
    return _coded(code, _year_of(found, published), _told(found, published), published, ahead=_looks_ahead(found))


def _looks_ahead(found: re.Match[str]) -> bool:
    """Whether the words before it, or those right behind it, tell of what is to come."""
    before = _COMING.search(found.string, max(found.start() - _CLAUSE, 0), found.start())
    return bool(before or _EXPECTED.match(found.string, found.end()))


def _year_of(found: re.Match[str], published: dt.date | None) -> str | None:
    """The year that stands before or behind, or that "this year" and the like name."""
    said_so = found.groupdict()
    year = next((said_so[name] for name in ("year", "before", "shared") if said_so.get(name)), None)
    if year is None and said_so.get("relative") and published is not None:
        word = said_so["relative"].casefold().split()[-1]
        return str(
            published.year
            + {"last": -1, "previous": -1, "prior": -1, "next": 1, "coming": 1, "following": 1}.get(word, 0)
        )
    return year


def _told(found: re.Match[str], published: dt.date | None) -> str:
    relative = found.groupdict().get("relative")
    return said(published) if relative and published else _fiscal(found)


def _coded(code: str, year: str | None, assumed: str, published: dt.date | None, *, ahead: bool = False) -> Sense:
    """A quarter or half; without a year the one that the publication leaves."""
    if year:
        return parsed(f"{_full(year)}-{code}", assumed)
    if published is None:
        return UNRESOLVED
    return nearest_part(published, [f"{published.year + more}-{code}" for more in (-1, 0, 1)], ahead=ahead)


def _chinese_part(found: re.Match[str], published: dt.date | None) -> Sense:
    """第三季度, with a year or without."""
    code = f"Q{_CHINESE.get(found['ordinal'], found['ordinal'])}"
    year, word = found["before"], found["relative"]
    if word and published:
        return _coded(
            code, str(published.year + {"去年": -1, "上年": -1, "明年": 1}.get(word, 0)), said(published), published
        )
    return _coded(code, year, "", published)


def _short(found: re.Match[str], published: dt.date | None) -> Sense:
    """“Q3 2025”, “3Q25”, “1H26”, “FY25 Q3”."""
    code = "".join(sorted(found["code"].upper(), reverse=True))
    return _coded(code, _year_of(found, published), _told(found, published), published, ahead=_looks_ahead(found))


def _months(found: re.Match[str], published: dt.date | None) -> Sense:
    """“First nine months of 2025”; without a year the last that had come so far."""
    count = int(found["count"] if found["count"].isdigit() else number_of(found["count"]))
    printed = _year_of(found, published)
    if printed is None and published is None:
        return UNRESOLVED
    if printed is not None or published is None:
        return parsed(f"{_full(printed or '')}-01/{_full(printed or '')}-{min(count, 12):02}", _told(found, published))
    year = published.year if published.month > count else published.year - 1
    assumed = f"the year is not printed: the last that had come so far is taken, {said(published)}"
    return parsed(f"{year}-01/{year}-{min(count, 12):02}", assumed)


def _ended(found: re.Match[str], published: dt.date | None) -> Sense:
    """“Three months ended September 30, 2025”: the days up to its last one."""
    month, day = month_number(found["month"]), int(found["day"])
    if found["year"]:
        last, assumed = parsed(f"{found['year']}-{month:02}-{day:02}"), ""
    else:
        last = _last_such(found, published, month, day)
        assumed = last.assumed
    if last.value is None or last.value.last is None:
        return last
    return _ending(last.value.last, _length(found["length"]), assumed)


def _last_such(found: re.Match[str], published: dt.date | None, month: int, day: int) -> Sense:
    """The end of a period without its year: the last such day, or where it is still "ending" the nearest one."""
    near = nearest_year(published, month, day)
    if published is None or near.value is None or near.value.first is None or near.value.first <= published:
        return near
    if "ending" in found[0].casefold():
        return near
    assumed = f"the year is not printed: the last such day is taken, {said(published)}"
    return parsed(f"{near.value.first.year - 1}-{month:02}-{day:02}", assumed)


def _ending(last: dt.date, months: int, assumed: str) -> Sense:
    """So many months up to a day."""
    following = last + dt.timedelta(days=1)
    if following.day == 1:
        return Sense(When.of_days(months_later(following, -months), last), assumed)
    begun = f"it is taken to have begun {months} months before its end"
    first = months_later(last, -months) + dt.timedelta(days=1)
    return Sense(When.of_days(first, last), "; ".join(part for part in (assumed, begun) if part))


def _elided(found: re.Match[str], _published: dt.date | None) -> Sense:
    """The first of “three and six months ended June 30, 2025”."""
    last = parsed(f"{found['year']}-{month_number(found['month']):02}-{int(found['day']):02}")
    if last.value is None or last.value.last is None:
        return last
    return _ending(last.value.last, _length(f"{found['count']} {found['unit']}"), "")


def _quarter_of_month(found: re.Match[str], published: dt.date | None) -> Sense:
    """“The December quarter”: the three months that end with that month."""
    month = month_number(found["month"])
    near = nearest_year(published, month)
    if not found["year"] and (near.value is None or near.value.first is None):
        return near
    year = int(found["year"] or near.value.first.year)  # type: ignore[union-attr]
    last = months_later(dt.date(year, month, 1), 1) - dt.timedelta(days=1)
    return Sense(When.of_days(months_later(dt.date(year, month, 1), -2), last), "" if found["year"] else near.assumed)


def _length(words: str) -> int:
    """Months of "three months", "13 weeks", "quarter", "half-year", "fiscal year"."""
    text = words.casefold()
    number = re.search(rf"\d+|{CARDINAL}", text)
    words = number[0] if number is not None else "1"
    count = int(words if words.isdigit() else number_of(words))
    if "week" in text:
        return _WEEKS_A_MONTH.get(count, max(round(count * 12 / 52), 1))
    if "month" in text:
        return count
    if "quarter" in text:
        return 3
    return 6 if "half" in text else 12


def _whole(found: re.Match[str], _published: dt.date | None) -> Sense:
    """“Fiscal 2025”, “FY25”."""
    return parsed(_full(found["year"]), _FISCAL_READ)


def _whole_years(found: re.Match[str], _published: dt.date | None) -> Sense:
    return parsed(f"{_full(found['first'])}/{_full(found['last'])}", _FISCAL_READ)


def _calendar(found: re.Match[str], _published: dt.date | None) -> Sense:
    return parsed(_full(found["year"]))


def _to_date(_found: re.Match[str], published: dt.date | None) -> Sense:
    if published is None:
        return UNRESOLVED
    return Sense(When.of_days(dt.date(published.year, 1, 1), published), f"up to the publication, {said(published)}")


_LENGTH: Final = (
    rf"(?P<length>(?i:(?:{CARDINAL}|\d{{1,2}})[ -](?:months?|weeks?)(?:\speriods?)?|(?:(?:first|second|third"
    rf"|fourth|fiscal|financial|full|half)[ -])*"
    r"(?:quarter|half[ -]year|year|half|period)s?))"
)

FORMS: Final = tuple(
    Form(re.compile(pattern), sense)
    for pattern, sense in (
        (
            (
                rf"\b{_LENGTH},?\s(?:that\s)?(?i:ended|ending"
                rf"|to)\s(?:on\s)?(?P<month>{MONTH})\s(?P<day>\d{{1,2}})\b(?:,?\s(?P<year>{YEAR}))?"
            ),
            _ended,
        ),
        (
            (
                rf"\b{_LENGTH},?\s(?:that\s)?(?i:ended|ending"
                rf"|to)\s(?:on\s)?(?P<day>\d{{1,2}})\s(?P<month>{MONTH})(?:,?\s(?P<year>{YEAR}))?"
            ),
            _ended,
        ),
        (
            (
                rf"\b(?P<count>(?i:{CARDINAL})|\d{{1,2}})(?=(?:,\s\w+)?,?\s(?:and|or)\s\w+[- ](?P<unit>month"
                rf"|week)s?(?:\speriods?)?,?\s(?i:ended|ending)\s"
                rf"(?P<month>{MONTH})\s(?P<day>\d{{1,2}}),\s(?P<year>{YEAR}))"
            ),
            _elided,
        ),
        (rf"\b(?P<month>{MONTH})\s[Qq]uarter\b(?:\s(?:of\s)?(?P<year>{YEAR}))?", _quarter_of_month),
        (rf"\b(?i:first)\s(?P<count>(?i:{CARDINAL})|\d{{1,2}})\smonths(?:{_OF}(?:{_YEAR}|{_RELATIVE}))?", _months),
        (
            (
                rf"(?<!\d)(?P<before>{YEAR})(?:['’]s)?\s(?P<fiscal>fiscal\s)?(?P<ordinal>{_ORDINAL})[ -]"
                r"(?P<part>(?i:quarter|half))\b"
            ),
            _part,
        ),
        (
            (
                rf"\b(?P<ordinal>{_ORDINAL})[ -](?P<part>(?i:quarter|half(?![ -]year\s(?:net|profit))))(?:s\b"
                rf"|[ -]year)?\b(?:{_OF}(?:{_YEAR}|{_RELATIVE})|{_SHARED})?"
            ),
            _part,
        ),
        (rf"\b(?P<code>Q[1-4]|H[12])(?:(?:{_OF}|[ -]?){_YEAR}|{_OF}{_RELATIVE})?(?!\w)", _short),
        (
            (
                r"(?:(?P<before>(?:19|20)\d\d)\s?年|(?P<relative>去年|今年|明年"
                r"|上年))?(?:第\s?)(?P<ordinal>[1-4一二三四])\s?(?P<part>季)度?"
            ),
            _chinese_part,
        ),
        (r"(?<![\w.])(?P<code>[1-4]Q|[12]H)(?:(?P<fiscal>FY)|[ ’'])?(?P<year>(?:20)?\d\d)?(?!\w)", _short),
        (r"\b(?P<fiscal>FY)\s?(?P<year>(?:20)?\d\d)[ -](?P<code>Q[1-4]|H[12])\b", _short),
        (
            (
                r"\b(?:FY|[Ff]iscal(?:\s[Yy]ears?)?|[Ff]inancial\s[Yy]ear"
                r"|FISCAL(?:\sYEAR)?)\s?[’']?(?P<first>(?:19|20)\d\d)(?:\s?[-–]\s?|\s(?:to|and"
                r"|through)\s)(?:FY\s?)?(?P<last>(?:19|20)\d\d)\b"
            ),
            _whole_years,
        ),
        (
            (
                r"\b(?:FY|[Ff]iscal(?:\s[Yy]ear)?|[Ff]inancial\s[Yy]ear|FISCAL(?:\sYEAR)?)\s?[’']?(?P<year>(?:19"
                r"|20)\d\d|(?<=FY)\d\d|(?<=[’'])\d\d)(?![\d/]|[.,]\d)"
            ),
            _whole,
        ),
        (r"\b(?:[Ff]ull[ -][Yy]ear|[Cc]alendar(?:\s[Yy]ear)?)\s(?P<year>(?:19|20)\d\d)(?!\d)", _calendar),
        (
            (
                r"\b(?i:year[- ]to[- ]date|so\sfar\sthis\syear|since\sthe\s(?:start|beginning)\sof\s(?:the"
                r"|this)\syear)\b|\bYTD\b"
            ),
            _to_date,
        ),
    )
)
"""Longer forms first."""
