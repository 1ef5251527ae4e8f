"""Periods that are told from another one: "a year earlier", "the same period last year", "the previous quarter".

Each is resolved against the period that its sentence states, or else the nearest one of the text, and says so. What the
publication alone would make of it stays beside it. Without such a period nothing changes.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect
from typing import TYPE_CHECKING, Final, NamedTuple

from msgspec.structs import replace

from timeline.dates import When
from timeline.prose.calendars import months_later, spanning

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from timeline.prose.reference import Basis
    from timeline.prose.spans import Printed

_YEAR: Final = r"(?:last|previous|prior|preceding)\s(?:fiscal\s)?year"
_YEAR_BEFORE: Final = re.compile(
    r"(?:an?|one|1)\syear\s(?:ago|earlier|before)|year[ -](?:ago|earlier)\b.*|(?:prior|previous|last)[ -]year[ -]\w+"
    rf"|(?:same|corresponding|comparable|equivalent)\b.*\b(?:{_YEAR}|year\s(?:ago|earlier|before))"
    r"|.*\b(?:YoY|year-on-year|year-over-year)\b.*",
    re.IGNORECASE,
)
_SAME_OF: Final = re.compile(
    r"(?:same|corresponding|comparable|equivalent)\b.*\b(?P<year>(?:19|20)\d\d)", re.IGNORECASE
)
_BEFORE: Final = re.compile(
    r"(?P<word>previous|prior|preceding|following)[ -](?P<unit>week|month|quarter|half|year)(?:-year)?(?:['’]s)?"
    r"|.*\b(?P<sequential>QoQ|quarter-on-quarter|quarter-over-quarter)\b.*",
    re.IGNORECASE,
)
_LOOSE: Final = re.compile(
    r"(?:an?|one|1)\syear\s(?:ago|earlier|before)|(?:previous|prior|preceding)[ -]year(?:['’]s)?", re.IGNORECASE
)
"""What may also tell when something was done: "he joined a year ago"."""
_COMPARING: Final = re.compile(
    r"[\d%]|\b(?:than|from|versus|vs|over|compared|against|up|down|higher|lower|double|more|less)\b", re.IGNORECASE
)
_SENTENCE: Final = re.compile(r"[.!?]\s+(?=[A-Z“\"(])|。")
_NEAR: Final = 200
"""Characters before a print in which its sentence is looked at."""
_REACH: Final = 50
"""Periods before a print, and as many behind it, of which one can be meant."""
_ONE: Final = dt.timedelta(days=1)
_LENGTHS: Final = {"week": (2, 7), "month": (28, 31), "quarter": (80, 120), "half": (175, 190), "year": (360, 372)}
_MONTHS: Final = {"month": 1, "quarter": 3, "half": 6, "year": 12}
_LEAST: Final = 5
_LONGEST: Final = 372
_RECENT: Final = dt.timedelta(days=400)
_SLACK: Final = 8
_YEAR_OF_WEEKS: Final = dt.timedelta(weeks=52)


class _Place(NamedTuple):
    """A print among the others, and in which sentence it stands."""

    number: int
    sentence: tuple[int, int]


def compared(printed: Sequence[Printed], texts: Sequence[str], basis: Basis) -> Iterator[Printed]:
    """The prints, those that are told from another period being resolved against it."""
    places = list(_places(printed, texts))
    stated = [place for place in places if _is_stated(printed[place.number], basis)]
    result = list(printed)
    for place in places:
        if meant := _meaning(result[place.number], texts):
            near = _within_reach(place, stated)
            fitting = [each for each in near if _fits(printed[each.number], meant, _is_near(each, place), basis)]
            anchor = _anchor(place, fitting, printed)
            if anchor is not None:
                result[place.number] = _resolved(result[place.number], result[anchor.number], meant, basis)
    return iter(result)


def _places(printed: Sequence[Printed], texts: Sequence[str]) -> Iterator[_Place]:
    paragraph, ends, at = 0, [], 0
    for index, each in enumerate(printed):
        if each.span.paragraph != paragraph:
            paragraph, at = each.span.paragraph, 0
            ends = [found.start() for found in _SENTENCE.finditer(texts[paragraph - 1])]
        while at < len(ends) and ends[at] < each.core.start:
            at += 1
        yield _Place(index, (paragraph, at))


def _is_stated(each: Printed, basis: Basis) -> bool:
    """Whether it is a period of some days to a year that lies behind the publication and is told from no other one."""
    when = each.value
    if not isinstance(when, When) or when.first is None or when.last is None or _is_told_from_another(each):
        return False
    behind = basis.published is None or when.first <= basis.published
    return behind and _LEAST <= (when.last - when.first).days + 1 <= _LONGEST


def _is_told_from_another(each: Printed) -> bool:
    return any(pattern.fullmatch(each.quote) for pattern in (_YEAR_BEFORE, _SAME_OF, _BEFORE))


class _Meaning(NamedTuple):
    """How a print is told from another period.

    Attributes:
        shift: of that period.
        fits: whether one of so many days can be that period, given whether it stands in the same sentence.
        said: in words, before the print that it is told from.
    """

    shift: Callable[[When, Basis], When]
    fits: Callable[[int, bool], bool]
    said: str


def _meaning(each: Printed, texts: Sequence[str]) -> _Meaning | None:
    if found := _SAME_OF.fullmatch(each.quote):
        year = int(found["year"])
        return _Meaning(lambda when, basis: _in_year(when, year, basis), _is_part, f"the part of {year} that is")
    if _YEAR_BEFORE.fullmatch(each.quote):
        return _year_before() if _is_comparison(each, texts) else None
    if not (found := _BEFORE.fullmatch(each.quote)):
        return None
    unit = "quarter" if found["sequential"] else found["unit"].casefold()
    step = 1 if (found["word"] or "").casefold() == "following" else -1
    if unit == "year" and step < 0 and not found["sequential"]:
        return _year_before() if _is_comparison(each, texts) else None
    side, (low, high) = "after" if step > 0 else "before", _LENGTHS[unit]
    return _Meaning(
        lambda when, basis: _beside(when, unit, step, basis),
        lambda days, near: low <= days <= high and (near or unit == "quarter"),
        f"the {unit} {side}",
    )


def _year_before() -> _Meaning:
    return _Meaning(lambda when, basis: _years_on(when, -1, basis), _is_part, "one year before")


def _is_comparison(each: Printed, texts: Sequence[str]) -> bool:
    """Whether it names a part of a year, or a figure or a word that compares stands before it in its sentence."""
    if not _LOOSE.fullmatch(each.quote):
        return True
    near = texts[each.span.paragraph - 1][max(each.span.start - _NEAR, 0) : each.span.start]
    return bool(_COMPARING.search(_SENTENCE.split(near)[-1]))


def _is_part(days: int, near: bool) -> bool:  # noqa: FBT001 - `_Meaning.fits`
    """In the sentence any period of a month and more, elsewhere one of a quarter and more."""
    return days >= (_LENGTHS["month"][0] if near else _LENGTHS["quarter"][0])


def _within_reach(place: _Place, stated: Sequence[_Place]) -> Sequence[_Place]:
    at = bisect(stated, place)
    return stated[max(at - _REACH, 0) : at + _REACH]


def _fits(each: Printed, meant: _Meaning, near: bool, basis: Basis) -> bool:  # noqa: FBT001 - `_Meaning.fits`
    """Whether it can be the period; outside the sentence only one that is not long past."""
    when = each.value
    if not isinstance(when, When) or when.first is None or when.last is None:
        return False
    recent = near or basis.published is None or basis.published - when.last <= _RECENT
    return recent and meant.fits((when.last - when.first).days + 1, near)


def _is_near(there: _Place, here: _Place) -> bool:
    return there.sentence == here.sentence


def _anchor(here: _Place, places: Sequence[_Place], printed: Sequence[Printed]) -> _Place | None:
    """Of the same sentence the nearest before, or else behind; else the nearest before in the text, else behind.

    Where a period stands beside the same one of the year before, the later of the two is meant.
    """
    near = [place for place in places if _is_near(place, here)]
    for among in (near, places):
        before = [place for place in among if place.number < here.number]
        if before:
            beside = [place for place in before if _is_near(place, before[-1])]
            return next(
                (place for place in beside if _follows(printed[place.number], printed[before[-1].number])), before[-1]
            )
        if among:
            return among[0]
    return None


def _follows(later: Printed, earlier: Printed) -> bool:
    """Whether one period is the other's a year later."""
    one, other = later.value, earlier.value
    if not isinstance(one, When) or not isinstance(other, When):
        return False
    pairs = ((one.first, other.first), (one.last, other.last))
    return all(day and before and abs((day - before - _YEAR_OF_WEEKS).days) <= _SLACK for day, before in pairs)


