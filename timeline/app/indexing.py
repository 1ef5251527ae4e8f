"""Keeping the index of words true to the log: every event's words once, those of its source's titles among them.

An event's words follow from its bytes and from the titles of its source, all that were ever recorded. They so change
only where a source is recorded or corrected after its facts, and where content is erased. The index says how far into
the log it reaches; whoever writes brings it to the end, so that it fills itself in a database that had none.
"""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING

from timeline.app import words as rules
from timeline.check import Rule
from timeline.event import event_id
from timeline.record import SOURCE_KEY
from timeline.store import words
from timeline.store.log import Reader

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from sqlite3 import Connection

    from timeline.store.damage import Damage
    from timeline.store.log import Row
    from timeline.store.writer import Writer

SEARCH = Rule(
    name="search-differs", severity="error", compares="the index of words with the words of the events in the log"
)
INDEXED: tuple[Rule, ...] = (SEARCH,)

_MEND = "timeline rebuild makes it anew"
_KEPT = 10_000
"""Sources whose titles are remembered."""

_BUCKET = 256
"""Events that are compared together: words say no more of where they differ."""


class Titles:
    """The titles of sources as far as they were recorded up to a position."""

    def __init__(self, reader: Reader, upto: int) -> None:
        self._reader, self._upto = reader, upto
        self._known: dict[str, str] = {}

    def __getitem__(self, source: str) -> str:
        if source not in self._known:
            if len(self._known) >= _KEPT:
                self._known.clear()
            self._known[source] = "\n".join(self._told(source))
        return self._known[source]

    def _told(self, source: str) -> Iterator[str]:
        """In the order of the log; of links only those that led back to the record then."""
        found = self._early(self._reader.rows_by_ids([event_id(source, SOURCE_KEY)]))
        told: dict[int, str] = {}
        while found:
            told |= {row.envelope.position: rules.titles_of(row.body) for row in found}
            found = self._early(self._reader.rows_speaking_of(row.envelope.id for row in found))
        return (titles for _, titles in sorted(told.items()) if titles)

    def _early(self, rows: Iterable[Row]) -> list[Row]:
        return [row for row in rows if row.envelope.position <= self._upto]


def texts(rows: Iterable[Row], titles: Titles) -> Iterator[tuple[int, str]]:
    """Position and words of each event that has content; an event about a source has its titles by itself."""
    for row in rows:
        if row.body is not None:
            position, _, company, kind, source, *_ = row.envelope
            named = titles[source] if company and source else ""
            yield position, rules.text(kind, company, source, row.body, named)


def index_words(writer: Writer) -> None:
    """Bring the index to the end of the log, inside the transaction that appended to it."""
    connection, log = writer.connection, writer.log
    if not (words.is_there(connection) and words.has_module(connection)):
        return
    covered, head = words.covered(connection, rules.VERSION), log.head()
    if not covered:
        words.clear(connection)
    if covered < head:
        before, after = Titles(log, covered), Titles(log, head)
        for source in _told_anew(log, covered):
            if before[source] != after[source]:
                early = [row for row in log.rows_of_source(source) if row.envelope.position <= covered]
                words.remove(connection, texts(early, before))
                words.add(connection, texts(early, after))
        words.add(connection, texts(log.rows(after=covered), after))
        words.cover(connection, rules.VERSION, head)


def index_anew(writer: Writer) -> None:
    """Make the index of all words anew; none where this SQLite cannot."""
    if words.has_module(writer.connection):
        words.clear(writer.connection)
        index_words(writer)


@contextmanager
def rewording(writer: Writer, ids: Sequence[str], source: str | None) -> Iterator[None]:
    """Let content be deleted inside, and leave no word of it in the index.

    Args:
        writer: inside its transaction.
        ids: of the events whose content is deleted.
        source: the one that they tell of, whose facts lose what they have of its titles; None for none.

    Raises:
        DatabaseUnusable: there is an index, and this SQLite cannot change it.
    """
    connection, log = writer.connection, writer.log
    if not words.is_there(connection):
        yield
        return
    words.require(connection)
    index_words(writer)
    head = log.head()
    words.remove(connection, texts(_concerned(log, ids, source), Titles(log, head)))
    yield
    words.add(connection, texts(_concerned(log, ids, source, head), Titles(log, head)))
    words.scour(connection)


def _concerned(log: Reader, ids: Sequence[str], source: str | None, upto: int | None = None) -> list[Row]:
    """The events of these ids and those of the source, each once, up to a position."""
    rows = {row.envelope.position: row for row in log.rows_by_ids(ids)}
    if source:
        rows |= {row.envelope.position: row for row in log.rows_of_source(source)}
    return [row for position, row in sorted(rows.items()) if upto is None or position <= upto]


def compare_words(connection: Connection, found: Damage) -> None:
    """Tell where the index does not hold the words that the events have, or does not reach to the log's end."""
    reader = Reader(connection)
    head, covered = reader.head(), words.covered(connection, rules.VERSION)
    if not (words.is_there(connection) and words.has_module(connection)):
        return
    if covered != head:
        found.found(SEARCH, f"the index of words reaches to position {covered}, the log to {head}; {_MEND}")
        return
    wanted, stored = _sums(_expected(reader, head)), _sums(words.entries(connection))
    for bucket in sorted(wanted.keys() | stored.keys()):
        if wanted[bucket] != stored[bucket]:
            span = f"{bucket * _BUCKET + 1} to {min((bucket + 1) * _BUCKET, head)}"
            found.found(SEARCH, f"events at positions {span} are found by other words than they have; {_MEND}")


def _expected(reader: Reader, head: int) -> Iterator[tuple[str, int, int]]:
    for position, text in texts(reader.rows(), Titles(reader, head)):
        for place, word in enumerate(rules.words(text)):
            yield word, position, place


def _sums(entries: Iterable[tuple[str, int, int]]) -> Counter[int]:
    """Of the hashes of the entries, by stretches of the log: equal where the entries are, in whatever order."""
    sums: Counter[int] = Counter()
    for entry in entries:
        sums[(entry[1] - 1) // _BUCKET] += hash(entry)
    return sums


def _told_anew(log: Reader, covered: int) -> list[str]:
    """The sources of which something was recorded past a position, and facts up to it."""
    if not covered:
        return []
    new = (row.envelope for row in log.rows_of_no_company(covered))
    sources = {source for envelope in new if (source := _source_of(log, envelope.source, envelope.target))}
    return sorted(source for source in sources if _is_early(log, source, covered))


def _source_of(log: Reader, source: str | None, target: str | None) -> str | None:
    """The source that an event records or, through a chain of links, speaks of."""
    while target and (row := next(log.rows_by_ids([target]), None)):
        source, target = row.envelope.source, row.envelope.target
    return source


def _is_early(log: Reader, source: str, covered: int) -> bool:
    first = next(log.rows_of_source(source), None)
    return first is not None and first.envelope.position <= covered
