"""What is appended is read back, in order, with times that never run backwards and a checkpoint over all of it."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.errors import Unverified
from timeline.event import Envelope, commitment, event_id
from timeline.proof.checkpoint import parse_checkpoint
from timeline.proof.merkle import Frontier, leaf_hash, root_of
from timeline.store.log import COLUMNS, Entry
from timeline.store.opening import open_writer

if TYPE_CHECKING:
    from collections.abc import Callable

    from timeline.store.writer import Writer

    Append = Callable[..., list[Envelope]]
    Make = Callable[..., Entry]


def test_the_columns_are_the_fields_of_the_envelope() -> None:
    assert Envelope._fields == COLUMNS


def test_an_event_is_read_back_as_it_was_written(writer: Writer, entry: Make, morning: datetime) -> None:
    report = entry("buyback-2026-01-08", '{"note":"Übernahme 小米"}', company="xiaomi", source="wire")
    with writer.transaction():
        assert writer.append([report], morning, "lei", salts=lambda number: [b"s" * 32] * number) == range(1, 2)
    ((envelope, _, _),) = writer.log.rows()
    assert envelope == Envelope(
        position=1,
        id=event_id("wire", "buyback-2026-01-08"),
        company="xiaomi",
        kind="buyback.executed",
        source="wire",
        key="buyback-2026-01-08",
        target=None,
        published="2026-01-09",
        recorded="2026-01-09T09:46:04.000000Z",
        actor="lei",
        commitment=commitment(b"s" * 32, report.body),
    )
    assert list(writer.log.rows()) == [(envelope, b"s" * 32, report.body)]


def test_each_event_has_a_salt_of_its_own(append: Append, entry: Make, writer: Writer) -> None:
    append(entry("one"), entry("two"))
    first, second = (row.salt for row in writer.log.rows())
    assert first is not None
    assert len(first) == 32
    assert first != second


def test_bodies_can_be_asked_for_in_sql(append: Append, entry: Make, writer: Writer) -> None:
    append(entry("one", '{"payload":{"shares":"5 million"}}'))
    found = writer.connection.execute("SELECT json_extract(body, '$.payload.shares') FROM body").fetchall()
    assert found == [("5 million",)]


def test_recorded_never_runs_backwards(append: Append, entry: Make, morning: datetime) -> None:
    append(entry("one"), at=morning)
    (early,) = append(entry("two"), at=morning - timedelta(hours=1))
    (late,) = append(entry("three"), at=(morning + timedelta(seconds=1)).astimezone(timezone(timedelta(hours=8))))
    assert early.recorded == "2026-01-09T09:46:04.000000Z"
    assert late.recorded == "2026-01-09T09:46:05.000000Z"


def test_rows_come_by_company_and_by_range_in_the_order_of_positions(
    append: Append, entry: Make, writer: Writer
) -> None:
    append(*(entry(str(number), company=("acme", "bolt", None)[number % 3]) for number in range(9)))

    def positions(company: str | None = None, after: int = 0, upto: int | None = None) -> list[int]:
        return [row.envelope.position for row in writer.log.rows(company, after, upto)]

    assert positions() == [1, 2, 3, 4, 5, 6, 7, 8, 9]
    assert positions("bolt") == [2, 5, 8]
    assert positions("bolt", after=2, upto=5) == [5]
    assert positions(after=7) == [8, 9]
    assert [row.envelope.position for row in writer.log.rows_of_no_company()] == [3, 6, 9]
    assert (writer.log.head(), writer.log.head("bolt"), writer.log.head("nobody"), writer.log.count()) == (9, 8, 0, 9)
    assert writer.log.companies() == {"acme": 3, "bolt": 3}


def test_facts_are_counted_by_source_without_the_event_that_records_it(
    append: Append, entry: Make, writer: Writer
) -> None:
    append(entry("@source", source="wire-1", kind="source.recorded"), entry("one"), entry("two"))
    append(entry("@source", source="wire-2", kind="source.recorded"), entry("@corrected", source=None))
    assert writer.log.sources() == {"wire-1": 2, "wire-2": 0}


def test_an_empty_log_has_no_head_and_no_checkpoint(writer: Writer) -> None:
    assert (writer.log.head(), writer.log.count(), list(writer.log.rows())) == (0, 0, [])
    with writer.transaction():
        assert writer.append([], datetime(2026, 1, 1, tzinfo=UTC), "tester") == range(1, 1)
    assert list(writer.log.checkpoints()) == []


def test_rows_are_found_by_id_and_by_what_they_speak_of(append: Append, entry: Make, writer: Writer) -> None:
    written = append(*(entry(str(number)) for number in range(1200)))
    (spoken,) = append(entry("@retracted", kind="event.retracted", target=written[4].id))
    wanted = [envelope.id for envelope in reversed(written)]
    assert [row.envelope for row in writer.log.rows_by_ids([*wanted, wanted[0], "unknown"])] == written
    assert [row.envelope for row in writer.log.rows_speaking_of(wanted)] == [spoken]
    assert list(writer.log.rows_by_ids([])) == []


def test_ids_are_found_by_their_beginning(append: Append, entry: Make, writer: Writer) -> None:
    ids = sorted(envelope.id for envelope in append(*(entry(str(number)) for number in range(200))))
    assert writer.log.ids_with_prefix("a", limit=1000) == [identity for identity in ids if identity.startswith("a")]
    assert writer.log.ids_with_prefix("", limit=3) == ids[:3]
    assert writer.log.ids_with_prefix(ids[7]) == [ids[7]]
    assert writer.log.ids_with_prefix("%") == []


def test_a_checkpoint_over_the_whole_log_follows_each_load(append: Append, entry: Make, writer: Writer) -> None:
    append(entry("one"), entry("two"))
    append(*(entry(f"bulk {number}") for number in range(2500)))
    leaves = [leaf_hash(row.envelope.canonical()) for row in writer.log.rows()]
    stated = [(size, root, parse_checkpoint(text)) for size, root, text, _ in writer.log.checkpoints()]
    assert stated == [
        (size, root_of(leaves[:size]).hex(), ("corporate-timeline/log", size, root_of(leaves[:size])))
        for size in (2, 2502)
    ]


def test_nothing_is_appended_to_a_log_that_grew_past_its_checkpoint(
    append: Append, entry: Make, writer: Writer
) -> None:
    append(entry("one"))
    writer.connection.execute("INSERT INTO event VALUES (2, 'forged', NULL, 'x', NULL, 'x', NULL, NULL, 'x', 'x', 'x')")
    with pytest.raises(Unverified, match="ends at position 2, its last checkpoint at 1"):
        append(entry("two"))
    assert writer.log.head() == 2


@pytest.mark.parametrize(
    ("frontier", "why"),
    [
        (b"short", "damaged"),
        (Frontier().to_bytes(), "contradicts itself"),
        (b"\0" * 7 + b"\1" + b"x" * 32, "contradicts"),
    ],
)
def test_nothing_is_appended_behind_a_checkpoint_that_is_wrong(
    append: Append, entry: Make, writer: Writer, frontier: bytes, why: str
) -> None:
    append(entry("one"))
    writer.connection.execute("DROP TRIGGER checkpoint_update")
    writer.connection.execute("UPDATE checkpoint SET frontier = ?", (frontier,))
    with pytest.raises(Unverified, match=why):
        append(entry("two"))


batches = st.lists(st.lists(st.tuples(st.sampled_from(["acme", "bolt", None]), st.text()), max_size=4), max_size=4)


@given(batches)
def test_any_split_into_loads_gives_the_same_positions_and_root(loads: list[list[tuple[str | None, str]]]) -> None:
    entries = [
        [
            Entry(event_id(None, key), company, "date.scheduled", None, key, None, None, text.encode())
            for part, (company, text) in enumerate(load)
            if (key := f"{number} {part}")
        ]
        for number, load in enumerate(loads)
    ]
    whole = [entry for load in entries for entry in load]
    assert _stored(entries) == _stored([whole])
    assert [body for _, body in _stored(entries)[0]] == [entry.body for entry in whole]


def _stored(loads: list[list[Entry]]) -> tuple[list[tuple[Envelope, bytes | None]], list[tuple[int, str]]]:
    with tempfile.TemporaryDirectory() as folder, open_writer(Path(folder) / "facts.db") as writer:
        for load in loads:
            with writer.transaction():
                writer.append(load, datetime(2026, 1, 1, tzinfo=UTC), "tester", salts=lambda number: [b"salt"] * number)
        last = [(size, root) for size, root, _, _ in writer.log.checkpoints()][-1:]
        return [(row.envelope, row.body) for row in writer.log.rows()], last
