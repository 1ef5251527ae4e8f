"""The words and signs of amounts in prose as patterns, made from the tables that the parser of figures reads by.

Prose has more ways than fixtures: verbs that compare (`surpassed 410,000`), scales that touch (`$3.2T`), units of price
(`per ADS`). Each maps to what a fixture writes for it.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from timeline.currencies import CODES, SIGNS
from timeline.figures.wording import QUALIFIERS, SCALES
from timeline.prose.monies import HUNDREDTHS, NAMES
from timeline.prose.numerals import CARDINAL

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

SPACE: Final = "[ \t\u00a0\u2009\u202f]"
_DASH: Final = "-\u2010\u2011–—−"


def _any(words: Iterable[str]) -> str:
    """One of the words, the longest first; any white space of a line between their parts."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(rf"{SPACE}?".join(map(re.escape, word.split(" "))) for word in ordered)


COMPARING: Final[Mapping[str, str]] = MappingProxyType(
    dict.fromkeys(
        "surpassed surpassing surpasses surpass exceeded exceeding exceeds exceed topped topping tops top passed"  # noqa: SIM905 - a list of words reads best as words
        " passing crossed crossing".split(),
        "over",
    )
    | dict.fromkeys(
        ("higher than", "greater than", "upwards of", "north of", "slightly more than", "well above"), "over"
    )
    | dict.fromkeys(("slightly over", "slightly above", "just above", "a little over", "a little more than"), "over")
    | dict.fromkeys(("lower than", "slightly less than", "slightly below", "just below", "south of"), "under")
    | dict.fromkeys(("close to", "in the region of", "an estimated", "estimated at", "in the order of"), "about")
    | dict.fromkeys(("as much as", "as many as", "a maximum of", "maximum of", "capped at"), "at most")
    | dict.fromkeys(("a minimum of", "minimum of", "not less than"), "at least")
    | dict.fromkeys(("approaching", "nearing", "just shy of", "shy of"), "nearly")
)
"""What only prose says for a qualifier, and the qualifier that it is."""

CHINESE: Final[Mapping[str, str]] = MappingProxyType(
    dict.fromkeys(("大约", "约", "大約", "約"), "about")
    | dict.fromkeys(("接近", "近"), "nearly")
    | dict.fromkeys(("超过", "超過", "逾", "超"), "over")
    | dict.fromkeys(("至少", "不低于", "不低於", "不少于", "不少於"), "at least")
    | dict.fromkeys(("最多", "至多", "不超过", "不超過"), "at most")
)
_MEANT: Final[Mapping[str, str]] = MappingProxyType({**dict.fromkeys(QUALIFIERS, ""), **COMPARING})
QUALIFIER: Final = re.compile(
    rf"(?<![\w’'-])(?P<qualifier>{_any(word for word in _MEANT if word[0].isalpha())})(?:{SPACE}(?:the|a|an))?{SPACE}+$"
    rf"|(?P<sign>[~≈<>≥≤]=?|(?<![a-z])c\.|{'|'.join(CHINESE)}){SPACE}?$",
    re.IGNORECASE,
)
"""At the end of what stands before a figure."""

_SIGN: Final = _any(sign.upper() for sign in SIGNS if not sign.isalpha() and not sign[-1].isalpha())
_NAME: Final = _any([*(sign for sign in SIGNS if sign[-1].isalpha() and len(sign) > 1), *NAMES])
_HUNDREDTH: Final = _any(word for word in HUNDREDTHS if word not in ("p", "¢", "港仙"))
_CODE: Final = "|".join(sorted(CODES))
CURRENCY_BEFORE: Final = re.compile(
    rf"(?:(?<![A-Za-z])(?:{_SIGN}|(?:U\.S\.|HK|US){SPACE}?\$)|(?<![A-Za-z$])(?:{_CODE}|RMB¥?|Rmb|Rs\.?|Re\.|Rp"
    rf"|RM)(?:{SPACE}?\$)?){SPACE}{{0,2}}$"
)
"""A sign or code before a number: `HK$`, `RMB`, `U.S. $`, `USD $`."""
CURRENCY_START: Final = re.compile(rf"(?:{_CODE}|RMB|Rmb|Rs|Rp|RM|HK|US|NT)(?=\d)")
CURRENCY_AFTER: Final = re.compile(
    rf"{SPACE}?(?:(?:{_CODE}|RMB)(?![A-Za-z])|U\.S\.{SPACE}dollars?|(?i:{_NAME})(?![A-Za-z])|[元€￥¥]|港元|美元|人民币"
    rf"|日元|港幣|港币|港仙)"
)

HUNDREDTH: Final = re.compile(rf"{SPACE}?(?:(?i:{_HUNDREDTH})(?![A-Za-z])|¢|港仙)|p(?![A-Za-z\d])")
"""Hundredths of a currency behind a number: `81 euro cents`, `12.5p`."""
SLASHED: Final = re.compile(r"/[-=](?!\d)")
"""What Indian print puts behind an amount: `Rs. 0.50/-`."""

