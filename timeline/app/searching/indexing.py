"""Keeping the index of words true to the log: every event's words once, those of its source's titles among them.

An event's words follow from its bytes and from the titles of its source, all that were ever recorded. They so change
only where a source is recorded or corrected after its facts, and where content is erased. The index says how far into
the log it reaches; whoever writes brings it to the end, so that it fills itself in a database that had none.
"""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING

from timeline.app.searching import words as rules
from timeline.check import Rule
from timeline.event import event_id
from timeline.record import SOURCE_KEY
from timeline.store import unfinished, words
from timeline.store.log import Reader

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from sqlite3 import Connection

    from timeline.store.damage import Damage
    from timeline.store.log import Entry, Row
    from timeline.store.words import Index
    from timeline.store.writer import Writer

SEARCH = Rule(
    name="search-differs", severity="error", compares="the index of words with the words of the events in the log"
)
BEHIND = Rule(name="search-behind", severity="note", compares="the reach of the index of words with the log's end")
INDEXED: tuple[Rule, ...] = (SEARCH, BEHIND)

_MEND = "timeline rebuild makes it anew"
_FILL = "the next writing command that records anything brings it on"
_KEPT = 10_000
"""Sources whose titles are remembered."""

_SPAN = 5000
"""Events whose words are made in one transaction: some tenths of a second."""

_BUCKET = 256
"""Events that are compared together: words say no more of where they differ."""


class Titles:
    """The titles of sources as far as they were recorded up to a position."""

    def __init__(self, reader: Reader, upto: int) -> None:
        self._reader, self._upto = reader, upto
        self._known: dict[str, str] = {}

    def __getitem__(self, source: str) -> str:
        if source not in self._known:
            self.learn([source])
        return self._known[source]

    def learn(self, sources: Iterable[str]) -> None:
        """Look up many at once, as one by one they take longer than all else that is done for an event."""
        if len(self._known) >= _KEPT:
            self._known.clear()
        owners = {event_id(source, SOURCE_KEY): source for source in set(sources) - self._known.keys()}
        told: dict[str, dict[int, str]] = {source: {} for source in owners.values()}
        found = self._early(self._reader.rows_by_ids(owners))
        while found:
            for row in found:
                told[owners[row.envelope.id]][row.envelope.position] = rules.titles_of(row.body)
            # Of links only those that led back to the record then.
            found = self._early(self._reader.rows_speaking_of([row.envelope.id for row in found]))
            owners |= {row.envelope.id: owners[row.envelope.target or ""] for row in found}
        self._known |= {source: _in_order(titles) for source, titles in told.items()}

    def _early(self, rows: Iterable[Row]) -> list[Row]:
        return [row for row in rows if row.envelope.position <= self._upto]


def _in_order(titles: Mapping[int, str]) -> str:
    """In that of the log."""
    return "\n".join(title for _, title in sorted(titles.items()) if title)


def texts(rows: Iterable[Row], titles: Titles) -> Iterator[tuple[int, str]]:
    """Position and words of each event that has content; an event about a source has its titles by itself."""
    for row in rows:
        if row.body is not None:
            position, _, company, kind, source, *_ = row.envelope
            yield position, _text(kind, company, source, row.body, titles)


def _text(kind: str, company: str | None, source: str | None, body: bytes, titles: Titles) -> str:
    return rules.text(kind, company, source, body, titles[source] if company and source else "")


