"""A spreadsheet's CSV as cells that know their place in the file (RFC 4180)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from timeline.errors import ParseProblem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.intake.document import Document

DELIMITERS = (",", ";", "\t")
"""What spreadsheets put between cells: it depends on the country."""

_BREAK = re.compile(r"\r\n|\n|\r")


class Cell(NamedTuple):
    """One cell.

    Attributes:
        text: what it holds.
        start: offset in the document of its first character, a quotation mark excluded.
        end: offset behind its last, likewise.
        doubled: quotes in it are written twice.
    """

    text: str
    start: int
    end: int
    doubled: bool = False

    def offset(self, raw: str, at: int) -> int:
        """The offset in a document of a character of the cell.

        Args:
            raw: text of the document.
            at: of the character, in the cell's text.
        """
        if not self.doubled:
            return min(self.start + at, self.end)
        place = self.start
        for char in self.text[:at]:
            place += 2 if char == '"' and raw.startswith('""', place) else 1
        return place


def records(document: Document, delimiter: str) -> Iterator[list[Cell]]:
    """The records of a document that are not empty.

    Raises:
        ParseProblem: quotes are not closed, or something stands behind them; offsets count in the document.
    """
    text, at = document.text, 0
    plain = re.compile(f"[^{re.escape(delimiter)}\r\n]*")
    while at < len(text):
        cells = []
        while True:
            cell, at = _cell(text, at, plain)
            cells.append(cell)
            if text.startswith(delimiter, at):
                at += 1
                continue
            found = _BREAK.match(text, at)
            if found is None and at < len(text):
                what = "something stands behind the closing quote"
                raise ParseProblem("csv-syntax", what, "write a quote within quotes twice", at, at + 1)
            at = found.end() if found else at
            break
        if any(cell.text.strip() for cell in cells):
            yield cells


def _cell(text: str, at: int, plain: re.Pattern[str]) -> tuple[Cell, int]:
    if not text.startswith('"', at):
        found = plain.match(text, at)
        end = found.end() if found else at
        return Cell(text[at:end], at, end), end
    end = at + 1
    while True:
        end = text.find('"', end)
        if end < 0:
            raise ParseProblem("csv-syntax", "a quote is opened and never closed", "close it", at, at + 1)
        if not text.startswith('""', end):
            raw = text[at + 1 : end]
            return Cell(raw.replace('""', '"'), at + 1, end, '""' in raw), end + 1
        end += 2
