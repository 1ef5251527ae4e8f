"""Paragraphs as sentences; the first sign of an input says in which language."""

from itertools import pairwise

from fuzzing.prose import ARTICLE, SHORT
from timeline.prose.sentences import sentences

_LANGUAGES = ("en", "zh", "de", "", "fr", "xx", "es")
SEEDS = tuple(chr(ord("a") + number % 3) + line for number, line in enumerate((*ARTICLE.splitlines(), *SHORT)))
WORDS = (
    ". ",
    "! ",
    "? ",
    "。",
    "...",
    "approx. ",
    "No. 5",
    "U.S. ",
    "Inc. ",
    "“",
    "”",
    "\n\n",
    "\u2028",
    "\r",
    "\0",
    "e.g. ",
)


def run(data: bytes) -> None:
    """Sentences stand in the paragraph as they are told, in order, and hold all of it but white space."""
    text = data[1:].decode("utf-8", "replace")
    found = sentences(text, _LANGUAGES[data[0] % len(_LANGUAGES)] if data else "en")
    assert all(text[each.start : each.end] == each.text and each.text.strip() == each.text for each in found), found
    assert all(before.end <= behind.start for before, behind in pairwise(found)), found
    assert "".join("".join(each.text.split()) for each in found) == "".join(text.split())
