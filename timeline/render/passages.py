"""A paragraph of a source's text for a terminal, with the quotes of a fact marked in it.

Quotes are marked by colour, or by signs where there is none.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from timeline.render.typeset import cells, visible, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from timeline.render.ink import Ink

_OPENING, _CLOSING = ">>", "<<"
_MARK, _UNMARK = "\x1b[1;7m", "\x1b[0m"
_LONG = 700
"""Characters of a paragraph beyond which only what stands round its quotes is shown."""

_AROUND = 200
_NARROWEST = 16
"""Cells that a line gets at least, however narrow the screen."""


class Passage(NamedTuple):
    """A piece of the source's text.

    Attributes:
        paragraph: its number; None where that is not known.
        text: the paragraph; the bare quote where there is no text.
        spans: start and end of each quote in it.
        missing: quotes that do not stand there.
        whole: False where the text is a quote alone.
    """

    paragraph: int | None
    text: str
    spans: tuple[tuple[int, int], ...] = ()
    missing: tuple[str, ...] = ()
    whole: bool = True


def passage_lines(passage: Passage, width: int, ink: Ink) -> Iterator[str]:
    """The number, the paragraph with its quotes marked, and the quotes that do not stand in it."""
    number = f"¶{passage.paragraph} " if passage.paragraph else ""
    lines = list(_marked_lines(passage, max(width - cells(number), _NARROWEST), ink))
    for at, line in enumerate(lines):
        yield (ink.faint(number) if at == 0 else " " * cells(number)) + line
    for quote in passage.missing:
        where = f"paragraph {passage.paragraph}" if passage.paragraph else "the text"
        yield from (ink.error(line) for line in wrapped(f"“{visible(quote)}” does not stand in {where}", width))


def _marked_lines(passage: Passage, width: int, ink: Ink) -> Iterator[str]:
    """The paragraph in lines, each with the marks of the quotes that stand in it, whole or in part."""
    pieces = _pieces(passage)
    if not ink.color:
        pieces = [(f"{_OPENING}{text}{_CLOSING}" if marked else text, False) for text, marked in pieces]
    marks = [marked for text, marked in pieces for _ in text]
    text = "".join(text for text, _ in pieces)
    at = 0
    for line in wrapped(text, width) if text.strip() else ():
        at, inked = _inked(text, marks, at, line)
        yield inked


def _inked(text: str, marks: Sequence[bool], at: int, line: str) -> tuple[int, str]:
    """A line that was wrapped, with its marks back, and the offset behind it; it may have fewer spaces."""
    flags = []
    for sign in line:
        while text[at] != sign and not (sign == " " and text[at].isspace()):
            at += 1
        flags.append(marks[at])
        at += 1
    runs = groupby(zip(line, flags, strict=True), key=lambda pair: pair[1])
    parts = (("".join(sign for sign, _ in run), marked) for marked, run in runs)
    return at, "".join(f"{_MARK}{part}{_UNMARK}" if marked else part for part, marked in parts)


def _pieces(passage: Passage) -> list[tuple[str, bool]]:
    """The paragraph as it can be shown, in pieces that are quoted or not; of a long one what stands near a quote."""
    spans = _joined(passage.spans)
    pieces: list[tuple[str, bool]] = []
    at = 0
    for start, end in spans:
        pieces += [(_near(passage.text[at:start], first=not at, last=False, long=_is_long(passage)), False)]
        pieces += [(passage.text[start:end], True)]
        at = end
    pieces += [(_near(passage.text[at:], first=not spans, last=True, long=_is_long(passage)), False)]
    return [(visible(text), marked) for text, marked in pieces if text]


def _is_long(passage: Passage) -> bool:
    return len(passage.text) > _LONG


def _near(text: str, *, first: bool, last: bool, long: bool) -> str:
    """What is shown of a stretch without quotes."""
    if not long or len(text) <= _AROUND * (1 if first or last else 2):
        return text
    head = "" if first and not last else text[:_AROUND].rpartition(" ")[0]
    tail = "" if last else text[-_AROUND:].partition(" ")[2]
    return f"{head} … {tail}" if head and tail else f"{head} …" if head else f"… {tail}"


def _joined(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """In order, those that touch as one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
