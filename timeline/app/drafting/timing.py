"""When a fact happened and what period it is of: by the days and periods beside its words, else by those told before.

Whatever is not told beside the fact itself is a doubt of the draft.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from timeline.app.drafting.declared import declared
from timeline.app.drafting.passages import Passage
from timeline.dates import When
from timeline.prose.calendars import CALENDAR, Calendar
from timeline.prose.spans import Printed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from timeline.app.drafting.anchors import Region
    from timeline.app.drafting.filling import Filled
    from timeline.cue import Cue

_FULL_YEAR: Final = re.compile(r"\b(?:full[- ]year|fiscal[- ]year|full[- ]fiscal[- ]year|annual|FY)\b", re.IGNORECASE)
_QUARTERLY: Final = re.compile(r"\bquarterly\b|\bthe\squarter\b", re.IGNORECASE)
_OTHER: Final = re.compile(r"\b(?:same|last|prior|previous|earlier|ago|before)\b", re.IGNORECASE)
"""Words of a time that a sentence compares with, so that it is none of the next sentence."""

_LEAD: Final = 4
"""Paragraphs in which a text says what period it is about."""

_AHEAD: Final = {"due", "effective"}
"""Fields of what is still to come."""

_EVENTS: Final = re.compile(r"\bdate of (?:the )?earliest event", re.IGNORECASE)
"""At the head of a form, what stands beside the day of what it reports."""

_NEARLY_OVER: Final = dt.timedelta(days=14)
_WEEK: Final = dt.timedelta(days=6)
_WORKING: Final = dt.timedelta(days=4)
_LONGEST_DEED: Final = dt.timedelta(days=31)
_SHORTEST_PERIOD: Final = dt.timedelta(days=80)


class Setting(Struct, frozen=True):
    """What a text has told before a sentence.

    Attributes:
        published: the day of publication.
        period: that the text is about, as its title or first paragraphs have it; None where they name none.
        paragraph: of the sentence.
        before: the passages before it, nearest first.
        own: whether the company itself published the text.
        year_end: month and day on which the company's fiscal year ends; None where that is not known.
        day: on which the text says that what it reports came to pass; None where it states none for the whole.
        text: all its passages.
    """

    published: dt.date
    period: Printed | None
    paragraph: int = 0
    before: tuple[Passage, ...] = ()
    own: bool = False
    year_end: tuple[int, int] | None = None
    day: Printed | None = None
    text: tuple[Passage, ...] = ()

    @property
    def earlier(self) -> tuple[Passage, ...]:
        """The passages of the same paragraph before the sentence, nearest first."""
        return tuple(each for each in self.before if each.paragraph == self.paragraph)


def leading_period(passages: Iterable[Passage], published: dt.date) -> Printed | None:
    """The first past period of a quarter or more that the title or the first paragraphs name."""
    printed = (each for passage in passages if passage.paragraph <= _LEAD for each in passage.printed)
    return next((each for each in printed if _is_past_period(each, published)), None)


def _is_past_period(each: Printed, published: dt.date) -> bool:
    when = each.value
    return isinstance(when, When) and _lasts(when) and when.last is not None and when.last <= published


def stated_day(passages: Iterable[Passage]) -> Printed | None:
    """The day of the events that a form states at its head; of two days there the last, behind that of the report."""
    head = next((passage for passage in passages if _EVENTS.search(passage.text)), None)
    days = [each for each in head.printed if isinstance(each.value, When) and each.value.is_day] if head else []
    return days[-1] if days else None


def settle_times(region: Region, filled: Filled, setting: Setting) -> None:
    """Fill the fields that hold a time, and `occurred`."""
    names = {field.name: field.required for field in declared(region.cue.payload)}
    if "period" in names and "period" not in filled.fields and "period" not in region.cue.never:
        _settle_period(region, filled, setting)
    for name in _AHEAD & names.keys() - filled.fields.keys():
        _settle_ahead(name, region, filled, setting)
    _settle_occurred(region, filled, setting)
    last = _last_day(filled.fields["occurred"]) or setting.published
    for name, value in filled.fields.items():
        if value == "{occurred}":
            filled.fields[name] = filled.fields["occurred"]
        elif isinstance(value, str) and "{last}" in value:
            filled.fields[name] = value.replace("{last}", last.isoformat())


def _settle_period(region: Region, filled: Filled, setting: Setting) -> None:
    if found := _nearest(region, filled, lambda each: _is_period(each, region, setting)):
        filled.put("period", found)
        return
    if _FULL_YEAR.search(region.passage.text):
        _put_full_year(filled, setting, ended=region.cue.tense == "past")
        return
    if region.cue.tense == "future":
        _settle_ahead_before(region, filled, setting)
        return
    before = (each for passage in setting.earlier for each in reversed(passage.printed))
    for each in (*before, setting.period):
        if each is not None and _is_period(each, region, setting) and not _OTHER.search(each.quote):
            filled.put("period", each)
            filled.doubts.append(f"the period is that of “{each.quote}” in paragraph {each.span.paragraph}")
            return
    if region.cue.tense == "past" and _QUARTERLY.search(region.passage.text):
        _put_last_quarter(filled, setting)


def _put_last_quarter(filled: Filled, setting: Setting) -> None:
    """The last quarter that had ended on the day of publication, where fiscal quarters are those of the calendar."""
    if (setting.year_end or (12, 31))[0] % 3 == 0:
        ended = setting.published.year * 4 + (setting.published.month - 1) // 3 - 1
        filled.fields["period"] = f"{ended // 4}-{33 + ended % 4}"
        filled.doubts.append("the period is that of the last quarter, of which none is printed")


def _lasts(when: object) -> bool:
    """Whether it is a quarter or more."""
    if not isinstance(when, When) or when.first is None or when.last is None:
        return False
    return when.last - when.first >= _SHORTEST_PERIOD


def _settle_ahead_before(region: Region, filled: Filled, setting: Setting) -> None:
    """The period to come that a sentence before speaks of, be it only as the full year."""
    for passage in setting.before:
        for each in sorted(passage.printed, key=lambda each: bool(each.assumed)):
            if _lasts(each.value) and _is_period(each, region, setting):
                filled.put("period", each)
                filled.doubts.append(f"the period is that of “{each.quote}” in paragraph {each.span.paragraph}")
                return
        if _FULL_YEAR.search(passage.text) and not any(_lasts(each.value) for each in passage.printed):
            _put_full_year(filled, setting, ended=False)
            return


def _put_full_year(filled: Filled, setting: Setting, *, ended: bool) -> None:
    """The fiscal year that runs on the day of publication, or the last that had ended."""
    fiscal = Calendar(*setting.year_end) if setting.year_end else CALENDAR
    year = fiscal.current(setting.published) - ended
    days = fiscal.days(year)
    filled.fields["period"] = str(year) if fiscal.is_calendar else f"{days.first}/{days.last}"
    filled.doubts.append("the period is that of the full year, of which no year is printed")


def _is_period(each: Printed, region: Region, setting: Setting) -> bool:
    when = each.value
    if not isinstance(when, When) or (when.is_day and region.cue.tense != "future"):
        return False
    return _is_of_tense(when, region.cue.tense, setting.published)


def _is_of_tense(when: When, tense: str, published: dt.date) -> bool:
    if tense == "future":
        return when.last is None or when.last >= published + dt.timedelta(days=when.is_day)
    return tense != "past" or (when.last or when.first or published) <= published + _NEARLY_OVER


def _settle_ahead(name: str, region: Region, filled: Filled, setting: Setting) -> None:
    if region.cue.tense == "past":
        return
    start, end = region.match.span()

    def fits(each: Printed) -> bool:
        """What the trigger takes itself ("first-quarter results") is no time of it."""
        first, last = region.passage.place(each)
        return (last <= start or end <= first) and _is_ahead(each, setting.published)

    if found := _nearest(region, filled, fits):
        filled.put(name, found)


def _is_ahead(each: Printed, published: dt.date) -> bool:
    when = each.value
    if not isinstance(when, When):
        return False
    return when.last > published if when.last else (when.first or published) > published


def _settle_occurred(region: Region, filled: Filled, setting: Setting) -> None:
    if "occurred" in filled.fields:
        return
    mode, day = region.cue.occurred, setting.published.isoformat()
    if mode == "period" and "period" in filled.fields:
        period = filled.fields["period"]
        filled.fields["occurred"] = period["when"] if isinstance(period, dict) else period
        return
    if mode in ("day", "by", "told", "until") and (found := _deed(region, filled, setting)):
        filled.put("occurred", found)
        if meant := _meant(found.value, region.cue):
            filled.fields["occurred"] = {"when": meant, "wording": found.quote}
        return
    if mode == "day" and setting.day:
        filled.put("occurred", setting.day)
        return
    is_open = mode in ("by", "until", "before") and not setting.own
    filled.fields["occurred"] = f"../{day}" if is_open else day


def _deed(region: Region, filled: Filled, setting: Setting) -> Printed | None:
    """The day that the sentence tells, or one before it in the paragraph, which is a doubt."""
    if found := _nearest(region, filled, lambda each: _is_deed(each, setting.published)):
        return found
    if region.cue.occurred == "told":
        return None
    if region.cue.occurred == "day" and (found := _nearest(region, filled, lambda each: _is_past(each, setting))):
        return found
    told = (each for passage in setting.earlier for each in reversed(passage.printed))
    for each in told:
        if _is_deed(each, setting.published) and _is_day(each, region.cue.occurred):
            filled.doubts.append(f"the day is that of “{each.quote}” before it")
            return each
    return None


def _is_past(each: Printed, setting: Setting) -> bool:
    """Whether it is a longer time that is over, in the course of which something can have been done."""
    when = each.value
    return (
        isinstance(when, When) and when.first is not None and when.last is not None and when.last <= setting.published
    )


def _meant(when: object, cue: Cue) -> str:
    """The days that a cue means where they are others than those printed; else empty."""
    if not isinstance(when, When) or when.first is None or when.last is None:
        return ""
    if cue.occurred == "until":
        return f"../{when.last}"
    return f"{when.first}/{when.first + _WORKING}" if cue.weekdays and when.last - when.first == _WEEK else ""


def _is_deed(each: Printed, published: dt.date) -> bool:
    """Whether something can have been done then: a day or some days, or a month, not in the future."""
    when = each.value
    if not isinstance(when, When) or when.first is None or when.last is None:
        return False
    return when.first <= published and when.last - when.first <= _LONGEST_DEED


def _is_day(each: Printed, mode: str) -> bool:
    """Of what is told of all up to a day, only a day will do."""
    return mode not in ("by", "until") or (isinstance(each.value, When) and each.value.is_day)


def _nearest(region: Region, filled: Filled, fits: Any) -> Printed | None:  # noqa: ANN401  a predicate
    """The fitting print nearest to the trigger, of the region itself first, then of the whole sentence."""
    place, anchor = region.passage.place, region.match

    def distance(each: Printed) -> int:
        start, end = place(each)
        return max(start - anchor.end(), anchor.start() - end, 0)

    for printed in (region.own, _rest(region)):
        free = [each for each in printed if filled.is_free(each) and fits(each)]
        if free:
            return min(free, key=distance)
    return None


def _rest(region: Region) -> Sequence[Printed]:
    """What the sentence prints beside the region's own, what it is compared with aside."""
    known = [*region.own, *region.aside]
    return [each for each in region.passage.printed if all(each is not other for other in known)]


def _last_day(occurred: str | Mapping[str, str]) -> dt.date | None:
    text = occurred if isinstance(occurred, str) else occurred["when"]
    return When.parse(text).last
