"""Appending to the log inside a transaction: positions, times, commitments, and the checkpoint over all of it."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from sqlalchemy import insert
from sqlalchemy.dialects.sqlite import dialect

from timeline.errors import Unverified
from timeline.event import Envelope, commitment
from timeline.proof.checkpoint import ORIGIN, Checkpoint
from timeline.proof.merkle import Frontier, leaf_hash
from timeline.store.tables import BodyRow, CheckpointRow, EventRow, TreeNodeRow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from sqlite3 import Connection

    from sqlmodel import SQLModel

    from timeline.store.log import Entry

_SALT_BYTES = 32
_BATCH = 1000
_AUDIT = "run: timeline audit log"


def fresh_salt() -> bytes:
    """32 random bytes."""
    return os.urandom(_SALT_BYTES)


def append(
    connection: Connection, entries: Iterable[Entry], recorded: datetime, actor: str, salts: Callable[[], bytes]
) -> list[Envelope]:
    """Write the entries behind the log's end, then a checkpoint.

    The time recorded is that of the last event where the clock has run backwards since.

    Raises:
        Unverified: the log's end is not what its last checkpoint says.
    """
    frontier, last = log_end(connection)
    stamp = max(last, recorded_text(recorded))
    written: list[Envelope] = []
    rest = iter(entries)
    while batch := list(islice(rest, _BATCH)):
        salted = [(entry, salts()) for entry in batch]
        envelopes = [
            _envelope(frontier.size + number, entry, stamp, actor, commitment(salt, entry.body))
            for number, (entry, salt) in enumerate(salted, 1)
        ]
        bodies = [
            (envelope.position, salt, entry.body.decode())
            for envelope, (entry, salt) in zip(envelopes, salted, strict=True)
        ]
        connection.executemany(insert_into(EventRow), envelopes)
        connection.executemany(insert_into(BodyRow), bodies)
        grow(connection, frontier, envelopes)
        written += envelopes
    if written:
        write_checkpoint(connection, frontier, stamp)
    return written


def recorded_text(moment: datetime) -> str:
    """A time as the log holds it: texts of one length, so that their order is that of time."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f}Z"


def _envelope(position: int, entry: Entry, recorded: str, actor: str, committed: str) -> Envelope:
    identity, company, kind, source, key, target, published, _ = entry
    return Envelope(position, identity, company, kind, source, key, target, published, recorded, actor, committed)


def log_end(connection: Connection) -> tuple[Frontier, str]:
    """The tree so far and the last event's time."""
    event = connection.execute("SELECT position, recorded FROM event ORDER BY position DESC LIMIT 1").fetchone()
    position, recorded = event or (0, "")
    checkpoint = connection.execute("SELECT size, root, frontier FROM checkpoint ORDER BY size DESC LIMIT 1").fetchone()
    size, root, data = checkpoint or (0, Frontier().root().hex(), Frontier().to_bytes())
    if size != position:
        raise Unverified(f"the log ends at position {position}, its last checkpoint at {size}", _AUDIT)
    return _frontier(size, root, data), recorded


def _frontier(size: int, root: str, data: bytes) -> Frontier:
    try:
        frontier = Frontier.from_bytes(data)
    except ValueError as error:
        raise Unverified(f"the checkpoint of size {size} is damaged", _AUDIT) from error
    if (frontier.size, frontier.root().hex()) != (size, root):
        raise Unverified(f"the checkpoint of size {size} contradicts itself", _AUDIT)
    return frontier


def grow(connection: Connection, frontier: Frontier, envelopes: Iterable[Envelope]) -> None:
    """Add the leaves of events that were written, and keep the nodes that they complete, which proofs are made of."""
    completed = [node for envelope in envelopes for node in frontier.add(leaf_hash(envelope.canonical()))]
    connection.executemany(insert_into(TreeNodeRow), completed)


def write_checkpoint(connection: Connection, frontier: Frontier, recorded: str) -> None:
    """Keep the tree's root as it is after a load, with what is needed to extend it."""
    root = frontier.root()
    text = Checkpoint(ORIGIN, frontier.size, root).text()
    row = (frontier.size, root.hex(), frontier.to_bytes(), text, recorded)
    connection.execute(insert_into(CheckpointRow), row)


@cache
def insert_into(table: type[SQLModel]) -> str:
    """The table's INSERT as the driver takes it: run by SQLAlchemy, a small append takes half as long again."""
    return str(insert(table).compile(dialect=dialect(paramstyle="qmark")))
