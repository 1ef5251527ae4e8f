"""Checks of quotes: whether a source's text has what its facts are said to stand on, and where.

A text that nobody has is not asked for here; what a locator tells by itself is checked without it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from timeline.check import Rule
from timeline.checks.evidence import standing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from timeline.check import Verdict
    from timeline.checks.evidence import Standing
    from timeline.event import Locator
    from timeline.paragraphs import Paragraph, Span

TOPIC = "sources"
"""What findings about sources name as the place where they were found."""

FACT_UNLOCATED = Rule(
    name="fact-unlocated", severity="note", compares="the facts of a source with the places where they stand in it"
)
QUOTE_LONG = Rule(
    name="quote-long",
    severity="note",
    compares="the length of a quote with that of a printed figure or name",
    assumes="six words from a capital letter to a full stop are a sentence, and so are 15 signs up to a Chinese one",
)
_HERE = "the text that was checked is the one that the locators speak of"
QUOTE_MISSING = Rule(
    name="quote-missing", severity="error", compares="a quote with the whole text of its source", assumes=_HERE
)
QUOTE_MOVED = Rule(
    name="quote-moved", severity="warning", compares="the paragraph where a quote stands with the one named"
)
QUOTE_AMBIGUOUS = Rule(
    name="quote-ambiguous", severity="warning", compares="a quote with all places where it stands in its paragraph"
)
QUOTE_CONTEXT = Rule(
    name="quote-context", severity="warning", compares="what stands round a quote with its prefix and suffix"
)
QUOTE_SPELLING = Rule(
    name="quote-spelling", severity="note", compares="a quote with the very characters that stand in the text"
)
RULES: tuple[Rule, ...] = (
    FACT_UNLOCATED,
    QUOTE_LONG,
    QUOTE_MISSING,
    QUOTE_MOVED,
    QUOTE_AMBIGUOUS,
    QUOTE_CONTEXT,
    QUOTE_SPELLING,
)

_LONGEST = 200
_WORDS = 6
_SIGNS = 15
_MARKS = "\"'“”‘’«»()「」『』"


class Fact(NamedTuple):
    """A report and where it says that it stands.

    Attributes:
        event: its id.
        at: its locators; empty where nobody located it.
    """

    event: str
    at: tuple[Locator, ...]


def quotes(source: str, facts: Sequence[Fact], text: Sequence[Paragraph] | None) -> Iterator[Verdict]:
    """What came of checking each locator of a source's facts, by paragraph and quote; first what is located nowhere.

    Args:
        source: its id.
        facts: of this source.
        text: the paragraphs of its text; None where there is none to check against.
    """
    if facts:
        yield _unlocated(source, facts)
    for locator, event in sorted(_located(facts), key=_by_paragraph):
        check = _Check(source, event, locator)
        yield check.length()
        if text is not None:
            yield from check.against(text)


def _located(facts: Sequence[Fact]) -> Iterator[tuple[Locator, str]]:
    return ((locator, fact.event) for fact in facts for locator in fact.at)


def _by_paragraph(item: tuple[Locator, str]) -> tuple[int, str, str, str, str]:
    locator, event = item
    return locator.paragraph or 0, locator.quote, locator.prefix, locator.suffix, event


def _unlocated(source: str, facts: Sequence[Fact]) -> Verdict:
    ids = sorted(fact.event for fact in facts if not fact.at)
    if not ids:
        return FACT_UNLOCATED.passed()
    what = f"{source}: {_untold(len(ids), len(facts))}"
    return FACT_UNLOCATED.found(what, topic=TOPIC, events=ids, sources=[source])


def _untold(unlocated: int, facts: int) -> str:
    if unlocated < facts:
        says = "does not say where it stands" if unlocated == 1 else "do not say where they stand"
        return f"{unlocated:,} of its {facts:,} facts {says}"
    return (
        f"none of its {facts:,} facts says where it stands"
        if facts > 1
        else "its only fact does not say where it stands"
    )


class _Check(NamedTuple):
    """One locator of one fact."""

    source: str
    event: str
    locator: Locator

    def length(self) -> Verdict:
        """Whether the quote is no more than a figure or name."""
        if len(self.locator.quote) > _LONGEST:
            return self._found(QUOTE_LONG, f"is {len(self.locator.quote):,} characters long; quote the figure or name")
        if _is_sentence(self.locator.quote):
            return self._found(QUOTE_LONG, "is a whole sentence; quote the figure or name only")
        return QUOTE_LONG.passed()

    def against(self, text: Sequence[Paragraph]) -> Iterator[Verdict]:
        """Whether the quote stands in the text as the locator says."""
        found = standing(self.locator, text)
        if found.verdict == "missing":
            yield self._found(QUOTE_MISSING, _missing(self.locator, found, len(text)))
            return
        yield QUOTE_MISSING.passed()
        if self.locator.paragraph is not None:
            yield self._moved(found)
        if found.verdict != "moved":
            yield self._ambiguous(found)
        if self.locator.prefix or self.locator.suffix:
            yield self._surrounded(found)
        yield self._spelled(found)

    def _moved(self, found: Standing) -> Verdict:
        if found.verdict != "moved":
            return QUOTE_MOVED.passed()
        return self._found(QUOTE_MOVED, f"does not stand there but in {_places(found.spans)}")

    def _ambiguous(self, found: Standing) -> Verdict:
        if found.verdict != "ambiguous":
            return QUOTE_AMBIGUOUS.passed()
        where = self._where(found.spans)
        times = f" {len(found.spans):,} times" if where == "there" else ""
        within = f" with {self._surroundings()}" if found.surrounded and self._surroundings() else ""
        return self._found(
            QUOTE_AMBIGUOUS, f"stands {where}{times}{within}; let a prefix or suffix tell which is meant"
        )

    def _surrounded(self, found: Standing) -> Verdict:
        if found.surrounded:
            return QUOTE_CONTEXT.passed()
        return self._found(QUOTE_CONTEXT, f"stands {self._where(found.spans)} without {self._surroundings()}")

    def _spelled(self, found: Standing) -> Verdict:
        if not found.spelled:
            return QUOTE_SPELLING.passed()
        return self._found(QUOTE_SPELLING, f"is spelled “{found.spelled}” {self._where(found.spans[:1])}")

    def _where(self, spans: Sequence[Span]) -> str:
        """The places, where they are not those that were named just before."""
        return "there" if {span.paragraph for span in spans} == {self.locator.paragraph} else f"in {_places(spans)}"

    def _surroundings(self) -> str:
        sides = (("before", self.locator.prefix), ("behind", self.locator.suffix))
        return " and ".join(f"“{text}” {side} it" for side, text in sides if text)

    def _found(self, rule: Rule, what: str) -> Verdict:
        told = f"{self.source}: {self.locator.shown} {what}"
        return rule.found(told, topic=TOPIC, events=[self.event], sources=[self.source])


def _is_sentence(quote: str) -> bool:
    bare = quote.strip(_MARKS)
    if bare.endswith((".", "!", "?")):
        return bare[0].isupper() and len(bare.split()) >= _WORDS
    return bare.endswith(("\u3002", "\uff01", "\uff1f")) and len(bare) > _SIGNS


def _missing(locator: Locator, found: Standing, paragraphs: int) -> str:
    if found.within:
        return f"stands nowhere in the text but as a part of “{found.within}”"
    if locator.paragraph is not None and locator.paragraph > paragraphs:
        return f"stands nowhere in the text, which has {paragraphs:,} paragraphs"
    return "stands nowhere in the text"


def _places(spans: Sequence[Span]) -> str:
    """The paragraphs, each with how often where it is more than once."""
    numbers = [span.paragraph for span in spans]
    told = [f"{each}{_times(numbers.count(each))}" for each in dict.fromkeys(numbers)]
    return f"paragraph{'s' if len(told) > 1 else ''} {', '.join(told)}"


def _times(count: int) -> str:
    return f" ({count:,} times)" if count > 1 else ""
