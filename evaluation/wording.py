"""When two wordings of one thing count as the same, since two readers seldom choose the very same words."""

from __future__ import annotations

from typing import Final

from timeline.naming import folded

_EMPTY: Final = frozenset(
    "a an and are as at by for from has have in into is it its of on or s such that the their this to was were which with".split()  # noqa: E501, SIM905 - a list of words reads best as words
)


def alike(one: str, other: str) -> bool:
    """Whether two wordings share at least half of the content words of the richer one.

    Case, punctuation, plurals and words without content ("the", "of") do not count. Words with a digit in them and
    single letters have to be the same on both sides: Model 3 is not Model Y, and what is 10 is not 20.
    """
    ours, theirs = _content(one), _content(other)
    if not (ours and theirs):
        return folded(one) == folded(other)
    return _codes(ours) == _codes(theirs) and 2 * len(ours & theirs) >= max(len(ours), len(theirs))


def _content(text: str) -> frozenset[str]:
    return frozenset(_singular(word) for word in folded(text).split() if word not in _EMPTY)


def _codes(words: frozenset[str]) -> frozenset[str]:
    return frozenset(word for word in words if len(word) == 1 or any(letter.isdigit() for letter in word))


def _singular(word: str) -> str:
    """The word without the ending of a plural; both forms only have to come out the same."""
    if word.endswith("ies"):
        return f"{word.removesuffix('ies')}y"
    return word.removesuffix("s") if len(word) > len("his") and not word.endswith("ss") else word
