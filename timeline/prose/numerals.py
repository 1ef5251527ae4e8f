"""Numbers written as words: "five", "twenty-five", "one hundred and fifty", "half a" before a scale."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_ONES: Final = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS: Final = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()  # noqa: SIM905 - a list of words reads best as words
_TENS: Final = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
VALUES: Final[Mapping[str, int]] = MappingProxyType(
    {word: number for number, word in enumerate(_ONES, 1)}
    | {word: number for number, word in enumerate(_TEENS, 10)}
    | {word: 10 * number for number, word in enumerate(_TENS, 2)}
)
ORDINALS: Final[Mapping[str, int]] = MappingProxyType(
    {
        word: number
        for number, word in enumerate(
            "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth"  # noqa: SIM905 - a list of words reads best as words
            " fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split(),
            1,
        )
    }
)

_SMALL: Final = rf"(?:(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_ONES)}))?|{'|'.join(_TEENS)}|{'|'.join(_ONES)})"
NO_LETTER: Final = r"(?!\w)"
CARDINAL: Final = rf"(?:{_SMALL}(?: hundred(?:(?: and)? {_SMALL})?)?(?: and a half)?){NO_LETTER}"
"""A number below a thousand in words, as a pattern; alternatives of words that no letter may follow."""

_WORD: Final = re.compile(r"[a-z]+")
_HALF: Final = " and a half"


def number_of(words: str) -> str:
    """The digits of a number in words that `CARDINAL` matches: "twenty-five" is 25, "two and a half" 2.5."""
    text = words.casefold()
    half = ".5" if text.endswith(_HALF) else ""
    total = 0
    for word in _WORD.findall(text.removesuffix(_HALF)):
        total = total * 100 if word == "hundred" else total + VALUES.get(word, 0)
    return f"{total}{half}"


def ordinal_of(word: str) -> int:
    """The place that an ordinal names, in words or in digits ("6th")."""
    text = word.casefold()
    return ORDINALS.get(text) or int(re.sub(r"\D", "", text) or 0)