def index_words(writer: Writer, entries: Sequence[Entry] = ()) -> None:
    """Bring the index to the end of the log, inside the transaction that appended to it.

    While a rebuild makes the index, or where one was interrupted, a stretch nearer to it: the rest is the rebuild's to
    do, and whoever writes meanwhile is not to hold the lock for all of it.

    Args:
        writer: inside that transaction.
        entries: the last that were appended, where the caller has them still; if they are all that the index lacks,
            nothing is read back.
    """
    if not _is_kept(writer.connection):
        return
    covered, head = _begun(writer)
    if covered == head:
        return
    if head - covered == len(entries):
        titles = Titles(writer.log, head)
        titles.learn({entry.source for entry in entries if entry.company and entry.source})
        if not all(entry.company for entry in entries):
            _mend(writer, covered, head, titles)
        new = enumerate(entries, covered + 1)
        told = ((at, _text(each.kind, each.company, each.source, each.body, titles)) for at, each in new)
        words.add(writer.connection, told)
        words.cover(writer.connection, rules.VERSION, head)
    elif unfinished.begun(writer.connection):
        _index_span(writer, covered, min(covered + _SPAN, head))
    else:
        _index_span(writer, covered, head)


def _is_kept(connection: Connection) -> bool:
    return words.is_there(connection) and words.has_module(connection)


def _begun(writer: Writer, index: Index = words.CURRENT) -> tuple[int, int]:
    """How far the index reaches, and the log; an index that other rules made is emptied first."""
    covered, head = words.reach(writer.connection, rules.VERSION, index)
    if not covered:
        words.clear(writer.connection, index)
    return covered, head


def _index_span(writer: Writer, covered: int, upto: int, index: Index = words.CURRENT) -> None:
    """The words of all events past a position up to another; titles are those that were recorded by then."""
    if covered == upto:
        return
    titles = Titles(writer.log, upto)
    titles.learn(writer.log.sources_of_facts(covered, upto) if upto - covered <= _SPAN else ())
    _mend(writer, covered, upto, titles, index)
    words.add(writer.connection, texts(writer.log.rows(after=covered, upto=upto), titles), index)
    words.cover(writer.connection, rules.VERSION, upto, index)


def _mend(writer: Writer, covered: int, upto: int, after: Titles, index: Index = words.CURRENT) -> None:
    """Put right the words of facts that are in the index, and whose source has other titles than when they came in."""
    connection, log = writer.connection, writer.log
    before = Titles(log, covered)
    for source in _told_anew(log, covered, upto):
        if before[source] != after[source]:
            early = [row for row in log.rows_of_source(source) if row.envelope.position <= covered]
            words.remove(connection, texts(early, before), index)
            words.add(connection, texts(early, after), index)


def index_in_steps(writer: Writer, *, anew: bool) -> None:
    """Make the index of all words anew, a stretch of the log in each transaction, so that others may write in between.

    Searches find what they found before until the new index is complete and takes the place of the old one. It goes on
    from where it reaches at each step, and so does the next one where this one is interrupted.

    Args:
        writer: outside a transaction.
        anew: begin at the log's start even where an interrupted one has left a part.
    """
    if not words.has_module(writer.connection):
        return
    if anew:
        with writer.transaction():
            words.abandon(writer.connection)
    while _step(writer):
        pass


def _step(writer: Writer) -> bool:
    """Whether there was any to make."""
    with writer.transaction():
        covered, head = _begun(writer, words.ANEW)
        if covered < head:
            _index_span(writer, covered, min(covered + _SPAN, head), words.ANEW)
        else:
            words.replace(writer.connection)
        return covered < head


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
    words.abandon(connection)  # what a rebuild has made so far may hold the words as well
    covered, head = _begun(writer)
    _index_span(writer, covered, head)
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
        rule, remedy = (BEHIND, _FILL) if covered < head else (SEARCH, _MEND)
        found.found(rule, f"the index of words reaches to position {covered}, the log to {head}; {remedy}")
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


def _told_anew(log: Reader, covered: int, upto: int) -> list[str]:
    """The sources of which something was recorded past a position up to another, and facts up to the first."""
    if not covered:
        return []
    new = (row.envelope for row in log.rows_of_no_company(covered, upto))
    sources = {source for envelope in new if (source := log.first(envelope).source)}
    return sorted(log.sources_known(sources, covered))
