"""When a fact was so: the EDTF subset, read, written and shown.

Nothing here reads a clock, a locale or the machine's time zone, and nothing fills in a part that a text does not state.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

import msgspec

from timeline.errors import ParseProblem

_DATE = re.compile(r"([1-9][0-9]{3})(?:-(?:([0-9]{2})(?:-([0-9]{2}))?|([QH][0-9])))?([~?%])?")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# ISO 8601-2, 4.8: the parts of a year that are written in the place of a month.
_PARTS = {"Q1": "33", "Q2": "34", "Q3": "35", "Q4": "36", "H1": "40", "H2": "41"}
_PART_NAMES = {code: name for name, code in _PARTS.items()}
# First month, counted from 0, and number of months, by the two digits behind the year.
_SPANS = {f"{month:02}": (month - 1, 1) for month in range(1, 13)} | {
    **{str(33 + quarter): (3 * quarter, 3) for quarter in range(4)},
    **{str(40 + half): (6 * half, 6) for half in range(2)},
}
_CODES = {span: code for code, span in _SPANS.items()}
_SEASONS = range(21, 33)

LONGEST = 200
"""Characters of a date, and of a common spelling of one."""

_DAY = dt.timedelta(days=1)
_DAY_LENGTH = len("2026-01-08")
_FIRST_DAY = dt.date(1000, 1, 1)
_FORMS = (
    "a day 2026-01-08, month 2026-01, quarter 2025-Q3, half 2025-H2, year 2026 or interval 2026/2030, ../2026-12-31"
)

# What people write instead, in lower case, for the remedy only.
_YEAR = "(?P<year>[1-9][0-9]{3})"
_NAME = f"(?P<name>{'|'.join(_MONTHS).lower()})[a-z]*"
_HABITS = (
    rf"(?P<part>[qh][1-4]|[1-4]q|[12]h)[ ,/-]*{_YEAR}",
    rf"{_YEAR}[ /.]*(?P<part>[qh][1-4])",
    rf"(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?[ .-]*{_NAME}[ .,-]*{_YEAR}",
    rf"{_NAME}[ .]*(?:(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?[ ,]+)?{_YEAR}",
    rf"{_YEAR}(?P<month>[0-9]{{2}})(?P<day>[0-9]{{2}})",
    rf"{_YEAR}[-/. ](?P<month>[0-9]{{1,2}})(?:[-/. ](?P<day>[0-9]{{1,2}}))?(?:[t ].*)?",
)
_LEADS = (
    (r"(?:about|around|approximately|circa|ca?\.|~) *(.+)", "{}~"),
    (r"(?:by the end of|by|until|up to) +(.+)", "../{}"),
    (r"from +(.+ to .+)", "{}"),
    (r"(?:since|from) +(.+)", "{}/.."),
)
_BETWEEN = r" *[–—/] *| - | to | through |(?<=^[0-9]{4})-(?=[0-9]{4}$)"


class When(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """The time of a fact, as precise as its source is and no more.

    An EDTF subset (ISO 8601-2): a day, month, quarter, half or year; an interval of two of them, or open on one side;
    `~` for about, `?` for uncertain, `%` for both. "About" widens a date by one unit of its own precision on either
    side, so that 2026-01~ may be any day from December to February; "uncertain" leaves the days as printed. Bounds end
    at the years 1000 and 9999.

    Attributes:
        edtf: the text in its one stored spelling: quarters and halves as ISO 8601-2 codes, 2025-Q3 as 2025-35.
        first: first possible day, inclusive; None where the interval is open towards the past.
        last: last possible day, inclusive; None where the interval is open towards the future.
        wording: the source's own words ("recently") where they say more than the date, else empty.
    """

    edtf: str
    first: dt.date | None
    last: dt.date | None
    wording: str = ""

    @classmethod
    def parse(cls, text: str, wording: str = "") -> When:
        """Read a date or an interval, white space around it aside.

        Raises:
            ParseProblem: date-malformed, date-impossible or date-backwards, with the offsets of the part at fault.
        """
        body = text.strip()
        start = text.find(body)
        if len(body) > LONGEST:
            what = f"not a date: {len(body):,} characters, where at most {LONGEST} are read"
            raise ParseProblem("date-malformed", what, f"write {_FORMS}", start, start + len(body))
        if body.count("/") != 1:
            date = _date(body, body, start)
            return cls(date.edtf, date.low, date.high, wording)
        head, _, tail = body.partition("/")
        begin, end = _side(head, body, start), _side(tail, body, start + len(head) + 1)
        _refuse_no_interval(begin, end, start, start + len(body))
        return cls(f"{begin.edtf}/{end.edtf}", begin.low, end.high, wording)

    @classmethod
    def of_days(cls, first: dt.date | None, last: dt.date | None) -> When:
        """The shortest text for these days: a day, a whole month, quarter, half or year, else an interval of days.

        Raises:
            ParseProblem: both are None, the last day lies before the first, or a year is below 1000.
        """
        if first is not None and last is not None and (period := _whole_period(first, last)):
            return cls.parse(period)
        return cls.parse("/".join(".." if day is None else day.isoformat() for day in (first, last)))

    @property
    def approximate(self) -> bool:
        """The source says "about" of it, or of one end of it."""
        return "~" in self.edtf or "%" in self.edtf

    @property
    def uncertain(self) -> bool:
        """It is doubtful whether it is this date at all."""
        return "?" in self.edtf or "%" in self.edtf

    @property
    def is_day(self) -> bool:
        """Only one day is possible; it may still be uncertain."""
        return self.first is not None and self.first == self.last

    @property
    def is_exact(self) -> bool:
        """A plain day, or an interval of two plain days: nothing about it is left open."""
        sides = self.edtf.split("/")
        return len(sides[0]) == len(sides[-1]) == _DAY_LENGTH

    def overlaps(self, other: When) -> bool:
        """Some day is possible for both."""
        return _not_after(self.first, other.last) and _not_after(other.first, self.last)

    def contains(self, other: When) -> bool:
        """Every day that is possible for the other is possible for this one."""
        begins = self.first is None or (other.first is not None and self.first <= other.first)
        ends = self.last is None or (other.last is not None and other.last <= self.last)
        return begins and ends

    def same_days(self, other: When) -> bool:
        """Both stand for the same days, however they are written."""
        return (self.first, self.last) == (other.first, other.last)

    def label(self) -> str:
        """Short English for people: "8 Jan 2026", "Q3 2025", "2026–2030", "by end of 2026", "about Jan 2026?"."""
        begin, _, end = self.edtf.partition("/")
        if not end:
            return _label(begin)
        if begin == "..":
            whole = len(end.rstrip("~?%")) == len("2026-01-08")
            return f"by {_label(end)}" if whole else f"by end of {_label(end)}"
        return f"from {_label(begin)}" if end == ".." else _label_interval(begin, end)


def spelled(text: str) -> When | None:
    """What a common English spelling of a date means: "8 Jan 2026", "Q3 2025", "by the end of 2026"; None for others.

    Stored dates are never read this way: `When.parse` asks whoever records one to write it so that it has one meaning.
    """
    nearest = _nearest(text) if len(text) <= LONGEST else ""
    return When.parse(nearest) if nearest else None


class _Date(NamedTuple):
    """One date of an EDTF text: its days as printed (first, last) and as possible (low, high), inclusive."""

    edtf: str
    first: dt.date | None
    last: dt.date | None
    low: dt.date | None
    high: dt.date | None


def _side(text: str, whole: str, start: int) -> _Date:
    return _Date("..", None, None, None, None) if text == ".." else _date(text, whole, start)


def _date(text: str, whole: str, start: int) -> _Date:
    match = _DATE.fullmatch(text)
    if match is None:
        raise _malformed(text, whole, start)
    year, month, day, part, mark = match.groups()
    wide = mark in {"~", "%"}
    if day:
        try:
            printed = dt.date(int(year), int(month), int(day))
        except ValueError:
            raise _impossible(match, start) from None
        return _Date(text, printed, printed, *(_around(printed) if wide else (printed, printed)))
    code = _PARTS.get(part, "") if part else month
    if code is not None and code not in _SPANS:
        raise _impossible(match, start)
    skipped, count = _SPANS[code] if code else (0, 12)
    index = int(year) * 12 + skipped
    first, last = _months(index, count)
    edtf = f"{year}-{code}{mark or ''}" if part else text
    return _Date(edtf, first, last, *(_months(index - count, 3 * count) if wide else (first, last)))


def _months(index: int, count: int) -> tuple[dt.date, dt.date]:
    """First and last day of months counted from the year 0, cut at the years 1000 and 9999."""
    end = index + count
    first = _FIRST_DAY if index < 12 * 1000 else dt.date(index // 12, index % 12 + 1, 1)
    return first, dt.date.max if end >= 12 * 10_000 else dt.date(end // 12, end % 12 + 1, 1) - _DAY


def _around(day: dt.date) -> tuple[dt.date, dt.date]:
    return day if day == _FIRST_DAY else day - _DAY, day if day == dt.date.max else day + _DAY


def _whole_period(first: dt.date, last: dt.date) -> str:
    if first == last:
        return first.isoformat()
    months = last.month - first.month + 1
    if _months(first.year * 12 + first.month - 1, months) != (first, last):
        return ""
    if months == len(_MONTHS):
        return str(first.year)
    code = _CODES.get((first.month - 1, months))
    return f"{first.year}-{code}" if code else ""


def _not_after(first: dt.date | None, last: dt.date | None) -> bool:
    return first is None or last is None or first <= last


def _label(date: str) -> str:
    core = date.rstrip("~?%")
    year, *rest = core.split("-")
    words = [_PART_NAMES.get(rest[0]) or _MONTHS[int(rest[0]) - 1], year] if rest else [year]
    if len(rest) > 1:
        words.insert(0, str(int(rest[1])))
    about = "about " if date[-1] in "~%" else ""
    return f"{about}{' '.join(words)}{'?' if date[-1] in '?%' else ''}"


def _label_interval(begin: str, end: str) -> str:
    """The words that both ends share are said once, where both are equally precise: "8–10 Jan 2026"."""
    left, right = _label(begin).split(), _label(end).split()
    shared: list[str] = []
    if len(begin) == len(end) and not set(begin + end) & set("~?%"):
        while left and left[-1] == right[-1]:
            left.pop()
            shared.insert(0, right.pop())
    dash = "–" if len(left) == len(right) == 1 else " – "
    distinct = [f"{' '.join(left)}{dash}{' '.join(right)}"] if left else []
    return " ".join(distinct + shared)


def _refuse_no_interval(begin: _Date, end: _Date, start: int, stop: int) -> None:
    if begin.first is None and end.last is None:
        what = "an interval open on both sides is no date"
        raise ParseProblem("date-malformed", what, f"write {_FORMS}", start, stop)
    # As printed: "about" may not excuse a range that runs backwards.
    if begin.first and end.last and begin.first > end.last:
        fix = f"write the earlier date first: {end.edtf}/{begin.edtf}"
        raise ParseProblem("date-backwards", f"{begin.edtf} begins after {end.edtf} has ended", fix, start, stop)


def _impossible(match: re.Match[str], start: int) -> ParseProblem:
    year, month, day, part, _ = match.groups()
    if day and "01" <= month <= "12":
        last = _months(int(year) * 12 + int(month) - 1, 1)[1].day
        group, what, fix = 3, f"{year}-{month} has no day {day}", f"write a day from 01 to {last}"
    elif part:
        group, what, fix = 4, f"a year has no {part}", "write a quarter from Q1 to Q4, or a half, H1 or H2"
    elif int(month) in _SEASONS:
        return _season(match[0], start)
    else:
        group, what, fix = 2, f"a year has no month {month}", "write a month from 01 to 12"
    return ParseProblem("date-impossible", what, fix, start + match.start(group), start + match.end(group))


def _season(text: str, start: int) -> ParseProblem:
    fix = "write its months, such as 2025-03/2025-05, and keep the source's word as the wording"
    what = f"a season is no date, since it begins on other days in other places: {text!r}"
    return ParseProblem("date-malformed", what, fix, start, start + len(text))


def _malformed(text: str, whole: str, start: int) -> ParseProblem:
    if re.search(r"\b(?:spring|summer|autumn|fall|winter)\b", text, re.IGNORECASE):
        return _season(text, start)
    nearest = _nearest(whole)
    fix = f"write {nearest}" if nearest else f"write {_FORMS}; keep other words as the wording"
    return ParseProblem("date-malformed", f"not a date: {text!r}", fix, start, start + len(text))


def _nearest(text: str) -> str:
    """The accepted text that a person most likely meant, or an empty string."""
    body = " ".join(text.lower().split())
    leads = ((match[1], form) for lead, form in _LEADS if (match := re.fullmatch(lead, body)))
    for rest, form in (*leads, (body, "{}")):
        if candidate := _rewritten(rest) or _rewritten_interval(rest):
            try:
                When.parse(form.format(candidate))
            except ParseProblem:
                continue
            return form.format(candidate)
    return ""


def _rewritten_interval(text: str) -> str:
    sides = [".." if side in {"", ".."} else _rewritten(side) for side in re.split(_BETWEEN, text)]
    match sides:
        case [begin, end] if begin and end and (begin, end) != ("..", ".."):
            return f"{begin}/{end}"
    return ""


def _rewritten(text: str) -> str:
    """One date from a common spelling, or an empty string; whether the day exists is not looked at."""
    if _DATE.fullmatch(text.upper()):
        return text.upper()
    given = next((match.groupdict("") for habit in _HABITS if (match := re.fullmatch(habit, text))), None)
    if given is None:
        return ""
    if "part" in given:
        return f"{given['year']}-{''.join(sorted(given['part'].upper(), reverse=True))}"
    month = given.get("month") or 1 + _MONTHS.index(given["name"].capitalize())
    day = given.get("day")
    return f"{given['year']}-{int(month):02}" + (f"-{int(day):02}" if day else "")
