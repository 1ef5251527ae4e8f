"""All that is stored of a company at once: written, marked as older, forgotten; and the mark of a rebuild."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from timeline.store import models, unfinished
from timeline.store.models import Stamp

if TYPE_CHECKING:
    from timeline.store.writer import Writer

ONE = {("fields", "", 0): b'{"a":1}', ("table:x", "", 0): b"{}"}
OTHER = {("fields", "", 0): b'{"b":2}'}


def test_what_is_written_takes_the_place_of_all_that_was_there(writer: Writer) -> None:
    connection = writer.connection
    assert models.write_all(connection, "acme", "1", 3, {"market": ONE, "buybacks": OTHER}) == 2
    connection.execute("INSERT INTO read_item VALUES ('acme', 'weather', '', 'fields', 0, '{}')")
    assert models.write_all(connection, "acme", "2", 4, {"market": OTHER, "targets": {}}) == 1
    assert [(model.topic, model.version, model.items) for model in models.read(connection, "acme")] == [
        ("market", "2", OTHER),
        ("targets", "2", {}),
    ]
    assert connection.execute("SELECT DISTINCT topic FROM read_item").fetchall() == [("market",)]


def test_only_what_differs_is_touched(writer: Writer) -> None:
    models.write_all(writer.connection, "acme", "1", 3, {"market": ONE, "buybacks": OTHER})
    before = writer.connection.total_changes
    assert models.write_all(writer.connection, "acme", "1", 4, {"market": ONE, "buybacks": OTHER}) == 0
    two_stamps = 2
    assert writer.connection.total_changes - before == two_stamps


def test_what_is_outdated_covers_no_event_and_is_still_what_was_stored(writer: Writer) -> None:
    connection = writer.connection
    models.write_all(connection, "acme", "1", 3, {"market": ONE})
    models.write_all(connection, "bolt", "1", 3, {"market": ONE})
    models.outdate(connection, "acme", ["market", "targets"])
    assert models.stamps(connection) == [
        Stamp("acme", "market", "1", 0),
        Stamp("acme", "targets", "", 0),
        Stamp("bolt", "market", "1", 3),
    ]
    assert [model.items for model in models.read(connection, "acme")] == [ONE, {}]


def test_companies_are_told_even_where_only_items_are_left(writer: Writer) -> None:
    connection = writer.connection
    assert models.companies(connection) == set()
    models.write_all(connection, "acme", "1", 3, {"market": {}})
    models.write_all(connection, "bolt", "1", 3, {"market": ONE, "targets": OTHER})
    connection.execute("DELETE FROM read_model WHERE company = 'bolt'")
    assert models.companies(connection) == {"acme", "bolt"}
    models.forget(connection, "bolt")
    assert (models.companies(connection), models.count(connection)) == ({"acme"}, 1)


def test_the_mark_of_a_rebuild_comes_and_goes_with_its_transaction(writer: Writer) -> None:
    def begin_in_vain() -> None:
        with writer.transaction():
            unfinished.begin(writer.connection, 7, None)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        begin_in_vain()
    assert unfinished.begun(writer.connection) == 0
    with writer.transaction():
        unfinished.begin(writer.connection, 7, None)
    assert unfinished.begun(writer.connection) == 7


def test_only_what_is_stored_after_the_mark_counts_as_done(writer: Writer) -> None:
    connection = writer.connection
    for company in ("acme", "bolt", "core", "dyno"):
        models.write_all(connection, company, "1", 7, {"market": ONE, "targets": {}})
    unfinished.begin(connection, 7, "dyno")
    assert {stamp.company: stamp.position for stamp in models.stamps(connection)} == {
        "acme": 6,
        "bolt": 6,
        "core": 6,
        "dyno": 7,
    }
    models.write_all(connection, "acme", "1", 8, {"market": ONE, "targets": {}})
    models.write_all(connection, "bolt", "0", 8, {"market": ONE, "targets": {}})
    models.write_all(connection, "core", "1", 8, {"market": ONE})
    assert unfinished.stored_since(connection, 7, "1", 2) == {"acme": 8, "dyno": 7}
