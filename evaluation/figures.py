"""The figures and dates that the quotes of an annotation hold, and whether a draft has them.

They are told by a few patterns of their own and not by the finder that drafts are made with, so that what that one
overlooks counts as overlooked. Only numbers in names and other digits that are no figures are told by its rules.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from timeline.app.drafting.marked import Marks
from timeline.checks.evidence import standing
from timeline.paragraphs import Span
from timeline.prose import lookalikes, marks, numerals
from timeline.prose.spans import Printed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from timeline.app.drafting.marked import Material
    from timeline.event import Locator
    from timeline.paragraphs import Paragraph

_YEAR: Final = r"(?:19|20)\d\d"
_MONTH: Final = (
    r"(?:(?i:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)|May)\b\.?"
)
_DAYS: Final = r"\d{1,2}(?:st|nd|rd|th)?(?:\s?[-–]\s?\d{1,2})?(?![\d.,]*\d)"
_ORDINAL: Final = "|".join(numerals.ORDINALS)
_UNIT: Final = r"years?|months?|weeks?|days?|hours?|quarters?|half|halves|sessions?|thirds?|anniversar\w+|time"
_DATES: Final = re.compile(
    rf"""
      \b(?:{_DAYS}\s(?:of\s)?)?{_MONTH}(?:\s{_DAYS})?(?:,?\s{_YEAR})?(?!\w)
    | \b(?:[QH][1-4]|[1-4][QH])(?:[\s/,-]{{1,2}}(?:FY\s?)?{_YEAR})?\b
    | \bFY\s?\d{{2,4}}\b
    | \b(?i:(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|yesterday|tomorrow)\b
    """,
    re.VERBOSE,
)
_NUMBERS: Final = re.compile(
    rf"""
      (?<![\w])\d+(?:[.,'’]\d+)*
    | (?<=[A-Za-z$€£¥])\d+(?:[.,'’]\d+)*
    | \b(?i:(?:one|two|three|four|five)[ -](?:thirds?|quarters?|half|fifths?))\b
    | \b(?i:(?:{_ORDINAL})(?=[ -](?:(?:fiscal|consecutive|straight|trading)[ -]){{0,2}}(?:{_UNIT})\b))
    | \b(?i:(?!one\b){numerals.CARDINAL}|one(?=[- ](?:\(1\)\s)?(?:{_UNIT})\b))
    """,
    re.VERBOSE,
)

Place = Literal["fact", "candidate", "nowhere"]


class Figure(NamedTuple):
    """A figure or date that an annotation quotes.

    Attributes:
        span: where it is printed.
        quote: its characters.
        place: where the draft has it.
    """

    span: Span
    quote: str
    place: Place


def figures(annotated: Material, drafted: Material) -> tuple[Figure, ...]:
    """Each figure that an annotation quotes, once, in the order of the text.

    Args:
        annotated: the annotation of the text; what it leaves out is no figure of its facts.
        drafted: the draft of the same text, its candidates being what it leaves out.
    """
    texts = {line.number: line.text for line in annotated.paragraphs}
    held = Marks(drafted)
    found = _widest(span for report in annotated.reports for span in _quoted(report.at, annotated.paragraphs))
    return tuple(_figure(span, texts[span.paragraph][span.start : span.end], held) for span in found)


def _figure(span: Span, quote: str, held: Marks) -> Figure:
    core = Printed(what="quantity", quote=quote, span=span, core=span, value=None)
    place: Place = "nowhere"
    if held.quoted(core):
        place = "fact"
    elif held.left_out(core):
        place = "candidate"
    return Figure(span, quote, place)


def _quoted(at: Iterable[Locator], text: Sequence[Paragraph]) -> Iterator[Span]:
    lines = {line.number: line.text for line in text}
    for locator in at:
        for span in standing(locator, text).spans:
            yield from within(span, lines[span.paragraph])


def within(span: Span, text: str) -> Iterator[Span]:
    """The figures and dates that a piece of a paragraph holds.

    Args:
        span: the piece.
        text: the whole paragraph.
    """
    taken = bytearray(len(text))
    for pattern in (_DATES, _NUMBERS):
        for found in pattern.finditer(text, span.start, span.end):
            if not any(taken[slice(*found.span())]):
                taken[slice(*found.span())] = b"\1" * len(found[0])
                yield Span(span.paragraph, *found.span())
        if pattern is _DATES:
            for start, end in (*lookalikes.signs(text), *lookalikes.names(text, marks.CURRENCY_START)):
                taken[start:end] = b"\1" * (end - start)


def is_date(text: str) -> bool:
    """Whether a quote is a date or time and nothing else."""
    return not re.search(r"\w", _DATES.sub("", re.sub(rf"\b{_YEAR}\b", "", text)))


def _widest(spans: Iterable[Span]) -> list[Span]:
    """Those that lie in no other, in order: a quote may hold a date whole, and another its year alone."""
    kept: list[Span] = []
    for span in sorted(set(spans), key=lambda each: (each.paragraph, each.start, -each.end)):
        if not (kept and kept[-1].paragraph == span.paragraph and span.end <= kept[-1].end):
            kept.append(span)
    return kept
