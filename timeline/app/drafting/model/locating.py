"""Where a proposed fact stands: every quote is verbatim in its paragraph, or the fact is none.

A quote that stands in one other paragraph only is moved there, and one that differs in the spelling of quotation marks,
dashes or case is written as it stands; no other mistake is mended.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from timeline.app.drafting.model.material import UnfitError
from timeline.check import findings
from timeline.checks.evidence import standing
from timeline.checks.quotes import Fact, quotes
from timeline.dates import When
from timeline.event import Locator
from timeline.intake.form import LONGEST_QUOTE
from timeline.intake.wording import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from timeline.app.drafting.model.material import Material
    from timeline.paragraphs import Span
    from timeline.prose.spans import Printed

_MOST: Final = 24
_WORD: Final = re.compile(r"\S+\s*")
_MOST_WORDS: Final = 6


class Place(NamedTuple):
    """Where a quote stands.

    Attributes:
        locator: as the fact has it.
        spans: the places that it can mean, in order.
        doubt: what is unsure about it; empty for nothing.
    """

    locator: Locator
    spans: tuple[Span, ...]
    doubt: str = ""


def places(written: Any, material: Material) -> tuple[Place, ...]:  # noqa: ANN401  what a model wrote
    """The places of a fact, each once.

    Raises:
        UnfitError: it has none or too many, or a quote does not stand in the text.
    """
    entries = written if isinstance(written, list) else [written]
    if not written or len(entries) > _MOST:
        raise UnfitError("it is quoted nowhere" if not written else f"it has more than {_MOST} quotes")
    found = {place.locator: place for place in (_place(entry, material) for entry in entries)}
    return tuple(found.values())


def place_of(printed: Printed, material: Material) -> Place:
    """Where a figure or date is printed, its qualifying words aside."""
    return Place(_telling(printed.core, material), (printed.core,))


def shows(span: Span, each: Printed, material: Material) -> bool:
    """Whether a quote holds the digits of a figure, or the letters and digits of a date and of a number in words."""
    if span.paragraph != each.core.paragraph:
        return False
    text = material.paragraphs[span.paragraph - 1].text
    core = range(each.core.start, each.core.end)
    digits = [at for at in core if text[at].isdigit()] if not isinstance(each.value, When) else []
    return all(span.start <= at < span.end for at in digits or (at for at in core if text[at].isalnum()))


def shown_by(locators: Iterable[Locator], material: Material) -> frozenset[Span]:
    """The spans of what is printed that quotes show."""
    found: set[Span] = set()
    for locator in locators:
        line = material.paragraphs[(locator.paragraph or 1) - 1 : locator.paragraph or 1]
        spans = standing(locator, line).spans
        printed = material.printed_in((locator.paragraph or 1,))
        found.update(each.span for each in printed if any(shows(span, each, material) for span in spans))
    return frozenset(found)


def quote_of(written: Any) -> str:  # noqa: ANN401  what a model wrote
    """The first quote that a fact was given, whether it stands or not; empty for none."""
    entries = written if isinstance(written, list) else [written]
    texts = (entry.get("quote") if isinstance(entry, dict) else entry for entry in entries)
    return next((text for text in texts if isinstance(text, str) and text.strip()), "")


def _place(entry: Any, material: Material) -> Place:  # noqa: ANN401  what a model wrote
    written = entry if isinstance(entry, dict) else {"quote": entry}
    given = {name: value for name, value in written.items() if isinstance(value, str)}
    printed = material.numbered(given.get("figure") or given.get("quote", ""))
    if printed is not None:
        return place_of(printed, material)
    return _quoted(_locator(given, len(material.paragraphs)), material)


def _locator(given: dict[str, str], paragraphs: int) -> Locator:
    """What was written, in bounds and without characters that no text shows."""
    quote = unicodedata.normalize("NFC", given.get("quote", "")).strip()
    if not quote or not quote.isprintable():
        raise UnfitError("one of its quotes is empty, or has characters that no text shows")
    if len(quote) > LONGEST_QUOTE or findings(quotes("", [Fact("", (Locator(quote=quote),))], None)):
        raise UnfitError(f"{shown(quote)} is a sentence, where the figure or name is to be quoted")
    number = given.get("paragraph", "").strip()
    known = re.fullmatch("[1-9][0-9]{0,8}", number, re.ASCII) is not None and int(number) <= paragraphs
    context = {name: given.get(name, "")[:LONGEST_QUOTE] for name in ("prefix", "suffix")}
    return Locator(quote=quote, paragraph=int(number) if known else None, **context)


def _quoted(locator: Locator, material: Material) -> Place:
    if locator.paragraph is not None:
        named = standing(locator, material.paragraphs[locator.paragraph - 1 : locator.paragraph])
        if named.spans:
            return _placed(named.spans, material)
    # Elsewhere only the very characters count, since what is merely alike takes long to look for in a long text.
    lines = (line for line in material.paragraphs if locator.quote in line.text)
    standings = (standing(Locator(quote=locator.quote), (line,)).spans for line in lines)
    found = list(islice(filter(None, standings), 2))
    if len(found) != 1:
        where = "in several paragraphs, and not in the one named" if found else "nowhere in the text"
        raise UnfitError(f"{shown(locator.quote)} stands {where}")
    place = _placed(found[0], material)
    if locator.paragraph is None:
        return place
    moved = f"{shown(locator.quote)} stands in paragraph {place.locator.paragraph}, not in {locator.paragraph}"
    return place._replace(doubt=place.doubt or moved)


def _placed(spans: tuple[Span, ...], material: Material) -> Place:
    if len(spans) == 1:
        return Place(_telling(spans[0], material), spans)
    quote, number = material.text(spans[0]), spans[0].paragraph
    doubt = f"{shown(quote)} stands {len(spans)} times in paragraph {number}"
    return Place(Locator(quote=quote, paragraph=number), spans, doubt)


def _telling(span: Span, material: Material) -> Locator:
    """With as much of what stands round it as tells it from its repetitions."""
    line = material.paragraphs[span.paragraph - 1]
    quote = line.text[span.start : span.end]
    for prefix, suffix in _contexts(line.text, span):
        locator = Locator(quote=quote, paragraph=span.paragraph, prefix=prefix, suffix=suffix)
        if standing(locator, (line,)).spans == (span,):
            return locator
    return Locator(quote=quote, paragraph=span.paragraph)


def _contexts(text: str, span: Span) -> Iterator[tuple[str, str]]:
    yield "", ""
    before = _WORD.findall(text[max(span.start - LONGEST_QUOTE, 0) : span.start])
    for count in range(1, min(len(before), _MOST_WORDS) + 1):
        yield "".join(before[-count:]), ""
    behind = re.findall(r"\s*\S+", text[span.end : span.end + LONGEST_QUOTE])
    for count in range(1, min(len(behind), _MOST_WORDS) + 1):
        yield "", "".join(behind[:count])
