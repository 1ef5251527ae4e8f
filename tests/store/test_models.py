"""Read models: stored as they are, touched only where they differ, and never served when damaged."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.errors import Unverified
from timeline.section import Finding, Headline, Promise, Section, Series
from timeline.store import models
from timeline.store.models import Stamp, digest_of
from timeline.store.parts import items_of, section_of

if TYPE_CHECKING:
    from timeline.store.writer import Writer

LAUNCH = Promise("SU7 launch", "2026-04", "2026-04-01", "2026-04-30", "e7")
SECTION = Section(
    topic="buybacks",
    fields={"cumulative_shares": "162000000", "average": None},
    tables={
        "executions": ({"shares": "5000000", "occurred": "2026-01-08", "sources": ["a", "b"]}, {"shares": "1"}),
        "programmes": (),
    },
    headlines=(Headline("Buybacks", ("162m shares", "~0.63 %"), sources=2),),
    series=(Series("shares", (("2026-01-08", "162000000"),)),),
    promises=(LAUNCH,),
    known_to="2026-01-08",
    findings=(Finding("overlap", "warning", "two reports disagree", ("e1",), ("s1", "s2"), "buybacks"),),
)


@pytest.mark.parametrize(
    "section",
    [SECTION, Section("market"), Section("market", problem="event 0123 cannot be read")],
    ids=["full", "empty", "stopped"],
)
def test_a_section_is_read_back_as_it_was_stored(writer: Writer, section: Section) -> None:
    models.write(writer.connection, "acme", section.topic, "3", 17, items_of(section))
    (model,) = models.read(writer.connection, "acme")
    assert (model.topic, model.version, model.position) == (section.topic, "3", 17)
    assert section_of(model.topic, model.items) == section


def test_the_keys_of_a_row_and_the_tables_keep_their_order() -> None:
    section = section_of("buybacks", items_of(SECTION))
    assert list(section.tables) == ["executions", "programmes"]
    assert list(section.tables["executions"][0]) == ["shares", "occurred", "sources"]


def test_each_row_and_each_list_entry_is_an_item() -> None:
    assert list(items_of(SECTION)) == [
        ("fields", "", 0),
        ("tables", "", 0),
        ("headlines", "", 0),
        ("series", "", 0),
        ("promises", "", 0),
        ("findings", "", 0),
        ("known_to", "", 0),
        ("table:executions", "", 0),
        ("table:executions", "", 1),
    ]


def test_rows_are_ordered_by_their_numbers_however_the_items_come() -> None:
    section = Section("market", tables={"prices": tuple({"day": day} for day in range(12))})
    assert section_of("market", dict(reversed(items_of(section).items()))) == section


def test_writing_again_touches_only_the_rows_that_differ(writer: Writer) -> None:
    old = {
        ("fields", "", 0): b'{"a":1}',
        ("table:x", "", 0): b"{}",
        ("table:x", "", 1): b'{"b":2}',
        ("table:x", "", 2): b"{}",
    }
    new = {
        ("fields", "", 0): b'{"a":1}',
        ("table:x", "", 0): b'{"c":3}',
        ("table:x", "", 1): b'{"b":2}',
        ("series", "", 0): b"{}",
    }
    assert models.write(writer.connection, "acme", "market", "1", 1, old) is True
    before = writer.connection.total_changes
    assert models.write(writer.connection, "acme", "market", "1", 2, new) is True
    one_deleted, two_written, one_stamp = 1, 2, 1
    assert writer.connection.total_changes - before == one_deleted + two_written + one_stamp
    assert models.write(writer.connection, "acme", "market", "1", 3, new) is False
    (model,) = models.read(writer.connection, "acme", "market")
    assert (model.position, model.items) == (3, new)


def test_models_are_read_by_company_and_topic(writer: Writer) -> None:
    for company, topic in (("acme", "market"), ("acme", "buybacks"), ("bolt", "market")):
        models.write(writer.connection, company, topic, "1", 1, {("fields", "", 0): f'{{"of":"{company}"}}'.encode()})
    assert [model.topic for model in models.read(writer.connection, "acme")] == ["buybacks", "market"]
    (model,) = models.read(writer.connection, "bolt", "market")
    assert model.items == {("fields", "", 0): b'{"of":"bolt"}'}
    assert models.read(writer.connection, "bolt", "buybacks") == []
    models.remove(writer.connection, "acme", "market")
    assert models.stamps(writer.connection) == [Stamp("acme", "buybacks", "1", 1), Stamp("bolt", "market", "1", 1)]
    assert writer.connection.execute("SELECT count(*) FROM read_item").fetchone() == (2,)


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE read_item SET data = replace(data, '5000000', '6000000')",
        "DELETE FROM read_item WHERE part = 'fields'",
        "UPDATE read_item SET seq = 5 WHERE part = 'table:executions' AND seq = 1",
        "INSERT INTO read_item VALUES ('acme', 'buybacks', '', 'table:executions', 9, '{}')",
        "UPDATE read_model SET version = '4'",
        "UPDATE read_model SET digest = ''",
    ],
)
def test_a_damaged_model_is_refused_with_the_remedy(writer: Writer, damage: str) -> None:
    models.write(writer.connection, "acme", "buybacks", "3", 17, items_of(SECTION))
    writer.connection.execute(damage)
    with pytest.raises(Unverified, match="read model buybacks of acme is not what was stored") as caught:
        models.read(writer.connection, "acme")
    assert caught.value.fix == "run: timeline rebuild"


def test_writing_a_damaged_model_anew_mends_it(writer: Writer) -> None:
    models.write(writer.connection, "acme", "buybacks", "3", 17, items_of(SECTION))
    writer.connection.execute("UPDATE read_item SET data = '{}' WHERE part = 'fields'")
    models.write(writer.connection, "acme", "buybacks", "3", 17, items_of(SECTION))
    (model,) = models.read(writer.connection, "acme")
    assert model.items == items_of(SECTION)


items = st.dictionaries(st.tuples(st.text(), st.text(), st.integers(0, 12)), st.binary(), max_size=4)


@given(items, items)
def test_models_that_differ_have_different_digests(
    left: dict[tuple[str, str, int], bytes], right: dict[tuple[str, str, int], bytes]
) -> None:
    assert (digest_of("t", "1", left) == digest_of("t", "1", right)) is (left == right)


def test_promises_of_all_companies_come_in_one_order(writer: Writer) -> None:
    later = Promise("margins", "../2026-12-31", None, "2026-12-31", "e9")
    for company, promises in (("bolt", (LAUNCH,)), ("acme", (LAUNCH, later)), ("core", ())):
        section = Section("products", fields={"x": "1"}, promises=promises)
        models.write(writer.connection, company, "products", "1", 1, items_of(section))
    assert list(models.promises(writer.connection)) == [
        ("acme", "products", LAUNCH),
        ("acme", "products", later),
        ("bolt", "products", LAUNCH),
    ]


def test_promises_are_found_without_reading_everything_else(writer: Writer) -> None:
    plan = writer.connection.execute(
        "EXPLAIN QUERY PLAN SELECT company, topic, data FROM read_item WHERE part = 'promises' "
        "ORDER BY company, topic, partition, seq"
    ).fetchall()
    assert ["read_item_promise" in detail for *_, detail in plan] == [True]
