"""The words by which a text reports a result."""

from __future__ import annotations

from typing import Any, Final

from msgspec.structs import replace

from timeline.cue import Cue, Slot
from timeline.metrics import ALIASES
from timeline.topics.results.payloads import Reported

_FIRST: Final = (
    r"income\sfrom\soperations",
    r"(?:profits?|earnings|income)\sbefore\s(?:income\s)?tax(?:es|ation)?",
    r"pre-?tax\s(?:profit|income|earnings)",
    r"comparable\sorder\sintake",
    r"bottom\sline",
    r"operating\searnings",
)
"""Names that begin with or hold shorter ones of something else, as patterns."""

_OTHERS: Final = (
    "comparable (?:store )?(?:net )?sales",
    "same[- ]store sales",
    "like[- ]for[- ]like sales",
    "order intake",
    "orders",
    "bookings",
    r"(?:EBITDA?|EBITA|EBIT|operating|gross|net|profit|pretax)\smargin",
    "EBITA",
    "gross bookings",
    "backlog",
    "net debt",
    "net interest income",
    "subscribers",
    "revpar",
    "occupancy",
)
"""Metrics that the register of metrics does not know by these names, as patterns."""

_ELSEWHERE: Final = frozenset(
    ("employees", "headcount", "R&D expense", "research and development", "r&d", "r&d spending", "EV deliveries")
)
"""Names that say more often something else than that a result was reported."""

_NAMES: Final = sorted(
    {name for known, aliases in ALIASES.items() for name in (known, *aliases)} - _ELSEWHERE,
    key=lambda name: (-len(name), name),
)
METRIC: Final = "|".join([*_FIRST, *_OTHERS[:8], *(name.replace(" ", r"\s") for name in _NAMES), *_OTHERS[8:]])
"""Every name of a metric, longest first, as one pattern without a group."""

SEGMENT: Final = (
    r"(?P<segment>online|digital|e-commerce|automotive|cloud|services?|smartphones?|EV|retail|wholesale|domestic|international|overseas"
    r"|north\samerican?|europe(?:an)?|asia(?:n)?|china|u\.?s\.?|passenger|cargo|advertising|subscription|licensing)"
)

EXPECTED: Final = (
    r"\b(?:expect\w*|forecast\w*|guidance|targets?|targeted|targeting|outlook|aim(?:s|ed|ing)?|plans?|planned|project(?:s|ed|ions?)"
    r"|anticipat\w+|estimat\w+|predict\w*|consensus|will|would|could|(?-i:may)|should|ambitions?|goals?|pledg\w+|sees)\b"
)
"""Words that tell of what is expected and not yet so."""

SPELLED: Final = {
    "metric": {
        "operating profit": r"^(?:income\sfrom\soperations|operating\searnings)$",
        "profit before tax": rf"^(?:{_FIRST[1]}|{_FIRST[2]})$",
        "net profit": r"^bottom\sline$",
    }
}
"""Metrics by the names that the register of metrics does not know."""

_EACH_SHARE: Final = r"(?!\sof\s(?:(?!million|billion|or\b)\S+\s){1,4}(?:per|a)\sshare\b)"
"""Not behind words that name the earnings of one share."""

_CUMULATIVE: Final = {"yes": r"\b(?:nine|six|39|26)[- ](?:months?|weeks?)\b|\byear[- ]to[- ]date\b"}

BASIS: Final = (
    r"(?P<basis>adjusted|underlying|core|non-GAAP|GAAP|IFRS|organic|(?:(?<=^)|(?<=\bthe\s)|(?<=[,;(]\s))reported)"
)
"""The basis; "reported" may be what the company did."""

PER_SHARE: Final = r"per\s(?:common\s|ordinary\s|basic\s|diluted\s)?share\b|a\sshare\b"

_COMPARES: Final = r"(?:this|that) compares (?:with|to)\b"
_PRIOR: Final = Slot(
    field="prior",
    before=r"(?:compare[sd] (?:to|with)|versus|vs\.?|against|from)\s(?:[\w’'-]+\s){0,6}"
    r"|\((?:(?:the\s)?(?:previous|prior|last)\s(?:year|quarter)|PY|(?:[HQ]\d\s|FY\s?)?(?:19|20)\d\d|[HQ]\d)",
)

NO_PART: Final = (
    r"(?<!%\sof\s)(?<!cent\sof\s)(?<!%\sof\snet\s)(?<!cent\sof\snet\s)(?<!%\sof\stotal\s)"
    r"(?<!vehicle\s)(?<!unit\s)(?<!car\s)(?<!truck\s)(?<!phone\s)"
)
"""Not behind the words that make a percentage a part of it."""

_PLACE: Final = (
    r"(?-i:(?!(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Q\d|H\d|FY|First|Second|Third|Fourth|Fiscal)"
    r"[a-z.]*\b)[A-Z][\w.]+(?:\s(?:and\s)?[A-Z][\w.]+){0,2})"
)


