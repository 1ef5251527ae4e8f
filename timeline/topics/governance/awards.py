"""The words by which a text reports what people are paid."""

from __future__ import annotations

from typing import Any, Final

from timeline.cue import Cue, Slot
from timeline.topics.governance.payloads import Awarded
from timeline.topics.governance.people import WHOM

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


AWARDS: Final = (
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
