"""What the index of words is on a server only: totals that ranks rest on, long words, files without what was erased."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.contract.stores import FIXTURES
from timeline import Timeline
from timeline.store import words
from timeline.store.opening import open_writer
from timeline.store.words import ANEW, Term, Wanted

if TYPE_CHECKING:
    from tests.served import Schema

MARKER = "qqmarker9876"
TOTALS = "SELECT generation, current, events, words FROM word_total ORDER BY generation"
COUNTED = (
    "SELECT generation, count(*), sum(cardinality(string_to_array(btrim(text), ' '))) FROM words GROUP BY generation"
)


def test_the_totals_are_those_of_the_texts(schema: Schema) -> None:
    timeline = Timeline.open(schema.url)
    timeline.load([str(FIXTURES)])
    row, *_ = timeline.events("xiaomi", kind="statement.made").rows
    timeline.correct(row["id"], ["text=Grows."], reason="source erred")
    timeline.erase(row["id"], reason="legal")
    for current in (0, 1, 0):
        ((generation, events, told),) = schema.execute(COUNTED)
        unused = (1 - generation, False, 0, 0)
        assert generation == current
        assert schema.execute(TOTALS) == sorted([(generation, True, events, told), unused])
        timeline.rebuild()


def test_what_is_made_anew_counts_by_itself(schema: Schema) -> None:
    with open_writer(schema.url) as writer, writer.transaction():
        words.add(writer.connection, [(1, "one two three"), (2, "four")])
        words.add(writer.connection, [(1, "one two")], ANEW)
        words.remove(writer.connection, [(2, "")])
    assert schema.execute(TOTALS) == [(0, True, 1, 3), (1, False, 1, 2)]
    with open_writer(schema.url) as writer, writer.transaction():
        words.abandon(writer.connection)
    assert schema.execute(TOTALS) == [(0, True, 1, 3), (1, False, 0, 0)]


@pytest.mark.parametrize("around", ["", " word" * 1000], ids=["a short text", "a long text"])
def test_a_word_longer_than_the_server_holds_is_found(schema: Schema, around: str) -> None:
    long = "小" * 700 if around else "x" * 1900
    with open_writer(schema.url) as writer, writer.transaction():
        words.add(writer.connection, [(1, long + around), (2, f"{long}y{around}"), (3, "other")])
        for term, positions in (
            (Term((long,)), [1]),
            (Term((f"{long}y",)), [2]),
            (Term((long,), prefix=True), [2, 1]),
            (Term((long[:300],), prefix=True), [2, 1]),
            (Term((long[:300],)), []),
        ):
            found = words.find(writer.connection, Wanted((term,)), 9, 9)
            assert [position for position, _ in found] == positions


def test_what_was_erased_is_in_none_of_the_tables_files(schema: Schema) -> None:
    timeline = Timeline.open(schema.url)
    timeline.load([str(FIXTURES)])
    row, *_ = timeline.events("xiaomi", kind="statement.made").rows
    timeline.correct(row["id"], [f"text={MARKER} grows."], reason="source erred")
    assert holding(schema) >= {"words", "words_0"}
    timeline.erase(row["id"], reason="legal")
    assert holding(schema) == set()


def holding(schema: Schema) -> set[str]:
    """The tables and indexes in whose files the marker stands."""
    files = f"""\
SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'i')
AND position(convert_to('{MARKER}', 'UTF8') IN pg_read_binary_file(pg_relation_filepath(oid))) > 0"""  # noqa: S608
    return {name for (name,) in schema.execute("CHECKPOINT", files)}
