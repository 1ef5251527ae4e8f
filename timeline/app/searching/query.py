"""What a person types to search for: words, "phrases", beginnings* and -exclusions. Whatever is typed has a meaning."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from timeline.app.searching.words import COMPANY, ends_in_run, folded, tag, words
from timeline.errors import InvalidInput, Problem
from timeline.store.words import Term, companies_called

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from sqlite3 import Connection

_TYPED = re.compile(r'(?P<no>-?)(?:["“„](?P<phrase>[^"“”]*)["”]?(?P<begins>\*?)|(?P<word>[^\s"“”„]+))')
_MOST = 32
_FIX = 'write words, "phrases in quotes", beginnings* and -exclusions, as in: timeline search buyback "3 million"'


class Part(NamedTuple):
    """One word or phrase that was typed.

    Attributes:
        typed: without its signs.
        term: what it amounts to.
        excluded: whether events that hold it are left out.
    """

    typed: str
    term: Term
    excluded: bool = False


def parsed(text: str) -> tuple[Part, ...]:
    """The parts of what was typed; signs that are no words are passed over.

    Raises:
        InvalidInput: nothing is left to look for, or far too much.
    """
    parts = tuple(part for match in _TYPED.finditer(text) if (part := _part(match)))
    if all(part.excluded for part in parts):
        what = "only exclusions were given" if parts else "no word to search for"
        raise InvalidInput([Problem("search-empty", what, _FIX)])
    if sum(len(part.term.words) for part in parts) > _MOST:
        raise InvalidInput([Problem("search-long", f"more than {_MOST} words to search for", "name fewer words")])
    return parts


def _part(match: re.Match[str]) -> Part | None:
    typed = match["word"] or match["phrase"] or ""
    begins = bool(match["begins"]) or (match["word"] is not None and typed.endswith("*"))
    found = words(folded(typed))
    if not found:
        return None
    # The last letter of a run stands in the index where the run ends; what is typed may go on.
    if last := ends_in_run(plain := typed.rstrip("*").rstrip()):
        found = found[:-1] if len(found) > 1 and len(found[-2]) > 1 and _is_run(plain) else found
    return Part(plain, Term(tuple(found), begins or last), excluded=bool(match["no"]))


def _is_run(typed: str) -> bool:
    """Whether the last two letters are of one run, so that their pair is a word."""
    return len(typed) > 1 and ends_in_run(typed[-2])


def with_companies(connection: Connection, parts: Iterable[Part]) -> Iterator[Part]:
    """The parts, each with the companies of which it is a name: an event is found by its company's current names."""
    for part in parts:
        name = " ".join(folded(part.typed).split()) if part.typed.isascii() else part.typed.casefold()
        slugs = companies_called(connection, name, prefix=part.term.prefix, within=ends_in_run(part.typed))
        others = tuple(tag(COMPANY, slug) for slug in slugs)
        yield part._replace(term=part.term._replace(others=others))


def matches(parts: Iterable[Part], text: str) -> bool:
    """Whether an event's folded text holds what was asked for, as the index would say."""
    found = words(text)
    return all(_holds(part.term, found) != part.excluded for part in parts)


def _holds(term: Term, found: Sequence[str]) -> bool:
    if not set(term.others).isdisjoint(found):
        return True
    length, (*first, last) = len(term.words), term.words
    return any(
        found[start : start + length - 1] == first
        and (found[start + length - 1].startswith(last) if term.prefix else found[start + length - 1] == last)
        for start in range(len(found) - length + 1)
    )


def marker(parts: Iterable[Part]) -> Callable[[str], bool]:
    """Tells of a word of a text whether it is one of those that were looked for."""
    wanted = [part.term for part in parts if not part.excluded]
    whole = {word for term in wanted for word in (term.words[:-1] if term.prefix else term.words)}
    begun = tuple(term.words[-1] for term in wanted if term.prefix)

    def is_marked(word: str) -> bool:
        return any(each in whole or each.startswith(begun or "\0") for each in words(folded(word)))

    return is_marked
