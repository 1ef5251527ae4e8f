"""The clocks as a person asks for them: text in, `Clock` and `Basis` out."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from timeline.errors import InvalidInput, ParseProblem, Problem
from timeline.page import Basis

if TYPE_CHECKING:
    from timeline.history import Clock
    from timeline.publication import Moment


LAST = 2**63 - 1
"""The last position that a log can have; a higher one that is asked for admits no more."""


def clock(as_of: str | None, as_recorded: str | None) -> Clock:
    """The clock for what was asked.

    Raises:
        InvalidInput: a text is no moment.
    """
    from timeline.history import Clock

    return Clock(
        as_of=None if as_of is None else moment("--as-of", as_of),
        as_recorded=None if as_recorded is None else _recorded(as_recorded),
    )


def basis(position: int, as_of: str | None = None, as_recorded: str | None = None, today: str | None = None) -> Basis:
    """The basis of an answer; promises are judged against `today`, else the day of `as_of` where one is given.

    Raises:
        InvalidInput: a text is no moment.
    """
    told = day_of("--today", today) if today else day_of("--as-of", as_of) if as_of else None
    day = told or date.today().isoformat()  # noqa: DTZ011 - the user's own day
    return Basis(position=position, today=day, as_of=as_of, as_recorded=as_recorded)


def _recorded(text: str) -> Moment | int:
    """A position where the text is a plain number, else a moment."""
    if not (text.isascii() and text.isdigit()):
        return moment("--as-recorded", text)
    digits = text.lstrip("0")
    return int(digits or "0") if len(digits) < len(str(LAST)) else LAST


def day_of(option: str, text: str) -> str | None:
    """The ISO day of the moment that a text means where one is asked for by `option`.

    Raises:
        InvalidInput: it is no moment.
    """
    asked = moment(option, text)
    day = asked.date or (asked.instant and asked.instant.date())
    return day.isoformat() if day else None


def moment(option: str, text: str) -> Moment:
    """What a text means where a moment is asked for by `option`.

    Raises:
        InvalidInput: it is no moment.
    """
    from timeline.publication import parse_moment

    try:
        return parse_moment(text)
    except ParseProblem as problem:
        raise InvalidInput([Problem(problem.rule, f"{option} {text!r}: {problem.what}", problem.fix)]) from problem
