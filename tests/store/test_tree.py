"""The Merkle tree as the database keeps it: nodes written with the events, and leaves made from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from timeline.errors import Unverified
from timeline.proof.merkle import leaf_hash, root_of
from timeline.proof.tree import consistency, extends, includes, inclusion, root
from timeline.store.driver import sqlite
from timeline.store.opening import open_writer
from timeline.store.restore import adopt, restore
from timeline.store.tree import kept_checkpoint, tree_nodes

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path
    from sqlite3 import Connection

    from timeline.event import Envelope
    from timeline.store.log import Entry
    from timeline.store.writer import Writer

    Append = Callable[..., list[Envelope]]
    Make = Callable[..., Entry]


def leaves(writer: Writer) -> list[bytes]:
    return [leaf_hash(row.envelope.canonical()) for row in writer.log.rows()]


def kept(connection: Connection) -> list[tuple[int, int, bytes]]:
    return list(connection.execute("SELECT level, number, hash FROM tree_node ORDER BY level, number"))


def test_each_256_events_leave_their_node_whatever_loads_they_came_in(
    append: Append, entry: Make, writer: Writer
) -> None:
    entries = [entry(str(number)) for number in range(1030)]
    for start, stop in ((0, 255), (255, 256), (256, 257), (257, 1030)):
        append(*entries[start:stop])
    all_leaves = leaves(writer)
    assert kept(writer.connection) == [
        (8, number, root_of(all_leaves[number * 256 : (number + 1) * 256])) for number in range(4)
    ]


@pytest.mark.parametrize("way", ["restored", "adopted"])
def test_rows_of_another_log_leave_their_nodes_too(
    append: Append, entry: Make, writer: Writer, tmp_path: Path, morning: datetime, way: str
) -> None:
    append(*(entry(str(number)) for number in range(600)))
    with open_writer(tmp_path / "other.db") as other:
        with other.transaction():
            if way == "restored":
                restore(other.connection, writer.log.rows())
            else:
                adopt(other.connection, writer.log.rows(), morning, "somebody else")
        all_leaves = leaves(other)
        assert kept(other.connection) == [(8, 0, root_of(all_leaves[:256])), (8, 1, root_of(all_leaves[256:512]))]
    assert (leaves(writer) == all_leaves) == (way == "restored")


def test_a_load_that_fails_leaves_no_node(append: Append, entry: Make, writer: Writer) -> None:
    entries = [entry(str(number)) for number in range(1100)]
    with pytest.raises(sqlite.IntegrityError, match="an event has this id already"):
        append(*entries, entries[0])
    assert kept(writer.connection) == []
    append(*entries)
    assert len(kept(writer.connection)) == 4


def test_proofs_are_made_from_events_and_nodes(append: Append, entry: Make, writer: Writer) -> None:
    append(*(entry(str(number)) for number in range(700)))
    nodes, all_leaves = tree_nodes(writer.connection), leaves(writer)
    whole = root_of(all_leaves)
    assert root(nodes, 0, 700) == whole
    for place in (0, 255, 256, 511, 512, 699):
        path = inclusion(nodes, place, 700)
        assert includes(path, place, 700, all_leaves[place], whole)
        assert extends(consistency(nodes, place + 1, 700), place + 1, root_of(all_leaves[: place + 1]), 700, whole)


@pytest.mark.parametrize(
    ("damage", "what"),
    [
        ("DELETE FROM tree_node WHERE number = 0", "nodes of level 8"),
        ("UPDATE tree_node SET hash = x'00'", "nodes of level 8"),
        ("UPDATE tree_node SET hash = 'a text of thirty-two characters.'", "nodes of level 8"),
        ("DROP TRIGGER event_delete; PRAGMA foreign_keys = OFF; DELETE FROM event WHERE position = 513", "events"),
    ],
)
def test_what_is_missing_or_no_hash_ends_a_proof(
    append: Append, entry: Make, writer: Writer, damage: str, what: str
) -> None:
    append(*(entry(str(number)) for number in range(520)))
    writer.connection.executescript(damage)
    with pytest.raises(Unverified, match=f"{what} are missing or damaged"):
        inclusion(tree_nodes(writer.connection), 515, 520)


def test_a_checkpoint_is_found_by_its_size_and_the_last_without(append: Append, entry: Make, writer: Writer) -> None:
    assert kept_checkpoint(writer.connection, None) is None
    append(entry("one"))
    append(entry("two"), entry("three"))
    first, last = writer.log.checkpoints()
    assert (first[0], last[0]) == (1, 3)
    assert kept_checkpoint(writer.connection, 1) == first
    assert kept_checkpoint(writer.connection, 3) == last == kept_checkpoint(writer.connection, None)
    assert kept_checkpoint(writer.connection, 2) is None
    assert kept_checkpoint(writer.connection, 10**30) is None
