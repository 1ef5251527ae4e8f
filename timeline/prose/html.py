"""The main text of an HTML page, without its menus, comments and advertisements, and what the page says of itself."""

from __future__ import annotations

import logging
import re
from typing import Any, Final

from timeline.errors import TimelineError
from timeline.prose.extracted import Extracted, Unreadable
from timeline.prose.heading import Heading

_LARGEST: Final = 4 * 1024 * 1024
"""Bytes of a page; a long article with all its scripts has some hundred thousand."""
_STATED: Final = {"original_date": True, "extensive_search": False}
"""Only what the page says of its time: else any date of its text is taken for it, "Q4 2025" for 1 January 2025."""
_META: Final = re.compile(rb"<meta\b[^>]{0,1000}>", re.IGNORECASE)
_TIME_NAMES: Final = (
    b"article:published_time",
    b"datePublished",
    b"pubdate",
    b"og:published_time",
    b"publish-date",
    b"parsely-pub-date",
)
_CONTENT: Final = re.compile(rb"""content\s*=\s*["']([^"']{4,80})["']""", re.IGNORECASE)
_LANGUAGE: Final = re.compile(rb"""<html\b[^>]{0,500}\blang\s*=\s*["']?([A-Za-z]{2,3})""", re.IGNORECASE)


def html_text(data: bytes) -> Extracted:
    """The lines of the page's main text, the title first.

    Raises:
        Unreadable: the page is too large, or holds no text that could be told from what surrounds it.
        TimelineError: trafilatura is not installed.
    """
    if len(data) > _LARGEST:
        raise Unreadable(f"an HTML page larger than {_LARGEST // 1024 // 1024} MiB")
    found = _document(data)
    body = (found.text or "") if found is not None else ""
    lines = [line for line in body.splitlines() if line.strip()]
    if not lines:
        raise Unreadable("no main text could be found in this HTML page")
    title = " ".join((found.title or "").split())
    if title and " ".join(lines[0].split()) != title:
        lines.insert(0, title)
    language = _LANGUAGE.search(data)
    told = Heading(
        published=_published(data) or found.date or "",
        publisher=found.sitename or "",
        language=language[1].decode("ascii").lower() if language else "",
        url=found.url or "",
    )
    return Extracted(tuple(lines), told)


def _document(data: bytes) -> Any:  # noqa: ANN401 - the library's own document
    try:
        import trafilatura
    except ImportError:
        raise TimelineError(
            "reading HTML needs trafilatura", "pip install 'corporate-timeline[draft]', or save the page as plain text"
        ) from None
    # The library tells of what it drops on standard error; whoever asked for a text gets it or a message.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    try:
        return trafilatura.bare_extraction(
            data,
            include_comments=False,
            include_tables=True,
            with_metadata=True,
            favor_recall=True,
            date_extraction_params=_STATED,
        )
    except Exception as error:  # noqa: BLE001 - a page may be anything, and the library says so in many ways
        raise Unreadable(f"this HTML page cannot be read ({type(error).__name__})") from None


def _published(data: bytes) -> str:
    """The time of publication with its hour, which the library leaves out."""
    for tag in _META.finditer(data):
        if any(name.lower() in tag[0].lower() for name in _TIME_NAMES) and (content := _CONTENT.search(tag[0])):
            return content[1].decode("utf-8", "replace").strip()
    return ""
