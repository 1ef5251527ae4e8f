"""The words by which a text reports buybacks."""

from __future__ import annotations

from typing import Final

from timeline.cue import Cue, Slot, any_of
from timeline.topics.buybacks.payloads import Authorised, Executed, Totalled

_BOUGHT: Final = any_of(
    "repurchas(?:ed?|es|ing)",
    r"(?:bought|buying|buys)\sback",
    "purchase(?:d|(?= of))",
    "acquired?",
    "acquisition",
    "cancell?ed",
)
_SINCE: Final = any_of(
    r"in\stotal",
    "cumulative(?:ly)?",
    r"since\s(?:the\s)?(?:inception|start|launch|beginning|announcement|commencement)",
    r"so\sfar",
    r"to\sdate",
    r"a\stotal\sof",
    r"under\s(?:the|its|this)\s(?:current\s|existing\s)?(?:buyback\s|repurchase\s)?program(?:me)?"
    r"(?!(?:[^.]|\.\d){0,120}\b(?:between|last\sweek|(?:during|in)\s(?:the\s)?(?:[\w-]+\s)?(?:week|month|quarter))\b)",
)
_NOT_DONE: Final = any_of(
    "will",
    "(?-i:may)",
    "plans? to",
    r"intend\w*",
    r"authori[sz]\w+",
    "up to",
    "agreed",
    "deal",
    "stake",
    "has (?:acquired|repurchased|bought)",
)
_FORM: Final = any_of("program(?:me)?", "mandate", "trust", "plan", "authori[sz]ation")
_VENUE: Final = {
    "XHKG": r"\b(?:hong kong stock exchange|stock exchange of hong kong|hkex|sehk)\b",
    "XLON": r"\blondon stock exchange\b",
    "XNYS": r"\bnew york stock exchange\b|\bnyse\b",
    "XNAS": r"\bnasdaq\b(?!\.com)",
    "XAMS": r"\beuronext amsterdam\b",
    "XETR": r"\bxetra\b",
    "XSWX": r"\bsix swiss exchange\b",
    "XTKS": r"\btokyo stock exchange\b",
}
_BASE: Final = {
    "": r"\b(?:of|out of)\s(?:the\s|its\s|[\d.,]+\s(?:million\s|billion\s)?)?"
    r"(?P<value>(?:company[’']s\s)?(?:total\s|issued\s|outstanding\s)+(?:share\scapital|shares|capital|stock))"
}
_CLASS: Final = {
    "": r"\b(?:class )?(?P<value>[A-H])[- ](?:class )?(?:ordinary )?shares\b",
    "ordinary": r"\bordinary shares\b",
}

_END: Final = Slot(
    field="end", before=r"(?:through|until|by|ends?(?: on)?|expires?(?: on)?)(?: the end of)?(?: the)?", closes=True
)
_AMOUNT: Final = r"illion|crore|\d\s?(?:bn|mln|mn|m|b)\b|\d[,.]\d{3}[,.]\d{3}|\bshares"
_CAP: Final = (
    Slot(field="cap", inside=_AMOUNT),
    Slot(field="cap", inside=r"%|per\s?cent", after=r"of\s(?:its|the|issued|outstanding)"),
)
_GOES_ON: Final = (
    r"\W*(?:this|the|such)\s(?:new\s)?(?:(?:share|stock)\s)?(?:repurchase\s|buy-?back\s)?"
    r"(?:program(?:me)?|authori[sz]ation|plan|mandate|repurchases?|buy-?backs?)\b"
)

