"""Which characters of a text the facts of its fixture quote, and which the fixture leaves out on purpose."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from timeline.checks.evidence import standing
from timeline.dates import When
from timeline.event import Locator

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from timeline.event import Report
    from timeline.intake.left_out import LeftOut
    from timeline.paragraphs import Paragraph, Span
    from timeline.prose.spans import Printed
    from timeline.prose.text import Text
    from timeline.record import Source

_T = TypeVar("_T")


class Material(NamedTuple):
    """A text, and what a fixture says of it.

    Attributes:
        source: its id.
        recorded: the source as the fixture describes it.
        reports: the facts of that source.
        left_out: what the fixture leaves out of it.
        text: the text.
        paragraphs: of the text, as quotes are looked for.
    """

    source: str
    recorded: Source
    reports: Sequence[Report]
    left_out: Sequence[LeftOut]
    text: Text
    paragraphs: Sequence[Paragraph]


class Marks:
    """Which characters of the paragraphs are quoted by which fact, and which are left out by which entry."""

    def __init__(self, material: Material) -> None:
        self.material = material
        facts = material.reports
        self._quoted = _Placed((span, fact.key) for fact in facts for span in _spans(fact.at, material))
        self._left_out = _Placed((span, each) for each in material.left_out for span in left_out_spans(each, material))

    def quoted(self, printed: Printed) -> tuple[str, ...]:
        """Keys of the facts whose quotes together hold all of it; empty where they do not."""
        return _holding(printed, self._quoted, self.material)

    def left_out(self, printed: Printed) -> tuple[LeftOut, ...]:
        """The entries that leave it out; empty where none does, and where facts quote it."""
        return () if self.quoted(printed) else _holding(printed, self._left_out, self.material)


def _spans(at: Sequence[Locator], material: Material) -> Iterator[Span]:
    for locator in at:
        yield from standing(locator, material.paragraphs).spans


def left_out_spans(entry: LeftOut, material: Material) -> tuple[Span, ...]:
    """Where an entry's quote stands in the paragraph that it names."""
    where = standing(Locator(quote=entry.quote, paragraph=entry.paragraph), material.paragraphs)
    return where.spans if where.verdict in ("found", "ambiguous") else ()


class _Placed(Generic[_T]):
    """Spans with their owners, so that those near a print are found without a look at all others.

    Attributes:
        spans: in order of place, each with its number in the order that they were given in, and its owner.
        longest: characters of the longest one.
    """

    def __init__(self, owned: Iterable[tuple[Span, _T]]) -> None:
        self.spans = sorted(
            ((span, number, owner) for number, (span, owner) in enumerate(owned)), key=lambda each: each[:2]
        )
        self.longest = max((span.end - span.start for span, _, _ in self.spans), default=0)

    def over(self, core: Span) -> list[tuple[Span, _T]]:
        """Those that share a character with a span, in the order that they were given in."""
        first = bisect_left(self.spans, (core.paragraph, core.start - self.longest), key=lambda each: each[0][:2])
        behind = bisect_left(self.spans, (core.paragraph, core.end), lo=first, key=lambda each: each[0][:2])
        near = [each for each in self.spans[first:behind] if core.start < each[0].end]
        return [(span, owner) for span, _, owner in sorted(near, key=lambda each: each[1])]


def _holding(printed: Printed, spans: _Placed[_T], material: Material) -> tuple[_T, ...]:
    """Whose spans together hold the core of a print; empty where they leave some of it."""
    core = printed.core
    near = spans.over(core)
    held = {at for start, end in {span[1:] for span, _ in near} for at in range(start, end)}
    wanted = _telling(material.text.paragraphs[core.paragraph - 1], printed)
    return tuple(dict.fromkeys(owner for _, owner in near)) if wanted <= held else ()


def _telling(text: str, printed: Printed) -> set[int]:
    """The characters that a quote has to hold: the digits of a figure, all letters and digits of a date or in words."""
    core = range(printed.core.start, printed.core.end)
    digits = {at for at in core if text[at].isdigit()}
    return digits if digits and not isinstance(printed.value, When) else {at for at in core if text[at].isalnum()}
