"""Writing rows of another log: as they stood there, or behind this log's end under its own positions.

Either way an event keeps its content, its salt and so its commitment, and one that was erased arrives without a body.
The guards of the log hold as for any other append, and one checkpoint closes all of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.record import Erased
from timeline.store.append import grow, insert_rows, log_end, recorded_text, write_checkpoint
from timeline.store.tables import BodyRow, EventRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime
    from sqlite3 import Connection

    from timeline.proof.merkle import Frontier
    from timeline.store.log import Row

_BATCH = 1000


def restore(connection: Connection, rows: Iterable[Row]) -> int:
    """Write rows with the positions, times and actors that they have, and say how many there were.

    Args:
        connection: inside a transaction.
        rows: those that follow on the log's end.

    Raises:
        Unverified: the log's end is not what its last checkpoint says.
    """
    frontier, last = log_end(connection)
    return _write(connection, frontier, last, rows)


def adopt(connection: Connection, rows: Iterable[Row], recorded: datetime, actor: str) -> int:
    """Write rows under the next positions, as recorded now and by this actor, and say how many there were.

    Args:
        connection: inside a transaction.
        rows: of whichever logs; their ids must be new here.
        recorded: now; where the clock has run backwards since, the time of the last event stands.
        actor: who records.

    Raises:
        Unverified: the log's end is not what its last checkpoint says.
    """
    frontier, last = log_end(connection)
    stamp = max(last, recorded_text(recorded))
    placed = (
        row._replace(envelope=row.envelope._replace(position=position, recorded=stamp, actor=actor))
        for position, row in enumerate(rows, frontier.size + 1)
    )
    return _write(connection, frontier, stamp, placed)


def _write(connection: Connection, frontier: Frontier, stamp: str, rows: Iterable[Row]) -> int:
    before = frontier.size
    for batch in batches(rows):
        insert_rows(connection, EventRow, [row.envelope for row in batch])
        bodies = [(row.envelope.position, row.salt, row.body.decode()) for row in batch if row.body is not None]
        insert_rows(connection, BodyRow, bodies)
        grow(connection, frontier, [row.envelope for row in batch])
        stamp = batch[-1].envelope.recorded
    if frontier.size > before:
        write_checkpoint(connection, frontier, stamp)
    return frontier.size - before


def batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """The rows in order; an erasure bars its target's body, which so has to be written in a batch before it."""
    batch: list[Row] = []
    for row in rows:
        if batch and (len(batch) == _BATCH or row.envelope.kind == Erased.KIND):
            yield batch
            batch = []
        batch.append(row)
    if batch:
        yield batch
