"""The text of a PDF as paragraphs: its lines put together again where a sentence goes on."""

from __future__ import annotations

import logging
from io import BytesIO
from typing import TYPE_CHECKING, Final

from timeline.errors import TimelineError
from timeline.prose.extracted import Extracted, Unreadable
from timeline.prose.heading import Heading

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pypdf import PdfReader

_MOST_PAGES: Final = 500
_MOST_CHARACTERS: Final = 4_000_000
_MOST_PIECES: Final = 20_000
"""Of text on a page; a page of a report has some thousands, and the work of the library grows with their square."""
_SHOWING: Final = frozenset({b"Tj", b"TJ", b"'", b'"', b"Do"})
"""Operators that show text, or another stream with text in it."""
_FULL: Final = 0.75
_ENDS: Final = (".", ":", ";", "!", "?", "”", '"', ")", "。", "\uff01", "\uff1f")


def pdf_text(data: bytes) -> Extracted:
    """The paragraphs of a PDF, page after page.

    Raises:
        Unreadable: it is locked or broken, has too many pages, or holds pictures of text only.
        TimelineError: pypdf is not installed.
    """
    try:
        import pypdf
    except ImportError:
        raise TimelineError(
            "reading PDF needs pypdf", "pip install 'corporate-timeline[draft]', or save the text as plain text"
        ) from None
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        lines = list(_lines(pypdf.PdfReader(BytesIO(data))))
    except Unreadable:
        raise
    except Exception as error:  # noqa: BLE001 - a file may be anything, and the library says so in many ways
        raise Unreadable(f"this PDF cannot be read ({type(error).__name__})") from None
    if not any(line.strip() for line in lines):
        raise Unreadable("there is no text in this PDF; it may hold pictures of pages")
    return Extracted(tuple(_joined(lines)), Heading())


def _lines(reader: PdfReader) -> Iterator[str]:
    """The lines as they are set, within bounds."""
    if reader.is_encrypted and not reader.decrypt(""):
        raise Unreadable("this PDF is locked by a password")
    if len(reader.pages) > _MOST_PAGES:
        raise Unreadable(f"this PDF has {len(reader.pages):,} pages, where at most {_MOST_PAGES:,} are read")
    characters = 0
    for page in reader.pages:
        text = page.extract_text(visitor_operand_before=_Pieces().count)
        characters += len(text)
        if characters > _MOST_CHARACTERS:
            raise Unreadable(f"this PDF has more than {_MOST_CHARACTERS:,} characters")
        yield from text.splitlines()
        yield ""


class _Pieces:
    """The pieces of text of a page, so that a small file does not bring endless work."""

    def __init__(self) -> None:
        self._counted = 0

    def count(self, operator: bytes, *_: object) -> None:
        """Called by the library before each operator, in streams within the page's own too."""
        self._counted += operator in _SHOWING
        if self._counted > _MOST_PIECES:
            raise Unreadable(f"a page of this PDF has more than {_MOST_PIECES:,} pieces of text")


def _joined(lines: Sequence[str]) -> Iterator[str]:
    """A line that is full and does not end a sentence goes on in the next one."""
    widest = sorted(len(line.rstrip()) for line in lines if line.strip())
    usual = widest[len(widest) * 9 // 10] if widest else 0
    paragraph: list[str] = []
    for line in map(str.strip, lines):
        paragraph += [line] if line else []
        goes_on = line and len(line) >= usual * _FULL and not line.endswith(_ENDS)
        if paragraph and not goes_on:
            yield " ".join(paragraph)
            paragraph = []
    if paragraph:
        yield " ".join(paragraph)
