"""The words by which a text reports how far a product is, and what it costs.

A product is told by its name: one with a figure or a letter for its version ("Model 3", "SU7 Max"), or whatever has a
capital right behind the verb ("launched the Cybertruck").
"""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from timeline.cue import Cue, Slot
from timeline.topics.products.payloads import Described, Staged

_NO_NAME: Final = (
    r"(?!(?:(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Mon|Tues|Wednes"
    r"|Thurs|Fri|Satur|Sun)[a-z]*|May|Q[1-4]|FY|H[12]\b|COVID|Covid|Form"
    r"|Class|Item"
    r"|Section|Rule|Page|Phase|Level|Tier|Note|Chapter|Article|Euro|Fortune"
    r"|Nasdaq|Stoxx|Dow|Top|Formula|Group|Part|Exhibit|Fiscal|Year|Day"
    r"|The|This|These|It|In|On|At|A|An|And|For|With|As|G7|G20|CO2|S1|EU|US|UK|USD|HKD|RMB|EUR|GBP|CNY|B2|R2)\b)"
)
_VERSION: Final = (
    r"(?:\s(?:Pro|Max|Plus|Ultra|Mini|Air|Lite|GT|SE|EV|SUV|XL|MAX|Neo"
    r"|NEO|XLR|Lightning|Facelift|facelift))*"
)
_NUMBERED: Final = (
    rf"(?-i:{_NO_NAME}(?:i?[A-Z][a-zA-Z]+\s(?:[A-Z]?\d{{1,4}}[A-Za-z]??(?=s?\b)"
    rf"|[XYSZE]\b)|[A-Z]{{1,3}}\d{{1,4}}[A-Za-z]??(?=s?\b)|[A-Z]{{1,4}}-\d{{1,4}}\b"
    rf"|\d{{3}}\sMAX){_VERSION})"
    r"(?![-\w]{0,12}\s(?:motor|engine|chip|processor|sensor|index|plant"
    r"|factory)s?\b)(?!\s(?:percent|million|billion|%))(?![,.]\d)"
)
_NAMED: Final = rf"(?-i:{_NO_NAME}i?[A-Z][\w’-]+(?:\s(?:[A-Z][\w-]*|\d{{1,3}}[A-Za-z]?)){{0,3}})"
_WHICH: Final = (
    r"(?:(?:the|its|their|an?|his|our|new|first|all-new|next-generation"
    r"|latest|updated|refreshed|revamped|redesigned|flagship|long-awaited"
    r"|much-anticipated|electric|smaller|cheaper|second|third|own|[a-z]+-made"
    r"|[a-z]+-generation)\s){0,5}"
)
_PRODUCT: Final = {"product": {"": rf"\b(?P<value>{_NUMBERED})"}}
_REGION: Final = {
    "region": {
        "": (
            r"\b(?:launch\w*|sales?|deliver\w*|available|customers|market|orders?"
            r"|shipments)\s(?:[\w-]+\s){0,4}in\s(?:the\s)?(?P<value>China|Europe"
            r"|India|Japan"
            r"|United\sStates|U\.?S\.?(?=\W)|U\.?K\.?(?=\W)|United\sKingdom|Germany"
            r"|South\sKorea|North\sAmerica|Southeast\sAsia|Canada|Mexico|Brazil"
            r"|Australia)"
        )
    }
}
_NOT_A_PRODUCT: Final = (
    r"\b(?:offer|bid|investigation|probe|lawsuit|buy-?back|repurchase|campaign"
    r"|programme|program|shares|bonds|notes|tender|review|fund|IPO|strike"
    r"|appeal|plan)\b"
)
_WILL: Final = (
    r"(?:will|would|to|plans?\sto|expects?\sto|intends?\sto|aims?\sto|wants?\sto"
    r"|set\sto|scheduled\sto|due\sto|going\sto)"
)
_DONE: Final = {"certainty": "done"}
_PLANNED: Final = {"certainty": "planned"}
_BEGIN: Final = r"(?:start|begin|commence|kick\soff)"
_BEGAN: Final = r"(?:started|began|begun|commenced|kicked\soff|opened)"
_DELIVERIES: Final = r"(?:deliver(?:ing|ies)|shipping|shipments|sales|selling)"


def _said(trigger: str, stage: str, confidence: int = 72) -> Cue:
    """Somebody says what is to come."""
    return Cue(
        payload=Staged,
        trigger=trigger,
        unless=rf"{_NOT_A_PRODUCT}|\b(?:not|never|delay\w*|may(?!\s\d)|might|could|previously|earlier)\b",
        fixed={"stage": stage, **_PLANNED},
        words={**_PRODUCT, **_REGION},
        tense="future",
        earlier=("product",),
        occurred="said",
        confidence=confidence,
    )


def _done(trigger: str, stage: str, confidence: int = 72) -> Cue:
    """It has come."""
    return Cue(
        payload=Staged,
        trigger=trigger,
        unless=rf"{_NOT_A_PRODUCT}|\b(?:will|would|plans?\sto|expects?|before|ahead\sof|since|not)\b",
        fixed={"stage": stage, **_DONE},
        words={**_PRODUCT, **_REGION},
        tense="past",
        earlier=("product",),
        confidence=confidence,
    )


