"""Words of messages: a user's text as it can be shown, names in a row, and the nearest known names."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONGEST_SHOWN = 60
_LONGEST_COMPARED = 200
_LIKENESS = 60.0


def normal(text: str) -> str:
    """The text in the form that is stored: NFC, without white space around it."""
    return unicodedata.normalize("NFC", text).strip()


def printable(text: str) -> str:
    """The text with each character that a terminal would act upon replaced by one, so that columns still count."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else " " if char.isspace() else "\ufffd" for char in text)


def shown(text: str) -> str:
    """The text in quotes, cut where it is long."""
    cut = text if len(text) <= _LONGEST_SHOWN else f"{text[: _LONGEST_SHOWN - 1]}…"
    return f"'{printable(cut)}'"


def listed(names: Iterable[str], link: str) -> str:
    """Names in a row: "a, b and c" with the link "and"."""
    *before, last = names
    return f"{', '.join(before)} {link} {last}" if before else last


def nearest(name: str, known: Iterable[str], count: int = 3) -> tuple[str, ...]:
    """Up to `count` known names that are much like `name`, best first; to be offered, never taken in its place."""
    from rapidfuzz import fuzz, process

    compared = name[:_LONGEST_COMPARED].lower()
    found = process.extract(
        compared, sorted(known), scorer=fuzz.ratio, processor=str.lower, limit=count, score_cutoff=_LIKENESS
    )
    return tuple(choice for choice, *_ in found)


def did_you_mean(names: tuple[str, ...]) -> str:
    """The question that offers the names; empty without any."""
    return f"did you mean {listed(names, 'or')}?" if names else ""
