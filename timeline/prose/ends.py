"""One number of an amount with what touches it: sign, currency, scale and unit, put as a fixture writes them."""

from __future__ import annotations

import re
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal
from typing import Final

from msgspec import Struct

from timeline.currencies import CODES
from timeline.figures.wording import SCALES
from timeline.prose import marks
from timeline.prose.numerals import number_of

BEFORE: Final = 40
"""Characters looked at before a number; the longest qualifier with its currency has fewer."""

_TOUCHING: Final = {"k": "thousand", "m": "million", "b": "billion", "t": "trillion"}
_WRITTEN_OUT: Final = 1000  # a number from here on need not share the scale behind it: "500,000 to 1 million"
EXACT: Final = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN)
"""For numbers of any length: a text may print more digits than the usual context keeps."""
_ECHO: Final = re.compile(r"\s\((?P<digits>\d{1,4})\)")
"""The same number in digits, as contracts have it: "twelve (12) months"."""
_LAKHS: Final = re.compile(r"\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?")
"""Digits as India groups them; fixtures group them by thousands."""
_SPACES: Final = re.compile("[\u00a0\u2009\u202f]")
_DASHES: Final = " \t\u00a0\u2009\u202f-\u2010\u2011\u2012\u2013\u2014\u2212"


class End(Struct):
    """One number of an amount as printed.

    Attributes:
        start: of the number, or of the currency or sign before it.
        first: of the number's own first character.
        last: past the number and its scale.
        end: past everything that belongs to it.
        currency: as a fixture writes it; empty for none.
        number: in digits, with its sign.
        scale: as a fixture writes it; empty for none.
        unit: likewise; empty where none is known.
        worded: whether the number is written in words.
        hundredth: whether the currency is printed by its hundredth: "cents".
    """

    start: int
    first: int
    last: int
    end: int
    currency: str = ""
    number: str = ""
    scale: str = ""
    unit: str = ""
    worded: bool = False
    hundredth: bool = False

    @property
    def is_bare(self) -> bool:
        """Nothing but a number of digits or words stands there."""
        return not (self.currency or self.scale or self.unit)

    @property
    def is_proportion(self) -> bool:
        """It is in percent, points or basis points."""
        return self.unit in ("%", "pp", "bp")

    def written(self) -> str:
        """As a fixture has it: currency, number, scale and unit."""
        scale = f" {self.scale}" if self.scale.isascii() and self.scale else self.scale
        return " ".join(part for part in (self.currency, self.number + scale, self.unit) if part)

    def size(self, scaled: End) -> Decimal:
        """About how large it is, with the other end's scale where it has none of its own."""
        number = Decimal(self.number.replace(",", ""))
        scale = self.scale or ("" if number >= _WRITTEN_OUT else scaled.scale)
        return number.scaleb(SCALES.get(scale, 0), EXACT)


def read_end(text: str, found: re.Match[str], floor: int = 0) -> End:
    """The number that was found, with its scale, and its currency or else its unit.

    Args:
        text: of the paragraph.
        found: the number.
        floor: offset past what belongs to an amount before it.
    """
    start, last = found.span()
    end = End(start, start, last, last, number=_digits(found[0]), worded=text[start].isalpha())
    if end.worded and (echo := _ECHO.match(text, last)) and echo["digits"] == end.number:
        end.last, end.worded = echo.end(), False
    if scale := marks.SCALE.match(text, end.last):
        _scale(end, scale[0])
        end.last = scale.end()
    end.end = end.last
    _sign(text, end, floor)
    _currency(text, end, floor)
    if not end.currency:
        _unit(text, end)
    return end


def alike(first: End, second: End) -> bool:
    """Whether two numbers may be the ends of one range: nothing that both say differs."""
    if first.worded != second.worded or (first.unit and first.unit != second.unit):
        return False
    if first.currency and second.currency:
        return first.currency == second.currency
    return not (first.currency and second.unit)


def _digits(printed: str) -> str:
    text = printed.casefold()
    if text == "half a":
        return "0.5"
    if text in ("a", "an"):
        return "1"
    if text[0].isalpha():
        return number_of(text)
    if _LAKHS.fullmatch(text):
        whole, point, decimals = text.replace(",", "").partition(".")
        text = f"{int(whole):,}{point}{decimals}"
    filled = f"0{text}" if text.startswith(".") else re.sub(r"^0+(?=\d)", "", text)
    return _SPACES.sub(",", filled)


def _scale(end: End, printed: str) -> None:
    """Take a scale; hundreds before another one go into the number."""
    text = " ".join(printed.strip(_DASHES).casefold().split())
    for word, zeros in (("hundred ", "00"), ("百", "00"), ("千", "000")):
        if text.startswith(word) and "." not in end.number:
            end.number, text = end.number + zeros, text.removeprefix(word)
    end.scale = _TOUCHING.get(text, text)


def _sign(text: str, end: End, floor: int) -> None:
    """Take a minus sign, or brackets that stand for one."""
    if minus := _before(marks.MINUS, text, end.start, floor):
        end.start, end.number = minus.start(), f"-{end.number}"
    elif text.endswith("(", floor, end.start) and text.startswith(")", end.last) and not end.worded:
        end.start, end.number = end.start - 1, f"-{end.number}"
        end.last = end.end = end.last + 1


def _before(pattern: re.Pattern[str], text: str, end: int, floor: int) -> re.Match[str] | None:
    """What stands right before an offset and belongs to no amount before it; a pattern may look behind the floor."""
    return pattern.search(text, max(end - BEFORE, floor), end)


def _currency(text: str, end: End, floor: int) -> None:
    if found := _before(marks.CURRENCY_BEFORE, text, end.start, floor):
        end.start = found.start()
        end.currency = currency_of(found[0])
        if not end.number.startswith("-") and (minus := _before(marks.MINUS, text, end.start, floor)):
            end.start, end.number = minus.start(), f"-{end.number}"
    elif found := marks.HUNDREDTH.match(text, end.last):
        end.currency, end.end, end.hundredth = currency_of(found[0]), found.end(), True
    elif found := marks.CURRENCY_AFTER.match(text, end.last):
        end.currency, end.end = currency_of(found[0]), found.end()
    if end.currency and (slashed := marks.SLASHED.match(text, end.end)):
        end.end = slashed.end()


def currency_of(printed: str) -> str:
    """A currency as the parser of figures knows it."""
    text = " ".join(printed.replace("\u00a0", " ").split())
    if text.casefold().startswith(("u.s.$", "u.s. $", "u.s. dollar")):
        return "USD"
    if text.endswith("$") and text[:-1].strip() in CODES:
        return text[:-1].strip()
    return {"\uffe5": "¥", "Rmb": "RMB"}.get(text, text)


def _unit(text: str, end: End) -> None:
    found = marks.UNIT.match(text, end.last)
    if found is None:
        return
    kinds = {"percent": "pp" if found["points"] else "%", "pp": "pp", "bp": "bp", "times": "x"}
    known = next((unit for kind, unit in kinds.items() if found[kind]), found["unit"])
    end.unit = known or ("V" if found["touching"] == "V" else "x")
    end.end = found.end()
