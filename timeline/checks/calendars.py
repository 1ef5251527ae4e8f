"""Trading days: the sessions of exchanges by their calendars, and what weekdays alone tell where there is none.

Calendars come from outside (`timeline.app.auditing.calendars`); what they do not cover is unknown here, never guessed.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from datetime import date, timedelta
from typing import Final, NamedTuple, Protocol, TypeAlias

from msgspec import Struct

_DAY: Final = timedelta(days=1)
_SATURDAY: Final = 5
_WEEK: Final = 7
_LONGEST_BREAK: Final = 30
# Exchanges that have not opened on a weekend since trading went electronic; in Tel Aviv Sunday is a trading day, in
# Taipei some Saturdays were, in Mumbai an evening at Diwali.
_WEEKDAYS_ONLY: Final = frozenset(
    {"XAMS", "XETR", "XHKG", "XLON", "XNAS", "XNYS", "XPAR", "XSES", "XSHE", "XSHG", "XSWX", "XTKS", "XTSE"}
)


class Calendar(Protocol):
    """The sessions of one exchange, as far as its calendar goes."""

    def known(self, first: date, last: date) -> bool:
        """Whether the calendar covers these days, both inclusive."""

    def sessions(self, first: date, last: date) -> tuple[date, ...]:
        """The days on which the exchange opens, both ends inclusive, rising; only asked where they are known."""


Calendars: TypeAlias = Callable[[str], Calendar | None]
"""The calendar of an exchange by its ISO 10383 MIC; None where there is none at hand."""


class Days(NamedTuple):
    """A calendar that is a list of sessions, rising and not empty; it covers the days from its first to its last."""

    dates: tuple[date, ...]

    def known(self, first: date, last: date) -> bool:
        """Whether both lie within the list."""
        return self.dates[0] <= first and last <= self.dates[-1]

    def sessions(self, first: date, last: date) -> tuple[date, ...]:
        """The part of the list from one day to the other."""
        return self.dates[bisect_left(self.dates, first) : bisect_right(self.dates, last)]


class TradingDays(Struct, frozen=True):
    """The days on which all of some exchanges trade: one exchange, or the two sides of a link between markets.

    Attributes:
        exchanges: their MICs, in order; none where it is not known which.
        calendars: their calendars, likewise; None where there is none at hand.
        since: first day from which trading days follow from the calendars; None for always.
    """

    exchanges: tuple[str, ...]
    calendars: tuple[Calendar | None, ...]
    since: date | None = None

    def closed(self, day: date) -> tuple[str, ...]:
        """The exchanges that surely did not trade on a day."""
        pairs = zip(self.exchanges, self.calendars, strict=True)
        return tuple(mic for mic, calendar in pairs if _closed(mic, calendar, day))

    def unknown(self, day: date) -> tuple[str, ...]:
        """The exchanges whose calendar is not at hand, or does not cover the day."""
        pairs = zip(self.exchanges, self.calendars, strict=True)
        return tuple(mic for mic, calendar in pairs if calendar is None or not calendar.known(day, day))

    def between(self, earlier: date, later: date) -> tuple[int, int]:
        """At least and at most how many trading days come after one up to another, which is one itself."""
        known = self._sessions(earlier + _DAY, later)
        if known is not None:
            return len(known), len(known)
        return 1, max(1, len(_weekdays(earlier + _DAY, later)))

    def last(self, count: int, day: date) -> tuple[date, ...]:
        """The last trading days up to a day, that day included where it is one.

        Where they are not known these are weekdays, and the trading days reach back at least as far.
        """
        weekdays = _weekdays(day - (2 * count + _WEEK) * _DAY, day)[-count:]
        for holidays in range(count + _LONGEST_BREAK):  # the calendar may begin right before the first of them
            known = self._sessions(weekdays[0] - holidays * _DAY, day)
            if known is None:
                break
            if len(known) >= count:
                return known[-count:]
        return weekdays

    def _sessions(self, first: date, last: date) -> tuple[date, ...] | None:
        """The trading days, both ends inclusive; None where any calendar does not tell."""
        calendars = [calendar for calendar in self.calendars if calendar and calendar.known(first, last)]
        if not calendars or len(calendars) < len(self.calendars) or (self.since and first < self.since):
            return None
        common = set.intersection(*(set(calendar.sessions(first, last)) for calendar in calendars))
        return tuple(sorted(common))


def _closed(mic: str, calendar: Calendar | None, day: date) -> bool:
    if calendar and calendar.known(day, day):
        return not calendar.sessions(day, day)
    return mic in _WEEKDAYS_ONLY and day.weekday() >= _SATURDAY


def _weekdays(first: date, last: date) -> tuple[date, ...]:
    """Mondays to Fridays, both ends inclusive."""
    days = (first + offset * _DAY for offset in range((last - first).days + 1))
    return tuple(day for day in days if day.weekday() < _SATURDAY)
