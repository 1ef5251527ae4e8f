"""What can be looked for in the index of words, and what a database system has to do to keep one.

The functions that the rest of the program calls are in `timeline.store.words`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from sqlite3 import Connection

_WORD = re.compile("[0-9a-z%\u0080-\U0010ffff]+")


class Index(NamedTuple):
    """One of the two indexes that there may be.

    Attributes:
        mark: before the version of the rules where it is said how far the index reaches.
    """

    mark: str


CURRENT = Index("")
"""What searches use."""

ANEW = Index("anew ")
"""What is to take its place once it is complete."""


class Term(NamedTuple):
    """One thing to look for.

    Attributes:
        words: that stand one after the other.
        prefix: whether the last one need only begin so.
        others: words any of which will do as well.
    """

    words: tuple[str, ...]
    prefix: bool = False
    others: tuple[str, ...] = ()


class Wanted(NamedTuple):
    """What to find.

    Attributes:
        all_of: events hold each of these.
        none_of: and none of these.
    """

    all_of: tuple[Term, ...]
    none_of: tuple[Term, ...] = ()


class Public(NamedTuple):
    """What may have been public by a day, to narrow a search: never less than what was.

    Attributes:
        day: ISO day.
        kinds: of events that no publication hides.
    """

    day: str
    kinds: tuple[str, ...]


class Words(Protocol):
    """How a database system keeps the index; what the functions of the same names here leave to it."""

    def clear(self, connection: Connection, index: Index) -> None:
        """Make the index, or empty it."""

    def abandon(self, connection: Connection) -> None:
        """Leave nothing of what was to become the index."""

    def replace(self, connection: Connection) -> None:
        """Let the index that was made anew be the one that searches use."""

    def add(self, connection: Connection, texts: Iterable[tuple[int, str]], index: Index) -> None:
        """Add the words of events; the texts may come from the same connection, read meanwhile."""

    def remove(self, connection: Connection, texts: Iterable[tuple[int, str]], index: Index) -> None:
        """Remove words of events."""

    def scour(self, connection: Connection) -> None:
        """Leave nothing of what was removed that `timeline.store.dialect.Dialect.scour` does not reach."""

    def find(
        self, connection: Connection, wanted: Wanted, most: int, upto: int, public: Public | None
    ) -> list[tuple[int, float]]:
        """Position and rank of the events last recorded that hold the words, newest first."""

    def entries(self, connection: Connection) -> Iterator[tuple[str, int, int]]:
        """Every word with the position of its event and its place in the text, in any order."""


def split(text: str) -> list[str]:
    """The words of a folded text."""
    return _WORD.findall(text)


def public_sql(public: Public, corrected: str) -> str:
    """Links, which may count from what they speak of, and facts of sources that a link speaks of, are let through.

    Args:
        public: what to leave out.
        corrected: FROM clause of links with what they speak of, as `link` and `fact`.
    """
    sources = f"SELECT fact.source FROM {corrected} WHERE link.target IS NOT NULL AND link.company IS NULL"  # noqa: S608
    kinds = ", ".join("?" * len(public.kinds))
    return (
        "(event.published IS NULL OR substr(event.published, 1, 10) <= ? OR event.target IS NOT NULL"
        f" OR event.kind IN ({kinds}) OR event.source IN ({sources}))"
    )


def public_values(public: Public) -> Sequence[str]:
    """The values of `public_sql`, in their order."""
    return (public.day, *public.kinds)
