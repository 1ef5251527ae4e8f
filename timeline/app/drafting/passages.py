"""A text cut into passages: its sentences, each with what it prints and the companies that it names."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from timeline.prose.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from timeline.app.drafting.companies import Mention
    from timeline.prose.spans import Printed
    from timeline.prose.text import Text


_T = TypeVar("_T", "Printed", "Mention")
_LABEL: Final = 80
"""Characters of the longest label of a form."""


class Passage(NamedTuple):
    """A sentence.

    Attributes:
        paragraph: its number.
        start: offset of its first character in the paragraph.
        text: verbatim.
        printed: what it prints, in order.
        mentions: the companies that it names, in order.
        label: the line before it, where that is short and prints nothing, as in a form; else empty.
    """

    paragraph: int
    start: int
    text: str
    printed: tuple[Printed, ...]
    mentions: tuple[Mention, ...]
    label: str = ""

    @property
    def end(self) -> int:
        """Offset past its last character in the paragraph."""
        return self.start + len(self.text)

    def place(self, each: Printed | Mention) -> tuple[int, int]:
        """Where something begins and ends, counted in the sentence."""
        return each.span.start - self.start, each.span.end - self.start

    def before(self, each: Printed | Mention) -> str:
        """The words before it, of the sentence or, where it begins that, of its label."""
        words = self.text[: max(self.place(each)[0], 0)]
        return words if words.strip() else f"{self.label} {words}"

    def after(self, each: Printed | Mention) -> str:
        """The words of the sentence behind it."""
        return self.text[self.place(each)[1] :]


def passages(text: Text, printed: Sequence[Printed], mentions: Sequence[Mention]) -> Iterator[Passage]:
    """The sentences in the order of the text.

    Raises:
        TimelineError: the library that splits sentences is not installed.
    """
    label, printed_in, named_in = "", _by_paragraph(printed), _by_paragraph(mentions)
    for number, paragraph in enumerate(text.paragraphs, 1):
        here, named = printed_in[number], named_in[number]
        for words, start, end in sentences(paragraph, text.language):
            yield Passage(
                number,
                start,
                words,
                tuple(each for each in here if start <= each.span.start < end),
                tuple(each for each in named if start <= each.span.start < end),
                label,
            )
        label = paragraph.strip() if len(paragraph) <= _LABEL and not here else ""


def _by_paragraph(found: Iterable[_T]) -> defaultdict[int, list[_T]]:
    """What stands in each paragraph, in order."""
    placed = defaultdict[int, list[_T]](list)
    for each in found:
        placed[each.span.paragraph].append(each)
    return placed
