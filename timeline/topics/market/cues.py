"""The words by which a text reports what the market did with a company's shares, and the exchange rates it uses."""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from timeline.cue import Cue, Slot
from timeline.topics.market.payloads import Flow, Observed, Trade
from timeline.topics.market.rates import RATES

_SHARE: Final = r"\b(?:shares?|stocks?|ADRs?|ADSs?|share\sprice|stock\sprice|scrip|equity)\b"
_MOVED: Final = (
    r"(?:rose|fell|gained|lost|jumped|surged|climbed|rallied|soared|advanced"
    r"|added|dropped|declined|slid|slipped|sank|tumbled"
    r"|plunged|slumped|shed|retreated|decreased|increased|risen|fallen"
    r"|climbed|dipped|eased|edged\s(?:up|down|higher|lower)"
    r"|(?:decline|fall|drop|rise|gain|increase|jump|slide|loss)(?=\sof\s))"
)
_IN_SESSION: Final = (
    r"\b(?:early|earlier|pre-?market|after[- ]hours|extended|morning|mid-?day"
    r"|afternoon|intra-?day|as\smuch\sas|as\slow\sas"
    r"|as\shigh\sas|up\sto|on\strack|trading\s(?:at|up|down|flat|higher|lower)|were\s(?:up|down)|GMT|a\.m\.|futures"
    r"|before\sthe\sbell|at\sthe\sopen)\b"
)
_OTHER_THINGS: Final = (
    r"\b(?:earnings|profit|income|loss|dividends?)\sper\sshare|market\sshare"
    r"|share\sof|market\s(?:value|cap\w*)|outstanding"
    r"|repurchas\w+|buy-?back|bought\sback|target\sprice|price\starget"
    r"|offer(?:ed|ing)?\sprice|million\sshares|per\sshare\s(?:rose|fell)"
)
_DAY: Final = (
    r"\b(?:(?:mon|tues|wednes|thurs|fri)day|yesterday|that\s(?:same\s)?day"
    r"|the\ssame\sday|(?:last|past|previous|this|prior)\s(?:week|month"
    r"|quarter|year)"
    r"|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)(?:[a-z]{0,7}|\.)\s\d"
    r"|\d\s(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|may\s\d"
    r"|so\sfar\sthis\s(?:week|month|year)|on\sthe\sday|the\ssession)"
)
_OFF: Final = r"(?:\s(?:the|a|its|Hong\sKong)){0,2}"
_AT: Final = Slot(field="price", before=r"(?:\bat|\bto|\bof|\bwas|\bnear|\bof\saround)")
VENUES: Final = {
    "XHKG": r"\bhong kong stock exchange\b|\bstock exchange of hong kong\b|\bhkex\b|\bin hong kong\b",
    "XLON": r"\blondon stock exchange\b|\bin london\b",
    "XNYS": r"\bnew york stock exchange\b|\bNYSE\b",
    "XNAS": r"\bnasdaq\b(?!\.com)",
    "XETR": r"\bxetra\b",
    "XFRA": r"\bfrankfurt stock exchange\b",
    "XAMS": r"\beuronext amsterdam\b",
    "XPAR": r"\beuronext paris\b|\bin paris\b",
    "XSWX": r"\bsix swiss exchange\b",
    "XTKS": r"\btokyo stock exchange\b|\bin tokyo\b",
    "XNSE": r"\bNSE\b|\bnational stock exchange of india\b",
    "XBOM": r"\bBSE\b|\bbombay stock exchange\b",
    "XASX": r"\bASX\b|\baustralian securities exchange\b",
    "XTSE": r"\btoronto stock exchange\b|\bTSX\b",
    "XKRX": r"\bkorea exchange\b|\bin seoul\b",
}
"""Exchanges by the words for them, as patterns."""

