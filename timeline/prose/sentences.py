"""The sentences of a paragraph, with their places.

A library of rules for many languages (sentencex, kept for Wikipedia's texts) does the splitting; it knows
abbreviations, decimals and Chinese full stops. What it takes for an end in financial prose and is none, is mended here.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from timeline.errors import TimelineError

if TYPE_CHECKING:
    from collections.abc import Iterator

_WIDE_SPACES: Final = dict.fromkeys(map(ord, "\u0085\u00a0\u1680\u2028\u2029\u202f\u205f\u3000"), " ") | dict.fromkeys(
    range(0x2000, 0x200B), " "
)
"""White space of several bytes, within which the library looks for an end and breaks off: "U.S" and U+2028 before a
full stop."""
_NEAR: Final = 40
"""Characters before a split in which an abbreviation is looked for."""

_NO_END: Final = re.compile(
    r"(?:\b(?:approx|est|incl|excl|vs|ca|c|resp|No|Nos|Inc|Corp|Co|Ltd|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct"
    r"|Nov|Dec|Fig|p|pp|U\.S|U\.K|S\.A|N\.V|a\.m|p\.m)\.)\s*$",
    re.IGNORECASE,
)
_GOES_ON: Final = re.compile(
    r"\s*[\da-z($€£¥]|\s*(?:HKD|HK\$|US\$|USD|RMB|CNY|EUR)\b"
    r"|\s*(?:[ECMP][SD]?T|GMT|UTC|BST|CES?T|HKT|JST|SGT|IST|A[EW]S?T|AE[SD]T|NZ[SD]T|(?:Eastern|Central|Mountain|Pacific|London|local)\s)"
)
_ALWAYS_GOES_ON: Final = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|approx|est|incl|excl|vs|ca|c|resp|No|Nos|p|pp)\.)\s*$", re.IGNORECASE
)


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

    plain = paragraph.translate(_WIDE_SPACES)
    starts, at = [0], 0
    for piece in segment(language or "en", plain):
        start = plain.index(piece, at)
        if start > starts[-1] and not _goes_on(paragraph, starts[-1], start):
            starts.append(start)
        at = start + len(piece)
    return tuple(_sentences(paragraph, starts))


def _sentences(paragraph: str, starts: list[int]) -> Iterator[Sentence]:
    for start, end in pairwise((*starts, len(paragraph))):
        piece = paragraph[start:end]
        if bare := piece.strip():
            first = start + len(piece) - len(piece.lstrip())
            yield Sentence(bare, first, first + len(bare))


def _goes_on(paragraph: str, begun: int, at: int) -> bool:
    """Whether what was split off at an offset goes on with the sentence before it; only its end is looked at."""
    near = max(begun, at - _NEAR)
    return bool(
        _ALWAYS_GOES_ON.search(paragraph, near, at)
        or (_NO_END.search(paragraph, near, at) and _GOES_ON.match(paragraph, at))
    )
