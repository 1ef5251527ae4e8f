"""Events that were found, as text: what each says, with the words that were looked for marked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from timeline.render.findings import finding_lines
from timeline.render.ink import Ink
from timeline.render.typeset import flowed, visible, wrapped
from timeline.render.words import clock_words, id_words, when_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from timeline.page import Listing
    from timeline.section import Row

NARROWEST = 20
_INDENT = "  "


def search_text(listing: Listing, width: int, *, color: bool = False) -> str:
    """A paragraph an event, best first, then what has to be known of the answer, and its basis."""
    width, ink = max(width, NARROWEST), Ink(color)
    blocks = [list(_event(row, width, ink)) for row in listing.rows] or [wrapped(listing.empty, width)]
    blocks.append(list(finding_lines(listing.findings, width, ink)))
    basis = (*clock_words(listing.basis), f"log to position {listing.basis.position:,}")
    foot = flowed([f"{listing.table.title}: {len(listing.rows):,}", *basis], width, " · ")
    blocks.append([ink.faint(line) for line in foot])
    return "\n\n".join("\n".join(lines) for lines in blocks if lines) + "\n"


def _event(row: Row, width: int, ink: Ink) -> Iterator[str]:
    """When, about whom and what kind; what it says; from which source."""
    when = row["occurred"] or row["published"]
    head = [when and when_words(when), row["company"], row["kind"], f"event {id_words(row['id'])}"]
    yield from map(ink.faint, flowed([visible(text) for text in head if text], width, " · "))
    said = f"[{row['standing']}] {row['summary']}" if row["standing"] else row["summary"]
    for line in wrapped(visible(said), width - len(_INDENT)):
        yield _INDENT + _marked(line, row["matched"], ink)
    if row["source"]:
        yield from (_INDENT + ink.faint(line) for line in wrapped(visible(row["source"]), width - len(_INDENT)))


def _marked(line: str, words: Sequence[str], ink: Ink) -> str:
    """The line with these words, as they stand in it, made strong."""
    if not (words and ink.color):
        return line
    longest_first = sorted(map(visible, words), key=len, reverse=True)
    found = "|".join(map(re.escape, longest_first))
    return re.sub(rf"(?<![^\W_])(?:{found})(?![^\W_])", lambda match: ink.strong(match[0]), line)
