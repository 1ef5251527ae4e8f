"""The words by which a text reports a target of the company itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from timeline.cue import Cue, Slot, any_of
from timeline.topics.results.cues import BASIS, METRIC, NO_PART, SEGMENT, SPELLED
from timeline.topics.targets.payloads import Set

if TYPE_CHECKING:
    from collections.abc import Mapping

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
    "guid(?:ed|es|ing)",
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
    r"(?:lower|upper|low|high|top|bottom) end",
    r"at an estimated",
    r"preliminary",
)
_OF_TARGETS: Final = (
    r"(?:guidance|outlook|forecasts?|targets?|estimates?|projections?|expectations|view|goals?|ambitions?|guide)"
)


def _done(*verbs: str) -> str:
    """What is done to targets: a verb before or behind a word for them; of other things it tells nothing of theirs."""
    verb = any_of(*verbs)
    return rf"{verb}(?=[^.;]{{0,70}}\b{_OF_TARGETS}\b)|\b{_OF_TARGETS}\b[^.;]{{0,40}}?\b(?:was|were|been|being)\s{verb}"


_ACTION: Final = {
    "withdrawn": _done(r"withdr[ae]w\w*", r"suspend\w*", r"scrap\w*", r"abandon\w*"),
    "narrowed": _done("narrow(?:s|ed|ing)?", "tighten(?:s|ed|ing)?"),
    "raised": _done(
        "rais(?:e[sd]?|ing)",
        "lift(?:s|ed|ing)?",
        "increas(?:es?|ed|ing)",
        "hik(?:es?|ed|ing)",
        "boost(?:s|ed|ing)?",
        "upgrad(?:es?|ed|ing)",
        "upward",
    )
    + r"|\b(?:up|raised|lifted|increased)\sfrom\b",
    "cut": _done(
        "cut(?:s|ting)?",
        "lower(?:s|ed|ing)",
        "reduc(?:es?|ed|ing)",
        "slash(?:es|ed|ing)?",
        "trim(?:s|med|ming)?",
        "downgrad(?:es?|ed|ing)",
        "downward",
    )
    + r"|\b(?:down|cut|lowered|reduced)\sfrom\b",
    "reaffirmed": _done(
        r"reaffirm\w*",
        r"reiterat\w*",
        r"maintain\w*",
        "confirm(?:s|ed|ing)?",
        "back(?:s|ed|ing)?",
        "affirm(?:s|ed|ing)?",
        "keeps?",
        "kept",
        "unchanged",
        "st[iu]cks? to",
    )
    + r"|\b(?:continues? to expect|still expect(?:s|ing)?)\b",
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

_GROWTH_OF: Final = {
    "revenue growth": (r"^(?:net\s|total\s)?(?:revenues?|sales|turnover)(?:\s(?:guidance|outlook|forecast))?\sgrowth$")
}
_POSTS: Final = "jobs|positions|roles|posts|employees|workers|staff"
_PLACES: Final = "stores|restaurants|branches|hotels|shops|outlets|showrooms"
_PLANNED: Final = (
    any_of("plans?", "planned", "planning", "will", "would", "aims?", "intends?", "expects?", "is set to")
    + r"|^(?:\S+\s){1,4}?to\s(?:cut|axe|shed|slash|eliminate|open)\b"
)
_MOVES: Final = r"(?:(?:to|will|would|is|are)\s(?:\w+\s){0,2}?)"
_GROWS: Final = (
    rf"{_MOVES}(?:grow|increase|rise|climb|improve|decline|fall|decrease|drop)\b"
    r"(?=\s(?:by\s|at\s|about\s|around\s|between\s|approximately\s|to\s)*[\d.]+\s?(?:%|percent|per\scent|to\b|[-–]))"
)
_SHRINKS: Final = r"\b(?:decline|fall|decrease|drop)\b"
_GROWTH: Final = {
    "revenue": r"^(?:net\s|total\s)?(?:revenues?|sales|turnover)$",
    r"\1 growth": r"^((?:(?!growth).)+)$",
}
_MILLIONS: Final = r"(?:(?!illion|\s(?:on|or)\s|\sand\s(?![$€£¥\d]))(?:[^;,]|,\d)){0,80}?"
_WITHOUT_SHARE: Final = rf"(?!{_MILLIONS}\s(?:per|a)\s(?:diluted\s)?share\b)"
_RANGE: Final = r"(?:of|between|in (?:a|the) range (?:of|between)|ranging from)"
_LOSSES: Final = (
    Slot(field="value", before=rf"loss {_RANGE}", after=r"(?:to|and)\s[$€£]"),
    Slot(field="value", before=rf"loss {_RANGE} \S+(?: \w?illion)? (?:to|and)", ends=True),
)
_PREVIOUSLY: Final = (
    r"^(?:previously|earlier|prior\sto\sthis|(?:the|its)\s(?:previous|prior|earlier)\s(?:\w+\s){0,3}"
    r"(?:forecasts?|guidance|outlook|targets?|expectations?|range|estimates?|views?))\b"
)


def _of(
    trigger: str,
    *,
    loss: str,
    fixed: Mapping[str, str] | None = None,
    spelled: Mapping[str, Mapping[str, str]] | None = None,
    slots: tuple[Slot, ...] = (),
) -> tuple[Cue, Cue]:
    """The cues of a target, and of what it was before in a sentence of its own, by their fields."""
    cue = Cue(
        payload=Set,
        trigger=trigger,
        within=_TARGET,
        unless=rf"{_VIEW_OF_OTHERS}|{_PREVIOUSLY}",
        words={"action": _ACTION},
        earlier=("action",),
        fixed=fixed or {},
        spelled=spelled or {},
        slots=(*_PREVIOUS, *slots),
        compared="previous",
        needs=("value",),
        loss=loss,
        negated=("value", "previous"),
        tense="future",
        occurred="said",
        confidence=65,
    )
    before = replace(
        cue,
        within=_PREVIOUSLY,
        unless=_VIEW_OF_OTHERS,
        slots=(*(each for each in cue.slots if each.ends), Slot(field="previous", inside=r"\d")),
        compared="",
        never=("value",),
        needs=("previous",),
    )
    return before, cue


def _of_a_share(metric: str, words: str, short: str) -> tuple[Cue, Cue]:
    """The cues of what one share is to earn."""
    return _of(
        rf"\b(?:{BASIS}\s)?(?:{words}(?={_MILLIONS}\s(?:per|a)\s(?:diluted\s)?share\b)|{short}\b)",
        fixed={"metric": metric},
        slots=_LOSSES,
        loss=r"\bloss\b",
    )


CUES: Final = (
    *_of_a_share("diluted earnings per share", r"diluted\s(?:earnings|income|loss|profit)", r"diluted\sEPS"),
    *_of_a_share("earnings per share", r"(?:net\s)?(?:earnings|income|loss|profits?)", "EPS"),
    *_of(
        rf"\b(?:{BASIS}\s)?net\sloss\b{_WITHOUT_SHARE}",
        fixed={"metric": "net profit"},
        slots=_LOSSES,
        loss=r"\bnet\sloss\b",
    ),
    *_of(
        rf"\b(?:{BASIS}\s)?(?:{SEGMENT}\s)?(?P<metric>{METRIC})\s{_GROWS}",
        spelled={"metric": SPELLED["metric"] | _GROWTH},
        loss=_SHRINKS,
    ),
    *_of(
        rf"{NO_PART}\b(?:{BASIS}\s)?(?:{SEGMENT}\s)?(?P<metric>(?:{METRIC})(?:(?:\s(?:guidance|outlook|forecast))?\sgrowth)?)\b(?!\slevel){_WITHOUT_SHARE}",
        spelled={"metric": SPELLED["metric"] | _GROWTH_OF},
        loss=r"\b(?:net )?loss\b",
    ),
    Cue(
        payload=Set,
        trigger=(
            r"\b(?:cut(?:ting)?|eliminat(?:e|ing)|shed(?:ding)?|axe|slash|reduc(?:e|ing)|lay(?:ing)?\soff|reduction\sof"
            rf"|elimination\sof)\b(?=[^.;]{{0,70}}\b(?:{_POSTS})\b)"
        ),
        within=_PLANNED,
        unless=r"\b(?:already|has|had|have|were|was)\s(?:cut|eliminated|shed|axed|laid|reduced)\b",
        fixed={"metric": "job cuts"},
        words={
            "action": {
                "reaffirmed": r"\b(?:the|its)\s(?:already\s|previously\s)?(?:planned|announced)\b",
                "initial": ".",
            }
        },
        slots=(Slot(field="value", inside=_POSTS),),
        never=("value", "previous"),
        needs=("value",),
        tense="future",
        occurred="said",
        confidence=65,
    ),
    Cue(
        payload=Set,
        trigger=rf"\bopen(?:ing)?\b(?=[^.;]{{0,50}}\b(?:{_PLACES})\b)",
        within=_PLANNED,
        fixed={"metric": "store openings"},
        words={"action": _ACTION},
        slots=(Slot(field="value", inside=_PLACES),),
        never=("value", "previous"),
        needs=("value",),
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
        slots=(*_PREVIOUS, Slot(field="value", inside=_MADE)),
        compared="previous",
        never=("value",),
        needs=("value",),
        tense="future",
        occurred="said",
        confidence=70,
    ),
)
