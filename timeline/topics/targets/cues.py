"""The words by which a text reports a target of the company itself."""

from __future__ import annotations

from typing import Final

from timeline.cue import Cue, Slot, any_of
from timeline.topics.results.cues import BASIS, METRIC, SEGMENT
from timeline.topics.targets.payloads import Set

_TARGET: Final = any_of(
    "expects?",
    "expected",
    "expecting",
    "forecasts?",
    "forecasting",
    "guidance",
    "target(?:s|ed|ing)?",
    "outlook",
    "aim(?:s|ed|ing)?",
    "plans?",
    "project(?:s|ed)?",
    "anticipat(?:es?|ing)",
    "goals?",
    "sees",
    "ambitions?",
    "estimates",
)
_VIEW_OF_OTHERS: Final = any_of(
    "analysts?",
    "consensus",
    "wall street",
    r"broker(?:age)?s?",
    "survey",
    "polled",
    "economists?",
    "beat",
    "exceed(?:ed|ing)?",
    "surpass(?:ed|ing)?",
    r"outperform\w*",
)
_ACTION: Final = {
    "withdrawn": any_of(r"withdr[ae]w\w*", r"suspend\w*", r"scrap\w*", r"abandon\w*"),
    "narrowed": any_of("narrow(?:s|ed|ing)?"),
    "raised": any_of(
        "rais(?:e[sd]?|ing)",
        "lift(?:s|ed|ing)?",
        "increas(?:es?|ed|ing)",
        "hik(?:es?|ed|ing)",
        "upgrad(?:es?|ed|ing)",
        "upward",
    ),
    "cut": any_of(
        "cut(?:s|ting)?",
        "lower(?:s|ed|ing)",
        "reduc(?:es?|ed|ing)",
        "slash(?:es|ed|ing)?",
        "trim(?:s|med|ming)?",
        "downgrad(?:es?|ed|ing)",
    ),
    "reaffirmed": any_of(
        r"reaffirm\w*",
        r"reiterat\w*",
        r"maintain\w*",
        "confirm(?:s|ed|ing)?",
        "unchanged",
        "st[iu]cks? to",
        "continues? to expect",
    ),
    "initial": ".",
}
_BEFORE_PREVIOUS: Final = (
    r"from",
    r"previous(?:ly)?(?: \w+){0,3}(?: of)?",
    r"(?:prior|earlier) (?:\w+ ){0,3}(?:of|for)?",
    r"compared (?:to|with)(?: \w+){0,5}",
    r"(?:versus|against)(?: \w+){0,4}",
)
_PREVIOUS: Final = (Slot(field="previous", before="|".join(_BEFORE_PREVIOUS)),)
_MADE: Final = "vehicles|units|cars|EVs|electric|smartphones|phones|aircraft|trucks|tonnes|barrels"

CUES: Final = (
    Cue(
        payload=Set,
        trigger=rf"\b(?:{BASIS}\s)?(?:{SEGMENT}\s)?(?P<metric>(?:{METRIC})(?:\sgrowth)?)\b",
        within=_TARGET,
        unless=_VIEW_OF_OTHERS,
        words={"action": _ACTION},
        slots=_PREVIOUS,
        compared="previous",
        needs=("value",),
        loss=r"\b(?:net )?loss\b",
        negated=("value", "previous"),
        tense="future",
        occurred="said",
        confidence=65,
    ),
    Cue(
        payload=Set,
        trigger=r"\b(?:deliver(?:y|ing|ies)?|production|produce|build|sell|ship)\b",
        within=_TARGET,
        unless=rf"{_VIEW_OF_OTHERS}|\bstart|\bbegan\b",
        words={
            "metric": {
                "vehicle production": r"\b(?:produc\w+|build)\b",
                "smartphone shipments": r"\bsmartphones?\b",
                "EV deliveries": r".",
            },
            "action": _ACTION,
        },
        slots=(
            *_PREVIOUS,
            Slot(
                field="value",
                inside=_MADE,
            ),
        ),
        compared="previous",
        never=("value",),
        needs=("value",),
        tense="future",
        occurred="said",
        confidence=70,
    ),
)