DIGITS: Final = (
    r"(?:\d{1,2}(?:,\d{2}){1,5},\d{3}(?![\d,])|\d{1,3}(?:,\d{3})+|\d{1,3}(?:[\u00a0\u2009\u202f]\d{3})+(?!\d)|\d+)"
    r"(?:\.\d+)?(?!\d)|(?<![\w)])\.\d+(?!\d)"
)
WORDS: Final = (
    rf"(?<![\w-])(?:{CARDINAL}|(?:half a|a|an)(?={SPACE}(?:million|billion|trillion|thousand|hundred thousand)\b))"
)
NUMBER: Final = re.compile(rf"(?<![\d.,])(?:{DIGITS})|(?i:{WORDS})")
"""A number in digits or words, wherever it begins; never within another one."""

_SCALE_WORDS: Final = _any(word for word in SCALES if len(word) > 1 and word.isascii())
SCALE: Final = re.compile(
    rf"(?:(?:{SPACE}|[{_DASH}])?(?i:(?:hundred{SPACE})?(?:{_SCALE_WORDS}))|[kKmMbBT])(?:{SPACE}(?i:crore"
    rf"|crores))?(?![A-Za-z])"
    rf"|{SPACE}?[百千]?[万萬亿億](?:[亿億])?"
)
_KNOWN: Final = "kWh|MWh|GWh|TWh|Wh|kW|MW|GW|km|kg|cm|mm|nm|GB|TB|TOPS|mAh|GHz|MHz|Hz|hp|tonnes|tons|ppm|km/h|mph"
UNIT: Final = re.compile(
    rf"(?P<percent>{SPACE}?[%\uff05]|[{_DASH} ]?(?i:per{SPACE}?cent|pct)(?![A-Za-z]))(?P<points>{SPACE}points?\b)?"
    rf"|{SPACE}?[{_DASH}]?(?P<pp>(?i:percentage{SPACE}points?|ppts?|pp)(?![A-Za-z])|[个個]?百分[点點])"
    rf"|{SPACE}?[{_DASH}]?(?P<bp>(?i:basis(?:{SPACE}|[{_DASH}])points?|bps?))(?![A-Za-z])"
    rf"|{SPACE}?(?P<unit>{_KNOWN})(?![A-Za-z])|(?P<touching>[Vx×倍])(?![A-Za-z\d])"
    rf"|{SPACE}(?P<times>times)\b(?!{SPACE}(?:a|per)\b)"
)
EACH: Final = re.compile(
    rf"{SPACE}?(?P<each>per|an?|each|apiece|/){SPACE}?(?P<of>(?:(?:basic|diluted|common|ordinary"
    rf"|class{SPACE}[A-Z]|equity|outstanding|fully{SPACE}diluted|[A-Z]){SPACE}|[A-Z]{SPACE}?-)?"
    rf"(?:share|ADS|ADR|unit|vehicle|car|barrel|ton|tonne|ounce|kilogram|kg|kWh|gallon|year|annum|month|quarter"
    rf"|week|day|hour))?s?\b",
    re.IGNORECASE,
)
AFTERWORD: Final = re.compile(
    rf"(?:{SPACE}?\+(?!\d)|-plus\b|{SPACE}plus\b|{SPACE}or{SPACE}(?P<way>more|less|fewer|above|higher)\b)"
)
JOINT: Final = re.compile(
    rf"{SPACE}?(?P<dash>[{_DASH}~至]|to(?![\w-])|and(?![\w-])|through(?![\w-])|±|\+/-"
    rf"|plus{SPACE}or{SPACE}minus){SPACE}?(?:(?<=[至~])[近约約])?",
    re.IGNORECASE,
)
MINUS: Final = re.compile(rf"(?:(?<![\w%)])[-−\u2010–]|(?<![\w])(?:minus|negative){SPACE}){SPACE}?$", re.IGNORECASE)
OPENER: Final = re.compile(
    rf"(?<![\w-])(?P<opener>between|from|range(?:s|d)?(?:{SPACE}(?:of|from))|ranging{SPACE}(?:from|between)){SPACE}+$",
    re.IGNORECASE,
)
CHANGED: Final = re.compile(
    r"\b(?:ros[ei]n?g?|rise[sn]?|increas\w+|rais\w+|grew|grow\w*|up|climb\w*|jump\w*|surg\w+|soar\w*|gain\w*"
    r"|advanc\w+|improv\w+|widen\w*"
    r"|expand\w*|lift\w*|boost\w*|hik\w+|rall\w+|added|adding|edged|edging|ticked|higher|upgrad\w+|accelerat\w+"
    r"|(?P<down>fell|fall\w*|drop\w*|declin\w+|decreas\w+|down|los[te]\w*|losing|cut\w*|lower\w*|slid\w*"
    r"|slip\w*|plung\w+|sank|tumbl\w+"
    r"|shrank|shr[iu]n\w+|reduc\w+|narrow\w*|trim\w*|slash\w*|dipp?\w*|downgrad\w+|contract\w*|slow\w*|shed"
    r"|eased?|easing|off|sp?lump\w*)"
    r"|(?P<either>revis\w+|mov\w+|chang\w+|adjust\w*))\b",
    re.IGNORECASE,
)
"""Verbs and nouns of change; those of the group `down` are falls, those of `either` say no direction."""


def qualifier_of(words: str) -> str:
    """What a fixture writes for the words before a figure."""
    text = " ".join(words.casefold().split())
    return COMPARING.get(text) or CHINESE.get(text, text)
