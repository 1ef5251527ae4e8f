"""The log's Merkle tree as proofs are made of it: leaves from the events, kept nodes, and kept checkpoints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from timeline.errors import Unverified
from timeline.proof.merkle import HASH_BYTES, leaf_hash
from timeline.store.log import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from sqlite3 import Connection

    from timeline.proof.tree import Nodes

_KEPT = "SELECT hash FROM tree_node WHERE level = ? AND number >= ? AND number < ? ORDER BY number"
_EVENTS = f"""\
SELECT {", ".join(COLUMNS)} FROM event
WHERE position > ? AND position <= ? ORDER BY position"""  # noqa: S608 - names of columns only
_CHECKPOINT = "SELECT size, root, text, recorded FROM checkpoint"
_LARGEST = 2**63 - 1
"""That SQLite can compare a number with."""


def tree_nodes(connection: Connection) -> Nodes:
    """What `timeline.proof.tree` makes proofs from; it raises `Unverified` where events or nodes are missing."""

    def nodes(level: int, start: int, stop: int) -> Sequence[bytes]:
        found: list[Any] = _kept(connection, level, start, stop) if level else _leaves(connection, start, stop)
        if len(found) != stop - start or any(not isinstance(node, bytes) or len(node) != HASH_BYTES for node in found):
            what = f"nodes of level {level}" if level else "events"
            raise Unverified(f"{what} are missing or damaged that a proof needs", "run: timeline audit log")
        return found

    return nodes


def kept_checkpoint(connection: Connection, size: int | None) -> tuple[int, str, str, str] | None:
    """Size, root in hex, text and time of the checkpoint of a size, or of the last; None where there is none."""
    if size is None:
        found = connection.execute(f"{_CHECKPOINT} ORDER BY size DESC LIMIT 1")
    else:
        found = connection.execute(f"{_CHECKPOINT} WHERE size = ?", (min(size, _LARGEST),))
    row: tuple[int, str, str, str] | None = found.fetchone()
    return row


def _kept(connection: Connection, level: int, start: int, stop: int) -> list[Any]:
    return [node for (node,) in connection.execute(_KEPT, (level, start, stop))]


def _leaves(connection: Connection, start: int, stop: int) -> list[bytes]:
    from timeline.event import Envelope

    rows = connection.execute(_EVENTS, (start, stop))
    return [leaf_hash(Envelope(*row).canonical()) for row in rows]
