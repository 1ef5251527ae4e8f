"""What is counted: the noun that follows a number, as far as print tells without a grammar of the language.

Up to four words are looked at. A plural ends the noun ("electric vehicles", "monthly active users"); words that never
stand within one end the search. Without a plural, what a hyphen ties to the number is the noun ("550,000-vehicle").
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

_WORD: Final = re.compile(r"(?P<gap>[ \u00a0]|[-\u2011])(?P<word>(?:[A-Za-z]+(?:[-\u2011’'&.][A-Za-z]+)*))")
_MOST: Final = 4
_STOPS: Final = frozenset(
    """
    a an the and or but nor of in on at by for from to with into onto over under above below between since until
    through during within after before per as than that which who whose when where while if because so yet is are
    was were be been being has have had having will would can could may might must shall should do does did not no
    this these those its their his her our your my it they we he she i more less fewer most least last
    next also only just even still both each every either neither compared versus vs plus minus up down out off
    about around against among across toward towards via amid despite without respectively including excluding
    following ahead due because thanks based according says said say expects plans sees
    """.split()  # noqa: SIM905 - a list of words reads best as words
)
_IRREGULAR: Final = frozenset(
    {"people", "staff", "men", "women", "children", "aircraft", "persons", "personnel", "headcount"}
)
_NO_PLURALS: Final = frozenset(
    {
        "series",
        "always",
        "perhaps",
        "thus",
        "plus",
        "less",
        "across",
        "versus",
        "besides",
        "sales",
        "reaches",
        "rises",
        "falls",
        "grows",
    }
)
_SHORTEST: Final = 4
_SHARES: Final = re.compile(r"(?:\b|-)(?:shares?|stock)$|股$", re.IGNORECASE)
_SINGULAR: Final = re.compile(
    r"[ \u00a0](?:cent|share|vehicle|unit|year|month|week|day|quarter|hour|store|point)(?![\w-])"
)
_ALONE: Final = re.compile(r"(?<!\d)1\)?$")
_CLASSIFIER: Final = re.compile(r"\s?(?:[辆輛部台股家名人套件座吨噸户戶天年]|[个個]月)")
_NO_NOUNS: Final = frozenset({"digit", "fold", "way", "pronged"})


class Noun(NamedTuple):
    """A counted noun.

    Attributes:
        words: as printed, without the space or hyphen before it.
        end: offset past it.
        tied: whether a hyphen ties it to the number.
    """

    words: str
    end: int
    tied: bool

    @property
    def unit(self) -> str:
        """As a fixture writes it: any class of shares is shares."""
        words = " ".join(self.words.replace("\u2011", "-").split())
        return "shares" if _SHARES.search(words) else words


def noun_after(text: str, start: int) -> Noun | None:
    """The noun right after a number that ends at `start`; None where none can be told."""
    if measured := _CLASSIFIER.match(text, start):
        return Noun(measured[0].strip(), measured.end(), tied=False)
    if _ALONE.search(text, max(start - 3, 0), start) and (one := _SINGULAR.match(text, start)):
        return Noun(one[0].strip(), one.end(), tied=False)
    at, tied = start, False
    for count in range(_MOST):
        found = _WORD.match(text, at)
        if found is None or found["word"].casefold() in _STOPS:
            return None
        if found["gap"] in "-\u2011" and found["word"].casefold() in _NO_NOUNS:
            return None
        if count == 0:
            tied = found["gap"] != " " and found["gap"] != "\u00a0"
        elif found["gap"] not in (" ", "\u00a0"):
            return None
        at = found.end()
        if tied or is_plural(found["word"]):
            return Noun(text[start:at].lstrip(" \u00a0-\u2011"), at, tied)
    return None


def is_plural(word: str) -> bool:
    """Whether the word looks like a plural: "vehicles", "B-shares", "people"."""
    text = word.casefold()
    if text in _IRREGULAR:
        return True
    return (
        len(text) >= _SHORTEST
        and text.endswith("s")
        and not text.endswith(("ss", "us", "is", "’s", "'s"))
        and text not in _NO_PLURALS
    )