def _reported(trigger: str, **more: Any) -> Cue:  # noqa: ANN401  fields of a cue
    """A cue of a result of a period that is over, in what is said of all of them where it does not say otherwise."""
    told: dict[str, Any] = {
        "unless": EXPECTED,
        "words": {"cumulative": _CUMULATIVE},
        "compared": "prior",
        "loss": r"\bloss\b",
        "negated": ("value", "prior"),
        "never": ("against",),
        "tense": "past",
        "occurred": "period",
        "confidence": 75,
    }
    return Cue(payload=Reported, trigger=trigger, **(told | more))


_FIGURE: Final = _reported(
    rf"{NO_PART}\b(?:{BASIS}\s)?(?:{SEGMENT}\s)?(?:division\s|unit\s|segment\s)?(?P<metric>{METRIC})\b(?![-’'])(?!\slevel)"
    rf"(?:\sgrowth)?{_EACH_SHARE}",
    spelled=SPELLED,
    goes_on=_COMPARES,
    unless=rf"{EXPECTED}|\b(?:to acquire|acquisition of|impairment|repurchase)\b",
    words={
        "cumulative": _CUMULATIVE,
        "first": {
            "record": r"\b(?:a |an all-time )?record\b(?! (?:date|day))",
            "first profit": r"\bfirst(?:-ever)? (?:annual |quarterly )?profit\b",
        },
    },
    slots=(_PRIOR,),
    loss=r"\b(?:net )?loss\b",
)

CUES: Final = (
    _reported(
        r"(?:per\sshare(?=,?\son\sa\sdiluted|\sdiluted)|per\sdiluted\sshare"
        rf"|diluted\s(?:earnings|EPS|income|loss|profit)(?:\s{PER_SHARE})?)",
        within=r"\b(?:earnings|profit|income|loss|EPS|earned)\b",
        fixed={"metric": "diluted earnings per share"},
        confidence=80,
    ),
    _reported(rf"\b(?:{BASIS}\s)(?:earnings\s(?:{PER_SHARE})|EPS\b)", fixed={"metric": "earnings per share"}),
    _reported(
        rf"(?:basic\s)?(?:earnings|EPS|income|loss|profit)\s(?:{PER_SHARE})|\bEPS\b"
        rf"|(?:{PER_SHARE})(?!,?\son\sa\sdiluted)",
        within=r"\b(?:earnings|profit|income|loss|EPS|earned|bottom line)\b",
        unless=(
            rf"{EXPECTED}|dividend|price|repurchas|buyback|bought|target price"
            r"|\b(?:adjusted|non-GAAP|underlying|excluding)\b|^(?:this|that)\scompares\b"
        ),
        fixed={"metric": "earnings per share"},
        slots=(Slot(field="prior", before=r"^(?:this|that) compares (?:with|to)\s(?:\S+\s){1,5}"),),
        goes_on=_COMPARES,
    ),
    replace(
        _FIGURE,
        trigger=rf"{NO_PART}\b(?:{BASIS}\s)?(?P<metric>{METRIC})\sin\s(?:the\s)?(?P<segment>{_PLACE})\b(?![-’'])",
    ),
    _FIGURE,
    _reported(
        rf"\b(?:{BASIS}\s)?(?:{SEGMENT}\s)?(?P<metric>{METRIC})\b(?![-’'])(?!\slevel){_EACH_SHARE}",
        within=r"\b(?:preliminary|an\sestimated|unaudited)\b",
        unless=(
            r"\b(?:expects|forecasts?|guidance|outlook|will|would|targets?|aims?|analysts?|consensus"
            r"|to acquire|acquisition|impairment|repurchase)\b"
        ),
        spelled=SPELLED,
        fixed={"preliminary": "yes"},
        slots=(_PRIOR,),
        loss=r"\b(?:net )?loss\b",
        needs=("value",),
        confidence=65,
    ),
    _reported(r"\bnet\sloss\b", fixed={"metric": "net profit"}, never=("against", "change")),
    Cue(
        payload=Reported,
        trigger=r"\b(?:deliver(?:ed|ies)|volumes?|handed over)\b",
        unless=r"\b(?:will|would|expects?|plans?|aims?|targeting|forecast\w*|guidance|start\w*|began|begin\w*)\b",
        fixed={"metric": "EV deliveries"},
        slots=(
            Slot(field="against", before=r"(?:target|goal|guidance) of"),
            Slot(field="value", inside=r"vehicles|units|cars|EVs|electric"),
        ),
        never=("value",),
        compared="prior",
        needs=("value",),
        tense="past",
        occurred="period",
        confidence=70,
    ),
    Cue(
        payload=Reported,
        trigger=(
            r"\b(?P<segment>[\w-]+\s(?:division|unit|segment|business))\b"
            r"(?=.{0,40}\b(?:profitab|turned a profit|in the black|broke even))"
        ),
        fixed={"metric": "profit", "first": "first profit"},
        never=("value", "change", "prior", "against"),
        tense="past",
        occurred="period",
        confidence=65,
    ),
)
