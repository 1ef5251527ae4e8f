"""Feeds an input to the reader of texts."""

from contextlib import suppress

from timeline.errors import TimelineError
from timeline.paragraphs import paragraphs
from timeline.prose.text import plain_text, text_of


def read(data: bytes, name: str) -> None:
    """A text is its paragraphs, and what was made of its form is the same text where it is kept."""
    with suppress(TimelineError):
        text = text_of(data, name)
        assert text.paragraphs
        assert text.title == text.paragraphs[0].strip()
        assert len(paragraphs("\n".join(text.paragraphs))) == len(text.paragraphs)
        kept = text.body.encode()
        if text.form != "plain":
            assert plain_text(kept, "kept.txt").sha256 == text.sha256
