"""Writing a log into another database as it stands: positions, times, actors, salts and every checkpoint.

What is written follows on the other's end, in transactions that end at checkpoints of the log itself. So the other
database holds a beginning of the log at any time, whatever stops the work, and the work goes on from there. Each root
is made again from the rows that are written and compared with the checkpoint that was kept of them.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, NamedTuple

from timeline.errors import Unverified
from timeline.event import commitment
from timeline.proof.checkpoint import ORIGIN, Checkpoint
from timeline.proof.merkle import Node
from timeline.record import Erased
from timeline.store.append import insert_rows, log_end
from timeline.store.dialect import dialect_of
from timeline.store.log import Reader
from timeline.store.restore import batches
from timeline.store.sealing import leaf_hashes
from timeline.store.tables import BodyRow, CheckpointRow, EventRow, TreeNodeRow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from sqlite3 import Connection

    from timeline.event import Envelope
    from timeline.proof.merkle import Frontier
    from timeline.store.log import Row

MANY_EVENTS = 50_000
"""Events of a transaction at least: those of one load are never parted."""

_AUDIT = "run on the database that is copied: timeline audit log"
_NEXT = "SELECT coalesce(min(size), (SELECT max(size) FROM checkpoint)) FROM checkpoint WHERE size >= ?"
_KEPT = "SELECT size, root, text, recorded FROM checkpoint WHERE size > ? AND size <= ? ORDER BY size"


class Kept(NamedTuple):
    """A checkpoint as the log keeps it; see `timeline.store.tables.CheckpointRow`."""

    size: int
    root: str
    text: str
    recorded: str


class Stretch(NamedTuple):
    """What one transaction wrote.

    Attributes:
        last: position of the log's end afterwards.
        checkpoints: number of them.
        erased: ids of the events whose content was deleted, as an erasure that was written names them.
    """

    last: int
    checkpoints: int
    erased: tuple[str, ...]


def replicate(source: Connection, target: Connection, told: Callable[[int], None]) -> Stretch:
    """Write the events that follow on the target's end, up to a checkpoint; none where there are no more.

    Args:
        source: all of whose answers are of one moment; its log has to begin as the target's does.
        target: inside a transaction.
        told: called with the last position that is written.

    Raises:
        Unverified: a root is not that of the rows, or the target's end is not what its last checkpoint says.
    """
    frontier, _ = log_end(target)
    before = frontier.size
    (end,) = source.execute(_NEXT, (before + MANY_EVENTS,)).fetchone()
    kept = deque(Kept(*row) for row in source.execute(_KEPT, (before, end or 0)))
    number, erasures = len(kept), list[str]()
    for batch in batches(Reader(source).rows(after=before, upto=end or 0)):
        _write(target, frontier, batch, kept)
        erasures += [row.envelope.target for row in batch if row.envelope.kind == Erased.KIND and row.envelope.target]
        told(frontier.size)
    if kept:
        raise Unverified(f"events are missing before the checkpoint of size {kept[0].size}", _AUDIT)
    if frontier.size > before:
        dialect_of(target).announce(target, frontier.size)
    return Stretch(frontier.size, number, delete_content(target, erasures))


def delete_content(target: Connection, erased: Iterable[str]) -> tuple[str, ...]:
    """Delete what is left of events whose erasures are recorded; ids of those of which there was something."""
    left = [row.envelope for row in Reader(target).rows_by_ids(erased) if row.body is not None]
    dialect_of(target).erase_bodies(target, [envelope.position for envelope in left])
    return tuple(envelope.id for envelope in left)


def _write(target: Connection, frontier: Frontier, batch: list[Row], kept: deque[Kept]) -> None:
    """Rows, the nodes of the tree that they complete, and the checkpoints that were made among them."""
    envelopes = [row.envelope for row in batch]
    insert_rows(target, EventRow, envelopes)
    bodies = [_body(row.envelope, row.salt or b"", row.body) for row in batch if row.body is not None]
    insert_rows(target, BodyRow, bodies)
    leaves, nodes, checkpoints = leaf_hashes(envelopes), list[Node](), list[tuple[object, ...]]()
    while kept and kept[0].size <= envelopes[-1].position:
        few = kept[0].size - frontier.size
        nodes += frontier.extend(leaves[:few])
        leaves = leaves[few:]
        checkpoints.append(_checkpoint(frontier, kept.popleft()))
    nodes += frontier.extend(leaves)
    insert_rows(target, TreeNodeRow, nodes)
    insert_rows(target, CheckpointRow, checkpoints)


def _body(envelope: Envelope, salt: bytes, body: bytes) -> tuple[object, ...]:
    if commitment(salt, body) != envelope.commitment:
        raise Unverified(f"the content of the event at position {envelope.position} is not what was recorded", _AUDIT)
    return (envelope.position, salt, body.decode())


def _checkpoint(frontier: Frontier, kept: Kept) -> tuple[object, ...]:
    root = frontier.root()
    if (kept.size, kept.root, kept.text) != (frontier.size, root.hex(), Checkpoint(ORIGIN, frontier.size, root).text()):
        raise Unverified(f"the log is not what its checkpoint of size {kept.size} says", _AUDIT)
    return (kept.size, kept.root, frontier.to_bytes(), kept.text, kept.recorded)
