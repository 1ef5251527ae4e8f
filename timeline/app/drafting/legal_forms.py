"""Legal forms at the end of names: what they are, and names without them."""

from __future__ import annotations

import re
from typing import Final

_STRONG: Final = (
    r"Inc(?:orporated)?\.?|Corp(?:oration)?\.?|Company|Co\.?,?\sLtd\.?|Co\.?,?\sLimited|Co\.|Ltd\.?|Limited|LLC|L\.L\.C\."
    r"|LLP|L\.P\.|plc|PLC|Plc|P\.L\.C\.|AG(?:\s&\sCo\.?\sKGaA)?|SE(?:\s&\sCo\.?\sKGaA)?|GmbH|KGaA|N\.V\.|NV|B\.V\.|BV"
    r"|S\.A\.(?:B\.\sde\sC\.V\.)?|SA|S\.p\.A\.|SpA|S\.A\.S\.|SAS|S\.L\.|A/S|ASA|AB|Oyj|K\.K\.|KK|Pty|Bhd\.?|Berhad"
    r"|Tbk\.?|a\.s\.|s\.r\.o\.|JSC|PJSC|Sp\.\sz\so\.o\."
)
_WEAK: Final = r"Group|Holdings?|International\sHoldings?"
_IN_CAPITALS: Final = r"INC(?:ORPORATED)?\.?|CORP(?:ORATION)?\.?|COMPANY|CO\.,?\sLTD\.?|LTD\.?|LIMITED"

STRONG: Final = re.compile(rf"(?:{_STRONG}|{_IN_CAPITALS})(?![\w&/])")
"""A form that only a company has."""

WEAK: Final = re.compile(rf"(?:{_WEAK}|GROUP|HOLDINGS?)(?!\w)")
"""A word that says of a name that it is a company's, but is often left away."""

_CJK: Final = re.compile(r"(?:股份有限公司|有限公司|有限责任公司|株式会社|公司|集團|集团)$")
_END: Final = re.compile(rf"[\s,]+(?:{_STRONG}|{_IN_CAPITALS})$")
_WEAK_END: Final = re.compile(rf"[\s,]+(?:{_WEAK}|GROUP|HOLDINGS?)$")
_COMMON: Final = frozenset(
    {
        "American", "Alliance", "Allied", "Asia", "Asian", "Atlantic", "Capital", "Central",
        "China", "Chinese", "Continental", "Digital", "East", "Eastern", "Energy", "Enterprise",
        "Enterprises", "Eagle", "Equity", "European", "Express", "Federal", "Finance", "Financial",
        "First", "General", "Global", "Golden", "Great", "Green", "Health", "India",
        "Industrial", "Industries", "International", "Japan", "Media", "National", "New", "North",
        "Northern", "Ocean", "Pacific", "Premier", "Public", "Royal", "Service", "Services",
        "South", "Southern", "Standard", "Star", "State", "Summit", "Sun", "Technologies",
        "Technology", "Union", "United", "Universal", "West", "Western", "World",
    }
)  # fmt: skip
"""Words that say too little to be a name by themselves."""
_SHORTEST: Final = 5


def without_form(name: str) -> str:
    """The name without its legal forms and the article before it."""
    bare = _CJK.sub("", name.strip()) or name
    while (shorter := _END.sub("", bare)) not in {"", bare}:
        bare = shorter
    return bare.removeprefix("The ").removeprefix("THE ") if " " in bare else bare


def short_forms(name: str) -> tuple[str, ...]:
    """The shorter names that a company of this name is called by, longest first, itself not among them.

    "Alibaba Group Holding Limited" is called "Alibaba Group Holding", "Alibaba Group" and "Alibaba"; "First Group plc"
    is not called "First".
    """
    forms = [without_form(name)]
    while (shorter := _WEAK_END.sub("", forms[-1])) not in {"", forms[-1]} and _tells(shorter):
        forms.append(shorter)
    if forms[0].startswith(("The ", "THE ")):
        forms.append(forms[0][4:])
    return tuple(form for form in dict.fromkeys(forms) if form and form != name and _is_name(form))


def _tells(name: str) -> bool:
    """Whether a name that lost the word that made it a company's still is one."""
    if " " in name:
        return True
    return len(name) >= _SHORTEST or (name.isupper() and len(name) > 2)  # noqa: PLR2004 - two capitals may be anything


def _is_name(form: str) -> bool:
    return form not in _COMMON and len(form) > 1
