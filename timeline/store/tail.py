"""The end of the log, verified by itself: what was appended last is hashed again from a checkpoint that is kept.

It finds what a crash, a faulty disk or a careless hand did to the newest events in the time of a short command. All
that came before rests on the checkpoint; `timeline.store.verify` goes through that as well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from timeline.errors import Unverified
from timeline.event import commitment
from timeline.proof.merkle import Frontier, leaf_hash
from timeline.store.log import Reader

if TYPE_CHECKING:
    from collections.abc import Iterable
    from sqlite3 import Connection

    from timeline.store.log import Row

_START = "SELECT size, frontier FROM checkpoint WHERE size <= ? ORDER BY size DESC LIMIT 1"
_LAST = "SELECT size, root FROM checkpoint ORDER BY size DESC LIMIT 1"


class Tail(NamedTuple):
    """What was verified.

    Attributes:
        size: number of events in the log.
        verified: how many of them, the last ones, were hashed again.
    """

    size: int
    verified: int


def verify_tail(connection: Connection, least: int) -> Tail:
    """Verify at least so many of the last events, or all where there are fewer, and that no position is missing.

    Raises:
        Unverified: the log is not what its last checkpoint says.
    """
    reader = Reader(connection)
    head, count = reader.head(), reader.count()
    size, root = connection.execute(_LAST).fetchone() or (0, Frontier().root().hex())
    if head != count:
        raise Unverified(f"there are {count:,} events up to position {head:,}: some are missing")
    if head != size:
        raise Unverified(f"the log ends at position {head:,}, its last checkpoint at {size:,}")
    start, data = connection.execute(_START, (max(head - least, 0),)).fetchone() or (0, Frontier().to_bytes())
    try:
        frontier = Frontier.from_bytes(data)
    except (TypeError, ValueError) as error:
        raise Unverified(f"the checkpoint of {start:,} events is damaged") from error
    if _grown(frontier, reader.rows(after=start)).hex() != root:
        raise Unverified(f"the events from position {start + 1:,} on are not those that the last checkpoint states")
    return Tail(head, head - start)


def _grown(frontier: Frontier, rows: Iterable[Row]) -> bytes:
    for row in rows:
        if row.salt is not None and row.body is not None:
            _require_committed(row)
        frontier.add(leaf_hash(row.envelope.canonical()))
    return frontier.root()


def _require_committed(row: Row) -> None:
    if commitment(row.salt or b"", row.body or b"") != row.envelope.commitment:
        raise Unverified(f"what the event at position {row.envelope.position:,} says is not what was recorded")
