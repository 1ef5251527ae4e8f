"""The index of words: which events hold which words, in an FTS5 table without content, a row an event.

What the words of an event are is the caller's to say, folded already: the index only splits at what is neither a
letter, a digit nor "%". FTS5 keeps no text, so that removing takes the text that was added. Neither
`contentless_delete` nor `secure-delete` is used: an SQLite before 3.43 or 3.42 could no longer open the file.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from timeline.errors import DatabaseUnusable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from sqlite3 import Connection

INDEX = "CREATE VIRTUAL TABLE words USING fts5 (text, content = '', tokenize = \"ascii tokenchars '%'\")"
"""How the index is made, exactly as SQLite keeps the text.

Full detail takes 112 bytes an event where none takes 47, but finds phrases, such as the two halves of 38.04, and ranks.
"""

ENTRIES = "CREATE VIRTUAL TABLE word_entry USING fts5vocab ('words', 'instance')"
"""What shows each word of the index, for an audit; a connection that only reads cannot make it."""

_MODULE = "SELECT count(*) FROM pragma_module_list WHERE name = 'fts5'"
_TABLE = "SELECT count(*) FROM sqlite_master WHERE name = 'words'"


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
    return bool(connection.execute(_TABLE).fetchone()[0])


def has_module(connection: Connection) -> bool:
    """Whether this SQLite has FTS5, as nearly every one does."""
    return bool(connection.execute(_MODULE).fetchone()[0])


def require(connection: Connection) -> None:
    """Refuse to go on without FTS5.

    Raises:
        DatabaseUnusable: this SQLite has none.
    """
    if not has_module(connection):
        what = "words cannot be searched for: this Python's SQLite was built without full-text search (FTS5)"
        raise DatabaseUnusable(what, "install pysqlite3, or use a Python whose SQLite has it")


def covered(connection: Connection, version: str) -> int:
    """The last position whose words are in the index; 0 where they were made by another version of the rules."""
    found = connection.execute("SELECT position FROM word_index WHERE version = ?", (version,)).fetchone()
    return found[0] if found else 0


def cover(connection: Connection, version: str, position: int) -> None:
    """Say how far the index reaches."""
    connection.execute("DELETE FROM word_index")
    connection.execute("INSERT INTO word_index (version, position) VALUES (?, ?)", (version, position))


def clear(connection: Connection) -> None:
    """Make the index, or empty it."""
    if is_there(connection):
        connection.execute("INSERT INTO words (words) VALUES ('delete-all')")
    else:
        connection.execute(INDEX)
        connection.execute(ENTRIES)
    connection.execute("DELETE FROM word_index")


def add(connection: Connection, texts: Iterable[tuple[int, str]]) -> None:
    """Add the words of events, a text a position."""
    connection.executemany("INSERT INTO words (rowid, text) VALUES (?, ?)", texts)


def remove(connection: Connection, texts: Iterable[tuple[int, str]]) -> None:
    """Remove words of events; each text has to be the one that was added."""
    connection.executemany("INSERT INTO words (words, rowid, text) VALUES ('delete', ?, ?)", texts)


def scour(connection: Connection) -> None:
    """Rid the index of words that were removed: until its parts are merged, they stand there with a note beside."""
    connection.execute("INSERT INTO words (words) VALUES ('optimize')")


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
    sql, values = "SELECT words.rowid, bm25(words) FROM words", [_match(wanted), upto]
    where = "WHERE words MATCH ? AND words.rowid <= ?"
    if public:
        sql, values = f"{sql} CROSS JOIN event ON event.position = words.rowid", [*values, *_public_values(public)]
        where += f" AND {_public_sql(public)}"
    return connection.execute(f"{sql} {where} ORDER BY words.rowid DESC LIMIT ?", (*values, most)).fetchall()


def _public_sql(public: Public) -> str:
    """Links, which may count from what they speak of, and facts of sources that a link speaks of, are let through."""
    corrected = (
        "SELECT fact.source FROM event AS link INDEXED BY event_target"
        " CROSS JOIN event AS fact ON fact.id = link.target"
        " WHERE link.target IS NOT NULL AND link.company IS NULL"
    )
    kinds = ", ".join("?" * len(public.kinds))
    return (
        "(event.published IS NULL OR substr(event.published, 1, 10) <= ? OR event.target IS NOT NULL"
        f" OR event.kind IN ({kinds}) OR event.source IN ({corrected}))"
    )


def _public_values(public: Public) -> Sequence[str]:
    return (public.day, *public.kinds)


def _match(wanted: Wanted) -> str:
    """As FTS5 reads it; words hold letters, digits and "%" only, so that quoting them is safe."""
    found = " AND ".join(map(_term, wanted.all_of))
    return f"({found}) NOT ({' OR '.join(map(_term, wanted.none_of))})" if wanted.none_of else found


def _term(term: Term) -> str:
    phrase = f'"{" ".join(term.words)}"{" *" if term.prefix else ""}'
    others = (f'"{other}"' for other in term.others)
    return f"({' OR '.join([phrase, *others])})"


def at(connection: Connection, positions: Iterable[int]) -> Iterator[Found]:
    """The events at these positions, in the order given."""
    sought = """\
SELECT event.position, id, company, kind, source, target, published, CAST(body.body AS BLOB)
FROM event LEFT JOIN body ON body.position = event.position WHERE event.position = ?"""
    for position in positions:
        yield Found(*connection.execute(sought, (position,)).fetchone())


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
    plain = name.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    pattern = f"%{plain}%" if within else f"% {plain}{'' if prefix else ' '}%"
    called = """\
SELECT DISTINCT other.value FROM company_name AS name
JOIN company_name AS other ON other.company = name.company AND other.scheme = 'slug'
WHERE ' ' || name.folded || ' ' LIKE ? ESCAPE '\\' ORDER BY other.value"""
    return [slug for (slug,) in connection.execute(called, (pattern,))]


def entries(connection: Connection) -> Iterator[tuple[str, int, int]]:
    """Every word of the index with the position of its event and its place in the text, word by word."""
    yield from connection.execute("SELECT term, doc, offset FROM word_entry")
