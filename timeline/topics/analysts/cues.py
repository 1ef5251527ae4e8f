"""The words by which a text reports what houses rate, target and forecast.

An opinion has none: what a house expects without a figure is told in words of the reader's own.
"""

from __future__ import annotations

from typing import Final

from timeline.cue import Cue, Slot
from timeline.topics.analysts.payloads import Forecast, Rating
from timeline.topics.results.cues import BASIS, METRIC

_HOUSES: Final = (
    r"Goldman(?:\sSachs)?|Morgan\sStanley|J\.?P\.?\s?Morgan(?:\sChase)?|Bank\sof\sAmerica"
    r"|BofA(?:\sSecurities)?|Citi(?:group|bank)?|UBS"
    r"|Barclays|HSBC|Deutsche\sBank|Credit\sSuisse|Jefferies|Berenberg|Bernstein|Nomura|Daiwa|Mizuho"
    r"|Macquarie|CLSA|CICC|Evercore(?:\sISI)?"
    r"|Wells\sFargo|Wedbush|Piper\sSandler|Raymond\sJames|RBC(?:\sCapital(?:\sMarkets)?)?"
    r"|BMO(?:\sCapital(?:\sMarkets)?)?|TD\sCowen|Cowen"
    r"|Oppenheimer|Stifel|Needham|Baird|KeyBanc|Truist|Mizuho|Societe\sGenerale|SocGen"
    r"|BNP\sParibas(?:\sExane)?|Exane|Kepler\sCheuvreux"
    r"|ING|DZ\sBank|Commerzbank|Bank\sof\sChina|Haitong|Huatai|Guotai\sJunan|Motilal\sOswal|Kotak"
    r"|ICICI\sSecurities|Jarden|Forsyth\sBarr"
    r"|Morningstar|Argus|Loop\sCapital|Rosenblatt|Canaccord(?:\sGenuity)?|Cantor(?:\sFitzgerald)?"
    r"|Susquehanna|Redburn|Peel\sHunt|Numis|Davy"
    r"|Santander|Natixis|Oddo(?:\sBHF)?|Danske\sBank|SEB|Handelsbanken|DNB|Nordea|Erste|Zacks"
    r"|Scotiabank|CIBC|Guggenheim|William\sBlair"
)
_FIRM: Final = (
    r"[A-Z][\w&’'-]+(?:\s[A-Z&][\w&’'-]*){0,2}\s(?:Securities|Capital(?:\sMarkets)?|Research|Equities"
    r"|Partners|Investment\sBank|Broking|Brokerage)"
)
_BY: Final = rf"(?P<by>(?-i:{_HOUSES}|{_FIRM}))"
_WHO: Final = (
    rf"\b{_BY}(?:[’']s?)?(?:\s(?:analysts?|equity\sresearch|research))?"
    r"(?:,?\s(?P<analyst>(?-i:[A-Z][\w’'-]+\s(?:[A-Z]\.\s)?[A-Z][\w’'-]+)),?(?=\s[a-z]))?"
    r"\s(?:(?:has|have|had|also|on\s\w+day|today|yesterday|this\sweek)\s){0,2}"
)
_RATING: Final = (
    r"(?:(?:strong|conviction|moderate)\s)?(?:buy|sell|hold|neutral|(?:over|under|equal"
    r"|market)[- ]?weight|(?:sector\s|market\s)?(?:out|under)perform(?:er)?"
    r"|(?:market|sector|peer)[- ]perform(?:er)?|accumulate|reduce|add|in[- ]line)"
)
_RATED: Final = rf"[“\"'‘]?(?P<rating>{_RATING})\b"
_COMPANY: Final = r"(?:(?!to\b|from\b|its\b)[\w’'.&()-]+\s){0,5}?"
_TARGET: Final = (
    r"(?:12-month\s|one-year\s|share\s)?(?:price\starget|target\sprice|price\sobjective"
    r"|fair\svalue(?:\sestimate)?|target)"
)
_SET: Final = (
    r"(?:rais(?:ed|es)|lift(?:ed|s)|hik(?:ed|es)|boost(?:ed|s)|increas(?:ed|es)|cuts?|lower(?:ed|s)"
    r"|trim(?:med|s)|reduc(?:ed|es)|slash(?:ed|es)|sets?)"
)
_PREVIOUS: Final = {"previous": {"": rf"\bfrom\s(?:an?\s)?[“\"'‘]?(?P<value>{_RATING})\b"}}
_PRICE: Final = r"[$€£¥₹\d]"
_TARGETED: Final = Slot(
    field="target_price",
    before=rf"{_TARGET}[’”\"']?(?:\s(?!from\b)[\w’'.&-]+){{0,6}}?\s(?:to|of|at)(?:\san?)?|\b{_TARGET}",
    inside=_PRICE,
)
_SET_TO: Final = Slot(field="target_price", after=rf"(?:per\sshare\s|a\sshare\s)?{_TARGET}", inside=_PRICE)
_BEFORE: Final = Slot(field="previous_target", before=r"\bfrom", inside=_PRICE)


def _rated(action: str, trigger: str, *, needs: tuple[str, ...] = (), confidence: int = 75) -> Cue:
    """A cue of which the trigger tells the house."""
    return Cue(
        payload=Rating,
        trigger=trigger,
        fixed={"action": action} if action else {},
        words=_PREVIOUS,
        slots=(_TARGETED, _SET_TO, _BEFORE),
        never=("target_price", "previous_target"),
        others={"by": ""},
        names=("analyst",),
        compared="previous_target",
        needs=needs,
        confidence=confidence,
    )


