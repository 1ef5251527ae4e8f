"""How two logs lie to each other, and what one has erased that the other still holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from timeline.record import Erased
from timeline.store.dialect import dialect_of
from timeline.store.log import COLUMNS, Reader

if TYPE_CHECKING:
    from collections.abc import Iterator
    from sqlite3 import Connection

_ROOTS = "SELECT size, root FROM checkpoint ORDER BY size DESC"
_ROOT = "SELECT root FROM checkpoint WHERE size = ?"
_ENVELOPES = f"SELECT {', '.join(COLUMNS)} FROM event WHERE position > ? ORDER BY position"  # noqa: S608 - columns only
_ERASURES = """\
SELECT event.target, CAST(body.body AS BLOB) FROM event LEFT JOIN body ON body.position = event.position
WHERE event.kind = ? AND event.target IS NOT NULL ORDER BY event.position"""
_CONTENT = "SELECT 1 FROM event JOIN body ON body.position = event.position WHERE event.id = ?"


class Relation(NamedTuple):
    """Two logs beside each other.

    Attributes:
        here: number of events of the first.
        there: and of the second.
        common: number of events with which both begin.
    """

    here: int
    there: int
    common: int

    @property
    def lost(self) -> int:
        """Events of the first that the second does not hold, or holds elsewhere."""
        return self.here - self.common

    @property
    def forks(self) -> bool:
        """Whether neither is the beginning of the other."""
        return self.common < min(self.here, self.there)


def relation(here: Connection, there: Connection) -> Relation:
    """How far two logs are the same: up to the last checkpoint that both keep at once, from there event by event."""
    common = _common_checkpoint(here, there)
    for mine, other in zip(_envelopes(here, common), _envelopes(there, common), strict=False):
        if mine != other:
            break
        common += 1
    return Relation(Reader(here).head(), Reader(there).head(), common)


def erased_here(here: Connection, there: Connection) -> Iterator[tuple[str, bytes | None]]:
    """Ids of the events that were erased in the first log and have content in the second, each with its erasure's body.

    In the order in which they were erased.
    """
    for target, body in here.execute(_ERASURES, (Erased.KIND,)):
        if there.execute(_CONTENT, (target,)).fetchone():
            yield target, body


def _common_checkpoint(here: Connection, there: Connection) -> int:
    for size, root in dialect_of(there).streamed(there, _ROOTS):
        if here.execute(_ROOT, (size,)).fetchone() == (root,):
            return int(size)
    return 0


def _envelopes(connection: Connection, after: int) -> Iterator[tuple[object, ...]]:
    return dialect_of(connection).streamed(connection, _ENVELOPES, (after,))
