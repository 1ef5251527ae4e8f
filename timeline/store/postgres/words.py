"""The index of words on PostgreSQL: the words of each event as one text; see `timeline.store.words`.

A text has a space before each word and after the last, so that a phrase is a part of it. A GIN index over the sets of
words finds the events that may hold what is wanted; where that takes more than single words, the text decides. What was
found is ranked here, as FTS5 would, see `ranking`.

There are two generations of texts: the one that searches use, and the one that is made anew. Which is which stands in a
row, so that whoever searches sees one of them whole, whatever is written meanwhile.
"""

from __future__ import annotations

from functools import cache, partial
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from timeline.store.dialect import dialect_of
from timeline.store.postgres.ranking import Collection, Phrase, phrases_of, ranked
from timeline.store.terms import ANEW, CURRENT, public_sql, public_values, split

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from sqlite3 import Connection

    from timeline.store.terms import Index, Public, Term, Wanted

    Condition = tuple[str, list[str]]
    """SQL of a condition, with its values."""

_AT_ONCE = 1000
_FEW_TEXTS = 8
_LONG = 255
"""Letters of a word that the index over sets of words surely holds."""

_FEW = 5
"""Phrases any of which will do: so many can be common; names of very many companies are not."""

_SURELY = 3
"""Times as many events as are wanted, since nothing is spread evenly."""

_MEMORY = "64MB"
"""In less the server would keep pages instead of events of what holds a common word, and read every event there."""

_CORRECTED = "event AS link JOIN event AS fact ON fact.id = link.target"


def clear(connection: Connection, index: Index) -> None:
    """Delete its texts: who reads meanwhile still has them, as they would not after a TRUNCATE."""
    _empty(connection, _generation(connection, index))


def abandon(connection: Connection) -> None:
    """Delete its texts."""
    clear(connection, ANEW)


def replace(connection: Connection) -> None:
    """Say that the other generation is the one in use."""
    old = _generation(connection, CURRENT)
    connection.execute("UPDATE word_total SET current = NOT current")
    _empty(connection, old)


def _generation(connection: Connection, index: Index) -> int:
    sought = "SELECT generation FROM word_total WHERE current = ?"
    ((number,),) = connection.execute(sought, (index is CURRENT,))
    return int(number)


def _empty(connection: Connection, generation: int) -> None:
    connection.execute("DELETE FROM words WHERE generation = ?", (generation,))
    connection.execute("UPDATE word_total SET events = 0, words = 0 WHERE generation = ?", (generation,))


def add(connection: Connection, texts: Iterable[tuple[int, str]], index: Index) -> None:
    """Many at once, as the connection cannot read while it copies."""
    each = iter(texts)
    while some := [(position, split(text)) for position, text in islice(each, _AT_ONCE)]:
        _write(connection, index, [(position, f" {' '.join(words)} ") for position, words in some])
        _count(connection, index, len(some), sum(len(words) for _, words in some))


def _write(connection: Connection, index: Index, rows: Sequence[tuple[int, str]]) -> None:
    """Of few, the server finds out itself which generation they are of: to ask takes longer than to write them."""
    if len(rows) > _FEW_TEXTS:
        generation, columns = _generation(connection, index), ("generation", "position", "text")
        dialect_of(connection).insert(connection, "words", columns, [(generation, *row) for row in rows])
    else:
        connection.executemany(
            """INSERT INTO words (generation, position, text)
               SELECT generation, CAST(?1 AS BIGINT), CAST(?2 AS TEXT) FROM word_total WHERE current = ?3""",
            ((*row, index is CURRENT) for row in rows),
        )


def remove(connection: Connection, texts: Iterable[tuple[int, str]], index: Index) -> None:
    """By the positions alone."""
    generation = _generation(connection, index)
    positions = [position for position, _ in texts]
    gone = "DELETE FROM words WHERE generation = ? AND position = ANY(CAST(? AS BIGINT[])) RETURNING text"
    words = [len(split(text)) for (text,) in connection.execute(gone, (generation, positions))]
    _count(connection, index, -len(words), -sum(words))


def _count(connection: Connection, index: Index, events: int, words: int) -> None:
    told = "UPDATE word_total SET events = events + ?, words = words + ? WHERE current = ?"
    connection.execute(told, (events, words, index is CURRENT))


def scour(connection: Connection) -> None:
    """Writing the table anew is all that it takes, and cannot be done inside a transaction."""
    del connection


def entries(connection: Connection) -> Iterator[tuple[str, int, int]]:
    """Event by event."""
    texts = "SELECT position, text FROM words WHERE generation = ?"
    for position, text in dialect_of(connection).streamed(connection, texts, (_generation(connection, CURRENT),)):
        for place, word in enumerate(split(text)):
            yield word, position, place


