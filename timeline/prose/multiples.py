"""Figures without a number: "doubled", "threefold", "twice", "two-thirds of", "double-digit"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from timeline.paragraphs import Span
from timeline.prose.numerals import CARDINAL, NO_LETTER, number_of
from timeline.prose.spans import Printed
from timeline.values import Quantity

if TYPE_CHECKING:
    from collections.abc import Iterator

_TIMES: Final = {"double": "2", "doubl": "2", "twice": "2", "tripl": "3", "trebl": "3", "quadrupl": "4", "halv": "0.5"}
_SHARES: Final = {
    "half": "50",
    "third": "33.3",
    "thirds": "66.7",
    "quarter": "25",
    "quarters": "75",
    "fifth": "20",
    "fifths": "40",
}
_MULTIPLE: Final = re.compile(
    rf"\b(?P<qualifier>more than|nearly|almost|about|over)?\s?\b(?:(?P<verb>doubl|tripl|trebl|quadrupl"
    rf"|halv)(?:e[ds]?|ing)|(?P<twice>twice)"
    rf"|(?P<fold>{CARDINAL.removesuffix(NO_LETTER)}|\d{{1,3}}(?:\.\d+)?)[- ]?fold)\b",
    re.IGNORECASE,
)
_SHARE: Final = re.compile(
    r"\b(?P<qualifier>more than|nearly|almost|about|over|less than)?\s?\b(?P<share>half|(?:one|a)[- ](?:third"
    r"|fifth|quarter)|two[- ](?:thirds|fifths)"
    r"|three[- ]quarters)\s(?=of\b|the\b|its\b|their\b|all\b)(?!of\s(?:the\s)?(?:(?:19|20)\d\d|fiscal|year))",
    re.IGNORECASE,
)

_DIGITS: Final = re.compile(
    r"\b(?:(?:low|mid|high)(?:[ -]to[ -](?:low|mid|high))?[- ])?(?:single|double|triple|one|two|three)[- ]digits?\b"
    r"(?:\spercent(?:age)?s?\b)?",
    re.IGNORECASE,
)


def unnumbered(paragraph: int, text: str, taken: bytearray) -> Iterator[Printed]:
    """The percentages of which only the number of digits is told; each marks what it takes."""
    for found in _DIGITS.finditer(text):
        if any(taken[found.start() : found.end()]):
            continue
        taken[found.start() : found.end()] = b"\1" * len(found[0])
        span = Span(paragraph, *found.span())
        assumed = f"“{found[0]}” says how many digits the percentage has, and no number"
        yield Printed(what="percent", quote=found[0], span=span, core=span, value=None, assumed=assumed)


def multiples(paragraph: int, text: str, taken: bytearray) -> Iterator[Printed]:
    """The multiples and shares of a paragraph; each marks what it takes."""
    for pattern in (_MULTIPLE, _SHARE):
        for found in pattern.finditer(text):
            quote = found[0].strip()
            start = found.start() + len(found[0]) - len(found[0].lstrip())
            end = start + len(quote)
            if any(taken[start:end]):
                continue
            taken[start:end] = b"\1" * (end - start)
            first = start + len(quote) - len(quote[len(found["qualifier"] or "") :].lstrip())
            number, unit = _multiple(found) if pattern is _MULTIPLE else (_share(found["share"]), "%")
            written = " ".join(part for part in ((found["qualifier"] or "").casefold(), number, unit) if part)
            yield Printed(
                what="quantity" if unit == "x" else "percent",
                quote=quote,
                span=Span(paragraph, start, end),
                core=Span(paragraph, first, end),
                value=Quantity.parse(written),
                assumed=f"“{quote}” is read as {written}",
            )


def _multiple(found: re.Match[str]) -> tuple[str, str]:
    if fold := found["fold"]:
        return (fold if fold[0].isdigit() else number_of(fold)), "x"
    return _TIMES[(found["verb"] or "twice").casefold()], "x"


def _share(words: str) -> str:
    return _SHARES[re.split("[- ]", words.casefold())[-1]] if words.casefold() != "half" else "50"
