"""Appending to the log inside a transaction: positions, times, commitments, and the checkpoint over all of it."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from sqlalchemy import insert
from sqlalchemy.dialects.sqlite import dialect

from timeline.errors import Unverified
from timeline.proof.checkpoint import ORIGIN, Checkpoint
from timeline.proof.merkle import Frontier
from timeline.store.dialect import dialect_of
from timeline.store.sealing import leaf_hashes, sealed
from timeline.store.tables import BodyRow, CheckpointRow, EventRow, TreeNodeRow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from sqlite3 import Connection

    from sqlmodel import SQLModel

    from timeline.store.log import Entry
    from timeline.store.sealing import Record

_BATCH = 1000
_AUDIT = "run: timeline audit log"


def append(
    connection: Connection,
    entries: Iterable[Entry],
    recorded: datetime,
    actor: str,
    salts: Callable[[int], Sequence[bytes]],
) -> range:
    """Write the entries behind the log's end, then a checkpoint.

    Args:
        connection: inside a transaction.
        entries: read as a stream, in the order in which they get their positions.
        recorded: now; where the clock has run backwards since, the time of the last event stands.
        actor: who records.
        salts: makes so many, one for each event.

    Returns:
        The positions that they got.

    Raises:
        Unverified: the log's end is not what its last checkpoint says.
    """
    frontier, last = log_end(connection)
    stamp = max(last, recorded_text(recorded))
    first = frontier.size + 1
    rest = iter(entries)
    while batch := list(islice(rest, _BATCH)):
        records, contents = sealed(batch, salts(len(batch)), frontier.size + 1, stamp, actor)
        insert_rows(connection, EventRow, records)
        insert_rows(connection, BodyRow, contents)
        grow(connection, frontier, records)
    written = range(first, frontier.size + 1)
    if written:
        write_checkpoint(connection, frontier, stamp)
    return written


def recorded_text(moment: datetime) -> str:
    """A time as the log holds it: texts of one length, so that their order is that of time."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def log_end(connection: Connection) -> tuple[Frontier, str]:
    """The tree so far and the last event's time."""
    event = connection.execute("SELECT position, recorded FROM event ORDER BY position DESC LIMIT 1")
    checkpoint = connection.execute("SELECT size, root, frontier FROM checkpoint ORDER BY size DESC LIMIT 1")
    position, recorded = event.fetchone() or (0, "")
    size, root, data = checkpoint.fetchone() or (0, Frontier().root().hex(), Frontier().to_bytes())
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


def grow(connection: Connection, frontier: Frontier, records: Iterable[Record]) -> None:
    """Add the leaves of events that were written, and keep the nodes that they complete, which proofs are made of."""
    connection.executemany(insert_into(TreeNodeRow), frontier.extend(leaf_hashes(records)))


def write_checkpoint(connection: Connection, frontier: Frontier, recorded: str) -> None:
    """Keep the tree's root as it is after a load, with what is needed to extend it."""
    root = frontier.root()
    text = Checkpoint(ORIGIN, frontier.size, root).text()
    row = (frontier.size, root.hex(), frontier.to_bytes(), text, recorded)
    connection.execute(insert_into(CheckpointRow), row)
    dialect_of(connection).announce(connection, frontier.size)


def insert_rows(connection: Connection, table: type[SQLModel], rows: Sequence[tuple[object, ...]]) -> None:
    """Write rows of all a table's columns."""
    columns = tuple(column.name for column in table.__table__.columns)  # type: ignore[attr-defined]  # SQLModel's
    dialect_of(connection).insert(connection, str(table.__tablename__), columns, rows)


@cache
def insert_into(table: type[SQLModel]) -> str:
    """The table's INSERT as the driver takes it: run by SQLAlchemy, a small append takes half as long again."""
    return str(insert(table).compile(dialect=dialect(paramstyle="qmark")))