_RATINGS: Final = (
    _rated(
        "upgraded",
        (
            rf"{_WHO}(?:upgrad(?:ed|es)|rais(?:ed"
            rf"|es))\s{_COMPANY}(?:rating\s)?(?:from\s[“\"'‘]?{_RATING}[”\"'’]?\s)?to\s(?:an?\s)?{_RATED}"
        ),
    ),
    _rated(
        "downgraded",
        (
            rf"{_WHO}(?:downgrad(?:ed|es)|cuts?|lower(?:ed"
            rf"|s))\s{_COMPANY}(?:rating\s)?(?:from\s[“\"'‘]?{_RATING}[”\"'’]?\s)?to\s(?:an?\s)?{_RATED}"
        ),
    ),
    _rated(
        "initiated",
        (
            rf"{_WHO}(?:initiat(?:ed|es)|starts?|started|begins?|began|launch(?:ed"
            rf"|es))\s(?:\w+\s)?coverage\s(?:on\s|of\s)?{_COMPANY}(?:with|at)\s(?:an?\s)?{_RATED}"
        ),
    ),
    _rated(
        "resumed",
        (
            rf"{_WHO}(?:resum(?:ed|es)|reinstat(?:ed|es))\s(?:\w+\s)?coverage\s(?:on\s|of\s)?{_COMPANY}(?:with"
            rf"|at)\s(?:an?\s)?{_RATED}"
        ),
    ),
    _rated(
        "reiterated",
        (
            rf"{_WHO}(?:reiterat(?:ed|es)|maintain(?:ed|s)|reaffirm(?:ed|s)|ke(?:pt|eps)|confirm(?:ed|s)"
            rf"|affirm(?:ed|s))\s(?:its\s|an?\s|the\s|their\s|his\s|her\s)?{_RATED}"
        ),
    ),
    _rated(
        "",
        (
            rf"{_WHO}(?:rates|has|with)\s(?:{_COMPANY})(?:its\s|an?\s|at\s)?{_RATED}[”\"'’]?(?:\s(?:rating"
            r"|recommendation)|(?=,|\swith))"
        ),
        confidence=65,
    ),
    _rated("", rf"{_WHO}{_SET}\s(?:[\w’'.&-]+\s){{0,5}}?{_TARGET}", needs=("target_price",)),
    _rated(
        "",
        rf"\b{_TARGET}\s(?:[\w.,$€£]+\s){{0,8}}?(?:by|at|from)\s(?:analysts\sat\s|brokerage\s)?{_BY}",
        needs=("target_price",),
        confidence=65,
    ),
)

_COMPILERS: Final = (
    r"(?-i:LSEG|Refinitiv|FactSet|Bloomberg|Visible\sAlpha|S&P\sCapital\sIQ|Capital\sIQ|Zacks"
    r"|Thomson\sReuters|I/B/E/S|IBES|Reuters|Vara|QUICK"
    r"|StreetAccount|Benzinga|MarketScreener|SmartEstimate)"
)
_EXPECT: Final = (
    r"(?:expect(?:ed|ations?|s|ing)?|estimates?d?|forecasts?|predict(?:ed|ions?)|project(?:ed|ions?)"
    r"|anticipat(?:ed|ing)|consensus|views?)"
)
_STREET: Final = r"(?:analysts?[’']?|Wall\sStreet(?:[’']s)?|the\sStreet|consensus|economists|brokers?)"
_NO_RATIO: Final = r"^(?!.*(?:%|percent|basis))(?!(?:above|below|over|under|more|less)\b)"
"""Neither a ratio nor a bound: "above the $1.18 billion that analysts had expected" bounds what was reported."""

_FORECASTS: Final = (
    Cue(
        payload=Forecast,
        trigger=(
            rf"\b{_STREET}(?:\s[\w,’'/&-]+){{0,6}}?\s{_EXPECT}\b|\b{_EXPECT}\s(?:by|of|from"
            rf"|among)\s(?:the\s)?{_STREET}(?=\W)"
            rf"|\b{_COMPILERS}(?:\s\w+){{0,2}}?\s(?:consensus|estimates?|forecasts?)\b"
        ),
        unless=r"\b(?:ratings?|price\starget|target\sprice|recommendation)\b",
        fixed={"consensus": "yes"},
        words={
            "by": {"": _COMPILERS, "analysts": r"."},
            "metric": {"": rf"\b(?:{METRIC})\b", "earnings per share": r"\bper\sshare\b|\ba\sshare\b"},
            "basis": {"": rf"\b{BASIS.replace('?P<basis>', '?P<value>')}\b"},
        },
        slots=(
            Slot(field="value", before=rf"\b(?:{_EXPECT}|{_STREET})(?:\s[^\s\d;]+){{0,9}}?", inside=_NO_RATIO),
            Slot(
                field="value",
                after=(
                    rf"(?:[\w-]+\s){{0,3}}?(?:{_EXPECT}\sby\s(?:the\s)?{_STREET}"
                    rf"|(?:that\s)?{_STREET}(?:\s\w+){{0,2}}?\s{_EXPECT}|consensus)"
                ),
                inside=_NO_RATIO,
            ),
        ),
        never=("value", "previous"),
        others={"by": ""},
        confidence=65,
    ),
)

CUES: Final = (*_RATINGS, *_FORECASTS)