_STAGES: Final = (
    _said(
        (
            rf"\b{_WILL}\s(?:{_BEGIN}\s{_DELIVERIES}(?:\sof\s{_WHICH}(?P<product>{_NUMBERED}"
            rf"|{_NAMED}))?|deliver\s(?:its\s|the\s)?first)\b"
        ),
        "deliveries",
    ),
    _said(
        (
            rf"\b{_WILL}\s(?:launch|release|introduce|debut|roll\sout)\s{_WHICH}(?P<product>{_NUMBERED}"
            rf"|{_NAMED})"
        ),
        "launch",
    ),
    _said(rf"\b{_WILL}\s(?:unveil|present|reveal|announce)\s{_WHICH}(?P<product>{_NUMBERED})", "announced"),
    _said(rf"\b{_WILL}\s(?:{_BEGIN}\staking\s(?:pre-?)?orders|open\spre-?orders)\b", "preorders"),
    Cue(
        payload=Staged,
        trigger=(
            r"\b(?:market\s|commercial\s|official\s|sales\s)?(?:launch|release"
            r"|debut)\b(?=.{0,30}\b(?:scheduled|planned|set|slated|expected|due"
            r"|targeted)\b)"
        ),
        unless=_NOT_A_PRODUCT,
        fixed={"stage": "launch", **_PLANNED},
        words={**_PRODUCT, **_REGION},
        tense="future",
        earlier=("product",),
        occurred="before",
        confidence=72,
    ),
    _done(
        (
            rf"\b(?:first\s(?:\w+\s){{0,3}}(?:to\sreceive|handed\sover|delivered)"
            rf"|{_BEGAN}\s(?:first\s)?(?:{_DELIVERIES})|(?:deliveries|shipments)(?:\s[\w-]+){{0,6}}?\s"
            rf"{_BEGAN})\b"
        ),
        "deliveries",
    ),
    _done(rf"\bpre-?orders?\b(?=.{{0,50}}\b(?:{_BEGAN}|open)\b)|\b{_BEGAN}\s(?:taking\s)?pre-?orders\b", "preorders"),
    _done(
        (
            rf"\b(?:launched|released|introduced|debuted|rolled\sout)\s{_WHICH}(?P<product>{_NUMBERED}"
            rf"|{_NAMED})"
        ),
        "launch",
    ),
    _done(rf"\b(?:unveiled|presented|revealed|showcased)\s{_WHICH}(?P<product>{_NUMBERED})", "announced"),
    _done(
        (
            rf"\b(?:discontinued|stopped\s(?:making|selling|producing)|ended\s(?:production"
            rf"|sales)\sof)\s{_WHICH}(?P<product>{_NUMBERED}|{_NAMED})"
        ),
        "ended",
    ),
    _done(
        (
            rf"\b(?:paused|halted|suspended)\s(?:production|deliveries|sales|shipments)\sof\s{_WHICH}(?"
            rf"P<product>{_NUMBERED}|{_NAMED})"
        ),
        "paused",
    ),
)

_BASIS: Final = {
    "before subsidies": r"\bbefore (?:\w+ )?subsid(?:y|ies)\b",
    "after subsidies": r"\b(?:after|including) (?:\w+ )?subsid(?:y|ies)\b",
    "with taxes": r"\b(?:including|with) (?:\w+ )?(?:tax(?:es)?|VAT)\b",
    "before taxes": r"\b(?:before|excluding|without) (?:\w+ )?(?:tax(?:es)?|VAT)\b",
    "starting price": (
        r"\b(?:starting|entry|base) price\b|\b(?:starts?|starting|priced) (?:at"
        r"|from)(?= )(?<=from)|\bstart(?:s|ing)? (?:at|from)\b"
    ),
    "list price": r"\b(?:list|sticker) price\b",
    "retail price": r"\b(?:suggested |recommended )?retail price\b|\bretails? (?:at|for)\b",
}

_NO_PRICE: Final = r"\b(?:shares?|stock|offering|bonds?|notes|IPO|previously|trading|barrel|ounce|tonne)\b"
_PRICE: Final = Slot(field="price", before=r"(?:\bat|\bfrom|\bof|\bis|\bwas|\bfor|\bcosts?|price)")

_PRICED: Final = Cue(
    payload=Described,
    trigger=r"\b(?:(?:is|are|be|was)\spriced\s(?:at|from)|priced\s(?:at|from))\b",
    unless=_NO_PRICE,
    words={**_PRODUCT, "price_basis": _BASIS},
    slots=(_PRICE,),
    never=("price",),
    needs=("product", "price"),
    earlier=("product",),
    occurred="said",
    confidence=75,
)
_DESCRIBED: Final = (
    _PRICED,
    replace(
        _PRICED,
        trigger=(
            r"\b(?:(?:starting|base|entry|list|retail|sticker)\sprice|retails?\s(?:at"
            r"|for)|start(?:s|ing)?\sat|costs?(?=\s[\d$€£¥₹]))\b"
        ),
        occurred="before",
        confidence=72,
    ),
    Cue(
        payload=Described,
        trigger=(
            rf"\bcompet(?:es?|ing)\s(?:\w+ly\s)?(?:with|against)\s(?:\w+\s)?(?:rivals?"
            rf"|models|the\slikes\sof)(?:\s(?:like|such\sas|including|from))?\s(?P<rivals>{_NAMED}(?:,"
            rf"\s{_NAMED}){{0,4}}(?:,?\sand\s{_NAMED})?)"
        ),
        words=_PRODUCT,
        never=("price",),
        needs=("product",),
        earlier=("product",),
        occurred="said",
        confidence=70,
    ),
)

CUES: Final = (*_STAGES, *_DESCRIBED)
