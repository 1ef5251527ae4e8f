"""The sentences of a paragraph, with their places.

A library of rules for many languages (sentencex, kept for Wikipedia's texts) does the splitting; it knows
abbreviations, decimals and Chinese full stops. What it takes for an end in financial prose and is none, is mended here.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from timeline.errors import TimelineError

_NO_END: Final = re.compile(
    r"(?:\b(?:approx|est|incl|excl|vs|ca|c|resp|No|Nos|Inc|Corp|Co|Ltd|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct"
    r"|Nov|Dec|Fig|p|pp|U\.S|U\.K|S\.A|N\.V|a\.m|p\.m)\.)\s*$",
    re.IGNORECASE,
)
_GOES_ON: Final = re.compile(r"\s*[\da-z($€£¥]|\s*(?:HKD|HK\$|US\$|USD|RMB|CNY|EUR)\b")
_ALWAYS_GOES_ON: Final = re.compile(r"(?:\b(?:approx|est|incl|excl|vs|ca|c|resp|No|Nos|p|pp)\.)\s*$", re.IGNORECASE)


class Sentence(NamedTuple):
    """A sentence of a paragraph.

    Attributes:
        text: verbatim, without white space at its ends.
        start: offset of its first character in the paragraph.
        end: offset past its last one.
    """

    text: str
    start: int
    end: int


def sentences(paragraph: str, language: str = "en") -> tuple[Sentence, ...]:
    """The sentences in order; together they hold every character of the paragraph that is no white space.

    Raises:
        TimelineError: sentencex is not installed.
    """
    try:
        from sentencex import segment
    except ImportError:
        raise TimelineError("splitting sentences needs sentencex", "pip install 'corporate-timeline[draft]'") from None

    pieces: list[str] = []
    for piece in segment(language or "en", paragraph):
        if pieces and _belongs(pieces[-1], piece):
            pieces[-1] += piece
        else:
            pieces.append(piece)
    found, at = [], 0
    for piece in pieces:
        start = paragraph.index(piece, at)
        at = start + len(piece)
        bare = piece.strip()
        if bare:
            first = start + len(piece) - len(piece.lstrip())
            found.append(Sentence(bare, first, first + len(bare)))
    return tuple(found)


def _belongs(before: str, piece: str) -> bool:
    """Whether what was split off goes on with the sentence before it."""
    return bool(_ALWAYS_GOES_ON.search(before) or (_NO_END.search(before) and _GOES_ON.match(piece)))
