"""Dates that are printed as such: days, months and years, in English order, in digits, and in Chinese.

"By", "since", "until" and the like before a date open it on one side; "early", "late" and "the end of" narrow it by no
rule, so they stay its wording. A month without a year is resolved against the publication (`reference`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from timeline.dates import When
from timeline.errors import ParseProblem
from timeline.paragraphs import Span
from timeline.prose.reference import Sense, dated, nearest_year, said
from timeline.prose.spans import Printed

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator

    from timeline.prose.reference import Basis

MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WHOLE: Final = "January|February|March|April|May|June|July|August|September|October|November|December"
_CUT: Final = "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec"
_NAMES: Final = f"{_WHOLE}|{_CUT}"
MONTH: Final = (
    rf"(?:{_NAMES}|{_NAMES.upper()})\b(?:(?<=Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec|JAN|FEB|MAR|APR|JUN"
    rf"|JUL|AUG|SEP|OCT|NOV|DEC)\.|(?<=Sept)\.)?"
)
YEAR: Final = r"(?:19|20)\d\d(?![\d%])"
_DAY: Final = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_WEEKDAY: Final = r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thur?s?|Fri|Sat(?:ur)?|Sun)(?:day)?,?\s+)"
_NO_DECIMALS: Final = r"(?![\d%]|[.,]\d|\s?(?:percent|million|billion|per\scent)\b)"
_DASH: Final = r"\s?[-–—]\s?|\s(?:to|through|and|until)\s"


class Form(NamedTuple):
    """A form of dates.

    Attributes:
        pattern: with the groups that `sense` reads; what it matches is the core.
        sense: of a match, given what it is resolved against.
    """

    pattern: re.Pattern[str]
    sense: Callable[[re.Match[str], Basis], Sense]

    def read(self, found: re.Match[str], basis: Basis) -> Sense:
        """What a match means; a print such as "the next 999 decades" leaves the years that dates have."""
        try:
            return self.sense(found, basis)
        except (ValueError, OverflowError):
            return Sense(None, "there is no such date")


def month_number(name: str) -> int:
    """From 1."""
    return MONTHS.index(name[:3].casefold()) + 1


def parsed(text: str, assumed: str = "", others: tuple[str, ...] = ()) -> Sense:
    """A date in EDTF, or why there is none."""
    try:
        return Sense(When.parse(text), assumed, tuple(When.parse(other) for other in others))
    except ParseProblem as problem:
        return Sense(None, problem.what)


def _named_day(found: re.Match[str], published: dt.date | None) -> Sense:
    month, day = month_number(found["month"]), int(re.sub(r"\D", "", found["day"]))
    if found["year"]:
        return parsed(f"{found['year']}-{month:02}-{day:02}")
    return nearest_year(published, month, day)


def _named_days(found: re.Match[str], published: dt.date | None) -> Sense:
    month = month_number(found["month"])
    first, last = (int(re.sub(r"\D", "", found[name])) for name in ("first", "last"))
    year = found["year"]
    sense = Sense(None) if year else nearest_year(published, month, first)
    if not year and (sense.value is None or sense.value.first is None):
        return sense
    year = year or str(sense.value.first.year)  # type: ignore[union-attr]
    return parsed(f"{year}-{month:02}-{first:02}/{year}-{month:02}-{last:02}", sense.assumed)


def _named_month(found: re.Match[str], published: dt.date | None) -> Sense:
    month = month_number(found["month"])
    return parsed(f"{found['year']}-{month:02}") if found["year"] else nearest_year(published, month)


def _bare_month(found: re.Match[str], published: dt.date | None) -> Sense:
    """A month without a year; "last" and "next" say on which side of the publication it lies."""
    month, word = month_number(found["month"]), found.groupdict().get("word")
    if word is None or published is None:
        return nearest_year(published, month)
    step = {"last": -1 if month >= published.month else 0, "next": 1 if month <= published.month else 0}
    return parsed(f"{published.year + step.get(word.casefold(), 0)}-{month:02}", said(published))


def _months(found: re.Match[str], published: dt.date | None) -> Sense:
    first, last = (month_number(found[name]) for name in ("first", "last"))
    sense = Sense(None) if found["year"] else nearest_year(published, last)
    if not found["year"] and (sense.value is None or sense.value.first is None):
        return sense
    year = int(found["year"] or sense.value.first.year)  # type: ignore[union-attr]
    return parsed(f"{year - (first > last)}-{first:02}/{year}-{last:02}", sense.assumed)


def _iso(found: re.Match[str], _published: dt.date | None) -> Sense:
    return parsed(f"{found['year']}-{int(found['month']):02}-{int(found['day']):02}")


def _dotted(found: re.Match[str], _published: dt.date | None) -> Sense:
    return parsed(f"{found['year']}-{int(found['month']):02}-{int(found['day']):02}")


def _slashed(found: re.Match[str], _published: dt.date | None) -> Sense:
    one, other, year = int(found["one"]), int(found["other"]), found["year"]
    year = year if len(year) == len("2026") else f"20{year}"
    american, european = f"{year}-{one:02}-{other:02}", f"{year}-{other:02}-{one:02}"
    if one == other or other > len(MONTHS):
        return parsed(american)
    if one > len(MONTHS):
        return parsed(european)
    return parsed(american, "the month is taken to stand first, as in the United States", (european,))


def _chinese(found: re.Match[str], published: dt.date | None) -> Sense:
    month, day = int(found["month"]), found["day"] and int(found["day"])
    if found["year"]:
        return parsed(f"{found['year']}-{month:02}" + (f"-{day:02}" if day else ""))
    return nearest_year(published, month, day or None)


def _years(found: re.Match[str], _published: dt.date | None) -> Sense:
    first, last = found["first"], found["last"]
    if len(last) < len(first):
        return parsed(f"{first}/{first[:2]}{last}", f"“{found[0]}” is taken for both calendar years")
    return parsed(f"{first}/{last}")


def _year(found: re.Match[str], _published: dt.date | None) -> Sense:
    return parsed(found["year"])


def _decade(found: re.Match[str], _published: dt.date | None) -> Sense:
    year = int(found["year"])
    return parsed(f"{year}/{year + 9}")


def _forms(*forms: tuple[str, Callable[[re.Match[str], dt.date | None], Sense]]) -> tuple[Form, ...]:
    return tuple(Form(re.compile(pattern), dated(sense)) for pattern, sense in forms)


FORMS: Final = _forms(
    (
        rf"(?<![\w.,-])(?P<year>{YEAR})([-/.])(?P<month>0?[1-9]|1[0-2])\2(?P<day>0?[1-9]|[12]\d|3[01])(?![\d-]|[.,]\d)",
        _iso,
    ),
    (
        rf"(?<![\w.,-])(?P<day>0?[1-9]|[12]\d|3[01])\.\s?(?P<month>0?[1-9]|1[0-2])\.\s?(?P<year>{YEAR})(?![.,]\d)",
        _dotted,
    ),
    (r"(?<![\w.,/-])(?P<one>\d{1,2})/(?P<other>\d{1,2})/(?P<year>(?:19|20)?\d\d)(?![\d/])", _slashed),
    (
        rf"(?:(?P<year>{YEAR})\s?年\s?)?(?P<month>1[0-2]|0?[1-9])\s?月(?:\s?(?P<day>[12]\d|3[01]|0?[1-9])\s?[日号])?",
        _chinese,
    ),
    (
        rf"\b(?P<month>{MONTH})\s(?P<first>{_DAY})(?:{_DASH})(?P<last>{_DAY}){_NO_DECIMALS}(?:,?\s(?P<year>{YEAR}))?",
        _named_days,
    ),
    (
        rf"(?<![\w.,])(?P<first>{_DAY})(?:{_DASH})(?P<last>{_DAY})\s(?P<month>{MONTH})(?:,?\s(?P<year>{YEAR}))?",
        _named_days,
    ),
    (
        rf"\b(?:{_WEEKDAY})?(?P<month>{MONTH})[\s-](?P<day>{_DAY}){_NO_DECIMALS}(?:(?:,?\s|-)(?P<year>{YEAR}))?",
        _named_day,
    ),
    (rf"\b(?P<month>{MONTH})(?P<day>[0-3]?\d),\s?(?P<year>{YEAR})", _named_day),
    (
        rf"(?<![\w.,$€£¥])(?P<day>{_DAY})(?:\sday)?[\s-](?:of\s)?(?P<month>{MONTH})(?:(?:,?\s|-)(?P<year>{YEAR}))?",
        _named_day,
    ),
    (rf"\b(?P<first>{MONTH})(?:{_DASH})(?P<last>{MONTH})(?:,?\s|\.)(?P<year>{YEAR})", _months),
    (rf"\b(?P<month>{MONTH})(?:,?\s(?:of\s)?|[-.])(?P<year>{YEAR})", _named_month),
    (
        (
            r"\b(?:[Ii]n|[Ff]or|[Ff]rom|[Ss]ince|[Uu]ntil|[Bb]y|[Oo]f|[Ll]ate|[Ee]arly|[Mm]id|[Dd]uring"
            r"|(?P<word>[Ll]ast|[Nn]ext|[Tt]his)|[Ss]tarting"
            rf"|[Tt]hrough|[Aa]nd|[Tt]o|[Aa]fter|[Bb]efore)[\s-](?P<core>(?P<month>{MONTH}))(?!\s[A-Z][a-z])"
        ),
        _bare_month,
    ),
    (
        r"\b(?P<month>January|February|April|June|July|September|October|November|December)\b(?!\s[A-Z][a-z])",
        _bare_month,
    ),
    (
        rf"(?<![\w.,$€£¥-])(?P<first>{YEAR})(?:\s?[-–—]\s?|\s(?:to|through|until|and)\s)(?P<last>{YEAR})(?!\d|[.,]\d)",
        _years,
    ),
    (r"(?<![\w.,$€£¥-])(?P<first>(?:19|20)\d\d)/(?P<last>\d\d)(?![\d/])", _years),
    (r"\b(?P<year>(?:19|20)\d0)s\b", _decade),
    (
        (
            rf"(?<![\w.,$€£¥+−/])(?P<year>{YEAR})(?![.,]\d|[-–]\d|/\d|\s?(?:%|percent|per\scent|million|billion"
            rf"|bn\b|yuan|dollars|"
            r"units|shares|vehicles|cars|employees|people|stores|workers|jobs|outlets|stations|dealers|patents"
            r"|points|[kK]m\b|kWh|mAh|hp\b|万|亿|元))"
            r"(?<!\bRMB \d{4})(?<!\bHKD \d{4})(?<!\bUSD \d{4})(?<!\$ \d{4})"
        ),
        _year,
    ),
)
"""Longer forms first: what one takes, the next ones do not see."""

_LEAD: Final = re.compile(
    r"(?<![\w-])(?:(?P<lead>[Bb]y|[Uu]ntil|[Tt]ill|[Tt]hrough|[Ss]ince|[Ff]rom|[Bb]efore|[Aa]fter|[Aa]s\s(?:of"
    r"|at)|[Nn]o\slater\sthan)\s+)?"
    r"(?P<part>(?:(?:the\s+)?(?:end|beginning|start|middle|close|turn)(?:[ -]of)?|[Ee]arly|[Ll]ate|[Mm]id"
    r"|[Ll]ater)(?:\s+(?:in|of))?(?:\s+the)?[\s-]+)?$"
)
_ONWARD: Final = re.compile(r"\s(?:onwards?|or later)\b")
_UP_TO: Final = frozenset({"by", "until", "till", "through", "no later than"})
_ON_FROM: Final = frozenset({"since", "onward"})


def dates(paragraph: int, text: str, taken: bytearray, basis: Basis) -> Iterator[Printed]:
    """The dates of a paragraph; each marks what it takes."""
    for form in FORMS:
        for found in form.pattern.finditer(text):
            start, end = found.span("core" if "core" in form.pattern.groupindex else 0)
            if not any(taken[start:end]):
                sense = form.read(found, basis)
                yield _led(paragraph, text, (start, end), sense, taken)


def _led(paragraph: int, text: str, core: tuple[int, int], sense: Sense, taken: bytearray) -> Printed:
    """With the words before and behind that bound or qualify it."""
    start, end = core
    lead = part = ""
    if (found := _LEAD.search(text, max(start - 32, 0), start)) and not any(taken[found.start() : start]):
        lead, part = " ".join((found["lead"] or "").casefold().split()), found["part"] or ""
        start = found.start() if lead or part else start
    if onward := _ONWARD.match(text, end):
        lead, end = "onward", onward.end()
    value, wording = sense.value, text[start:end] if lead or part else ""
    if value is not None and (lead or part):
        value = _bounded(value, lead, wording)
    taken[start:end] = b"\1" * (end - start)
    assumed = sense.assumed
    return Printed(
        what="date",
        quote=text[start:end],
        span=Span(paragraph, start, end),
        core=Span(paragraph, *core),
        value=value,
        assumed=assumed,
        alternatives=tuple(_bounded(other, lead, wording) for other in sense.alternatives),
    )


def _bounded(value: When, lead: str, wording: str) -> When:
    if "/" in value.edtf:
        return When(value.edtf, value.first, value.last, wording)
    if lead in _UP_TO and value.last:
        return When.parse(f"../{value.last.isoformat()}", wording)
    if lead in _ON_FROM and value.first:
        return When.parse(f"{value.edtf}/..", wording)
    return When(value.edtf, value.first, value.last, wording)
