"""How well events hold what is wanted: by Okapi BM25 exactly as SQLite's FTS5 figures it, so that both rank alike.

See https://www.sqlite.org/fts5.html#the_bm25_function; the constants and the order of the sums are those of its source.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from math import log
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from timeline.store.terms import Wanted

_SATURATION = 1.2
_LENGTH = 0.75
_LEAST = 1e-6
"""Weight of a phrase that most events hold."""


class Phrase(NamedTuple):
    """Words that stand one after the other.

    Attributes:
        words: at least one.
        prefix: whether the last one need only begin so.
    """

    words: tuple[str, ...]
    prefix: bool = False


class Collection(NamedTuple):
    """All that is in the index.

    Attributes:
        events: that have words.
        words: of all of them.
        holding: tells how many events hold a phrase; no more than a little over half of them.
    """

    events: int
    words: int
    holding: Callable[[Phrase], int]


def phrases_of(wanted: Wanted) -> list[Phrase]:
    """Those that can be in an event that is found, in the order in which they are wanted."""
    return [
        phrase
        for term in wanted.all_of
        for phrase in (Phrase(term.words, term.prefix), *(Phrase((other,)) for other in term.others))
    ]


def ranked(
    found: Sequence[tuple[int, str]], phrases: Sequence[Phrase], collection: Collection
) -> list[tuple[int, float]]:
    """Events with their ranks, in the order given: the smaller, the better.

    Args:
        found: position and text of each.
        phrases: any of which it may hold.
        collection: what to weigh phrases and lengths against.
    """
    times = _Times(phrases)
    told = [
        (position, words, times.of(words)) for position, words in ((at, text[1:-1].split(" ")) for at, text in found)
    ]
    held = {number for _, _, each in told for number in each}
    weights = {number: _weight(collection.events, collection.holding(phrases[number])) for number in held}
    return [(position, _rank(each, weights, len(words), collection)) for position, words, each in told]


def _weight(events: int, holding: int) -> float:
    weight = log((events - holding + 0.5) / (holding + 0.5))
    return weight if weight > 0 else _LEAST


def _rank(times: Mapping[int, int], weights: Mapping[int, float], length: int, collection: Collection) -> float:
    mean = collection.words / collection.events
    damping = _SATURATION * (1 - _LENGTH + _LENGTH * length / mean)
    score = 0.0
    for number in sorted(times):
        score += weights[number] * ((times[number] * (_SATURATION + 1.0)) / (times[number] + damping))
    return -1.0 * score


class _Times:
    """How many times texts hold phrases, each by its number."""

    def __init__(self, phrases: Sequence[Phrase]) -> None:
        self._single = defaultdict[str, list[int]](list)
        self._longer: list[tuple[int, Phrase]] = []
        for number, phrase in enumerate(phrases):
            if len(phrase.words) > 1 or phrase.prefix:
                self._longer.append((number, phrase))
            else:
                self._single[phrase.words[0]].append(number)

    def of(self, words: Sequence[str]) -> Counter[int]:
        """Those that are there at all."""
        times = Counter(number for word in words for number in self._single.get(word, ()))
        for number, phrase in self._longer:
            if held := sum(_places(phrase, words)):
                times[number] = held
        return times


def _places(phrase: Phrase, words: Sequence[str]) -> Iterator[bool]:
    """Of each place whether the phrase begins there."""
    *first, last = phrase.words
    for end in range(len(first), len(words)):
        word = words[end]
        if word.startswith(last) if phrase.prefix else word == last:
            yield list(words[end - len(first) : end]) == first
