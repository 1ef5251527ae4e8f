"""Streaks: how often in a row something was so, in words or digits, with an ordinal or a number."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from timeline.paragraphs import Span
from timeline.prose.numerals import CARDINAL, ORDINALS, VALUES, number_of, ordinal_of
from timeline.prose.spans import Printed

if TYPE_CHECKING:
    from collections.abc import Iterator

_ORDINAL: Final = rf"(?P<ordinal>\d{{1,4}}(?:st|nd|rd|th)|{'|'.join(ORDINALS)})"
_NUMBER: Final = rf"(?P<number>\d{{1,3}}|{CARDINAL})"
_UNIT: Final = (
    r"(?:(?:trading|business|calendar|fiscal|reporting)[ -])?(?:sessions?|days?|weeks?|months?|quarters?|years?|times?)"
)
_SAID: Final = re.compile(r"consecutive|straight|successive|in a row|running|streak|\brun\b|rally", re.IGNORECASE)
_PATTERNS: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{_ORDINAL}[ -](?:consecutive|straight|successive)(?:\s{_UNIT})?\b",
        rf"(?<![\w.,]){_NUMBER}[ -](?:consecutive|straight|successive)(?:\s{_UNIT})?\b",
        rf"\b(?:for\s)?(?:the|a)\s{_ORDINAL}\s{_UNIT}\s(?:in\sa\srow|running)\b",
        rf"(?<![\w.,]){_NUMBER}\s{_UNIT}\s(?:in\sa\srow|running)\b",
        (
            rf"(?<![\w.,]){_NUMBER}[ -](?:session|day|week|month|quarter|year)[ -](?:winning|losing"
            rf"|unbroken)?\s?(?:streak|run|rally)\b"
        ),
    )
)


def streaks(paragraph: int, text: str, taken: bytearray) -> Iterator[Printed]:
    """The streaks of a paragraph; each marks what it takes."""
    if not _SAID.search(text):
        return
    for pattern in _PATTERNS:
        for found in pattern.finditer(text):
            if any(taken[found.start() : found.end()]):
                continue
            taken[found.start() : found.end()] = b"\1" * len(found[0])
            name = "ordinal" if "ordinal" in found.groupdict() else "number"
            yield Printed(
                what="streak",
                quote=found[0],
                span=Span(paragraph, *found.span()),
                core=Span(paragraph, *found.span(name)),
                value=_value(found[name], ordinal=name == "ordinal"),
            )


def _value(words: str, *, ordinal: bool) -> int:
    if ordinal:
        return ordinal_of(words)
    return int(words) if words.isdigit() else VALUES.get(words.casefold()) or int(float(number_of(words)))
