"""Evidence: where in the paragraphs of a source's text the quote of a locator stands.

What a text and its paragraphs are, `timeline.paragraphs` tells.

A quote stands where the text has the very same characters, and not within a longer number: "5 million" does not stand
in "15 million", nor "38.0" in "38.04". What is only alike, after folding quotation marks, dashes, white space,
invisible characters or case, is told with what stands there.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from msgspec import Struct

from timeline.paragraphs import INVISIBLE, Span, has_content

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from timeline.event import Locator
    from timeline.paragraphs import Paragraph

_NUMBER = re.compile(r"\d+(?:[.,'’]\d+)*")
_BETWEEN = rf"[{INVISIBLE}]*+"
_DATE = re.compile(r"\d{1,2}\.\d{1,2}\.\d{4}|\d{4}\.\d{1,2}\.\d{1,2}")
_LONGEST_NUMBER = 40
_ALIKE = (
    "'`\u00b4\u2018\u2019\u201a\u201b\u2032",
    '"\u00ab\u00bb\u201c\u201d\u201e\u201f\u2033',
    "-\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\ufe58\ufe63\uff0d",
)
"""Apostrophes and single quotation marks, double ones, hyphens and dashes."""


class Standing(Struct, frozen=True):
    """Where a locator's quote stands.

    Attributes:
        verdict: "found" at one place of the paragraph that the locator names (of the text, where it names none);
            "ambiguous" at several that neither prefix nor suffix tells apart; "moved" where it stands in other
            paragraphs only; "missing" where it stands in none.
        spans: every place that it can mean, in order; empty only where it is missing.
        spelled: what stands at the first place, with prefix and suffix where it has any, where that is only alike.
        surrounded: False where prefix and suffix stand round none of the places.
        within: where it is missing, the longer number of the named paragraph, or else of the text, that it is cut from.
    """

    verdict: Literal["found", "ambiguous", "moved", "missing"]
    spans: tuple[Span, ...] = ()
    spelled: str = ""
    surrounded: bool = True
    within: str = ""


class _Needle(NamedTuple):
    """What is searched for: a quote between what stands before and behind it."""

    quote: str
    prefix: str = ""
    suffix: str = ""

    @property
    def whole(self) -> str:
        return self.prefix + self.quote + self.suffix


def standing(locator: Locator, text: Sequence[Paragraph]) -> Standing:
    """Where the locator's quote stands in a text.

    The named paragraph comes before all others, and there the very characters before those that are only alike, and
    places between prefix and suffix before those that are not.
    """
    named = [line for line in text if locator.paragraph in (None, line.number)]
    found = _found(locator, named)
    if found:
        return found if len(found.spans) == 1 else _as(found, "ambiguous")
    others = [line for line in text if line not in named] if len(named) < len(text) else []
    moved = _found(locator, others)
    return _as(moved, "moved") if moved else Standing("missing", within=_within(locator, (*named, *others)))


def _as(found: Standing, verdict: Literal["ambiguous", "moved"]) -> Standing:
    return Standing(verdict, found.spans, found.spelled, found.surrounded)


def _found(locator: Locator, lines: Sequence[Paragraph]) -> Standing | None:
    """The places that are most like what the locator says."""
    full = _needle(locator.quote, locator.prefix, locator.suffix)
    bare = _Needle(full.quote)
    for needle in dict.fromkeys((full, bare)) if has_content(full.quote) else ():
        for search in (_exactly, _alike):
            spans = _whole(needle, lines, search)
            if spans:
                spelled = _spelled(needle, spans[0], lines) if search is _alike else ""
                return Standing("found", spans, spelled, surrounded=needle == full)
    return None


def _needle(*parts: str) -> _Needle:
    """Each in NFC, as the log keeps it; what was never in the log may be in another form."""
    return _Needle(*(unicodedata.normalize("NFC", part) for part in parts))


def _whole(
    needle: _Needle, lines: Iterable[Paragraph], search: Callable[[_Needle, Paragraph], Iterator[Span]]
) -> tuple[Span, ...]:
    """The places that cut no number."""
    return tuple(span for line in lines for span in search(needle, line) if not _cut(line.text, span))


def _exactly(needle: _Needle, line: Paragraph) -> Iterator[Span]:
    start = line.text.find(needle.whole)
    while start >= 0:
        first = start + len(needle.prefix)
        yield Span(line.number, first, first + len(needle.quote))
        start = line.text.find(needle.whole, start + 1)


def _alike(needle: _Needle, line: Paragraph) -> Iterator[Span]:
    for match in _pattern(needle).finditer(line.text):
        yield Span(line.number, *match.span(2))


def _spelled(needle: _Needle, span: Span, lines: Iterable[Paragraph]) -> str:
    """What stands at a place that is alike, with what surrounds it."""
    line = next(line for line in lines if line.number == span.paragraph)
    matches = _pattern(needle).finditer(line.text)
    return next("".join(match.groups()) for match in matches if match.span(2) == span[1:])


@lru_cache(maxsize=256)
def _pattern(needle: _Needle) -> re.Pattern[str]:
    """Finds what is alike in spelling, overlapping places too; the groups are prefix, quote and suffix."""
    quote, prefix, suffix = (_BETWEEN.join(_letters(part)) for part in needle)
    before = f"{prefix}{_BETWEEN}" if prefix else ""
    behind = f"{_BETWEEN}{suffix}" if suffix else ""
    return re.compile(f"(?=({before})({quote})({behind}))", re.IGNORECASE)


def _letters(text: str) -> Iterator[str]:
    """A pattern for each character that has a width, and one for each run of white space."""
    for part in re.findall(rf"\s[\s{INVISIBLE}]*|[^\s{INVISIBLE}]", text):
        if part[0].isspace():
            yield rf"\s[\s{INVISIBLE}]*+"
        else:
            alike = next((signs for signs in _ALIKE if part in signs), "")
            yield f"[{re.escape(alike)}]" if alike else re.escape(part)


def _cut(text: str, span: Span) -> str:
    """The piece with the rest of the number that its start or end cuts in two; empty where it cuts none.

    The parts of a date are numbers of their own: a year is no part of a longer number.
    """
    near = _NUMBER.finditer(text, max(span.start - _LONGEST_NUMBER, 0), span.end + _LONGEST_NUMBER)
    edges = (span.start, span.end)
    ends = [
        number.span()
        for number in near
        if any(number.start() < edge < number.end() for edge in edges) and not _DATE.fullmatch(number[0])
    ]
    return text[min(span.start, ends[0][0]) : max(span.end, ends[-1][1])] if ends else ""


def _within(locator: Locator, lines: Iterable[Paragraph]) -> str:
    """The first longer number that the quote stands in as a part; empty for none."""
    bare = _needle(locator.quote, "", "")
    cuts = (_cut(line.text, span) for line in lines if bare.quote for span in _exactly(bare, line))
    return next(filter(None, cuts), "")
