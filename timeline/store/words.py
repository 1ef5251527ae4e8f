"""The index of words: which events hold which words, a text an event.

What the words of an event are is the caller's to say, folded already: the index only splits at what is neither a
letter, a digit nor "%". How it is kept is for each database system to say (`terms.Words`); whichever it is, it finds
the same events and ranks them alike.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from timeline.errors import DatabaseUnusable
from timeline.store.dialect import dialect_of
from timeline.store.terms import ANEW, CURRENT, Index, Public, Term, Wanted, split

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from sqlite3 import Connection

    from timeline.store.terms import Words

__all__ = ["ANEW", "CURRENT", "Index", "Public", "Term", "Wanted", "split"]


class Found(NamedTuple):
    """An event as a list shows it; the body is None where it was erased."""

    position: int
    id: str
    company: str | None
    kind: str
    source: str | None
    target: str | None
    published: str | None
    body: bytes | None


def is_there(connection: Connection) -> bool:
    """Whether the database has an index; this SQLite may yet be unable to use it."""
    return dialect_of(connection).keeps_words(connection)


def has_module(connection: Connection) -> bool:
    """Whether words can be searched for: whether this SQLite has FTS5, as nearly every one does."""
    return dialect_of(connection).has_words(connection)


def require(connection: Connection) -> None:
    """Refuse to go on without FTS5.

    Raises:
        DatabaseUnusable: this SQLite has none.
    """
    if not has_module(connection):
        raise DatabaseUnusable(
            "words cannot be searched for: this Python's SQLite was built without full-text search (FTS5)",
            "install pysqlite3, or use a Python whose SQLite has it",
        )


def covered(connection: Connection, version: str, index: Index = CURRENT) -> int:
    """The last position whose words are in the index; 0 where they were made by another version of the rules."""
    told = (index.mark + version,)
    found = connection.execute("SELECT position FROM word_index WHERE version = ?", told).fetchone()
    return found[0] if found else 0


def reach(connection: Connection, version: str, index: Index = CURRENT) -> tuple[int, int]:
    """As `covered`, with the log's last position."""
    asked = "SELECT (SELECT position FROM word_index WHERE version = ?), (SELECT max(position) FROM event)"
    position, head = connection.execute(asked, (index.mark + version,)).fetchone()
    return position or 0, head or 0


def cover(connection: Connection, version: str, position: int, index: Index = CURRENT) -> None:
    """Say how far the index reaches."""
    _uncover(connection, index)
    connection.execute("INSERT INTO word_index (version, position) VALUES (?, ?)", (index.mark + version, position))


def _uncover(connection: Connection, index: Index) -> None:
    is_anew = "version LIKE 'anew %'"
    connection.execute(f"DELETE FROM word_index WHERE {is_anew if index is ANEW else f'NOT {is_anew}'}")  # noqa: S608


def clear(connection: Connection, index: Index = CURRENT) -> None:
    """Make the index, or empty it."""
    _words(connection).clear(connection, index)
    _uncover(connection, index)


def abandon(connection: Connection) -> None:
    """Leave nothing of what was to become the index."""
    _words(connection).abandon(connection)
    _uncover(connection, ANEW)


def replace(connection: Connection) -> None:
    """Let the index that was made anew take the place of the one that searches use, to which it gives its reach."""
    _words(connection).replace(connection)
    _uncover(connection, CURRENT)
    connection.execute("UPDATE word_index SET version = substr(version, ?)", (len(ANEW.mark) + 1,))


def add(connection: Connection, texts: Iterable[tuple[int, str]], index: Index = CURRENT) -> None:
    """Add the words of events, a text a position."""
    _words(connection).add(connection, texts, index)


def remove(connection: Connection, texts: Iterable[tuple[int, str]], index: Index = CURRENT) -> None:
    """Remove words of events; each text has to be the one that was added."""
    _words(connection).remove(connection, texts, index)


def scour(connection: Connection) -> None:
    """Rid the index of words that were removed."""
    _words(connection).scour(connection)


def find(
    connection: Connection, wanted: Wanted, most: int, upto: int, public: Public | None = None
) -> list[tuple[int, float]]:
    """Position and rank of the events last recorded that hold the words, newest first, at most so many.

    Args:
        connection: to the database.
        wanted: words.
        most: events at most.
        upto: last position that counts.
        public: leave out what was surely not public.

    Returns:
        Positions with the rank by BM25: the smaller, the better.
    """
    return _words(connection).find(connection, wanted, most, upto, public)


def at(connection: Connection, positions: Iterable[int]) -> Iterator[Found]:
    """The events at these positions, in the order given."""
    asked = list(positions)
    sought = f"""\
SELECT event.position, id, company, kind, source, target, published, CAST(body.body AS BLOB)
FROM event LEFT JOIN body ON body.position = event.position
WHERE event.position IN ({", ".join("?" * len(asked))})"""  # noqa: S608 - placeholders
    found = {row[0]: Found(*row) for row in connection.execute(sought, asked)}
    yield from map(found.__getitem__, asked)


def spoken_of(connection: Connection, ids: Sequence[str]) -> bool:
    """Whether a correction, retraction or the like speaks of any of these events."""
    sought = f"SELECT 1 FROM event WHERE target IN ({', '.join('?' * len(ids))}) LIMIT 1"  # noqa: S608 - placeholders
    return connection.execute(sought, ids).fetchone() is not None


def last_recorded(connection: Connection, head: int, admits: Callable[[str], bool]) -> int:
    """The last position that was recorded by then, since the times recorded never run backwards."""
    sought = "SELECT recorded FROM event WHERE position = ?"

    def later(position: int) -> bool:
        return not admits(connection.execute(sought, (position,)).fetchone()[0])

    return bisect_left(range(1, head + 1), True, key=later)  # noqa: FBT003 - the first that is later


def companies_called(connection: Connection, name: str, *, prefix: bool, within: bool) -> list[str]:
    """Every slug of the companies that have a name of which these are whole words.

    Args:
        connection: to the database.
        name: words as names are compared.
        prefix: whether the last word need only begin so.
        within: whether they may stand inside a word, as in scripts without spaces.
    """
    if "\0" in name:
        return []  # PostgreSQL takes no text that holds it
    plain = name.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    pattern = f"%{plain}%" if within else f"% {plain}{'' if prefix else ' '}%"
    called = """\
SELECT DISTINCT other.value FROM company_name AS name
JOIN company_name AS other ON other.company = name.company AND other.scheme = 'slug'
WHERE ' ' || name.folded || ' ' LIKE ? ESCAPE '\\' ORDER BY other.value"""
    return [slug for (slug,) in connection.execute(called, (pattern,))]


def entries(connection: Connection) -> Iterator[tuple[str, int, int]]:
    """Every word of the index with the position of its event and its place in the text, word by word."""
    return _words(connection).entries(connection)


def _words(connection: Connection) -> Words:
    return dialect_of(connection).words()
