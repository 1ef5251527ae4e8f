"""A few signs of prose, repeated often: what reads a text needs time that grows with it, and not with its square."""

import time

from fuzzing import prose
from fuzzing.prose import ARTICLE, DAYS, SHORT
from timeline.paragraphs import paragraphs
from timeline.prose.finder import found
from timeline.prose.heading import heading, language_of
from timeline.prose.sentences import sentences

SEEDS = ("+", "1 to ", "first ", "half a", *SHORT, *ARTICLE.splitlines())
WORDS = prose.WORDS
LARGEST = 48
_ONCE = 2_000
_TIMES = 4
_NOTICED = 0.25
"""Seconds from which a text of the larger size counts as slow at all."""


def run(data: bytes) -> None:
    """Four times the text is read in about four times the time."""
    piece = data.decode("utf-8", "replace")
    if not piece or (larger := _seconds(piece, _ONCE * _TIMES)) < _NOTICED:
        return
    smaller = min(_seconds(piece, _ONCE) for _ in range(2))
    if larger > 2.2 * _TIMES * smaller:
        larger = min(larger, _seconds(piece, _ONCE * _TIMES))
    assert larger <= 2.2 * _TIMES * smaller, f"{smaller:.2f} s, then {larger:.2f} s for {_TIMES} times the text"


def _seconds(piece: str, size: int) -> float:
    text = f"1 {piece * (size // len(piece))} consecutive"
    lines = [line.text for line in paragraphs(text)]
    started = time.process_time()
    found(lines, DAYS[1], "USD")
    found([text], DAYS[1])
    heading(lines)
    language_of(lines)
    sentences(text)
    return time.process_time() - started
