"""Names of people in full: a text has the whole name once, and calls the person by the last name from there on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from timeline.app.drafting.passages import Passage

_SHORT: Final = re.compile(r"(?:(?:Mr|Mrs|Ms|Dr|Sir|Dame)\.?\s)?(?P<last>[^\W\d_][\w’'-]+)")
_TITLE: Final = re.compile(r"(?:Mr|Mrs|Ms|Dr|Sir|Dame)\.?\s")
_NO_FORENAME: Final = (
    r"(?!(?:Mr|Mrs|Ms|Dr|Sir|Dame|The|And|By|With|From|To|That|If|When|While|As|On|In|At|For|But|Said|Of|Chief|Executive"
    r"|Officer|President|Chair\w*|Director|Treasurer|Controller|Secretary|Counsel|Manager|Founder|C[EFOT]O|Former|Interim"
    r"|Acting|Boss)\b)"
)
_FORENAME: Final = rf"{_NO_FORENAME}[A-ZÀ-ÖØ-Þ](?:[\w’'-]+|\.)"


def in_full(name: str, passages: Iterable[Passage]) -> str:
    """The whole name of whom a text names by the last name, where it has just one such; else the name without title."""
    short = _SHORT.fullmatch(name)
    if short is None:
        return _TITLE.sub("", name, count=1)
    last = short["last"]
    whole = re.compile(rf"\b((?:{_FORENAME}\s){{1,3}}){re.escape(last)}\b")
    found = dict.fromkeys(
        f"{match[1]}{last}" for passage in passages if last in passage.text for match in whole.finditer(passage.text)
    )
    forenames = {each.split()[0] for each in found}
    return max(found, key=len) if len(forenames) == 1 else last
