"""Who said what a sentence reports, and whether the company confirmed it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from timeline.app.drafting.passages import Passage

_NAME: Final = r"(?-i:[A-Z][\w.’'-]+(?:\s(?:[A-Z]\.|[A-Z][\w’'-]+|de|van|von|bin|al)){1,3})"
_OFFICE: Final = (
    r"(?:(?:chief\s\w+\sofficer|chief\sexecutive|chairman|chairwoman|chair|president|founder|director|CEO|CFO|COO|CTO"
    r"|spokes(?:man|woman|person)|general\smanager|vice\spresident)(?:\sand\s\w+)?,?\s)"
)
_SAID: Final = r"(?:said|says|told|added|noted|stated|commented|explained|wrote)"
_SAYS: Final = (
    re.compile(rf"{_OFFICE}?(?P<who>{_NAME}),?(?:\s[^,]{{3,60}},)?\s{_SAID}\b", re.IGNORECASE),
    re.compile(rf"\b{_SAID}\s(?:its\s|the\s)?(?:group\s|company\s)?{_OFFICE}?(?P<who>{_NAME})", re.IGNORECASE),
    re.compile(
        rf"\baccording\sto\s(?:its\s)?{_OFFICE}?(?P<who>{_NAME})(?!\s(?:Inc|Ltd|Corp|Group|plc|AG))", re.IGNORECASE
    ),
    re.compile(rf"\b{_OFFICE}(?P<who>{_NAME})\b", re.IGNORECASE),
    re.compile(
        rf"\b(?P<who>a\s(?:company\s)?(?:spokes\w+|representative|executive))\b.{{0,60}}\b{_SAID}\b", re.IGNORECASE
    ),
)
_UNNAMED: Final = re.compile(
    r"\b(?:people|sources?|persons?)\s(?:familiar|close|with\sknowledge|briefed)|\bsources?\s(?:said|told)|\breportedly\b",
    re.IGNORECASE,
)
_COMPANY: Final = re.compile(
    r"\b(?:it|the\s(?:company|firm|group|carmaker|automaker|bank|maker|retailer)|management)\s(?:also\s|has\s|had\s)?"
    r"(?:said|announced|reported|confirmed|disclosed|declared|stated)"
    r"|\b(?:released|published|posted|reported)\s(?:its|the)\s(?:\w+\s){0,2}(?:results|figures|earnings|report)\b"
    r"|\b(?:representatives?|spokes\w+|executives?)\s(?:for|of|at)\s(?:the|its)\s(?:firm|company|group)\b"
    r"|\bcompany\s(?:representatives?|spokes\w+|executives?)\b"
    r"|\bin\sa\s(?:\w+\s){0,3}(?:filing|statement|announcement|release)\b|\bannounced\stoday\b|\bwe\b|\bour\b",
    re.IGNORECASE,
)


def attribution(passage: Passage, source_kind: str) -> Mapping[str, str]:
    """`said_by` and `confirmed` as a fixture writes them, where the sentence or the sort of source tells them."""
    found = {}
    names = {mention.quote.casefold() for mention in passage.mentions}
    said = (match for pattern in _SAYS for match in pattern.finditer(passage.text))
    if who := next((match["who"] for match in said if match["who"].casefold() not in names), ""):
        found["said_by"] = " ".join(who.split())
    if _UNNAMED.search(passage.text):
        found["confirmed"] = "unnamed"
    elif source_kind in ("filing", "statement") or _COMPANY.search(passage.text):
        found["confirmed"] = "company"
    return found
