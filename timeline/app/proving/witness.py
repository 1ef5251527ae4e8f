"""What an inclusion proof of this program carries beside the hashes: the event, with its content or without.

The proof's leaf is the RFC 6962 leaf hash of the envelope's canonical bytes. Where the content is there, so is its
salt, and both have to be what the envelope commits to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec
from msgspec import Struct

from timeline.app.transfer.exported import Count, Hash, Id
from timeline.errors import Unverified
from timeline.event import Envelope, canonical_json, commitment
from timeline.proof.merkle import leaf_hash
from timeline.store.log import Row

if TYPE_CHECKING:
    from timeline.proof.file import ConsistencyProof, InclusionProof

_AUDIT = "run: timeline audit log"


class Logged(Struct, frozen=True, forbid_unknown_fields=True):
    """The columns of `timeline.event.Envelope`."""

    position: Count
    id: Id
    company: str | None
    kind: str
    source: str | None
    key: str
    target: Id | None
    published: str | None
    recorded: str
    actor: str
    commitment: Hash


class Witness(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The extra data of a proof.

    Attributes:
        schema: name and version of the form.
        envelope: what was logged.
        salt: of the commitment, in hex; None where the content was erased or left out.
        body: exactly the text that was committed to; None likewise.
    """

    schema: Literal["timeline.proof/1"]
    envelope: Logged
    salt: Hash | None
    body: str | None

    def row(self) -> Row:
        """The event as the log keeps it."""
        salt, body = self.salt, self.body
        envelope = Envelope(*msgspec.structs.astuple(self.envelope))
        return Row(envelope, None if salt is None else bytes.fromhex(salt), None if body is None else body.encode())


def extra_of(row: Row, *, content: bool) -> bytes:
    """The extra data for an event's proof; content that was erased is left out in any case."""
    salt, body = (row.salt, row.body) if content else (None, None)
    witness = Witness(
        schema="timeline.proof/1",
        envelope=Logged(*row.envelope),
        salt=None if salt is None else salt.hex(),
        body=None if body is None else body.decode(),
    )
    return canonical_json(witness)


def read_extra(data: bytes) -> Row:
    """The event in a proof's extra data.

    Raises:
        ValueError: it is none, or not written as this program writes it, or has a salt without a body or the reverse.
    """
    try:
        witness = _WITNESS.decode(data)
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error
    if canonical_json(witness) != data:
        raise ValueError("it is not canonical JSON")
    if (witness.salt is None) != (witness.body is None):
        raise ValueError("salt and body are there both, or neither")
    return witness.row()


def require_inclusion(proof: InclusionProof, row: Row) -> None:
    """Accept a proof of an event.

    Raises:
        Unverified: the event is not in the log that the checkpoint is of, not at its position, or has other content.
    """
    if proof.place + 1 != row.envelope.position or not proof.holds(leaf_hash(row.envelope.canonical())):
        size, position = proof.checkpoint.size, row.envelope.position
        raise Unverified(
            f"the proof does not hold: it does not lead from this event, as number {position}, to the root that its "
            f"checkpoint states at size {size}",
            _AUDIT,
        )
    if row.salt is not None and row.body is not None and commitment(row.salt, row.body) != row.envelope.commitment:
        raise Unverified("the proof does not hold: the content is not what the event commits to", _AUDIT)


def require_growth(proof: ConsistencyProof) -> None:
    """Accept a proof that a log only grew.

    Raises:
        Unverified: the smaller log is not the beginning of the larger one.
    """
    if not proof.holds():
        sizes = f"the log of size {proof.checkpoint.size} begins with that of size {proof.old}"
        raise Unverified(f"the proof does not hold: it does not show that {sizes}", _AUDIT)


_WITNESS = msgspec.json.Decoder(Witness)
