"""The words by which a text reports deals, what authorities do, and what went wrong."""

from __future__ import annotations

from typing import Any, Final

from timeline.cue import Cue, Slot
from timeline.topics.affairs.authorities import ACTIONS
from timeline.topics.affairs.organisations import COMPANY, NAMED
from timeline.topics.affairs.payloads import Deal, Incident

_OTHER: Final = rf"(?P<counterparty>{COMPANY})"
_MONEY: Final = (
    r"[$€£¥₹]|\b(?:USD|EUR|GBP|CHF|CNY|HKD|INR|NZD|AUD|CAD|SEK|NOK|DKK|JPY|Rs|pounds|euros?|crowns"
    r"|francs|dollars|yuan|rupees|yen)\b"
)
_MAYBE: Final = (
    r"\b(?:may|might|could|considering|in\stalks|explor\w+|mull\w*|weigh\w*|interested\sin|rumou?r\w*"
    r"|reportedly|would\shave|shares\sof\scommon)\b"
)
_VALUE: Final = (
    Slot(
        field="value",
        before=(
            r"\b(?:for|worth|valued\sat|value\sof|price\sof|consideration\sof|totall?ing"
            r"|valuing\s(?:\S+\s){1,6}at)(?:\s[a-z-]+){0,4}"
        ),
        inside=_MONEY,
    ),
    Slot(
        field="value",
        after=(
            r"(?:(?:all-cash|cash|stock|all-stock)\s){0,2}(?:deal|acquisition|transaction|takeover|contract"
            r"|merger|sale|order|agreement)\b"
        ),
        inside=_MONEY,
    ),
)
_DUE: Final = Slot(
    field="due",
    before=(
        r"\b(?:clos(?:e|ing)|completed?|completion|finali[sz]ed)(?:\s(?:by|in|on|during|the|around|end|of"
        r"|early|late|before|mid)){0,5}"
    ),
)
_AGREED: Final = (
    r"(?:agreed|agrees|signed\s(?:[\w-]+\s){1,5}?|entered\sinto\s(?:[\w-]+\s){1,5}?|struck\sa\sdeal"
    r"|reached\s(?:[\w-]+\s){1,4}?)\s?to"
)
_PROPOSED: Final = r"(?:plans|intends|proposes|offered|offers|bid|seeks|proposed)\sto"
_STAKE: Final = r"(?:(?!its\b|back\b|itself\b)[\w’'.%&,-]+\s){0,8}?"
_WAS: Final = r"(?:(?:its|the|an?|their|previously|announced|proposed|planned|earlier|all|pending|cash|full)[\s-]){0,4}"
_BUYING: Final = r"(?:acquire|buy|purchase|take\sover)"
_PURCHASE: Final = r"(?:acquisition|purchase|takeover|buyout)"
_TYPES: Final = {
    "merger": r"\bmerg(?:e|er)\b",
    "disposal": r"\b(?:sale|divest\w+|disposal|sell)\b",
    "acquisition": r"\b(?:acqui\w+|takeover|purchase|bid|buyout|buy)\b",
}


def _deal(trigger: str, stage: str, kind: str = "", **more: Any) -> Cue:  # noqa: ANN401  fields of a cue
    """A cue of which the trigger tells the other side."""
    fixed = {name: value for name, value in (("stage", stage), ("type", kind)) if value}
    settled = {"confidence": 65, "unless": _MAYBE, **more}
    return Cue(
        payload=Deal,
        trigger=trigger,
        fixed=fixed,
        slots=(*_VALUE, _DUE),
        never=("value",),
        others={"counterparty": ""},
        goes_on=r"(?:the|this) (?:\w+ )?(?:deal|transaction|acquisition|sale|merger|takeover|purchase)\b",
        **settled,
    )


_DEALS: Final = (
    _deal(
        (
            rf"\b(?:terminated|abandoned|called\soff|scrapped|withdrew|walked\saway\sfrom)\s{_WAS}(?:(?:\$|€"
            r"|£)?[\w.]+\s){0,4}?(?:merger|acquisition|takeover|deal|offer|bid|sale"
            r"|agreement)(?:\sagreement)?\s(?:with|of|for|to)\s(?:(?:buy|acquire|merge\swith"
            rf"|sell)\s)?{_OTHER}"
        ),
        "terminated",
        words={"type": _TYPES},
    ),
    _deal(rf"\b{_AGREED}\s{_BUYING}\s{_STAKE}{_OTHER}", "agreed", "acquisition"),
    _deal(
        rf"\b(?:{_PROPOSED}|will|is\sto)\s{_BUYING}\s{_STAKE}{_OTHER}",
        "proposed",
        "acquisition",
        unless=rf"{_MAYBE}|\bshares?\sfrom\b",
    ),
    _deal(
        rf"\b(?:complet|clos|finali[sz])(?:ed|es)\s{_WAS}{_PURCHASE}\sof\s{_STAKE}{_OTHER}", "completed", "acquisition"
    ),
    _deal(rf"\b{_AGREED}\s(?:sell|divest)\s[^.;]{{2,90}}?\sto\s{_STAKE}{_OTHER}", "agreed", "disposal"),
    _deal(
        rf"\b(?:{_PROPOSED}|will|is\sto)\s(?:sell|divest)\s[^.;]{{2,90}}?\sto\s{_OTHER}",
        "proposed",
        "disposal",
        within=r"\b(?:stake|business|unit|division|subsidiary|plants?|assets?|arm|operations)\b",
    ),
    _deal(
        (
            rf"\b(?:complet|clos|finali[sz])(?:ed|es)\s{_WAS}(?:sale|divestiture|divestment"
            rf"|disposal)\sof\s[^.;]{{2,90}}?\sto\s{_OTHER}"
        ),
        "completed",
        "disposal",
    ),
    _deal(rf"\b(?:{_AGREED}\smerge|merger\sagreement)\swith\s{_OTHER}", "agreed", "merger"),
    _deal(rf"\bcomplet(?:ed|es)\s{_WAS}merger\swith\s{_OTHER}", "completed", "merger"),
    _deal(
        (
            r"\b(?:form|set\sup|establish|creat|launch|sign)(?:s|ed|es"
            rf"|ing)?\s(?:[\w-]+\s){{0,6}}?joint\sventure\s(?:agreement\s)?with\s{_STAKE}{_OTHER}"
        ),
        "",
        "joint venture",
    ),
    _deal(
        (
            r"\b(?:partnered|partners|teamed\sup|teams\sup|(?:signed|announced|entered\sinto"
            r"|formed)\s(?:[\w-]+\s){0,6}?(?:partnership|collaboration"
            rf"|alliance)(?:\sagreement)?)\swith\s{_STAKE}{_OTHER}"
        ),
        "",
        "partnership",
        confidence=60,
    ),
    _deal(
        (
            r"\b(?:(?:won|secured|received|signed|landed"
            r"|awarded)\s(?:[\w$€£.,-]+\s){0,8}?(?:supply\s(?:agreement|contract|deal)|contract"
            rf"|order))(?:\s(?:worth|valued\sat)\s\S+(?:\s\w+){{0,2}}?)?\s(?:from|with)\s{_STAKE}{_OTHER}"
        ),
        "agreed",
        "supply",
        confidence=60,
    ),
)