def _resolved(each: Printed, anchor: Printed, meant: _Meaning, basis: Basis) -> Printed:
    if not isinstance(anchor.value, When):
        return each
    value = meant.shift(anchor.value, basis)
    others = tuple(
        other for other in (each.value, *each.alternatives) if isinstance(other, When) and not other.same_days(value)
    )
    assumed = f"{meant.said} “{anchor.quote}”"
    return replace(each, value=replace(value, wording=each.quote), assumed=assumed, alternatives=others)


def _moved(when: When, months: int) -> When:
    """The same months so many months later; a time within months keeps its days."""
    if when.first is None or when.last is None:
        return when
    following = when.last + _ONE
    first = months_later(when.first, months)
    last = months_later(following, months) - _ONE if following.day == 1 else months_later(when.last, months)
    return spanning(first, last)


def _years_on(when: When, years: int, basis: Basis) -> When:
    """The same part so many years later: as the text tells it, else by weeks where it has whole weeks."""
    by_months = _moved(when, 12 * years)
    told = basis.near(by_months)
    if told is not by_months or when.first is None or when.last is None:
        return told
    if when.first.day == 1 and (when.last + _ONE).day == 1:
        return by_months
    if ((when.last - when.first).days + 1) % 7 == 0:
        return When.of_days(when.first + years * _YEAR_OF_WEEKS, when.last + years * _YEAR_OF_WEEKS)
    return by_months


def _in_year(when: When, year: int, basis: Basis) -> When:
    """The same part of another year."""
    return _years_on(when, year - when.last.year, basis) if when.last else when


def _beside(when: When, unit: str, step: int, basis: Basis) -> When:
    """The week, month, quarter or half right before or behind."""
    if unit != "week":
        return basis.near(_moved(when, step * _MONTHS[unit]))
    if when.first is None or when.last is None:
        return when
    week = dt.timedelta(days=7)
    return When.of_days(when.first + step * week, when.last + step * week)
