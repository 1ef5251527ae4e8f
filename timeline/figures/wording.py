"""The words and signs that stand around a printed number, as data: what they say, not how they are read.

Keys are in lower case with single spaces. A word that could be a scale or a unit is here only in the sense that needs
no guess: "mm" is millimetres, "t" tonnes, and a single letter is a scale only where it touches its number (`4.6m`).
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from timeline.digits import SYMBOLS

if TYPE_CHECKING:
    from collections.abc import Mapping

_ABOUT: Final = (
    "about",
    "approximately",
    "approx",
    "approx.",
    "around",
    "roughly",
    "circa",
    "some",
    "c.",
    "ca.",
    "~",
    "≈",
)
_OVER: Final = ("over", "more than", "just over", "well over", "above", "in excess of", ">")
_AT_LEAST: Final = ("at least", "no less than", "not less than", "no fewer than", "a minimum of", "≥", ">=")
_UNDER: Final = ("under", "less than", "fewer than", "below", "<")
_AT_MOST: Final = ("at most", "up to", "no more than", "not more than", "a maximum of", "≤", "<=")
_NEARLY: Final = ("nearly", "almost", "just under")

# What may stand before a number, and the qualifier that it is.
QUALIFIERS: Final[Mapping[str, str]] = MappingProxyType(
    dict.fromkeys(_ABOUT, "about")
    | dict.fromkeys(_OVER, "over")
    | dict.fromkeys(_AT_LEAST, "at least")
    | dict.fromkeys(_UNDER, "under")
    | dict.fromkeys(_AT_MOST, "at most")
    | dict.fromkeys(_NEARLY, "nearly")
)
# What may stand after it.
AFTERWORDS: Final[Mapping[str, str]] = MappingProxyType(
    dict.fromkeys(("+", "plus", "-plus", "or more"), "at least") | dict.fromkeys(("or less", "or fewer"), "at most")
)
COMPARING_SIGNS: Final = frozenset({">", ">=", "≥", "<", "<=", "≤"})

# What opens a range, and the word that then stands between its ends.
OPENERS: Final[Mapping[str, str]] = MappingProxyType({"between": "and", "from": "to"})
JOINTS: Final[Mapping[str, str]] = MappingProxyType(
    dict.fromkeys(("-", "–", "—", "to"), "to") | dict.fromkeys(("±", "+/-", "+-", "plus or minus"), "±")
)

# Powers of ten; two in a row multiply (lakh crore, 万亿).
SCALES: Final[Mapping[str, int]] = MappingProxyType(
    dict.fromkeys(("k", "thousand", "thousands"), 3)
    | dict.fromkeys(("万", "萬"), 4)
    | dict.fromkeys(("lakh", "lakhs", "lac"), 5)
    | dict.fromkeys(("m", "mn", "mln", "million", "millions"), 6)
    | dict.fromkeys(("crore", "crores", "cr"), 7)
    | dict.fromkeys(("亿", "億"), 8)
    | dict.fromkeys(("b", "bn", "bln", "billion", "billions"), 9)
    | dict.fromkeys(("tn", "trn", "trillion", "trillions"), 12)
)
# A word this close to one of these is a slip, not a unit.
LONG_SCALES: Final = ("thousand", "million", "billion", "trillion")

UNITS: Final[Mapping[str, str]] = MappingProxyType(
    {symbol.casefold(): symbol for symbol in SYMBOLS}
    | dict.fromkeys(("percent", "per cent", "pct"), "%")
    | dict.fromkeys(("percentage point", "percentage points", "ppt"), "pp")
    | dict.fromkeys(("basis point", "basis points", "bps"), "bp")
    | dict.fromkeys(("times", "×"), "x")
    | dict.fromkeys(("share", "股"), "shares")
)

# Words that end a unit: what follows them is no part of the figure.
_JOINING: Final = frozenset(
    {"to", "and", "or", "plus", "at", "in", "on", "for", "by", "with", "from", "between", "since"}
)
STOPS: Final = _JOINING | {"than", "versus", "more", "less", "fewer"}
EACH: Final = frozenset({"per", "a", "an", "each"})
TIMES: Final = frozenset({"year", "annum", "quarter", "month", "week", "day", "hour"})

# Verbs that reports use for "over"; a figure states the comparison itself.
VERBS: Final = frozenset(
    {"surpassed", "surpassing", "exceeded", "exceeds", "exceed", "exceeding", "topped", "passed", "beat"}
)


def is_letter(word: str) -> bool:
    """Whether the word is one Latin letter, which is a scale only where it touches its number."""
    return len(word) == 1 and word.isascii() and word.isalpha()
