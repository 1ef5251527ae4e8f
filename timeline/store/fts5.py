"""The index of words on SQLite: an FTS5 table without content, a row an event; see `timeline.store.words`.

FTS5 keeps no text, so that removing takes the text that was added. Neither `contentless_delete` nor `secure-delete` is
used: an SQLite before 3.43 or 3.42 could no longer open the file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.store.terms import ANEW, public_sql, public_values

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from sqlite3 import Connection

    from timeline.store.terms import Index, Public, Term, Wanted

INDEX = "CREATE VIRTUAL TABLE words USING fts5 (text, content = '', tokenize = \"ascii tokenchars '%'\")"
"""How the index is made, exactly as SQLite keeps the text.

Full detail takes 112 bytes an event where none takes 47, but finds phrases, such as the two halves of 38.04, and ranks.
"""

ENTRIES = "CREATE VIRTUAL TABLE word_entry USING fts5vocab ('words', 'instance')"
"""What shows each word of the index, for an audit; a connection that only reads cannot make it."""

_ANEW = INDEX.replace("TABLE words ", "TABLE words_anew ")
_CORRECTED = "event AS link INDEXED BY event_target CROSS JOIN event AS fact ON fact.id = link.target"


def clear(connection: Connection, index: Index) -> None:
    """Make the index, or empty it."""
    if index is ANEW:
        abandon(connection)
        connection.execute(_ANEW)
    elif connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'words'").fetchone():
        connection.execute("INSERT INTO words (words) VALUES ('delete-all')")
    else:
        connection.execute(INDEX)
        connection.execute(ENTRIES)


def abandon(connection: Connection) -> None:
    """Drop its table."""
    connection.execute("DROP TABLE IF EXISTS words_anew")


def replace(connection: Connection) -> None:
    """Rename its table."""
    connection.execute("DROP TABLE IF EXISTS words")
    connection.execute("ALTER TABLE words_anew RENAME TO words")
    connection.execute("DROP TABLE IF EXISTS word_entry")
    connection.execute(ENTRIES)


def add(connection: Connection, texts: Iterable[tuple[int, str]], index: Index) -> None:
    """FTS5 splits them."""
    connection.executemany(f"INSERT INTO {_table(index)} (rowid, text) VALUES (?, ?)", texts)  # noqa: S608 - one of two


def remove(connection: Connection, texts: Iterable[tuple[int, str]], index: Index) -> None:
    """FTS5 splits them again, to know what to remove."""
    table = _table(index)
    connection.executemany(f"INSERT INTO {table} ({table}, rowid, text) VALUES ('delete', ?, ?)", texts)  # noqa: S608


def _table(index: Index) -> str:
    return "words_anew" if index is ANEW else "words"


def scour(connection: Connection) -> None:
    """Merge its parts: until then the words stand there with a note beside that they were removed."""
    connection.execute("INSERT INTO words (words) VALUES ('optimize')")


def find(
    connection: Connection, wanted: Wanted, most: int, upto: int, public: Public | None
) -> list[tuple[int, float]]:
    """By FTS5's own language and rank."""
    sql, values = "SELECT words.rowid, bm25(words) FROM words", [_match(wanted), upto]
    where = "WHERE words MATCH ? AND words.rowid <= ?"
    if public:
        sql, values = f"{sql} CROSS JOIN event ON event.position = words.rowid", [*values, *public_values(public)]
        where += f" AND {public_sql(public, _CORRECTED)}"
    return connection.execute(f"{sql} {where} ORDER BY words.rowid DESC LIMIT ?", (*values, most)).fetchall()


def _match(wanted: Wanted) -> str:
    """As FTS5 reads it; words hold letters, digits and "%" only, so that quoting them is safe."""
    found = " AND ".join(map(_term, wanted.all_of))
    return f"({found}) NOT ({' OR '.join(map(_term, wanted.none_of))})" if wanted.none_of else found


def _term(term: Term) -> str:
    phrase = f'"{" ".join(term.words)}"{" *" if term.prefix else ""}'
    others = (f'"{other}"' for other in term.others)
    return f"({' OR '.join([phrase, *others])})"


def entries(connection: Connection) -> Iterator[tuple[str, int, int]]:
    """Word by word."""
    yield from connection.execute("SELECT term, doc, offset FROM word_entry")
