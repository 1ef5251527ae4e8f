"""What is sealed in bulk is what the definitions say, event by event."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.store.test_golden_bytes import ENVELOPES
from timeline.event import Envelope, commitment
from timeline.proof.merkle import leaf_hash
from timeline.store.driver import sqlite
from timeline.store.log import Entry
from timeline.store.sealing import fresh_salts, leaf_hashes, sealed

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from timeline.store.writer import Writer

texts = st.text(max_size=20)
told = st.none() | texts
envelopes = st.builds(
    Envelope, st.integers(1, 2**53 - 1), texts, told, texts, told, texts, told, told, texts, texts, texts
)
entries = st.builds(Entry, texts, told, texts, told, texts, told, told, texts.map(str.encode))


def test_leaves_made_in_bulk_are_the_settled_ones() -> None:
    assert [leaf.hex() for leaf in leaf_hashes(envelope for envelope, _, _ in ENVELOPES)] == [
        leaf for _, _, leaf in ENVELOPES
    ]


@given(st.lists(envelopes, max_size=5))
def test_leaves_made_in_bulk_are_those_of_the_definition(some: list[Envelope]) -> None:
    assert leaf_hashes(some) == [leaf_hash(envelope.canonical()) for envelope in some]


@given(st.lists(entries, max_size=5), st.integers(1, 10**6))
def test_an_entry_becomes_the_next_envelope_and_its_body(some: list[Entry], first: int) -> None:
    salts = [bytes([number]) * 32 for number in range(len(some))]
    records, contents = sealed(some, salts, first, "now", "lei")
    for number, (entry, salt) in enumerate(zip(some, salts, strict=True)):
        envelope = Envelope(
            position=first + number,
            id=entry.id,
            company=entry.company,
            kind=entry.kind,
            source=entry.source,
            key=entry.key,
            target=entry.target,
            published=entry.published,
            recorded="now",
            actor="lei",
            commitment=commitment(salt, entry.body),
        )
        assert (records[number], contents[number]) == (envelope, (first + number, salt, entry.body.decode()))


def test_salts_drawn_at_once_are_as_long_as_single_ones_and_all_different() -> None:
    assert [len(salt) for salt in fresh_salts(3)] == [32, 32, 32]
    assert len(set(fresh_salts(1000))) == 1000
    assert fresh_salts(0) == []


@pytest.mark.parametrize("number", [1, 49, 50, 51, 100, 999, 1001, 1050])
def test_every_event_is_stored_whatever_number_a_statement_takes(
    writer: Writer, entry: Callable[..., Entry], morning: datetime, number: int
) -> None:
    new = [entry(f"key {each}", f'{{"note":"{each}"}}') for each in range(number)]
    with writer.transaction():
        assert writer.append(new, morning, "tester") == range(1, number + 1)
    assert [(row.envelope.key, row.body) for row in writer.log.rows()] == [(each.key, each.body) for each in new]


@pytest.mark.parametrize("place", [0, 10, 49, 50, 60])
def test_an_event_that_is_there_already_is_refused_wherever_it_stands_in_a_load(
    writer: Writer, entry: Callable[..., Entry], append: Callable[..., list[Envelope]], morning: datetime, place: int
) -> None:
    append(entry("first"))
    new = [entry(f"key {number}") for number in range(60)]
    with pytest.raises(sqlite.IntegrityError, match="append-only: an event has this id already"), writer.transaction():
        writer.append([*new[:place], entry("first"), *new[place:]], morning, "tester")
    assert [row.envelope.key for row in writer.log.rows()] == ["first"]
