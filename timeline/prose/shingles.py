"""Near-duplicates: whether one text reprints another, by the runs of words that they share.

A shingle is a run of five words, without case, punctuation or spacing; in Chinese, where words have no spaces, of five
signs. Two measures are told: how alike both texts are (the shared shingles of all), and how much of the smaller text
stands in the larger one, since a reprint is often cut or has a frame of its own round it (Broder 1997: resemblance and
containment).
"""

from __future__ import annotations

import re
from hashlib import blake2b
from typing import TYPE_CHECKING, Final, NamedTuple

from timeline.naming import folded

if TYPE_CHECKING:
    from collections.abc import Iterable

LENGTH: Final = 5
"""Words of a shingle; shorter runs are shared by texts that merely tell of the same."""

CONTAINED: Final = 0.6
"""Share of the smaller text's shingles from which it is proposed as derived: a reprint with a new headline and frame
has nearly all of them in common, reports that quote the same sentences of an announcement far less than half."""

FEWEST: Final = 20
"""Shingles that a text must have to be compared; a headline alone proves nothing."""

_ONE_IN: Final = 8
_SHORT: Final = 64
"""Shingles of a sample that are enough to estimate by."""

_CJK: Final = re.compile(r"([\u3400-\u9fff])")


class Likeness(NamedTuple):
    """How alike two texts are.

    Attributes:
        resemblance: shared shingles as a share of all, from 0 to 1.
        containment: shared shingles as a share of the smaller text's.
        derived: whether one is to be proposed as derived from the other.
    """

    resemblance: float
    containment: float
    derived: bool


def shingles(paragraphs: Iterable[str]) -> frozenset[int]:
    """The shingles of a text as numbers of 64 bits, which can be kept in the place of the text."""
    words = _CJK.sub(r" \1 ", folded(" ".join(paragraphs))).split()
    runs = (" ".join(words[at : at + LENGTH]) for at in range(len(words) - LENGTH + 1))
    return frozenset(int.from_bytes(blake2b(run.encode(), digest_size=8).digest()) for run in runs)


def likeness(one: frozenset[int], other: frozenset[int]) -> Likeness:
    """How alike two texts are by their shingles."""
    smaller = min(len(one), len(other))
    if not smaller:
        return Likeness(0.0, 0.0, derived=False)
    shared = len(one & other)
    containment = shared / smaller
    return Likeness(shared / len(one | other), containment, derived=smaller >= FEWEST and containment >= CONTAINED)


class Sketch(NamedTuple):
    """A sample of a text's shingles, by which its likeness to others is estimated.

    Those are kept whose hash is a multiple of a number: the same ones in every text that has them.

    Attributes:
        size: how many shingles the text has.
        each: one in how many is kept; 1 for all, as of short texts.
        kept: those.
    """

    size: int
    each: int
    kept: frozenset[int]

    def may_derive(self, other: Sketch) -> bool:
        """Whether the shingles of both have to be compared: a sample errs, so it asks for half of what they need."""
        smaller = min(self.size, other.size)
        shared = len(self.kept & other.kept) * max(self.each, other.each)
        return smaller >= FEWEST and shared >= smaller * CONTAINED / 2


def sketch(whole: frozenset[int]) -> Sketch:
    """The sample of a text's shingles."""
    each = _ONE_IN if len(whole) >= _SHORT * _ONE_IN else 1
    return Sketch(len(whole), each, frozenset(run for run in whole if run % each == 0))
