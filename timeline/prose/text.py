"""A text as it is read for drafting: plain text, HTML or PDF, by what its bytes are, as numbered paragraphs.

The paragraphs and the hash are those by which `timeline audit sources --text` checks: of plain text in UTF-8 the hash
is that of its bytes; of any other form it is that of `body`, which is what one keeps as the source's text.

Whatever cannot be read ends in a message; only the main text of a page is taken, and what a document says of itself
(title, time, publisher) counts before what its first lines say.
"""

from __future__ import annotations

import hashlib
import re
import sys
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from timeline.errors import InvalidInput, Problem
from timeline.paragraphs import LARGEST, paragraphs
from timeline.prose.extracted import Unreadable
from timeline.prose.heading import Heading, heading, language_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from timeline.prose.extracted import Extracted

STANDARD_INPUT: Final = "-"
_MARKS: Final = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_HTML: Final = re.compile(
    rb"\s*(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_TAG: Final = re.compile(rb"<(?:p|div|article|meta|title|table)\b[^>]{0,500}>", re.IGNORECASE)
_PDF: Final = b"%PDF-"
_SNIFFED: Final = 4096


class Text(Struct, frozen=True, kw_only=True):
    """A text with what it says of itself.

    Attributes:
        title: its first paragraph.
        published: when it was published, in its own words or as its metadata say; None where nothing says.
        publisher: as its metadata or its dateline name it; empty for none.
        language: as ISO 639 has it; empty where it cannot be told.
        url: its address where it says so; else empty.
        paragraphs: the lines that are not empty, in order, the title being number 1.
        sha256: of `body` as UTF-8.
        body: the whole text as it is kept; for plain text in UTF-8 the very characters of the file.
        form: plain, html or pdf.
        encoding: that the bytes were in; "utf-8" unless plain text was in another one.
    """

    title: str
    published: str | None
    publisher: str
    language: str
    url: str
    paragraphs: tuple[str, ...]
    sha256: str
    body: str
    form: str = "plain"
    encoding: str = "utf-8"


def read_text(path: str) -> Text:
    """The text of a file, or of standard input for "-".

    Raises:
        InvalidInput: there is no such file, it is too large, or it is no text.
        TimelineError: a library is needed that is not installed.
    """
    return text_of(_bytes(path), path)


def text_of(data: bytes, name: str) -> Text:
    """The text that bytes are; `name` is the file's, for messages and where the bytes leave the form open.

    Raises:
        InvalidInput: it is no text.
        TimelineError: a library is needed that is not installed.
    """
    if len(data) > LARGEST:
        raise _refused(name, "file-too-large", f"larger than {LARGEST // 1024 // 1024} MiB", "is this an article?")
    if _PDF in data[:1024]:
        from timeline.prose.pdf import pdf_text

        return _extracted(data, name, "pdf", pdf_text)
    if _is_html(data, name):
        from timeline.prose.html import html_text

        return _extracted(data, name, "html", html_text)
    return _plain(data, name)


def plain_text(data: bytes, name: str) -> Text:
    """The text that bytes are, whatever they look like: of a text that was kept, nothing is to be taken out.

    Raises:
        InvalidInput: it is no text.
    """
    return _plain(data, name)


def _bytes(path: str) -> bytes:
    try:
        if path == STANDARD_INPUT:
            return sys.stdin.buffer.read(LARGEST + 1)
        file = Path(path)
        if file.exists() and not file.is_file():
            raise _refused(
                path,
                "file-not-regular",
                "not a file but a folder, pipe or device",
                "name a file, or - for standard input",
            )
        with file.open("rb") as stream:
            return stream.read(LARGEST + 1)
    except (FileNotFoundError, ValueError):
        raise _refused(path, "file-missing", "there is no such file", "check the path") from None
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise _refused(path, "file-unreadable", f"it cannot be read: {why}", "check its permissions") from None


def _is_html(data: bytes, name: str) -> bool:
    if _HTML.match(data):
        return True
    return name.lower().endswith((".html", ".htm", ".xhtml")) and bool(_TAG.search(data[:_SNIFFED]))


def _extracted(data: bytes, name: str, form: str, read: Callable[[bytes], Extracted]) -> Text:
    try:
        lines, told = read(data)
    except (InvalidInput, ImportError):
        raise
    except Unreadable as problem:
        raise _refused(name, f"{form}-unreadable", str(problem), "save its text as a file of plain text") from None
    body = "".join(f"{line}\n" for line in (_tidy(line) for line in lines) if line)
    return _made(body, name, told, form=form)


def _plain(data: bytes, name: str) -> Text:
    body, encoding = _decoded(data, name)
    return _made(body, name, Heading(), form="plain", encoding=encoding)


def _decoded(data: bytes, name: str) -> tuple[str, str]:
    encoding = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), "utf-8")
    try:
        body = data.decode(encoding)
    except UnicodeDecodeError:
        body, encoding = _guessed(data, name)
    if "\0" in body:
        raise _refused(
            name, "text-binary", "this is no text: it has a byte 0 in it", "name a text, an HTML page or a PDF"
        )
    return body, encoding


def _guessed(data: bytes, name: str) -> tuple[str, str]:
    """In an encoding that a library finds likely; it is told with the text and never guessed by hand."""
    try:
        from charset_normalizer import from_bytes
    except ImportError:
        best = None
    else:
        best = None if b"\0" in data else from_bytes(data[: 1 << 20]).best()
    if best is None:
        raise _refused(name, "text-not-utf8", "it is not UTF-8, and its encoding cannot be told", "save it as UTF-8")
    return data.decode(best.encoding, "replace"), str(best.encoding)


def _made(body: str, name: str, told: Heading, *, form: str, encoding: str = "utf-8") -> Text:
    """The text of a body that is known, with what its first lines say where it does not say so itself."""
    lines = tuple(line.text for line in paragraphs(unicodedata.normalize("NFC", body.removeprefix("\ufeff"))))
    if not lines:
        raise _refused(
            name, "text-empty", "there is no text in it", "name a text, an HTML page or a PDF with text in it"
        )
    first = heading(lines)
    return Text(
        title=lines[0].strip(),
        published=told.published or first.published or None,
        publisher=told.publisher or first.publisher,
        language=told.language or language_of(lines),
        url=told.url,
        paragraphs=lines,
        sha256=hashlib.sha256(body.encode("utf-8", "surrogatepass")).hexdigest(),
        body=body,
        form=form,
        encoding=encoding,
    )


def _tidy(line: str) -> str:
    """A line of an extracted text without line breaks of other sorts, and with single spaces.

    PDFs tell of signs beyond U+FFFF by halves, and a half without the other one is no sign.
    """
    whole = line.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return " ".join(whole.replace("\0", " ").split())


def _refused(name: str, rule: str, what: str, fix: str) -> InvalidInput:
    return InvalidInput([Problem(rule, what, fix, "standard input" if name == STANDARD_INPUT else name)])