_PRICES: Final = (
    Cue(
        payload=Observed,
        trigger=(
            r"\b(?:clos(?:ed|ing)|ended|finished|settled)\b(?!\s(?:the\s)?(?:quarter|year|period|fiscal))"
            r"(?:\s(?:\w+day[’']s\s|the\s(?:\w+\s)?|its\s)?(?:regular\s)?(?:trading|session)\b)?"
        ),
        within=rf"{_SHARE}|\btrading\b|\bsession\b|\bon\sthe\s(?:nasdaq|NYSE|New\sYork|London|Frankfurt|Tokyo)\b",
        unless=(
            rf"{_OTHER_THINGS}|\b(?:deal|acquisition|transaction|merger|offering"
            rf"|quarter|fiscal|months|weeks|period)\b"
        ),
        fixed={"what": "close"},
        words={"venue": VENUES},
        slots=(_AT,),
        tense="past",
        confidence=75,
    ),
    Cue(
        payload=Observed,
        trigger=r"\b(?:opened)\b(?=.{0,40}\b(?:at|up|down|higher|lower)\b)",
        within=_SHARE,
        unless=_OTHER_THINGS,
        fixed={"what": "open"},
        words={"venue": VENUES},
        slots=(_AT,),
        tense="past",
        confidence=70,
    ),
    Cue(
        payload=Observed,
        trigger=r"\b(?:record|all-time|intra-?day|52-week|multi-year|fresh|session)\s(?P<what>high|low)(?=\sof\s)",
        within=_SHARE,
        unless=_OTHER_THINGS,
        words={"venue": VENUES},
        slots=(_AT,),
        never=("change",),
        needs=("price",),
        tense="past",
        confidence=65,
    ),
    Cue(
        payload=Observed,
        trigger=r"\btrad(?:ed|ing|es)\s(?:flat\s|up\s|down\s|higher\s|lower\s)?(?:at|around|near)\b",
        fixed={"what": "close"},
        never=("price", "change"),
        confidence=5,
    ),
    Cue(
        payload=Observed,
        trigger=rf"\b{_MOVED}\b",
        within=rf"{_SHARE}(?:.{{0,80}}{_DAY}|\sprice)|{_DAY}.{{0,80}}{_SHARE}",
        unless=rf"{_OTHER_THINGS}|{_IN_SESSION}|\b(?:sales|revenues?|profits?|income|earnings|dividends?)\b",
        fixed={"what": "close"},
        words={"venue": VENUES},
        slots=(Slot(field="price", before=r"(?:\bat|\bto)"),),
        needs=("change",),
        tense="past",
        weekdays=True,
        confidence=65,
    ),
    *(
        Cue(
            payload=Observed,
            trigger=rf"\b{level}\b(?=\s(?:level|zone|line|area|at|near|around|is)\b)",
            within=r"\b(?:technical|chart|level|zone|line|area|share|stock|price)\b",
            fixed={"what": level},
            slots=(Slot(field="price"),),
            never=("change",),
            needs=("price",),
            occurred="said",
            confidence=70,
        )
        for level in ("resistance", "support")
    ),
)

_CHANNEL: Final = (
    r"(?:north|south)bound(?:\s(?:stock\sconnect|trading\slink))?|(?:(?:shanghai"
    r"|shenzhen)[-–]hong\skong\s)?stock\sconnect|mainland\s(?:chinese\s)?(?:investors"
    r"|funds)"
)
_CHANNELS: Final = {"": rf"\b(?P<value>{_CHANNEL})\b"}
_DIRECTION: Final = {
    "outflow": r"\boutflows?\b|\bnet\s(?:sold|sales|sell\w*)\b",
    "inflow": r"\binflows?\b|\bnet\s(?:bought|purchas\w*|buy\w*)\b",
}
_STREAK: Final = Slot(field="streak", inside=r"session|day")
_FLOW: Final = (
    r"(?<!sessions\sof\s)(?<!session\sof\s)(?<!days\sof\s)(?<!day\sof\s)\b(?:(?:net\s)?(?:in"
    r"|out)flows?|net\s(?:purchas\w+|buy\w*|bought|sales|sell\w*|sold))\b"
)

_FLOWS: Final = (
    Cue(
        payload=Flow,
        trigger=r"\b(?:cumulativ\w+|in\stotal|altogether|(?:the\s)?total(?:\snet)?(?=\s(?:in|out)flows?))\b",
        within=_FLOW,
        words={"channel": _CHANNELS, "direction": _DIRECTION},
        slots=(Slot(field="sessions", inside=r"session|day"), Slot(field="value")),
        never=("streak", "cumulative"),
        earlier=("channel", "sessions"),
        needs=("sessions",),
        occurred="until",
        confidence=75,
    ),
    Cue(
        payload=Flow,
        trigger=_FLOW,
        unless=r"\b(?:cumulativ\w+|expect\w*|could|may(?!\s\d))\b",
        words={"channel": _CHANNELS, "direction": _DIRECTION},
        slots=(_STREAK, Slot(field="cumulative", before=r"(?:total(?:l?ing)?|cumulative|sum)(?:\s\w+){0,3}")),
        never=("cumulative", "sessions"),
        tense="past",
        confidence=75,
    ),
)

_TRADES: Final = (
    Cue(
        payload=Trade,
        trigger=r"\b(?:block\s(?:trade|sale|deal|transaction)|off-(?:exchange|market)\s(?:trade|deal|transaction))\b",
        unless=r"\b(?:will|would|may(?!\s\d)|plans?|expected|planning)\b",
        words={
            "form": {"off-exchange": r"\boff-(?:exchange|market)\b", "block": r"\bblock\b"},
            "side": {
                "sell": r"\b(?:negative|s[eo]ll?(?:ing|s|d)?|sales?|disposal|disposed|offload\w*)\b",
                "buy": r"\b(?:positive|b[ou]y(?:ing|s)?|bought|purchas\w+|acquir\w+)\b",
            },
        },
        slots=(
            Slot(field="shares", inside=r"shares|stock"),
            Slot(
                field="price",
                before=r"(?:\bat|price\sof)(?:\s(?:an?|the)\s(?:average\s)?price\sof)?",
                inside=r"\d[.]\d|per",
            ),
            Slot(field="price", before=r"(?:\bat|price\sof)"),
            Slot(
                field="value",
                before=(
                    r"(?:total(?:l?ing|\sof|\svalue\sof)|worth|valued\sat|\bfor|consideration\sof"
                    r"|amounting\sto)"
                ),
            ),
        ),
        tense="past",
        confidence=75,
    ),
)

CUES: Final = tuple(replace(cue, observed=True) for cue in (*_PRICES, *_FLOWS, *_TRADES, *RATES))
