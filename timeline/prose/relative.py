"""Dates that are told from the day of publication: "yesterday", "Thursday", "last quarter", "the next five years"."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from timeline.dates import When
from timeline.prose.calendars import months_later
from timeline.prose.days import Form
from timeline.prose.numerals import CARDINAL, number_of
from timeline.prose.reference import UNRESOLVED, Sense, dated, said, years_round

_DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_NEAR: Final = {
    "yesterday": -1,
    "today": 0,
    "tonight": 0,
    "this morning": 0,
    "this afternoon": 0,
    "this evening": 0,
    "tomorrow": 1,
}
_WEEK: Final = 7
_MONTHS: Final = {"month": 1, "quarter": 3, "half": 6, "half-year": 6, "year": 12, "decade": 120}
_BEHIND: Final = frozenset({"last", "past", "previous", "prior", "preceding", "trailing", "latest"})
_SPOKEN_OF: Final = frozenset({"previous", "prior", "preceding", "following"})
_AHEAD: Final = frozenset({"next", "coming", "following", "upcoming"})
_COMPARED: Final = "it may mean the same part of it"


def _near(found: re.Match[str], published: dt.date | None) -> Sense:
    if published is None:
        return UNRESOLVED
    day = published + dt.timedelta(days=_NEAR[" ".join(found[0].casefold().split())])
    return Sense(When.of_days(day, day), said(published))


def _weekday(found: re.Match[str], published: dt.date | None) -> Sense:
    """The last such day up to the publication; after "next" the first one behind it; "this" leaves both."""
    if published is None:
        return UNRESOLVED
    ago = (published.weekday() - _DAYS.index(found["day"][:3].casefold())) % _WEEK
    word = (found["word"] or "").casefold()
    before = published - dt.timedelta(days=ago or (_WEEK if word == "last" else 0))
    after = published + dt.timedelta(days=_WEEK - ago if ago or word == "next" else 0)
    first, other = (after, before) if word in ("next", "coming") else (before, after)
    value, alternative = When.of_days(first, first), When.of_days(other, other)
    others = () if word in ("last", "next") or value == alternative else (alternative,)
    return Sense(
        value,
        f"the {'first such day after' if first > published else 'last such day up to'} it was {said(published)}",
        others,
    )


def _unit(found: re.Match[str], published: dt.date | None) -> Sense:
    """“Last quarter”, “this year”, “next month”."""
    if published is None:
        return UNRESOLVED
    word, unit = found["word"].casefold(), found["unit"].casefold()
    step = -1 if word in _BEHIND else 1 if word in _AHEAD else 0
    if word in _SPOKEN_OF:
        other = _part_of(published, unit, 2 * step)
        return Sense(
            _part_of(published, unit, step), f"{said(published)}; it may be told from the {unit} spoken of", (other,)
        )
    return Sense(_part_of(published, unit, step), said(published))


def _same_part(found: re.Match[str], published: dt.date | None) -> Sense:
    """“The same period last year”, “the same quarter of 2024”: the year, as only the sentence tells the part."""
    assumed = f"the whole year: which {found['unit'].casefold()} of it, the sentence tells"
    if found["year"].isdigit():
        return Sense(When.parse(found["year"]), assumed)
    if published is None:
        return UNRESOLVED
    return Sense(When.parse(str(published.year - 1)), f"{assumed}; {said(published)}")


def _part_of(day: dt.date, unit: str, step: int) -> When:
    """The week, month, quarter, half or year that a day stands in, or one before or after it."""
    if unit == "week":
        monday = day - dt.timedelta(days=day.weekday()) + dt.timedelta(weeks=step)
        return When.of_days(monday, monday + dt.timedelta(days=_WEEK - 1))
    length = _MONTHS[unit]
    if unit == "decade":
        return years_round(day, 10, ahead=step > 0)
    first = months_later(dt.date(day.year, (day.month - 1) // length * length + 1, 1), step * length)
    return When.of_days(first, months_later(first, length) - dt.timedelta(days=1))


def _span(found: re.Match[str], published: dt.date | None) -> Sense:
    """“The next five years”, “the past 12 months”."""
    if published is None:
        return UNRESOLVED
    ahead = found["word"].casefold() in _AHEAD
    count = int(found["count"] if found["count"].isdigit() else number_of(found["count"]))
    unit = found["unit"].casefold().removesuffix("s")
    exact = _exact(published, count, unit, ahead=ahead)
    if unit in ("year", "decade"):
        value = years_round(published, count * (10 if unit == "decade" else 1), ahead=ahead)
        return Sense(value, f"whole years from the turn of the year nearest to it, {said(published)}", (exact,))
    return Sense(exact, f"counted from the day, {said(published)}")


def _exact(day: dt.date, count: int, unit: str, *, ahead: bool) -> When:
    if unit in ("day", "session", "week"):
        length = dt.timedelta(days=count * (_WEEK if unit == "week" else 1))
        edge = day + length if ahead else day - length
    else:
        edge = months_later(day, count * _MONTHS[unit] * (1 if ahead else -1))
    one = dt.timedelta(days=1)
    return When.of_days(day, edge - one) if ahead else When.of_days(edge + one, day)


def _ago(found: re.Match[str], published: dt.date | None) -> Sense:
    """“A year earlier”, “two months ago”, “the year-ago quarter”."""
    if published is None:
        return UNRESOLVED
    words = (found["count"] or "a").casefold()
    count = int(words) if words.isdigit() else 1 if words in ("a", "an", "the") else int(number_of(words))
    unit = (found["unit"] or "year").casefold().removesuffix("s")
    if unit == "decade":
        unit, count = "year", count * 10
    if unit == "day":
        day = published - dt.timedelta(days=count)
        return Sense(When.of_days(day, day), said(published))
    if unit == "week":
        return Sense(_part_of(published, "week", -count), said(published))
    value = _part_of(published, unit, -count)
    return Sense(value, f"the {unit} {count} before that of the publication, {said(published)}; {_COMPARED}")


def _quarter_before(_found: re.Match[str], published: dt.date | None) -> Sense:
    """“On a QoQ basis”: the quarter before the one that is told of, which the text tells (`compared`)."""
    if published is None:
        return UNRESOLVED
    return Sense(_part_of(published, "quarter", -2), f"the quarter before the last one, {said(published)}")


_UNITS: Final = "days?|weeks?|months?|quarters?|years?|decades?"

FORMS: Final = (
    *tuple(
        Form(re.compile(pattern, re.IGNORECASE), dated(sense))
        for pattern, sense in (
            (
                (
                    rf"\b(?P<word>next|coming|following|upcoming|past|last|previous|prior|preceding"
                    rf"|trailing)[ -](?P<count>\d{{1,3}}|{CARDINAL})[ -](?P<unit>days?|weeks?|months?|quarters?"
                    rf"|years?|decades?)(?:\speriods?)?\b"
                ),
                _span,
            ),
            (rf"\b(?P<count>\d{{1,3}}|an?|{CARDINAL})\s(?P<unit>{_UNITS})\s(?:ago|earlier|before)\b", _ago),
            (
                (
                    r"\b(?:same|corresponding|comparable|equivalent)\s(?P<unit>periods?|quarters?|months?|half|weeks?"
                    r"|days?|time)\s(?:of\s|in\s)?(?:the\s)?(?:fiscal\s)?"
                    r"(?P<year>(?:19|20)\d\d|(?:last|previous|prior|preceding)\s(?:fiscal\s)?year"
                    r"|a\syear\s(?:ago|earlier|before))\b"
                ),
                _same_part,
            ),
            (r"\b(?P<count>)(?P<unit>year)[ -](?:ago|earlier)(?:[ -](?:period|quarter|half|month|week)\b)?", _ago),
            (r"\b(?P<count>)(?:prior|previous|last)[ -](?P<unit>year)[ -](?:period|quarter|half|month|week)\b", _ago),
            (r"\bon\san?\s(?P<count>)(?:YoY|(?P<unit>year)-(?:on|over)-year)\sbasis\b", _ago),
            (r"\b(?:on\sa|in)\s(?P<count>)(?:QoQ|quarter-(?:on|over)-quarter)\sbasis\b", _quarter_before),
            (
                (
                    r"\b(?P<word>last|past|previous|prior|preceding|this|current|next|coming|following"
                    r"|upcoming)[ -](?P<unit>week|month|quarter|half(?:-year)?|year|decade)\b(?!s)(?:['’]s)?"
                ),
                _unit,
            ),
            (r"\b(?:yesterday|today|tonight|tomorrow|this\s(?:morning|afternoon|evening))\b", _near),
        )
    ),
    Form(
        re.compile(
            r"\b(?:(?P<word>[Ll]ast|[Nn]ext|[Tt]his|[Cc]oming|[Pp]ast)\s)?(?P<day>Mon|Tues|Wednes|Thurs|Fri"
            r"|Satur|Sun)day\b(?:['’]s)?"
        ),
        dated(_weekday),
    ),
)
SAME_DAY: Final = re.compile(
    r"\b(?:that|the)\s(?:very\s)?same\s(?:trading\s)?day\b|\bthat\s(?:very\s)?day\b", re.IGNORECASE
)
"""Told from the last day that stands before it in the text, not from the publication."""
