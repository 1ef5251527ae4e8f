"""Proofs that an event is in the log, and that the log only grew; and the checkpoints that they are made against.

A proof is checked before it is handed out: one that does not hold tells that the log was changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.app.clocks import basis
from timeline.app.names import event_asked
from timeline.app.proving.elsewhere import Kept, read_checkpoint
from timeline.app.proving.witness import extra_of, read_extra, require_growth, require_inclusion
from timeline.errors import InvalidInput, NotFound, Problem, TimelineError, Unverified
from timeline.page import Listing
from timeline.proof import tree
from timeline.proof.checkpoint import ORIGIN, parse_checkpoint
from timeline.proof.file import LARGEST, ConsistencyProof, InclusionProof
from timeline.section import Column, Table
from timeline.store.log import Reader
from timeline.store.tree import kept_checkpoint, tree_nodes

if TYPE_CHECKING:
    from sqlite3 import Connection

    from timeline.proof.checkpoint import Checkpoint

_AUDIT = "run: timeline audit log"
_DIGITS = 18
"""Of a number that can be a size; anything longer is the name of a file."""

_CHECKPOINTS = Table(
    "checkpoints",
    "Checkpoints",
    (
        Column("size", kind="number"),
        Column("root"),
        Column("recorded", kind="when"),
        Column("text", shown=False),
    ),
)


def prove(connection: Connection, event: str, at: int | None = None, *, content: bool = True) -> str:
    """An inclusion proof as a C2SP tlog-proof.

    Args:
        connection: inside a snapshot.
        event: its id, or as much of it as no other shares.
        at: size of the kept checkpoint that the proof is made against; None for the last.
        content: whether the event's content goes into the proof, where it was not erased.

    Raises:
        NotFound: no such event or checkpoint.
        InvalidInput: the checkpoint is from before the event.
        Unverified: the proof does not hold.
    """
    reader = Reader(connection)
    (row,) = reader.rows_by_ids([event_asked(reader, event)])
    place, checkpoint = row.envelope.position - 1, _checkpoint(reader, at)
    if place >= checkpoint.size:
        raise InvalidInput([_too_early(f"the event is number {place + 1}", checkpoint.size)])
    path = tree.inclusion(tree_nodes(connection), place, checkpoint.size)
    proof = InclusionProof(extra_of(row, content=content), place, tuple(path), checkpoint)
    require_inclusion(proof, read_extra(proof.extra))
    text = proof.text()
    if len(text) > LARGEST:
        raise TimelineError("the event's content is too large for a proof", "leave it out: --without-content")
    return text


def prove_growth(connection: Connection, from_: str | int, at: int | None = None) -> str:
    """A consistency proof from a smaller log to this one.

    Args:
        connection: inside a snapshot.
        from_: file of a checkpoint that was kept elsewhere, or the size of one that is kept here.
        at: size of the kept checkpoint up to which the growth is proved; None for the last.

    Raises:
        NotFound: no such checkpoint here.
        InvalidInput: the file is none, or the log was not yet as large at the checkpoint that was named.
        Unverified: this log does not begin with what the checkpoint was made of.
    """
    reader = Reader(connection)
    old, new = _old(reader, str(from_)), _checkpoint(reader, at)
    size = old.checkpoint.size
    if size > new.size and at is not None:
        raise InvalidInput([_too_early(f"the checkpoint in {old.name} is of {size} events", new.size)])
    if size > new.size:
        raise Unverified(f"the log has {new.size} events, and had {size} at the checkpoint in {old.name}", _AUDIT)
    path = tree.consistency(tree_nodes(connection), size, new.size)
    proof = ConsistencyProof(size, old.checkpoint.root, tuple(path), new)
    try:
        require_growth(proof)
    except Unverified as error:
        what = f"the log does not begin with the {size} events that the checkpoint in {old.name} was made of"
        raise Unverified(f"{what}: it was rewritten, or is another log", error.fix) from error
    return proof.text()


def checkpoints(connection: Connection, size: int | None = None, *, last: bool = False) -> Listing:
    """The checkpoints that are kept, in rising size: of all loads, of one size, or only the last.

    Raises:
        NotFound: none has this size.
    """
    reader = Reader(connection)
    one = kept_checkpoint(connection, size) if last or size is not None else None
    rows = reader.checkpoints() if not last and size is None else [one] if one else []
    if size is not None and not one:
        raise _no_checkpoint(size)
    return Listing(
        schema="timeline.checkpoints/1",
        table=_CHECKPOINTS,
        rows=tuple(
            {"size": str(kept), "root": root, "recorded": recorded, "text": text} for kept, root, text, recorded in rows
        ),
        basis=basis(reader.head()),
        empty="no checkpoint yet: the log is empty",
    )


def _old(reader: Reader, from_: str) -> Kept:
    """The checkpoint that a log grew from."""
    if from_.isascii() and from_.isdigit() and len(from_) <= _DIGITS:
        return Kept("this database", _checkpoint(reader, int(from_)))
    return read_checkpoint(from_)


def _checkpoint(reader: Reader, size: int | None) -> Checkpoint:
    """The kept checkpoint of a size, else the last one, which has to be over the whole log."""
    kept = kept_checkpoint(reader.connection, size)
    if kept is None:
        raise _no_checkpoint(size)
    found, root, text, _ = kept
    head = reader.head()
    if size is None and found != head:
        raise Unverified(f"the log ends at position {head}, its last checkpoint at {found}", _AUDIT)
    try:
        checkpoint = parse_checkpoint(text)
    except ValueError as error:
        raise Unverified(f"the checkpoint of size {found} is damaged", _AUDIT) from error
    if (checkpoint.origin, checkpoint.size, checkpoint.root.hex()) != (ORIGIN, found, root):
        raise Unverified(f"the checkpoint of size {found} contradicts itself", _AUDIT)
    return checkpoint


def _no_checkpoint(size: int | None) -> TimelineError:
    if size is None:
        return TimelineError("the log is empty, and so has no checkpoint", "load something first: timeline load PATH")
    return NotFound("checkpoint", str(size), (), "timeline checkpoint --all prints those that are kept")


def _too_early(what: str, size: int) -> Problem:
    fix = "name a larger checkpoint, or leave --at out for the last"
    return Problem("checkpoint-too-early", f"{what}, which the checkpoint of {size} events does not reach", fix)
