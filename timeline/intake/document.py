"""A text file as an editor shows it: a line and a column for every offset, and the line to show with a problem."""

from __future__ import annotations

import re
from bisect import bisect_right

from msgspec import Struct

from timeline.errors import Problem
from timeline.intake.wording import printable

_BREAK = re.compile(r"\r\n|\n|\r")
_LONGEST_EXCERPT = 1_000


class Place(Struct, frozen=True):
    """A stretch of a line in a file.

    Attributes:
        file: path as the user named it.
        line: from 1; 0 for the file as a whole.
        column: in characters, from 1; 0 for the file as a whole.
        excerpt: the whole line, one character each for what a terminal cannot show; empty where it is too long to show.
        width: number of characters meant, at least 1.
    """

    file: str
    line: int = 0
    column: int = 0
    excerpt: str = ""
    width: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file

    def problem(self, rule: str, what: str, fix: str = "") -> Problem:
        """A mistake that was made here."""
        return Problem(rule, what, fix, self.file, self.line, self.column, self.excerpt, self.width)


class Document(Struct, frozen=True):
    """A file's text.

    Attributes:
        file: path as the user named it.
        text: without a byte order mark; its line breaks are kept as they are.
        starts: offset of each line's first character, in order.
    """

    file: str
    text: str
    starts: tuple[int, ...]

    @classmethod
    def of(cls, file: str, text: str) -> Document:
        """The document of a decoded file."""
        text = text.removeprefix("\ufeff")
        return cls(file, text, (0, *(found.end() for found in _BREAK.finditer(text))))

    def place(self, start: int, end: int | None = None) -> Place:
        """The place from `start` up to but without `end`, cut at the end of its line."""
        start = min(start, len(self.text))
        line = bisect_right(self.starts, start)
        first = self.starts[line - 1]
        last = self._end(line)
        width = min(start + 1 if end is None else end, last) - start
        excerpt = printable(self.text[first:last]) if last - first <= _LONGEST_EXCERPT else ""
        return Place(self.file, line, start - first + 1, excerpt, max(width, 1))

    def _end(self, line: int) -> int:
        """Offset behind a line's last character; the line is not read, as one of megabytes may be all mistakes."""
        if line == len(self.starts):
            return len(self.text)
        behind = self.starts[line]
        return behind - (2 if self.text.startswith("\r\n", behind - 2) else 1)
