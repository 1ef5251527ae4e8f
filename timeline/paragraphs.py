"""The text of a source as numbered paragraphs: what locators count in, whoever reads or checks them.

A text is UTF-8, with or without a byte order mark, and is read in NFC; places in it count characters of that form.

A paragraph is a line that is not empty, numbered from 1, so that the title is 1 as long as the text begins with it.
Lines end at LF, CR LF or a lone CR and nowhere else, as editors count them: a form feed, a vertical tab, U+0085, U+2028
or U+2029 within a line ends nothing. A line is empty where it holds only white space and characters without width
(`INVISIBLE`). White space and invisible characters of any other line stay where they are.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

LARGEST = 16 * 1024 * 1024
"""Bytes that a text may have at most; an annual report of 300 pages has about one million."""

INVISIBLE = "\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
"""Soft hyphens, joiners, marks of direction and other characters without width, as ranges of a character class."""

_LINE = re.compile(r"[^\r\n]+")
_CONTENT = re.compile(rf"[^\s{INVISIBLE}]")


class Paragraph(NamedTuple):
    """A non-empty line of a text.

    Attributes:
        number: from 1.
        text: the line without what ends it.
        start: offset of its first character in the text.
    """

    number: int
    text: str
    start: int


class Span(NamedTuple):
    """A piece of a paragraph.

    Attributes:
        paragraph: its number.
        start: offset of the first character in the paragraph.
        end: offset past the last one.
    """

    paragraph: int
    start: int
    end: int


def decoded(data: bytes) -> str:
    """The text in NFC and without its byte order mark.

    Raises:
        UnicodeDecodeError: it is not UTF-8.
    """
    return unicodedata.normalize("NFC", data.decode("utf-8-sig"))


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """The lines of a text that are not empty, in order."""
    lines = (line for line in _LINE.finditer(text) if has_content(line[0]))
    return tuple(Paragraph(number, line[0], line.start()) for number, line in enumerate(lines, 1))


def has_content(text: str) -> bool:
    """Whether there is anything in it that has a width."""
    return _CONTENT.search(text) is not None
