"""The words by which a text reports what people are paid."""

from __future__ import annotations

from typing import Any, Final

from timeline.cue import Cue, Slot
from timeline.topics.governance.payloads import Awarded
from timeline.topics.governance.people import NAME, OFFICE, WHOM

_MONEY: Final = (
    r"[$€£¥₹]|\b(?:USD|EUR|GBP|CHF|CNY|HKD|INR|NZD|AUD|CAD|SEK|NOK|DKK|JPY|Rs|pounds|euros?|crowns"
    r"|francs|dollars|yuan|rupees|yen)\b"
)
_AMOUNT: Final = Slot(field="value", inside=_MONEY)
_SHARES: Final = Slot(field="value", inside=rf"{_MONEY}|\b(?:shares|units|options|RSUs|PSUs)\b")
_RATIO: Final = Slot(
    field="value",
    before=r"(?:bonus(?:es)?|incentive|award|opportunity)(?:\s[\w-]+){0,4}?\s(?:of|equal\sto|at)(?:\sup\sto)?",
    inside=r"%|percent",
)
_FOR_YEAR: Final = Slot(
    field="period", before=r"\bfor(?:\s(?:the|its|calendar|fiscal|financial|full)){0,3}(?:\syears?)?"
)


def _awarded(trigger: str, *slots: Slot, item: str = "", **more: Any) -> Cue:  # noqa: ANN401  fields of a cue
    """A cue of which the sentence, or one before it, tells the person."""
    settled = {"within": "", "unless": "", "needs": ("value",), "confidence": 70, **more}
    return Cue(
        payload=Awarded,
        trigger=trigger,
        fixed={"item": item} if item else {},
        words={"person": WHOM},
        earlier=("person",),
        names=("person",),
        slots=(*slots, _FOR_YEAR),
        never=("value", "period"),
        **settled,
    )


_ITEMS: Final = {
    "target bonus": r"\btarget\s(?:annual\s|cash\s){0,2}(?:bonus|incentive)\w*",
    "performance share units": r"\bperformance[- ](?:based\s)?(?:share|stock)\sunits?\b|\bPSUs?\b",
    "restricted stock units": r"\brestricted\s(?:stock|share)\sunits?\b|\bRSUs?\b",
    "stock options": r"\b(?:stock|share)\soptions?\b",
    "retention award": r"\bretention\s(?:awards?|bonus(?:es)?|grants?)\b",
    "base salary": r"\b(?:base|annual)\s(?:annual\s)?salar(?:y|ies)\b",
    "bonus": r"\bbonus(?:es)?\b",
}


def _listed(trigger: str, *slots: Slot, **more: Any) -> Cue:  # noqa: ANN401  fields of a cue
    """A cue of a person and an amount side by side, of which the words around, or a heading, tell what it is for."""
    return Cue(
        payload=Awarded,
        trigger=trigger,
        words={"item": _ITEMS},
        earlier=("item",),
        names=("person",),
        slots=slots,
        never=("value", "period"),
        needs=("value",),
        confidence=65,
        **more,
    )


_WHO: Final = rf"(?P<person>{NAME})"
_LISTS: Final = (
    _listed(
        rf"^{_WHO}(?:,?\s(?:{OFFICE}[^$€£\d]{{0,60}}))?$", Slot(field="value", before=r".", inside=_MONEY), lines=1
    ),
    _listed(rf"^{_WHO}(?:,?\s(?:{OFFICE}[^$€£\d]{{0,60}}))?(?=:?\s{{1,4}}\|?\s?[$€£]\s?\d)", _AMOUNT),
    _listed(
        rf"(?:\sfor|\sto)\s(?:each\sof\s)?{_WHO}(?=[,;.]|\s(?:and|\()|$)(?!\s\()",
        Slot(field="value", after=rf"(?:for|to)\s{NAME}", inside=_MONEY),
        within=r"\b(?:salar(?:y|ies)|bonus(?:es)?|awards?|grants?|granted|RSUs?|units|options)\b",
    ),
    _listed(
        rf"\b{_WHO}(?=\s\([$€£]\s?\d)",
        Slot(field="value", before=rf"{NAME}\s\(", inside=_MONEY),
        within=r"\b(?:salar(?:y|ies)|bonus(?:es)?|awards?|grants?|granted|RSUs?|units|options)\b",
    ),
)

AWARDS: Final = (
    *_LISTS,
    _awarded(
        r"(?:[\w-]+\s(?:\(\d+\)\s)?months?[’']?(?:\sworth)?|(?:[\d.]+|one|two|three)\stimes"
        r"|continued\spayment)\s(?:of\s)?"
        r"(?:his|her|their|the\sexecutive[’']s)\s(?:then[- ])?(?:current\s|annual\s){0,2}base\ssalary",
        item="severance: base salary",
        needs=("person",),
    ),
    _awarded(
        r"(?<!of\s)(?<!of\shis\s)(?<!of\sher\s)(?<!of\stheir\s)(?<!of\sthe\s)(?<!annual\s)\b(?P<item>(?:annual(?:i[sz]ed)?\s)?base\s(?:annual\s)?salary|annual\ssalary)\b",
        _AMOUNT,
    ),
    _awarded(
        r"\b(?P<item>(?:(?:target|annual|cash|performance|discretionary|sign(?:ing|-on)|one-time"
        r"|retention|incentive|short-term)\s){1,4}"
        r"(?:bonus(?:es)?|incentive|incentive\s(?:bonus|opportunity|compensation|award)s?"
        r"|award))(?:\sopportunity)?\b(?![^;]{0,130}\brespectively\b)",
        _AMOUNT,
        _RATIO,
    ),
    _awarded(
        r"\b(?P<item>(?:(?:time|performance)(?:-(?:based"
        r"|vesting))?\s)?(?:restricted\s(?:common\s)?(?:stock|share)s?(?:\s(?:units?|awards?))?"
        r"|stock\soptions?|share\soptions?|options?|performance\s(?:stock|share)(?:\sunits?|s)|RSUs?"
        r"|PSUs?))\b(?![^;]{0,130}\brespectively\b)",
        _SHARES,
        within=r"\b(?:grant(?:s|ed)?|award(?:s|ed)?|receive[ds]?)\b",
        unless=r"\b(?:respectively|stock\soption\s(?:plan|scheme)|exercise\sof)\b",
    ),
    _awarded(r"\b(?P<item>(?:cash\s|lump[- ]sum\s){0,2}severance(?:\s(?:payments?|pay|benefits?))?)\b", _AMOUNT),
)
