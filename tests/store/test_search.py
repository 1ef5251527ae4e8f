"""The index of words: what is added, removed and found, whatever SQLite the file is opened with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from timeline.errors import DatabaseUnusable
from timeline.store import sqlite_dialect, words
from timeline.store.words import Public, Term, Wanted, add, find, remove

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from timeline.event import Envelope
    from timeline.store.log import Entry
    from timeline.store.writer import Writer

    Append = Callable[..., list[Envelope]]
    Make = Callable[..., Entry]

MARKER = b"marker9876"
"""The end of a word: of one that begins as the word before it does, the index keeps the end only."""
TEXTS = [(1, "buyback 38 04 hkd"), (2, "buyback 04 38 小米 米集 集團 團"), (3, "target % of buybacks")]


@pytest.fixture
def index(writer: Writer) -> Writer:
    """An index of three texts."""
    add(writer.connection, TEXTS)
    return writer


def positions(index: Writer, *terms: Term, none_of: tuple[Term, ...] = (), most: int = 9, upto: int = 9) -> list[int]:
    found = find(index.connection, Wanted(terms, none_of), most, upto)
    return [position for position, _ in found]


@pytest.mark.parametrize(
    ("term", "found"),
    [
        (Term(("buyback",)), [2, 1]),
        (Term(("38", "04")), [1]),
        (Term(("buyb",), prefix=True), [3, 2, 1]),
        (Term(("小米", "米集")), [2]),
        (Term(("%",)), [3]),
        (Term(("nothing",), others=("hkd", "target")), [3, 1]),
        (Term(("or",)), []),
    ],
    ids=lambda value: " ".join(value.words) if isinstance(value, Term) else None,
)
def test_words_phrases_and_beginnings_are_found_newest_first(index: Writer, term: Term, found: list[int]) -> None:
    assert positions(index, term) == found


def test_all_words_have_to_be_there_and_none_of_those_excluded(index: Writer) -> None:
    assert positions(index, Term(("buyback",)), Term(("38",))) == [2, 1]
    assert positions(index, Term(("buyback",)), none_of=(Term(("hkd",)), Term(("target",)))) == [2]


def test_only_so_many_and_only_up_to_a_position_are_found(index: Writer) -> None:
    assert positions(index, Term(("04",)), most=1) == [2]
    assert positions(index, Term(("04",)), upto=1) == [1]


def test_the_shorter_text_ranks_before_the_longer_one(index: Writer) -> None:
    ranks = dict(find(index.connection, Wanted((Term(("04",)),)), 9, 9))
    assert ranks[1] < ranks[2]


def test_words_that_are_removed_are_found_no_more_and_others_stay(index: Writer) -> None:
    remove(index.connection, TEXTS[:1])
    assert positions(index, Term(("38",))) == [2]
    assert positions(index, Term(("hkd",))) == []
    assert {position for _, position, _ in words.entries(index.connection)} == {2, 3}


def test_words_that_are_removed_leave_no_byte_once_the_index_is_scoured(index: Writer, path: Path) -> None:
    with index.transaction():
        add(index.connection, [(4, "qqmarker9876"), (5, "other")])
    index.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    assert MARKER in path.read_bytes()
    with index.transaction():
        remove(index.connection, [(4, "qqmarker9876")])
        words.scour(index.connection)
    index.connection.execute("VACUUM")
    index.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    assert MARKER not in path.read_bytes()
    assert positions(index, Term(("other",))) == [5]


def test_an_index_that_was_cleared_holds_nothing_and_covers_nothing(index: Writer) -> None:
    words.cover(index.connection, "1", 3)
    words.clear(index.connection)
    assert list(words.entries(index.connection)) == []
    assert words.covered(index.connection, "1") == 0


def test_an_index_that_another_version_made_covers_nothing(index: Writer) -> None:
    words.cover(index.connection, "1", 3)
    assert (words.covered(index.connection, "1"), words.covered(index.connection, "2")) == (3, 0)


def test_what_was_surely_not_public_is_left_out(append: Append, entry: Make, writer: Writer) -> None:
    append(
        entry("early", published="2025-06-30+08:00"),
        entry("late", published="2025-07-01+08:00"),
        entry("link", published="2026-01-01+08:00", target="0" * 32),
        entry("name", published="2026-01-01+08:00", kind="company.renamed"),
        entry("unpublished", published=None),
    )
    add(writer.connection, [(position, "word") for position in range(1, 6)])
    public = Public("2025-06-30", ("company.renamed",))
    found = find(writer.connection, Wanted((Term(("word",)),)), 9, 9, public)
    assert [position for position, _ in found] == [5, 4, 3, 1]


def test_facts_of_a_source_whose_publication_may_have_been_corrected_are_let_through(
    append: Append, entry: Make, writer: Writer
) -> None:
    record, _ = append(
        entry("@source", kind="source.recorded", company=None, published="2026-01-01Z"),
        entry("fact", published="2026-01-01Z"),
    )
    add(writer.connection, [(2, "word")])
    sought = (Wanted((Term(("word",)),)), 9, 9, Public("2025-06-30", ("company.renamed",)))
    assert find(writer.connection, *sought) == []
    append(entry("mended", kind="event.corrected", company=None, target=record.id, published=None))
    assert [position for position, _ in find(writer.connection, *sought)] == [2]


@pytest.mark.parametrize(("day", "last"), [("2026-01-08", 0), ("2026-01-09", 3), ("2026-01-10", 4)])
def test_the_last_position_recorded_by_then_is_told(
    append: Append, entry: Make, writer: Writer, day: str, last: int
) -> None:
    from datetime import UTC, datetime

    append(entry("a"), entry("b"), entry("c"))
    append(entry("d"), at=datetime(2026, 1, 10, tzinfo=UTC))
    assert words.last_recorded(writer.connection, 4, lambda recorded: recorded[:10] <= day) == last


def test_without_full_text_search_a_person_is_told_so(writer: Writer, monkeypatch: pytest.MonkeyPatch) -> None:
    words.require(writer.connection)
    monkeypatch.setattr(sqlite_dialect, "has_words", lambda _connection: False)
    with pytest.raises(DatabaseUnusable, match="built without full-text search"):
        words.require(writer.connection)
