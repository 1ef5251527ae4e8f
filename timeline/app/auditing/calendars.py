"""Trading calendars of the library `exchange-calendars`, an extra that brings pandas: loaded only when asked for."""

from __future__ import annotations

import warnings
from functools import cache
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from timeline.checks.calendars import Calendar

# The library has no calendar of Shenzhen; both exchanges close on the days that the regulator announces for the two.
_SAME_SESSIONS: Final = {"XSHE": "XSHG"}


@cache
def calendars(mic: str) -> Calendar | None:
    """The calendar of an exchange; None where the library is not installed or does not know the exchange.

    It covers some twenty years back, and what the library foresees.

    Args:
        mic: ISO 10383 code.
    """
    from timeline.checks.calendars import Days

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what the library uses of pandas is the library's to renew
        found = _found(_SAME_SESSIONS.get(mic, mic))
        return Days(tuple(session.date() for session in found.sessions)) if found is not None else None


def _found(name: str) -> Any:  # noqa: ANN401 - the library declares no types
    try:
        import exchange_calendars  # type: ignore[import-untyped]
    except ImportError:
        return None
    try:
        return exchange_calendars.get_calendar(name)
    except exchange_calendars.errors.InvalidCalendarName:
        return None
