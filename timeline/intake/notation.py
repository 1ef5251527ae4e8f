"""How a table writes numbers and dates, and what a fixture would write for them."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from typing import Literal

from msgspec import Struct

from timeline.errors import ParseProblem
from timeline.intake.wording import listed, shown

EDTF = "edtf"
"""In a list of formats: as a fixture writes dates."""

_SIGNS = {"space": " "}
_SPACES = "\u00a0\u2009\u202f"
_TOKEN = re.compile(r"[0-9](?:[0-9.,'’ ]*[0-9])?")
_BRACKETED = re.compile(r"\((.*)\)", re.DOTALL)
_DAY = ("%d", "%j")
_MONTH = ("%m", "%b", "%B")
_TRY = dt.datetime(2026, 11, 23, 17, 45, 59, tzinfo=dt.UTC)


class Numbers(Struct, frozen=True, kw_only=True):
    """How numbers are written.

    Attributes:
        decimal: the sign before the fraction.
        thousands: the sign between groups of three digits.
        brackets: what a number in brackets is.
    """

    decimal: Literal[".", ","] = "."
    thousands: Literal["none", "space", ".", ",", "'"] = "none"
    brackets: Literal["negative", "refused"] = "negative"

    def __post_init__(self) -> None:
        """Refuse one sign for both.

        Raises:
            ParseProblem: the two are the same.
        """
        if self.decimal == self.thousands:
            what = f"{shown(self.decimal)} cannot stand both before the fraction and between thousands"
            raise ParseProblem("numbers-ambiguous", what, "look at how the table writes one and a half thousand")

    def figure(self, text: str) -> str:
        """The text with its numbers as a fixture writes them: 1,234.5.

        Raises:
            ParseProblem: a number is not written as said here; 1.5 would else become 15.
        """
        inside = _BRACKETED.fullmatch(text)
        if inside and self.brackets == "refused":
            raise ParseProblem("number-malformed", f"{shown(text)} stands in brackets", "say what these mean: brackets")
        for space in _SPACES:
            text = text.replace(space, " ")
        return _TOKEN.sub(lambda found: self._standard(found[0]), f"-{inside[1]}" if inside else text)

    def number(self, text: str) -> str:
        """The same without groups: 1234.5.

        Raises:
            ParseProblem: as for figures.
        """
        return self.figure(text).replace(",", "")

    def _standard(self, token: str) -> str:
        token = token.replace("’", "'")
        whole, sign, fraction = token.partition(self.decimal)
        groups = whole.split(_SIGNS.get(self.thousands, self.thousands)) if self.thousands != "none" else [whole]
        first, *others = groups
        sound = first.isdecimal() and all(len(group) == 3 and group.isdecimal() for group in others)  # noqa: PLR2004
        if not sound or (others and len(first) > 3) or (sign and not fraction.isdecimal()):  # noqa: PLR2004
            said = f"{shown(self.decimal)} before the fraction"
            said += f" and {self.thousands} between thousands"
            raise ParseProblem("number-malformed", f"{shown(token)} is no number with {said}", "look at `numbers:`")
        return ",".join(groups) + (f".{fraction}" if sign else "")


class Dates(Struct, frozen=True):
    """How dates are written.

    Attributes:
        formats: in the directives of `strptime`, or `edtf`.
    """

    formats: tuple[str, ...] = (EDTF,)

    def day(self, text: str) -> str:
        """A date in EDTF, as precise as its format.

        Raises:
            ParseProblem: no format fits, or two fit and mean different days.
        """
        return _read(self.formats, text, timed=False)

    def moment(self, text: str) -> str:
        """A date, or a date and time, as a source is published.

        Raises:
            ParseProblem: as for days.
        """
        return _read(self.formats, text, timed=True)


def refusal(form: str) -> str:
    """Why dates cannot be read in a format; empty where they can."""
    if form == EDTF:
        return ""
    try:
        dt.datetime.strptime(_TRY.strftime(form), form)  # noqa: DTZ007  no time is kept
    except (ValueError, re.error) as error:  # a regular expression is what the library makes of a format
        return str(error)
    named = _named(form)
    if not named & {"%Y", "%y"}:
        return "it has no year"
    return "it has a day and no month" if "%d" in named and not named & {*_MONTH} else ""


@lru_cache(maxsize=8192)
def _read(formats: tuple[str, ...], text: str, *, timed: bool) -> str:
    found = {form: read for form in formats if form != EDTF and (read := _fitting(form, text, timed=timed))}
    meant = list(dict.fromkeys(found.values()))
    if len(meant) > 1:
        what = f"{shown(text)} may be {listed(meant, 'or')}"
        raise ParseProblem("date-ambiguous", what, f"give `dates:` only one of {listed(map(shown, found), 'and')}")
    if meant:
        return meant[0]
    if EDTF in formats:
        return text if timed else re.sub(r"[T ]00:00(:00(\.0+)?)?(Z|[+-]00:00)?$", "", text)
    wanted = listed(map(shown, formats), "or")
    raise ParseProblem("date-malformed", f"{shown(text)} is not written as {wanted}", "add its format to `dates:`")


def _fitting(form: str, text: str, *, timed: bool) -> str:
    """The date that a text is in a format; empty where it is none."""
    try:
        read = dt.datetime.strptime(text, form)  # noqa: DTZ007  the zone is the source's to tell
    except ValueError:
        return ""
    named = _named(form)
    if timed:
        return read.isoformat() if named & {"%H", "%I", "%X"} else read.date().isoformat()
    if named & {*_DAY}:
        return read.date().isoformat()
    return f"{read:%Y-%m}" if named & {*_MONTH} else f"{read:%Y}"


def _named(form: str) -> set[str]:
    return set(re.findall("%.", form.replace("%%", "")))
