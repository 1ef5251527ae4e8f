"""The words by which a text reports how many shares there are, and what changed their number."""

from __future__ import annotations

from typing import Final

from timeline.cue import Cue, Slot
from timeline.topics.capital.payloads import Changed, Reported

_KIND_OF_SHARE: Final = (
    r"(?:(?:fully\spaid|issued|new|additional|ordinary|common|equity|voting"
    r"|registered|bearer|preferred|class\s[A-H]|[A-H][- ])\s?){0,3}"
)
_OUTSTANDING: Final = r"(?:issued\sand\soutstanding|outstanding|in\s(?:issue|circulation))"
_SHARES: Final = rf"{_KIND_OF_SHARE}(?:shares?|stock|units)(?:\sof\s(?:its\s)?(?:common|ordinary)\s(?:stock|shares))?"
_CLASS: Final = {
    "": r"\bclass (?P<value>[A-H])\b",
    "B": r"(?-i:\bB)[- ](?:ordinary |common )?(?:shares?|stock)\b",
    "A": r"(?-i:\bA)[- ](?:ordinary |common )?(?:shares?|stock)\b",
    "H": r"(?-i:\bH)[- ](?:ordinary )?shares?\b",
    "common": r"\bcommon (?:stock|shares?)\b",
    "equity": r"\bequity shares?\b",
    "preferred": r"\bprefer(?:red|ence) (?:stock|shares?)\b",
}
_ANY_CLASS: Final = {**_CLASS, "ordinary": r"."}
_NOT_SO: Final = (
    r"\b(?:would|may(?!\s\d)|could|if|up\sto|weighted|average|dilut\w+|options?"
    r"|warrants?|notes|bonds|debt|loans?|principal)\b"
)

_MOST: Final = 50
_NUMBERS: Final = {
    2: "two",
    3: "three",
    4: "four",
    5: "five",
    6: "six",
    7: "seven",
    8: "eight",
    10: "ten",
    20: "twenty",
}
_BETWEEN: Final = r"(?:[- ]?(?:for|to)[- ]?|:)"


def _number(number: int) -> str:
    return rf"(?:{number}|{_NUMBERS[number]})" if number in _NUMBERS else str(number)


def _ratios() -> dict[str, str]:
    """Ratios of splits and consolidations, new to old, by the words for them."""
    pairs = [(number, 1) for number in range(2, _MOST + 1)] + [(100, 1), (3, 2), (5, 4), (5, 2), (4, 3)]
    found = {}
    for more, fewer in pairs:
        less = r"(?:1|one|a)" if fewer == 1 else _number(fewer)
        found[f"{more}:{fewer}"] = rf"\b{_number(more)}{_BETWEEN}{less}\b(?!.{{0,12}}\b(?:reverse|consolidation)\b)"
        found[f"{fewer}:{more}"] = rf"\b{less}{_BETWEEN}{_number(more)}\b|\b{_number(more)}{_BETWEEN}{less}\b"
    return found


_RATIOS: Final = _ratios()
_EX_DAY: Final = Slot(
    field="ex_day",
    before=(
        r"(?:split-adjusted\s(?:basis|price)|ex-(?:split\s)?date(?:\sis|\sof)?)(?:\s(?:at"
        r"|as\sof|when|the|market|opens?|open|on|beginning|from|start\sof|trading)){0,6}"
    ),
)

CUES: Final = (
    Cue(
        payload=Reported,
        trigger=rf"\b{_OUTSTANDING}\b",
        unless=rf"{_NOT_SO}|%\sof",
        words={"share_class": _ANY_CLASS},
        slots=(
            Slot(
                field="treasury",
                after=(
                    r"(?:ordinary\s|common\s)?(?:shares?\s)?(?:are\s|is\s|were\s)?(?:being\s)?(?:held\s)?(?:in"
                    r"|as)\streasury|treasury\sshares"
                ),
            ),
            Slot(
                field="shares",
                after=(
                    rf"(?:(?:of\s(?:its\s|the\s)?)?{_SHARES}\s)?(?:were\s|was\s|are\s)?(?:\w+ly\s)?"
                    rf"{_OUTSTANDING}"
                ),
            ),
            Slot(
                field="shares",
                before=(
                    rf"{_OUTSTANDING}(?:\s(?!and\b)[\w,()’'-]+){{0,12}}?\s(?:is|was|are"
                    rf"|were|be|of|to|at|totall?ed|stood\sat)(?:\snow)?"
                ),
            ),
        ),
        never=("shares", "treasury"),
        occurred="by",
        confidence=70,
    ),
    Cue(
        payload=Changed,
        trigger=(
            r"\b(?:(?:reverse|share|stock)\s(?:share\s|stock\s)?split|share\sconsolidation"
            r"|consolidat(?:ed|ion\sof)(?=.{0,30}\bshares)|split(?=.{0,20}\b(?:shares"
            r"|stock)))\b"
        ),
        unless=r"\b(?:may|might|consider\w*|could|would|adjusted\sfor|prior\sto|split-adjusted\sfor)\b",
        words={
            "change": {"consolidation": r"\breverse\b|\bconsolidat\w+", "split": r"."},
            "ratio": _RATIOS,
            "share_class": _CLASS,
        },
        slots=(_EX_DAY,),
        never=("shares", "price"),
        needs=("ratio",),
        occurred="told",
        confidence=65,
    ),
    Cue(
        payload=Changed,
        trigger=r"\b(?:issued|allotted|issuance\sof|issue\sof|placed|sold|placement\sof)\b",
        within=r"\b(?:new|additional|shares\sissued|issued|allotted|newly|issuance|issue)\b",
        unless=(
            r"\b(?:will|would|may(?!\s\d)|intend\w*|plans?|proposed?|up\sto|agreed|options?"
            r"|warrants?|restricted|grant\w*|awards?|repurchas\w+|bought|in\sissue"
            r"|outstanding|stake|block)\b"
        ),
        fixed={"change": "issue"},
        words={"share_class": _CLASS},
        slots=(
            Slot(
                field="shares",
                before=r"\b(?:issued|allotted|issu(?:ance|e)\sof|placed|sold|placement\sof)(?:\s[\w-]+){0,3}",
                inside=r"shares|ADSs",
            ),
            Slot(
                field="shares",
                after=(
                    r"(?:(?:were|was|have\sbeen|had\sbeen)\s)(?:newly\s)?(?:issued|allotted"
                    r"|placed|sold)\b"
                ),
                inside=r"shares|ADSs",
            ),
            Slot(field="price", before=r"(?:\bat|price\sof)(?:\s(?:an?|the)\s(?:\w+\s){0,2}price\sof)?"),
        ),
        never=("shares", "ex_day"),
        needs=("shares",),
        confidence=65,
    ),
    Cue(
        payload=Changed,
        trigger=r"\b(?:cancell?(?:ed|ation\sof)|retired)\b",
        unless=r"\b(?:will|would|may(?!\s\d)|intend\w*|plans?|up\sto|options?|warrants?|for\scancell?ation|awards?)\b",
        fixed={"change": "cancellation"},
        words={"share_class": _CLASS},
        slots=(
            Slot(
                field="shares",
                before=(
                    r"\b(?:cancell?ed|retired|cancell?ation\sof)(?:\s(?:the|all|its|a|total"
                    r"|of)){0,3}"
                ),
                inside=r"shares",
            ),
            Slot(
                field="shares", after=r"(?:were|was|have\sbeen|had\sbeen)\s(?:cancell?ed|retired)\b", inside=r"shares"
            ),
        ),
        never=("shares", "price", "ex_day"),
        needs=("shares",),
        confidence=65,
    ),
)
