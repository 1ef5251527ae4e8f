"""Whether a database file holds what it says: the test that each copy passes before anyone relies on it."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple

from timeline.check import findings
from timeline.errors import Unverified
from timeline.proof.checkpoint import ORIGIN, Checkpoint
from timeline.proof.merkle import EMPTY_ROOT
from timeline.store.opening import open_reader, snapshot
from timeline.store.tree import kept_checkpoint
from timeline.store.verify import verify

if TYPE_CHECKING:
    from collections.abc import Callable
    from sqlite3 import Connection

    from timeline.store.database import Target


class Seal(NamedTuple):
    """What a log commits to.

    Attributes:
        events: number of them.
        root: hash of the Merkle tree over them, in hex.
        recorded: when the last checkpoint was made; empty for an empty log.
    """

    events: int
    root: str
    recorded: str

    def checkpoint(self) -> Checkpoint:
        """To compare another log with."""
        return Checkpoint(ORIGIN, self.events, bytes.fromhex(self.root))


def seal_of(connection: Connection) -> Seal:
    """What the log's last checkpoint says, not yet verified."""
    size, root, _, recorded = kept_checkpoint(connection, None) or (0, EMPTY_ROOT.hex(), "", "")
    return Seal(size, root, recorded)


def verified(path: Target, name: str, kept: Seal | None = None, told: Callable[[int, int], None] | None = None) -> Seal:
    """The seal of a file whose pages, rows, tree and checkpoints are all as they should be.

    Args:
        path: of the file, or another name of a database.
        name: that it is told by.
        kept: what the log has to begin with.
        told: called with the number of events gone through, and of all.

    Raises:
        Unverified: something is wrong; what, is said.
    """
    against = [(name, kept.checkpoint())] if kept else []
    with closing(open_reader(path)) as connection, snapshot(connection):
        wrong = [each for each in findings(verify(connection, against, progress=told)) if each.severity == "error"]
        if wrong:
            more = f", and {len(wrong) - 1:,} more" if len(wrong) > 1 else ""
            raise Unverified(f"{name} does not verify: {wrong[0].what}{more}")
        return seal_of(connection)