CUES: Final = (
    Cue(
        payload=Authorised,
        trigger=(
            rf"(?<!this\s)(?<!this\sshare\s)(?<!this\sstock\s)\b(?:(?:share|stock)\s(?:repurchase|buy-?back)s?(?:\s{_FORM})?"
            rf"|(?:repurchase|buy-?back)\s{_FORM})"
        ),
        within=any_of(
            r"authori[sz]\w+",
            r"approv\w+",
            r"announc\w+",
            r"launch\w*",
            r"increas\w+",
            "new",
            r"expand\w*",
            "up to",
            "further",
            "additional",
            r"adopt\w*",
            "rais(?:e[sd]?|ing)",
            "boost(?:s|ed|ing)?",
            "lift(?:s|ed|ing)?",
            "extend(?:s|ed)?",
            "upsiz(?:es?|ed|ing)",
            "unveil(?:s|ed)?",
            r"commenc\w+",
        ),
        unless=rf"{_SINCE}(?! of up to)",
        words={"form": {"mandate": r"\bmandate\b", "trust": r"\btrust\b", "programme": r"."}},
        slots=(
            _END,
            *_CAP,
            Slot(field="start", before=r"(?:starting|beginning|from|effective)(?: on)?"),
            Slot(
                field="occurred",
                before=r"said in an? (?:\w+ ){0,2}(?:statement|filing|release)(?: \S+)?(?: late| early)? on",
            ),
        ),
        never=("base", "cap"),
        needs=("cap",),
        goes_on=_GOES_ON,
        confidence=60,
    ),
    Cue(
        payload=Authorised,
        trigger=r"\b(?:buy\sback|repurchase(?:\sof)?)\b(?=\s(?:up\sto|as\smuch\sas)\b)",
        within=any_of(
            r"authori[sz]\w+", r"approv\w+", r"announc\w+", "plans?", "will", "would", "resolved", "intends?"
        ),
        fixed={"form": "programme"},
        slots=(_END, *_CAP),
        never=("base", "cap"),
        needs=("cap",),
        goes_on=_GOES_ON,
        confidence=60,
    ),
    Cue(
        payload=Totalled,
        trigger=(
            rf"{_SINCE}(?=.{{0,120}}\b(?:shares|repurchas|bought|buyback|acquired))"
            r"|(?<=\bhas\s)(?:repurchased|acquired|bought\sback)\b"
        ),
        within=r"\b(?:repurchas\w+|bought|buybacks?|acquired|purchased)\b",
        unless=r"\b(?:(?-i:may)|will|up to|announce)\b",
        fixed={"since": "../{last}"},
        words={"base": _BASE},
        never=("trades", "uncancelled"),
        occurred="by",
        confidence=70,
    ),
    Cue(
        payload=Executed,
        trigger=_BOUGHT,
        within=r"\b(?:shares?|pieces|stock|ADSs?|units)\b",
        unless=rf"{_SINCE}|{_NOT_DONE}",
        words={
            "venue": _VENUE,
            "share_class": _CLASS,
            "fate": {"cancelled": r"\bcancel\w*\b", "treasury": r"\btreasury\b"},
        },
        slots=(
            Slot(field="occurred", before=r"date of (?:purchase|transaction|repurchase|trade)s?"),
            Slot(
                field="shares",
                before=(r"number of (?:ordinary |common )?shares(?: (?:re)?purchased| acquired)?(?: \([^)]*\))?"),
            ),
            Slot(field="shares", inside=r"shares|pieces|stock"),
            Slot(field="shares", after=r"of (?:its|the company[’']s) (?:own )?(?:ordinary |common )?shares"),
            Slot(
                field="price", before=r"lowest price(?: paid)?(?: per (?:ordinary )?share)?(?: \([^)]*\))?(?: of| was)?"
            ),
            Slot(
                field="price",
                before=r"highest price(?: paid)?(?: per (?:ordinary )?share)?(?: \([^)]*\))?(?: of| was)?",
                ends=True,
            ),
            Slot(
                field="average",
                before=r"(?:volume[- ]weighted )?average price(?: paid)?(?: per (?:ordinary )?share)?(?: \([^)]*\))?",
            ),
            Slot(field="average", before=r"average (?:purchase )?(?:price|cost)(?: paid)?(?: of| was)?"),
            Slot(field="average", after=r"(?:\w+ ){0,3}on average"),
            Slot(
                field="value",
                before=(
                    r"total(?:l?ing)?(?: \w+){0,2}|valued at|worth|for(?: a total(?: of)?)?|consideration of"
                    r"|amounting to"
                ),
            ),
        ),
        never=("fees", "percent"),
        lines=12,
        goes_on=r"(?:the|these|this) (?:\w+ )?(?:transactions?|purchases?|repurchases?|shares|buybacks?)\b",
        confidence=80,
    ),
)
