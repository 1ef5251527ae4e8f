"""A long text in pieces that are sent one at a time, cut between paragraphs, which keep their numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


class Line(NamedTuple):
    """A paragraph, or a piece of one that is too long to be sent whole.

    Attributes:
        number: of the paragraph.
        text: verbatim.
        start: offset of the piece in the paragraph.
    """

    number: int
    text: str
    start: int = 0


def chunks(paragraphs: Sequence[str], characters: int) -> tuple[tuple[Line, ...], ...]:
    """The lines in their order, each chunk having no more characters than told."""
    found: list[list[Line]] = []
    room = 0
    for line in _lines(paragraphs, characters):
        if not found or len(line.text) > room:
            found.append([])
            room = characters
        found[-1].append(line)
        room -= len(line.text)
    return tuple(map(tuple, found))


def halves(chunk: Sequence[Line]) -> tuple[tuple[Line, ...], ...]:
    """The chunk in two, for a model that cannot write all that it finds; nothing where it is a single line."""
    middle = len(chunk) // 2
    return (tuple(chunk[:middle]), tuple(chunk[middle:])) if middle else ()


def _lines(paragraphs: Iterable[str], characters: int) -> Iterator[Line]:
    for number, paragraph in enumerate(paragraphs, 1):
        start = 0
        while len(paragraph) - start > characters:
            space = paragraph.rfind(" ", start + 1, start + characters)
            end = space + 1 if space > 0 else start + characters
            yield Line(number, paragraph[start:end], start)
            start = end
        yield Line(number, paragraph[start:], start)