_IN_TIME: Final = r"(?:\s(?:back\s)?in\s(?:\w+\s(?:of\s)?)?(?:19|20)\d\d)"
_DONE: Final = rf"{_IN_TIME}(?=\s?$|[.,;)]|\s(?:for|and|from|as|to|at|was|is|has)\b)"
_PAST_NAME: Final = rf"(?P<counterparty>(?-i:{NAMED}))"
_PAST: Final = tuple(
    _deal(trigger, "completed", "acquisition", tense="past", unless=rf"{_MAYBE}|\bshares\sacquired\b")
    for trigger in (
        rf"\b(?:subsidiary|unit|business|company|maker|firm|brand|rival|of|producer|group|startup|developer)\s{_PAST_NAME},?\s(?:acquired|bought|purchased){_DONE}",
        rf"{_PAST_NAME},\s(?:which|that)\s(?:it|the\s\w+|(?-i:[A-Z]\w+))\s(?:had\s)?(?:acquired|bought|purchased|took\sover){_DONE}",
        rf"\b(?:acquisition|takeover|purchase|buyout)\sof\s{_PAST_NAME}{_DONE}",
        rf"\b(?:acquired|bought|purchased|took\sover)\s(?:[a-z-]+\s){{0,4}}?{_PAST_NAME}{_DONE}",
    )
)

_RISK: Final = (
    r"\b(?:could|may|might|would|such\sas|risks?|prevent\w*|insurance|potential|if|any|drills?|recalled\sthat)\b"
)
_HARM: Final = (
    r"(?P<what>(?:(?:major|massive|large|serious|fatal|global|widespread|recent|internal|network|IT"
    r"|system|power|data|plant|factory|ransomware)\s){0,3}"
    r"(?:cyber-?\s?(?:security\s)?(?:attack|incident|breach)|ransomware\sattack|data\sbreach"
    r"|security\sbreach|explosion|fire|outage|oil\sspill|gas\sleak"
    r"|chemical\sleak|derailment|plane\scrash|blackout))"
)
_INCIDENTS: Final = (
    Cue(
        payload=Incident,
        trigger=r"\brecall(?:s|ed|ing)?\b",
        unless=_RISK,
        fixed={"what": "recall"},
        words={
            "product": {
                "": (
                    r"\brecall(?:s|ed|ing)?\s(?:(?:of|about|around|nearly|over|more\sthan|some|up\sto|all|its"
                    r"|[\d,.]+|million)\s){0,5}(?P<value>(?-i:[A-Z][\w-]*(?:\s(?:[A-Z]\w*"
                    r"|\d\w*)){0,3}))(?=\s(?:vehicles|cars|trucks|SUVs|sedans|minivans|pickups|units|phones"
                    r"|planes))"
                )
            }
        },
        slots=(
            Slot(
                field="units",
                after=(
                    r"(?:[\w’'-]+\s){0,4}?(?:vehicles|cars|trucks|SUVs|units|devices|products|bikes|minivans"
                    r"|pickups)"
                ),
            ),
            Slot(field="units", inside=r"vehicles|cars|trucks|SUVs|units|devices|pickups"),
        ),
        never=("units",),
        needs=("units",),
        confidence=70,
    ),
    Cue(
        payload=Incident,
        trigger=(
            r"\b(?:suffered|experienced|hit\sby|reported|disclosed|discovered|detected|caused\sby|following"
            rf"|after|due\sto|because\sof)\s(?:an?|the|last\s\w+[’']s)\s{_HARM}\b"
        ),
        unless=_RISK,
        never=("units",),
        confidence=60,
    ),
    Cue(
        payload=Incident,
        trigger=(
            rf"\b(?:an?|the)\s{_HARM}\s(?:broke\sout|occurred|hit|struck|that\s(?:hit|struck)|at\s(?:its|the"
            r"|an?)\s(?:[\w-]+\s){0,3}?(?:plant|factory|warehouse|facility|refinery|mine|site|terminal))"
        ),
        unless=_RISK,
        never=("units",),
        confidence=65,
    ),
)

CUES: Final = (*_DEALS, *_PAST, *ACTIONS, *_INCIDENTS)
