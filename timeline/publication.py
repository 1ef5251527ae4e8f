"""When a source made its report public, and the moment that a reader asks about.

Nothing here reads a clock or the machine's time zone, and nothing fills in a part that a text does not state.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import cached_property, lru_cache

import msgspec

from timeline.errors import ParseProblem

_STAMP = re.compile(
    r"([1-9][0-9]{3}-[0-9]{2}-[0-9]{2})"
    r"(?:[T ]([0-9]{2}:[0-9]{2})(:[0-9]{2}(?:\.[0-9]{1,9})?)?)? ?(Z|[+-][0-9]{2}:[0-9]{2})?"
)
# RFC 3339 (4.3) prints an unknown local offset as -00:00; XSD allows 14 hours at most.
_OFFSET = re.compile(r"Z|(?!-00:00)[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00)")
_DAY = dt.timedelta(days=1)
_FIRST_YEAR = 1000
_LONGEST = 100  # characters of a moment

# What dateutil puts where a part is missing: a part that differs between the two was not in the text. The days are more
# than a week apart, since dateutil moves a default on to the next such day for a weekday ("Friday, June 2025").
_DEFAULT = dt.datetime.fromisoformat("2000-01-01T00:00")
_OTHER_DEFAULT = dt.datetime.fromisoformat("2004-02-20T01:01")


class Published(msgspec.Struct, frozen=True, dict=True):
    """When a source made its report public, on the source's own clock.

    Attributes:
        text: an RFC 3339 time with its offset, or, where the source prints only a day, an XSD date with its offset
            ("2025-03-19+08:00"). The offset is never missing and is kept as printed.
    """

    text: str

    @classmethod
    def parse(cls, text: str, zone: str = "") -> Published:
        """Read a time or a day; where it has no offset, take the one that the zone kept then (for a day, at noon).

        A time without seconds is taken at second 0.

        Args:
            text: an ISO 8601 date or date and time.
            zone: an IANA name or an offset.

        Raises:
            ParseProblem: time-malformed, time-ambiguous, date-impossible, zone-missing or zone-unknown.
        """
        match = _STAMP.fullmatch(text.strip().upper()) if len(text) <= _LONGEST else None
        if match is None:
            fix = "write 2026-01-09T09:46:04+01:00, or 2026-01-09 where only the day is printed"
            raise ParseProblem("time-malformed", f"not a publication time: {text[:_LONGEST]!r}", fix)
        day, minute, second, offset = match.groups()
        printed = f"{day}T{minute}{second or ':00'}" if minute else day
        if not offset and not zone:
            fix = f"add the offset, such as {printed}+01:00, or name the zone, such as Europe/Berlin"
            raise ParseProblem("zone-missing", f"neither an offset nor a zone is given: {text!r}", fix)
        local = _local(printed)
        return cls(f"{printed}{_known_offset(offset) if offset else _offset_in(zone, local)}")

    @property
    def is_date(self) -> bool:
        """The source prints the day and no time."""
        return "T" not in self.text

    @cached_property
    def day(self) -> dt.date:
        """The source's own local date."""
        return dt.date.fromisoformat(self.text[:10])

    @cached_property
    def instant(self) -> dt.datetime:
        """In UTC, from when on the report was surely public: a day without a time counts from its end."""
        if self.is_date:
            return dt.datetime.fromisoformat(f"{self.day + _DAY}T00:00:00{self.text[10:]}").astimezone(dt.UTC)
        return dt.datetime.fromisoformat(self.text).astimezone(dt.UTC)

    @property
    def sort_key(self) -> tuple[dt.datetime, str]:
        """Orders reports by instant, and those of one instant by their text."""
        return (self.instant, self.text)


def _local(printed: str) -> dt.datetime:
    """A local time; noon of a day, since clocks change at night."""
    try:
        local = dt.datetime.fromisoformat(printed if "T" in printed else f"{printed}T12:00")
    except ValueError:
        fix = "check it against the source"
        raise ParseProblem("date-impossible", f"no such day or time: {printed!r}", fix) from None
    if local.year == dt.MAXYEAR:
        # In UTC it may lie in the year 10000, which has no representation.
        raise ParseProblem("date-impossible", f"too late to be an instant: {printed!r}", "write a year up to 9998")
    return local


def _known_offset(offset: str) -> str:
    if not _OFFSET.fullmatch(offset):
        fix = "write the source's own offset, from -14:00 to +14:00, or Z"
        raise ParseProblem("zone-unknown", f"no place keeps the offset {offset}", fix)
    return offset


