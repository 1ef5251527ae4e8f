"""Amounts that are losses by the words beside them: "a net loss of $3 million", "a $3 million deficit"."""

from __future__ import annotations

import re
from typing import Final

_NEAR: Final = 60
_KINDS: Final = (
    r"(?P<loss>(?<!impairment )(?<!credit )(?<!loan )(?<!stop )(?<!weight )(?<!heat )(?<!job )\bloss(?:es)?\b(?!-)"
    r"|\bdeficits?\b|\bin the red\b)"
)
_BEFORE: Final = re.compile(
    rf"{_KINDS}|\b(?:profits?|income|earnings|revenues?|sales|gains?|cash|costs?|charges?|impairments?|surplus|dividends?"
    r"|provisions?|versus|compared|against|from)\b",
    re.IGNORECASE,
)
_LINK: Final = re.compile(
    r"(?:\s(?:per (?:basic |diluted |ordinary |common )?(?:share|ADS)|for [\w ]{1,30}|attributable to [\w ]{1,30}))?"
    r",?\s?(?:of|at|was|were|is|to|reached|totall?ed|came (?:in )?(?:to|at)|stood at|amounted to|widened to|narrowed to"
    r"|shrank to|fell to|rose to|increased to|decreased to|by|:)?\s?(?:(?:about|around|nearly|approximately|some"
    r"|roughly|more than|over|almost|a record)\s)?$",
    re.IGNORECASE,
)
_LOST: Final = re.compile(
    r"\b(?:lost|lose|losing)\s(?:(?:about|around|nearly|approximately|some|over|almost|more than)\s)?$", re.IGNORECASE
)
_AFTER: Final = re.compile(
    r"(?:\sin)?\s(?:(?:net|operating|pre-?tax|after-tax|quarterly|annual|full-year|adjusted|underlying|trading|comprehensive"
    r"|consolidated|first-half|basic|diluted)\s){0,3}(?:loss(?:es)?|deficits?)\b(?!-)",
    re.IGNORECASE,
)


def is_loss(text: str, start: int, end: int) -> bool:
    """Whether the amount between two offsets is said to be a loss.

    The nearest word before it that names a kind of result has to be one, with no more than a link between them.
    """
    before = text[max(start - _NEAR, 0) : start]
    if _LOST.search(before) or _AFTER.match(text, end):
        return True
    last = next(reversed([*_BEFORE.finditer(before)]), None)
    return last is not None and last["loss"] is not None and bool(_LINK.fullmatch(before, last.end()))
