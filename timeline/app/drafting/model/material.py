"""A text as what is proposed for it is held against: its paragraphs, prints, words and companies."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Final

from timeline.app.drafting.model import figures
from timeline.dates import When
from timeline.intake import form
from timeline.naming import folded
from timeline.paragraphs import Span, paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from timeline.app.drafting.model.question import Question
    from timeline.prose.spans import Printed
    from timeline.values import Bounds

STEM: Final = 5
"""Letters in which a word of a field and one of the text have to agree: "deliveries" is told by "delivered"."""

_NUMBER: Final = re.compile(r"#?([0-9]{1,6})")


class UnfitError(Exception):
    """A proposed fact does not pass; its text is the reason, for a person."""


class Material:
    """What a question tells, in the forms in which it is looked up.

    Attributes:
        question: the question.
        paragraphs: of the text, as quotes are looked for.
    """

    def __init__(self, question: Question) -> None:
        self.question = question
        self.paragraphs = paragraphs("\n".join(question.text.paragraphs))
        self._senses: dict[int, Mapping[tuple[Bounds, str], Sequence[figures.Sense]]] = {}
        self._by_paragraph: dict[int, list[Printed]] = {}
        for each in question.printed:
            self._by_paragraph.setdefault(each.span.paragraph, []).append(each)

    def numbered(self, text: str) -> Printed | None:
        """The print that the model was told under such a number as #7; None for any other text."""
        match = _NUMBER.fullmatch(text.strip()) if text.strip().startswith("#") else None
        number = int(match[1]) if match else 0
        return self.question.printed[number - 1] if 0 < number <= len(self.question.printed) else None

    def printed_in(self, numbers: Iterable[int]) -> tuple[Printed, ...]:
        """What these paragraphs print."""
        return tuple(each for number in sorted(set(numbers)) for each in self._by_paragraph.get(number, ()))

    def senses(self, number: int) -> Mapping[tuple[Bounds, str], Sequence[figures.Sense]]:
        """What the figures of a paragraph can say, by bounds and unit."""
        if number not in self._senses:
            self._senses[number] = figures.index(self.printed_in((number,)), self.question.currency)
        return self._senses[number]

    @cached_property
    def dates(self) -> tuple[Printed, ...]:
        """The first print of each time that the text prints."""
        dated = {each.value.edtf: each for each in reversed(self.question.printed) if isinstance(each.value, When)}
        return tuple(reversed(dated.values()))

    def text(self, span: Span) -> str:
        """The characters of a place."""
        return self.paragraphs[span.paragraph - 1].text[span.start : span.end]

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word of the text, folded."""
        return frozenset(self._folded.split())

    @cached_property
    def stems(self) -> frozenset[str]:
        """The beginnings of the words that are long enough to have one."""
        return frozenset(word[:STEM] for word in self.words if len(word) >= STEM)

    @cached_property
    def _folded(self) -> str:
        return f" {folded(' '.join(line.text for line in self.paragraphs))} "

    def names(self, name: str) -> bool:
        """Whether the text has a name, in whole words where its script has words."""
        wanted = folded(name)
        return bool(wanted) and ((f" {wanted} " if wanted.isascii() else wanted) in self._folded)

    @cached_property
    def _slugs(self) -> Mapping[str, str]:
        """Slugs by every name, folded; a name that several have is none's."""
        found: dict[str, str] = {}
        for known in self.question.companies:
            for name in {folded(name) for name in (known.slug, *known.names)}:
                found[name] = known.slug if found.get(name, known.slug) == known.slug else ""
        return found

    def slug(self, written: str) -> str:
        """The slug of the company that goes by this; empty where none does."""
        return self._slugs.get(folded(written), "")

    def speaks_of(self, slug: str) -> bool:
        """Whether the text is about a known company or names it."""
        companies: Sequence[tuple[str, tuple[str, ...]]] = self.question.companies
        if companies and companies[0][0] == slug:
            return True
        names = next((names for known, names in companies if known == slug), ())
        return any(self.names(name) for name in (slug, *names))

    def named_as(self, slug: str) -> Span | None:
        """Where the text first has the name that an unknown slug is made of, a capital letter first; else None."""
        if not form.SLUG.fits(slug):
            return None
        pattern = re.compile(r"\b" + r"[\W_]{1,3}".join(map(re.escape, slug.split("-"))) + r"\b", re.IGNORECASE)
        found = (
            Span(line.number, *match.span())
            for line in self.paragraphs
            for match in pattern.finditer(line.text)
            if match[0][0].isupper()
        )
        return next(found, None)
