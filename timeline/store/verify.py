"""Verification of a log and of all that is kept with it: rows, tree, checkpoints, triggers and the file itself.

It goes through the log once, in flat memory. Whatever is wrong is a verdict; only what keeps the program from the file,
such as another process's lock, is an exception.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.proof.blocks import Blocks
from timeline.record import Erased
from timeline.store import damage, schema
from timeline.store.damage import MOST, Damage
from timeline.store.dialect import dialect_of
from timeline.store.leaves import blocks
from timeline.store.opening import snapshot
from timeline.store.witnesses import Kept, Nodes, Witnesses

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from sqlite3 import Connection

    from timeline.check import Verdict
    from timeline.proof.checkpoint import Checkpoint

_EVERY = 16
_OUTSIDE = "SELECT position FROM body WHERE position < 1 OR position > ? ORDER BY position"
_STRAYS = """\
SELECT body.position FROM body LEFT JOIN event ON event.position = body.position
WHERE event.position IS NULL ORDER BY body.position"""
_KEPT = """\
SELECT event.position, event.id FROM event AS erasure
JOIN event ON event.id = erasure.target JOIN body ON body.position = event.position
WHERE erasure.target IS NOT NULL AND erasure.kind = ? ORDER BY event.position"""


def verify(
    connection: Connection,
    against: Sequence[tuple[str, Checkpoint]] = (),
    *,
    structure: bool = True,
    progress: Callable[[int, int], None] | None = None,
) -> list[Verdict]:
    """What is wrong with the log, and which rules found nothing.

    Args:
        connection: that may read; all is of one moment.
        against: checkpoints that were kept elsewhere, with the names that they are told by; the log has to be a
            continuation of each.
        structure: whether SQLite is asked to check the whole file, its indexes among it, which takes about as long as
            all the rest.
        progress: called with the number of events gone through, and of all.

    Raises:
        DatabaseUnusable: the database is locked or may not be read.
    """
    found = Damage()
    with snapshot(connection):
        _guards(connection, found)
        _log(connection, found, against, progress)
        _erased(connection, found)
        if structure:
            _structure(connection, found)
    return found.verdicts(rule for rule in damage.RULES if structure or rule != damage.STRUCTURE)


def _guards(connection: Connection, found: Damage) -> None:
    with found.reading("the triggers cannot be read", damage.GUARD):
        for name in schema.fallen_triggers(connection):
            found.found(damage.GUARD, f"the trigger {name}, which guards the log, is missing or changed")
        dialect = dialect_of(connection)
        for name in dialect.guards(connection):
            if name not in dialect.GUARDS:
                found.found(damage.STRANGER, f"the trigger {name} is none of this program's")
        if excess := dialect.excess(connection):
            found.found(damage.RIGHTS, excess)


def _log(
    connection: Connection,
    found: Damage,
    against: Sequence[tuple[str, Checkpoint]],
    progress: Callable[[int, int], None] | None,
) -> None:
    """The rows, and what stands witness to them; if the rows break off, only what was reached is compared."""
    tree, told, last = Blocks(), progress or _nobody, 0
    witnesses, nodes, kept = Witnesses(connection, found), Nodes(connection, found), Kept(against, found)
    with found.reading("the log cannot be read"):
        (total,) = connection.execute("SELECT coalesce(max(position), 0) FROM event").fetchone()
        for number, block in enumerate(blocks(connection, found)):
            nodes.compare(tree.add(block.leaves))
            kept.compare(tree)
            witnesses.compare(tree, block)
            last = block.last
            if number % _EVERY == 0:
                told(min(tree.size, total), total)
        told(total, total)
        witnesses.end(tree)
        nodes.end(tree)
        kept.end(tree)
        _strays(connection, found, last, gapless=last == tree.size)


def _nobody(done: int, total: int) -> None:
    """Told where nobody asked."""


def _strays(connection: Connection, found: Damage, last: int, *, gapless: bool) -> None:
    """Bodies that are nobody's; where no position is missing, they can only be outside."""
    strays = connection.execute(_OUTSIDE, (last,)) if gapless else connection.execute(_STRAYS)
    for (position,) in strays:
        found.found(damage.STRAY, f"there is a body for position {position} and no event")


def _erased(connection: Connection, found: Damage) -> None:
    with found.reading("the erasures cannot be read"):
        for position, identity in connection.execute(_KEPT, (Erased.KIND,)):
            what = f"the body of the event at position {position} is still there, although an erasure speaks of it"
            found.found(damage.KEPT, what, [identity])


def _structure(connection: Connection, found: Damage) -> None:
    with found.reading("the file cannot be read", damage.STRUCTURE):
        for fault in dialect_of(connection).faults(connection, MOST):
            found.found(damage.STRUCTURE, fault)
