"""What the reader of a form of documents gives: lines, and what the document says of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from timeline.prose.heading import Heading


class Extracted(NamedTuple):
    """What a reader of a document's form makes of it.

    Attributes:
        lines: of the main text.
        told: what the document says of itself, empty where it says nothing.
    """

    lines: tuple[str, ...]
    told: Heading


class Unreadable(Exception):
    """A document that its reader can make nothing of; the message says why."""
