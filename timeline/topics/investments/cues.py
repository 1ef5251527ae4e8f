"""The words by which a text reports what a company will spend on a purpose over years, and what it spent."""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from timeline.cue import Cue, Slot
from timeline.topics.investments.payloads import Made, Planned

_TIME: Final = (
    r"(?:since|over|by|through|until|between|during|within|this|next|last"
    r"|from|in\s\d|in\sthe\s(?:next|past|last|coming|previous|first|second"
    r"|third|fourth)|as\spart|to\s(?:meet|help|support|strengthen|increase"
    r"|boost))"
)
_PURPOSE: Final = {
    "R&D": r"\b(?:research (?:and|&) development|R&D|R and D)\b",
    "AI": r"\b(?:in|into|on|for)\s(?:artificial intelligence|AI)(?=[,.;]|\s(?:over|by|through|in|and)\b|$)",
    "": (
        r"(?:\bto(?=\s(?:expand|build|develop|upgrade|moderni[sz]e|construct"
        r"|double)\b)|\b(?:in|into|on|for|towards?)|(?<=\d)\sto|(?<=[mb]illion)\sto"
        r"|(?<=crore)\sto)\s(?!\d|the\s(?:next|past|last|coming|first|second"
        r"|third|fourth|previous|quarter|year|period)\b)(?:the\s|its\s|an?\s"
        r"|new\s)*"
        rf"(?P<value>(?!{_TIME}\b)[\w’'&-]+(?:\s(?!{_TIME}\b|and\s(?:said|will|expects))[\w’'&-]+){{0,6}})"
    ),
}
_ITEM: Final = (
    r"(?:(?!in\b|by\b|over\b|until\b|from\b|and\b)[\w’'&-]+\s){0,3}(?!in\b"
    r"|by\b|over\b|until\b|from\b|and\b)[\w’'&-]+"
)
_FOCUS: Final = {
    "": (
        rf"\bfocus(?:es|ed|ing)?\s(?:(?:will\sbe|is|are|was)\s)?on\s(?:the\s)?(?:(?:integration"
        rf"|development|expansion)\sof\s)?(?P<value>{_ITEM}(?:,\s{_ITEM}){{0,5}}(?:,?\sand\s{_ITEM}"
        rf")?)"
    )
}
_WORDS: Final = {"purpose": _PURPOSE, "focus": _FOCUS}
_GOES_ON: Final = (
    r"(?:the|its|this|that)\s(?:\w+\s)?(?:focus|money|funds?|funding|investments?"
    r"|spending|program(?:me)?|plan|sum|amount)\b"
)
_NOT_PLANNED: Final = (
    r"\b(?:invested|spent|investors?|stake|acquir\w+|buy[- ]?back|repurchas\w+"
    r"|analysts?|could|may(?!\s\d)|might)\b"
)
_AMOUNT: Final = Slot(field="amount")

_PLAN: Final = Cue(
    payload=Planned,
    trigger=r"\binvestment\s(?:plan|program(?:me)?|package|commitment)\b",
    unless=_NOT_PLANNED,
    words=_WORDS,
    slots=(_AMOUNT,),
    needs=("purpose",),
    goes_on=_GOES_ON,
    tense="future",
    occurred="before",
    confidence=78,
)

CUES: Final = (
    _PLAN,
    replace(
        _PLAN,
        trigger=(
            r"\b(?:(?:will|would|to|plans?\sto|plan(?:ned|ning)\sto|intends?\sto"
            r"|aims?\sto|going\sto|pledg\w+\sto|commit\w+\sto|expects?\sto)\s(?:invest"
            r"|spend)|(?:plans?|planned)\s(?:an?\s)?investments?|(?:earmark|set\saside"
            r"|pledg|commit)\w*)\b"
        ),
        within=r"\b(?:invest\w*|spend\w*)\b",
        occurred="said",
    ),
    Cue(
        payload=Made,
        trigger=r"\b(?:invested|spent|has\spoured|poured)\b",
        unless=r"\b(?:will|plans?|stake|funds?\sinvested|shares|repurchas\w+|quarter)\b",
        words=_WORDS,
        slots=(_AMOUNT,),
        needs=("purpose",),
        tense="past",
        occurred="period",
        confidence=78,
    ),
)
