"""The index of words: every store finds the same events by the same words, and ranks them alike."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.catalog import golden
from tests.contract.conftest import served
from tests.contract.stores import FIXTURES, findings, lite, loaded
from tests.served import fresh_schema
from timeline.app.searching import indexing
from timeline.app.searching.search import search
from timeline.errors import InvalidInput, NotFound
from timeline.store import words
from timeline.store.dialect import dialect_of
from timeline.store.opening import snapshot
from timeline.store.words import ANEW, CURRENT, Term, Wanted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from sqlite3 import Connection

    from tests.contract.stores import Store

LONG = "x" * 300
WORDS = ("a", "ab", "abc", "b", "小米", "米集", "%", "38", "04", "\ue000acme", LONG, f"{LONG}y", f"{LONG}z")
MARKER = "qqmarker9876"
"""A word that stands nowhere else."""

several = settings(max_examples=max(settings().max_examples // 2, 1))
texts = st.lists(st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join), min_size=1, max_size=12)
terms = st.builds(
    Term,
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(tuple),
    st.booleans(),
    st.lists(st.sampled_from(WORDS), max_size=2).map(tuple),
)
wanted = st.builds(Wanted, st.lists(terms, min_size=1, max_size=3).map(tuple), st.lists(terms, max_size=2).map(tuple))


@pytest.fixture(scope="module")
def both(postgres_server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Store]]:
    """A log with everything in it: facts of every kind, corrected, retracted and erased ones, on either store."""
    folder = tmp_path_factory.mktemp("search")
    with ExitStack() as stack:
        stores = lite(folder / "facts.db"), served(stack.enter_context(fresh_schema(postgres_server)))
        for store in stores:
            timeline = store.timeline()
            timeline.load([str(FIXTURES), golden.globex(folder), golden.written(golden.every(), folder)])
            revised, wrong, secret, *_ = (row["id"] for row in timeline.events("xiaomi", kind="statement.made").rows)
            timeline.correct(revised, ["text=Deliveries shrink."], reason="source erred", note="mistyped")
            timeline.retract(wrong, reason="we erred")
            timeline.erase(secret, reason="legal")
        yield stores


@pytest.fixture(scope="module")
def told(both: tuple[Store, Store]) -> list[str]:
    """Words that the log holds, one of eight."""
    with both[0].reader() as connection:
        return sorted({word for (word,) in connection.execute("SELECT DISTINCT term FROM word_entry")})[::8]


@contextmanager
def undone(store: Store) -> Iterator[Connection]:
    """A connection with an empty index, in a transaction that leaves nothing."""
    with store.writer() as writer:
        dialect_of(writer.connection).begin_writing(writer.connection)
        words.clear(writer.connection)
        yield writer.connection
        writer.connection.rollback()


@several
@given(added=texts, gone=st.sets(st.integers(1, 12)), sought=st.lists(wanted, min_size=1, max_size=4), data=st.data())
def test_the_same_words_find_the_same_texts_with_the_same_ranks(
    both: tuple[Store, Store], added: list[str], gone: set[int], sought: list[Wanted], data: st.DataObject
) -> None:
    most, upto = data.draw(st.integers(1, 12)), data.draw(st.integers(1, 12))
    numbered = list(enumerate(added, 1))
    answers = []
    for store in both:
        with undone(store) as connection:
            words.add(connection, numbered)
            words.remove(connection, [pair for pair in numbered if pair[0] in gone])
            entries = sorted(words.entries(connection))
            answers.append((entries, [words.find(connection, each, most, upto) for each in sought]))
    assert answers[0] == answers[1]


asked = st.fixed_dictionaries(
    {},
    optional={
        "company": st.sampled_from(("xiaomi", "1810.HK", "acme")),
        "kind": st.sampled_from(("statement.made", "buyback.executed")),
        "as_of": st.sampled_from(("2025-06-30", "2025-11-20", "2026-01-09T12:00:00Z")),
        "as_recorded": st.sampled_from(("60", "100", "150")),
        "limit": st.sampled_from((1, 20, 500)),
    },
)
common = st.sampled_from(("xiaomi", "buyback", "million", "小米集團", "acme", "deliveries", "38.04"))
anything = st.text("a\"*-+^:(){}NEAR AND%小\0'\\&|!<", max_size=20)


@settings(max_examples=max(settings().max_examples * 2, 1))
@given(asked=asked, data=st.data())
def test_whatever_is_typed_gives_the_same_answer(
    both: tuple[Store, Store], told: list[str], asked: dict[str, Any], data: st.DataObject
) -> None:
    typed = data.draw(queries(told) | anything)
    here, there = (answer(store, typed, asked) for store in both)
    assert here == there


def queries(told: list[str]) -> st.SearchStrategy[str]:
    """Words of the log, cut off, put into phrases and excluded."""
    word = st.sampled_from(told) | common
    begun = word.map(lambda text: f"{text[:2]}*")
    phrase = st.lists(word, min_size=1, max_size=3).map(lambda some: f'"{" ".join(some)}"')
    part = word | begun | phrase | st.tuples(st.just("-"), word | phrase).map("".join)
    return st.lists(part, min_size=1, max_size=3).map(" ".join)


def answer(store: Store, typed: str, asked: dict[str, Any]) -> object:
    """What a search says; the refusal where it is refused."""
    with store.reader() as connection, snapshot(connection):
        try:
            listing = search(connection, typed, **asked)
        except (InvalidInput, NotFound) as error:
            return str(error)
    return listing.rows, listing.findings


def test_the_index_is_the_one_that_is_made_anew(both: tuple[Store, Store]) -> None:
    entries = []
    for store in both:
        for _ in range(2):
            with store.reader() as connection:
                entries.append(sorted(words.entries(connection)))
            assert findings(store) == {}
            store.timeline().rebuild()
    assert entries[0]
    assert entries[1:] == entries[:-1]


def test_searches_find_the_old_index_until_the_new_one_is_whole(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded(store)
    before = answer(store, "buyback", {})
    monkeypatch.setattr(indexing, "_SPAN", 30)
    answers = []
    span = indexing._index_span

    def and_search(*args: Any) -> None:  # noqa: ANN401
        span(*args)
        answers.append(answer(store, "buyback", {}))

    monkeypatch.setattr(indexing, "_index_span", and_search)
    with store.writer() as writer:
        indexing.index_in_steps(writer, anew=True)
        assert words.covered(writer.connection, "1", ANEW) == 0
        assert words.covered(writer.connection, "1", CURRENT) == 100
    assert answers == [before] * 4
    assert answer(store, "buyback", {}) == before


def test_who_searches_while_the_index_is_replaced_finds_all_of_one(store: Store) -> None:
    loaded(store)
    sought = Wanted((Term(("buyback",)),))
    with store.reader() as connection, snapshot(connection):
        before = words.find(connection, sought, 9, 100)
        with store.writer() as writer:
            indexing.index_in_steps(writer, anew=True)
        assert words.find(connection, sought, 9, 100) == before
    assert before


def test_an_index_that_lacks_a_word_is_found_and_a_rebuild_mends_it(store: Store) -> None:
    timeline = loaded(store)
    with store.writer() as writer, writer.transaction():
        titles = indexing.Titles(writer.log, 100)
        ((position, text),) = indexing.texts(writer.log.rows(after=50, upto=51), titles)
        words.remove(writer.connection, [(position, text)])
        words.add(writer.connection, [(position, text.rpartition(" ")[0])])
    assert findings(store) == {
        "search-differs": "events at positions 1 to 100 are found by other words than they have;"
        " timeline rebuild makes it anew"
    }
    timeline.rebuild()
    assert findings(store) == {}


def test_no_word_of_what_was_erased_is_left(store: Store) -> None:
    timeline = loaded(store)
    (row, *_) = timeline.events("xiaomi", kind="statement.made").rows
    timeline.correct(row["id"], [f"text={MARKER} grows."], reason="source erred")
    assert timeline.search(MARKER).rows
    timeline.erase(row["id"], reason="legal")
    assert timeline.search(MARKER).rows == ()
    with store.reader() as connection:
        assert MARKER not in {word for word, _, _ in words.entries(connection)}
