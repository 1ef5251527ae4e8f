"""The words by which a text reports what a company books outside its usual business."""

from __future__ import annotations

from typing import Final

from timeline.cue import Cue, Slot
from timeline.topics.charges.payloads import Announced

_SORTS: Final = {
    "impairment": r"\bimpair\w*",
    "restructuring": r"\brestructuring\b|\bseverance\b|\breorgani[sz]ation\b",
    "litigation": r"\b(?:litigation|legal|settlement|lawsuits?)\b",
    "write-down": r"\bwr(?:ite|itten|iting|ites|ote)[- ]?(?:downs?|offs?|down|off)\b",
    "provision": r"\bprovisions?\b|\breserves?\b",
}
_SORT: Final = (
    r"(?:(?:goodwill|asset|inventory|non-cash|pre-?tax|after-?tax|one-?(?:time"
    r"|off)|special|exceptional|extraordinary|intangible|related)\s){0,3}"
    r"(?:impairment|restructuring|write-?(?:down|off)|severance|litigation"
    r"|legal|settlement|reorgani[sz]ation|warranty|goodwill)"
)
_CAUSE: Final = {
    "": (
        r"\b(?:related\sto|relating\sto|due\sto|because\sof|as\sa\sresult\sof"
        r"|resulting\sfrom|stemming\sfrom|linked\sto|tied\sto|owing\sto"
        r"|in\sconnection\swith|associated\swith|caused\sby|following|stems\sfrom|results\sfrom|relate[sd]?\sto"
        r"|resulted\sfrom|attributable\sto|prompted\sby|triggered\sby|reflect(?:s|ed|ing)|arising\sfrom"
        r"|(?:mainly|primarily|largely)\s(?:for|from|on))\s(?:the\s|its\s|an?\s)?"
        r"(?P<value>(?!.{0,20}\d)[\w’'&-]+(?:\.\w+)*(?:\s(?!in\sthe\s(?:first|second"
        r"|third|fourth)|in\sits|in\s\d|on\s\w+day|during|which|that|after|before|this|next|last|acquired|bought|announced"
        r"|S\.p|(?:Inc|Corp|Ltd|AG|plc)\b|and\s(?:said|expects|will|also)|said|as\s|will|was|were|amount)[\w’'&-]+(?:\.\w+)*){0,11})"
    ),
}

_NAME: Final = r"(?-i:[A-Z][\w&’'-]*(?:\s(?:(?:and|&|of)\s)?[A-Z][\w&-]*\b(?!\.\w)){0,3})"
_PART: Final = r"(?:segments?|divisions?|units?|business(?:es)?|subsidiary|arm|operations|brand)"
_UNIT: Final = (
    r"(?!(?:business|whole|entire|same|closure|sale|discontinued)\b)[\w&’'-]+"
    r"(?:\s(?!(?:in|at|of|for|and)\b)[\w&-]+){0,2}?"
)
_SEGMENT: Final = {
    "": (
        rf"(?:\b(?:in|within|at|for|of|on|by|to|from|with)\s(?:its|the|their)\s(?={_UNIT}\s{_PART}\b)"
        rf"|\b(?:subsidiary|unit|division|segment|brand)\s(?={_NAME}))(?P<value>{_UNIT}(?=\s{_PART}\b)|{_NAME})"
    ),
}
_GOES_ON: Final = (
    r"(?:it|this|these|they|th(?:e|is|ese)\s(?:[\w-]+\s)?(?:charges?|impairments?|write-?(?:downs?|offs?)|amount|loss(?:es)?"
    r"|provisions?|costs?|expenses?|sum))\s(?:was|is|were|are|will|mainly|primarily|largely|reflects?|relates?|results?"
    r"|resulted|stems?|follows?|now|totals?|includes?|came|had)\b"
    r"|(?:in\scomparison|compared|instead)[^;]{2,90}?,\sth(?:is|e|ese)\s(?:amount|costs?|charges?|expenses?)\b"
)
_NOW: Final = Slot(
    field="value",
    before=(
        r"\bnow\s(?:totals?|amounts?\sto|stands?\sat|comes?\sto|expected\sto\s(?:be|total|reach)|expects?\s(?:it|them)\sto\sbe)"
        r"(?:\s(?:about|around|approximately))?"
    ),
)
_PARTS_OF: Final = (
    r"(?:(?:restructuring|acquisition|severance|impairment|integration|separation|litigation)[\w-]*"
    r"(?:,\s(?:and\s)?|\sand\s)(?:[\w-]+(?:,\s|\sand\s|\s)){0,5}?(?:charges?|costs?|expenses?|items))"
)

CUES: Final = (
    Cue(
        payload=Announced,
        trigger=(
            rf"\b(?:{_PARTS_OF}|{_SORT}(?:\s(?:and\s)?(?:related\s|other\s)?(?:charges?|costs?|losses|loss|expenses?|provisions?))"
            r"|(?:one-?(?:time|off)|special|exceptional|non-?recurring|non-cash"
            r"|pre-?tax|extraordinary)\s(?:[\w-]+\s){0,2}(?:charges?|provisions?"
            r"|expenses?)"
            r"|charges?(?=\s(?:of|related|associated|in\sconnection|in\sthe))|impairments?\s(?=of\s)"
            r"|write-?(?:downs?|offs?)(?=\s(?:of|worth|totall?ing))"
            r"|set(?:s|ting)?\saside(?=.{0,60}\b(?:litigation|legal|claims|fines?|settlements?|restructuring|losses|recalls?|warranty)\b)"
            r"|wr(?:ote|ite|itten|iting)\s(?:down|off)|provisions?(?=\sof\s))"
        ),
        unless=(
            r"\b(?:excluding|before|adjusted|without|no\s(?:impairment|charges?)"
            r"|if|battery|charging|electric\scharge|in\scharge|free\sof|per\sshare"
            r"|finance\scharges?|depreciation|interest|difference)\b"
        ),
        words={"type": _SORTS, "cause": _CAUSE, "segment": _SEGMENT},
        goes_on=_GOES_ON,
        slots=(
            _NOW,
            Slot(
                field="total",
                before=(
                    r"(?:total(?:s|l?ing)?|in\sall|cumulative)(?:\s(?:charges?|costs?|amount"
                    r"|of|to|the|now|so|far|expected)){0,4}"
                ),
            ),
            Slot(
                field="booked",
                before=(
                    r"(?:\bin|\bduring|\bfor|\binto|\bof)(?:\sits)?(?:\sthe)?(?:\s(?:fiscal"
                    r"|current|results?\sfor|accounts\sfor))?"
                ),
            ),
            Slot(field="value"),
        ),
        never=("total",),
        occurred="told",
        confidence=72,
    ),
)