def find(
    connection: Connection, wanted: Wanted, most: int, upto: int, public: Public | None
) -> list[tuple[int, float]]:
    """Among the newest first, where what is wanted is so common that enough are there; else by the sets of words."""
    connection.execute("SELECT set_config('work_mem', ?, true)", (_MEMORY,))
    ((generation, events, words),) = connection.execute(
        "SELECT generation, events, words FROM word_total WHERE current"
    )
    # Those that more than half of the events hold all weigh the same.
    collection = Collection(events, words, cache(partial(_holding, connection, generation, events // 2 + 1)))
    narrowed = _Narrowed(generation, upto, most, public)
    found: list[tuple[int, str]] = []
    if newest := _stretch(wanted, most, collection):
        found = _among_newest(connection, wanted, narrowed, newest)
    if len(found) < most:
        found = _among_all(connection, wanted, narrowed)
    return ranked(found, phrases_of(wanted), collection)


class _Narrowed(NamedTuple):
    """Where to look, and for how many; as `find` says."""

    generation: int
    upto: int
    most: int
    public: Public | None

    def joined(self) -> str:
        """What follows on a list of positions to leave out what was surely not public."""
        return f"JOIN event USING (position) WHERE {public_sql(self.public, _CORRECTED)}" if self.public else ""

    def values(self) -> Sequence[str]:
        """The values of `joined`."""
        return public_values(self.public) if self.public else ()


def _stretch(wanted: Wanted, most: int, collection: Collection) -> int:
    """How many of the newest events surely hold enough of what is wanted, were it spread evenly; 0 for nearly all."""
    share = 1.0
    for term in wanted.all_of:
        phrases = _phrases(term)
        holding = sum(map(collection.holding, phrases)) if len(phrases) <= _FEW else 0
        share *= min(holding / max(collection.events, 1), 1.0)
    stretch = int(_SURELY * most / share) if share else 0
    return stretch if stretch < collection.events / 2 else 0


def _among_newest(connection: Connection, wanted: Wanted, narrowed: _Narrowed, newest: int) -> list[tuple[int, str]]:
    told, values = _wanted(wanted, _told)
    sql = f"""\
SELECT position, text FROM (
  SELECT position, text FROM words
  WHERE generation = {narrowed.generation:d} AND position > ? AND position <= ? AND {told}
) AS held {narrowed.joined()} ORDER BY position DESC LIMIT ?"""  # noqa: S608 - a number, and statements of this module
    bounds = (narrowed.upto - newest, narrowed.upto)
    return connection.execute(sql, (*bounds, *values, *narrowed.values(), narrowed.most)).fetchall()


def _among_all(connection: Connection, wanted: Wanted, narrowed: _Narrowed) -> list[tuple[int, str]]:
    held, values = _wanted(wanted, _any)
    sql = f"""\
WITH held AS MATERIALIZED (
  SELECT position FROM words WHERE generation = {narrowed.generation:d} AND {held} AND position <= ?
), newest AS MATERIALIZED (SELECT position FROM held {narrowed.joined()} ORDER BY position DESC LIMIT ?)
SELECT position, text FROM newest JOIN words USING (position) WHERE generation = {narrowed.generation:d}
ORDER BY position DESC"""  # noqa: S608 - a number, and statements of this module
    return connection.execute(sql, (*values, narrowed.upto, *narrowed.values(), narrowed.most)).fetchall()


def _holding(connection: Connection, generation: int, most: int, phrase: Phrase) -> int:
    """How many events hold it, or that at least so many do."""
    held, values = _any((phrase,))
    counted = f"""\
SELECT count(*) FROM (SELECT 1 FROM words WHERE generation = {generation:d} AND {held} LIMIT ?) AS held"""  # noqa: S608
    ((count,),) = connection.execute(counted, (*values, most))
    return int(count)


def _wanted(wanted: Wanted, held: Callable[[Sequence[Phrase]], Condition]) -> Condition:
    """That a text holds what is wanted, each term being told in one of the ways below."""
    conditions = [held(_phrases(term)) for term in wanted.all_of]
    conditions += [(f"NOT ({sql})", values) for sql, values in (_told(_phrases(term)) for term in wanted.none_of)]
    return " AND ".join(f"({sql})" for sql, _ in conditions), [value for _, values in conditions for value in values]


def _phrases(term: Term) -> tuple[Phrase, ...]:
    return Phrase(term.words, term.prefix), *(Phrase((other,)) for other in term.others)


def _any(phrases: Sequence[Phrase]) -> Condition:
    """That a text holds one of these: by the sets of words, and by the text where they do not tell."""
    query = " | ".join(f"({' & '.join(_lexemes(phrase))})" for phrase in phrases)
    held = "words_of(text) @@ CAST(? AS tsquery)"
    if all(len(phrase.words) == 1 and len(phrase.words[0]) <= _LONG for phrase in phrases):
        return held, [query]
    told, values = _told(phrases)
    return f"{held} AND ({told})", [query, *values]


def _told(phrases: Sequence[Phrase]) -> Condition:
    """The same by the text alone."""
    values = [f" {' '.join(phrase.words)}{'' if phrase.prefix else ' '}" for phrase in phrases]
    return " OR ".join(["strpos(text, ?) > 0"] * len(phrases)), values


def _lexemes(phrase: Phrase) -> Iterator[str]:
    """In the language of `tsquery`; words hold neither quotes nor backslashes."""
    *first, last = phrase.words
    for word in first:
        yield _lexeme(word, prefix=False)
    yield _lexeme(last, prefix=phrase.prefix)


def _lexeme(word: str, *, prefix: bool) -> str:
    """A long one stands in the index cut off or whole, as the text around it is."""
    return f"'{word[:_LONG]}'{':*' if prefix or len(word) > _LONG else ''}"