@lru_cache(maxsize=1 << 12)
def _offset_in(zone: str, local: dt.datetime) -> str:
    if _OFFSET.fullmatch(zone):
        return zone
    from zoneinfo import ZoneInfo

    try:
        place = ZoneInfo(zone)
    except (KeyError, ValueError, OSError):
        fix = "use an IANA name such as Europe/Berlin, or an offset such as +01:00"
        raise ParseProblem("zone-unknown", f"no time zone is called {zone!r}", fix) from None
    # Cut to the minute: RFC 3339 cannot print the seconds that offsets had before about 1930.
    before, after = (f"{local.replace(tzinfo=place, fold=fold):%z}"[:5] for fold in (0, 1))
    if before != after:
        what = f"the clocks of {zone} change then, so that {local} is no single instant"
        fix = f"write the offset: {before[:3]}:{before[3:]} or {after[:3]}:{after[3:]}"
        raise ParseProblem("time-ambiguous", what, fix)
    return f"{before[:3]}:{before[3:]}"


class Moment(msgspec.Struct, frozen=True):
    """What a reader asks about: the knowledge of a day, or of an instant.

    Attributes:
        date: the day, in each source's own zone; None when an instant is given.
        instant: the instant in UTC; None when a day is given.
    """

    date: dt.date | None = None
    instant: dt.datetime | None = None

    def __str__(self) -> str:
        return "" if (given := self.date or self.instant) is None else given.isoformat()

    def admits(self, published: Published) -> bool:
        """The report was public by then: days are compared on the source's own calendar, instants exactly."""
        if self.date is not None:
            return published.day <= self.date
        return self.instant is not None and published.instant <= self.instant


def parse_moment(text: str, tz: str = "") -> Moment:
    """Read what a person types for a moment: an ISO or a fully written date, or a time with its offset.

    Args:
        text: "2026-01-09", "30 June 2025", "2026-01-09 09:46+01:00", "June 30, 2025 10:30 UTC".
        tz: zone for a time without an offset: an IANA name or an offset.

    Raises:
        ParseProblem: as `Published.parse`, and time-incomplete where a part is missing.
    """
    body = text.strip()
    if len(body) > _LONGEST:
        what = f"neither a date nor a time: {len(body):,} characters, where at most {_LONGEST} are read"
        raise ParseProblem("time-malformed", what, "write a date such as 2026-01-09")
    match = _STAMP.fullmatch(body.upper())
    if match is None:
        return _typed_moment(body, tz)
    if match[2]:
        return Moment(instant=Published.parse(body, tz).instant)
    if match[4]:
        fix = f"write {match[1]}, or a time such as {match[1]}T09:00{match[4]}"
        raise ParseProblem("time-incomplete", f"a day with an offset is no moment: {text!r}", fix)
    return Moment(date=_local(match[1]).date())


def _typed_moment(text: str, tz: str) -> Moment:
    plain = _typed(text, _DEFAULT)
    other = _typed(text, _OTHER_DEFAULT)
    if plain.date() != other.date() or plain.year < _FIRST_YEAR or str(plain.year) not in text:
        fix = "write day, month and a year of four digits, such as 2026-01-09"
        raise ParseProblem("time-incomplete", f"no full date: {text!r}", fix)
    swapped = _typed(text, _DEFAULT, dayfirst=True)
    if plain.date() != swapped.date():
        fix = f"write {plain.date()} or {swapped.date()}"
        raise ParseProblem("time-ambiguous", f"day and month cannot be told apart: {text!r}", fix)
    if (plain.time(), other.time()) == (_DEFAULT.time(), _OTHER_DEFAULT.time()):
        return Moment(date=plain.date())
    if plain.time() != other.time():
        raise ParseProblem("time-incomplete", f"no full time: {text!r}", f"write it as {plain.date()}T09:00+01:00")
    return Moment(instant=Published.parse(plain.isoformat(), tz).instant)


def _typed(text: str, default: dt.datetime, *, dayfirst: bool = False) -> dt.datetime:
    from dateutil import parser

    try:
        return parser.parse(text, default=default, dayfirst=dayfirst, tzinfos=_typed_offset)
    except ParseProblem:
        raise
    except (ArithmeticError, AttributeError, IndexError, TypeError, ValueError):
        # The library says of many a text that it is no date by stumbling over it.
        fix = "write a date such as 2026-01-09, or a time such as 2026-01-09T09:46+01:00"
        raise ParseProblem("time-malformed", f"neither a date nor a time: {text!r}", fix) from None


def _typed_offset(name: str | None, seconds: int | None) -> dt.tzinfo | None:
    """For dateutil, which would read a name as the machine's own zone, or drop it."""
    if seconds is not None:
        return dt.timezone(dt.timedelta(seconds=seconds))
    if name:
        raise ParseProblem("zone-unknown", f"{name} is no single offset", "write the offset, such as +01:00")
    return None
