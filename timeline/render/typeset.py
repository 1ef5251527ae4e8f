"""Measures, pads, cuts and wraps text for a grid of character cells.

East Asian wide characters take two cells (UAX #11), combining ones none. Characters that could move the cursor or
reorder the line are replaced by something that can be seen: reported text is not trusted to draw the page.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

JOINERS = "\u200c\u200d"
"""Format characters that some scripts cannot be written without, between two of their letters."""

_LETTER = f"[^\x00-\u024f{JOINERS}]"
_STRAY = re.compile(f"(?<!{_LETTER})[{JOINERS}]|[{JOINERS}](?!{_LETTER})")
# What has no width and no sign though it counts as a letter, a mark or a symbol: fillers, and selectors of variants.
_BLANK = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0"
    + "".join(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))
)

ELLIPSIS = "…"


def visible(text: str) -> str:
    r"""The text with signs for what controls, reorders, breaks lines or cannot be seen: `␛`, `\u202e`, `\u200b`."""
    if text.isascii() and text.isprintable():
        return text
    return _STRAY.sub(lambda found: _escaped(found[0]), "".join(map(_sign, text)))


def _sign(character: str) -> str:
    code = ord(character)
    if code < 0x20 or code == 0x7F:  # noqa: PLR2004 - the ASCII controls, which have pictures from U+2400 on
        return chr(0x2400 + min(code, 0x21))
    acts = unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"} and character not in JOINERS
    return _escaped(character) if acts or character in _BLANK else character


def _escaped(character: str) -> str:
    return f"\\u{ord(character):04x}"


def cells(text: str) -> int:
    """The room that the text takes."""
    return len(text) if text.isascii() else sum(map(_cells, text))


@cache
def _cells(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me"} or character in JOINERS:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def left(text: str, width: int) -> str:
    """The text filled with spaces to its right."""
    return text + " " * (width - cells(text))


def right(text: str, width: int) -> str:
    """The text filled with spaces to its left."""
    return " " * (width - cells(text)) + text


def cut(text: str, width: int) -> str:
    """The text, shortened to end with `…` where it is wider than `width`."""
    if cells(text) <= width:
        return text
    return _split(text, max(width - 1, 0))[0] + ELLIPSIS


def wrapped(text: str, width: int) -> list[str]:
    """Lines of at most `width`, broken at spaces, and inside a word only where it is wider than a line.

    Always at least one line; in a width of 1, a wide character sticks out.
    """
    if cells(text) <= width:
        return [text]
    return flowed(text.split(), width, " ")


def flowed(items: Iterable[str], width: int, separator: str) -> list[str]:
    """Lines of items, each line ending where the next item does not fit. Always at least one line."""
    lines = [""]
    for item in items:
        joined = lines[-1] + separator + item if lines[-1] else item
        if cells(joined) <= width:
            lines[-1] = joined
            continue
        lines += _broken(item, width)
    return lines if lines[0] or len(lines) == 1 else lines[1:]


def _broken(item: str, width: int) -> Iterator[str]:
    words = item.split(" ")
    if len(words) > 1 and cells(item) > width:
        yield from wrapped(item, width)
        return
    start, room = 0, max(width, 2)
    left = room
    for index, character in enumerate(item):
        left -= _cells(character)
        if left < 0:
            yield item[start:index]
            start, left = index, room - _cells(character)
    if start < len(item):
        yield item[start:]


def _split(text: str, width: int) -> tuple[str, str]:
    """The longest beginning that takes at most `width`, and the rest."""
    room = width
    for index, character in enumerate(text):
        room -= _cells(character)
        if room < 0:
            return text[:index], text[index:]
    return text, ""
