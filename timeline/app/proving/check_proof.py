"""Checking a proof that came as a file, with nothing at hand but the file: no database, and no trust in any of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
from msgspec import Struct

from timeline.app.proving.elsewhere import Kept, foreign, read, read_checkpoint
from timeline.app.proving.witness import read_extra, require_growth, require_inclusion
from timeline.digits import counted
from timeline.errors import InvalidInput, Problem, TimelineError, Unverified
from timeline.event import Event, printed
from timeline.proof.checkpoint import ORIGIN, Checkpoint, Malformed, base64_text
from timeline.proof.file import LARGEST, InclusionProof, parse_proof

if TYPE_CHECKING:
    from timeline.proof.file import ConsistencyProof
    from timeline.store.log import Row

TRUST = (
    "A proof is as good as the checkpoint that one trusts: whoever writes a log can write another one, and proofs over "
    "it that hold. Compare the root with a checkpoint that was kept elsewhere: --against CHECKPOINT."
)
_UNREADABLE = (ValueError, LookupError, TypeError, AttributeError, RecursionError)
_CONSISTENCY = "timeline prove --from CHECKPOINT makes a consistency proof, which joins logs of two sizes"


class NotComparable(TimelineError):
    """A checkpoint is of another size than the proof, so that neither tells anything about the other."""

    exit_code = 2


class Proven(Struct, frozen=True, kw_only=True):
    """What a proof that holds proves.

    Attributes:
        said: in one sentence.
        fields: label and text of what it is about, in order.
        trust: what it rests on, in words.
        document: all of it as plain JSON.
    """

    said: str
    fields: tuple[tuple[str, str], ...]
    trust: str
    document: dict[str, Any]


class Content(NamedTuple):
    """What an event says.

    Attributes:
        occurred: the day or time, as far as stated.
        summary: the figures in one line, or why there are none.
    """

    occurred: str
    summary: str


def check_proof(path: str, against: str | None = None) -> Proven:
    """What the proof in a file proves.

    Args:
        path: of the proof; `-` is standard input.
        against: file of a checkpoint that was kept elsewhere.

    Raises:
        InvalidInput: a file cannot be read, is no proof or no checkpoint, or of another program's log.
        Unverified: the proof does not hold, or the checkpoint contradicts it.
        NotComparable: the checkpoint is of a size that the proof says nothing about.
    """
    kept = None if against is None else read_checkpoint(against)
    name, data = read(path, LARGEST)
    try:
        proof = parse_proof(data)
    except Malformed as error:
        fix = "timeline prove writes one"
        raise InvalidInput([Problem("proof-malformed", str(error), fix, name, error.line)]) from error
    if proof.checkpoint.origin != ORIGIN:
        line = data[: data.index(b"\n\n")].count(b"\n") + 3  # the rest of this line, the empty one, the origin
        raise InvalidInput([foreign("proof", name, line, proof.checkpoint.origin)])
    if isinstance(proof, InclusionProof):
        return _inclusion(proof, name, kept)
    return _growth(proof, kept)


def _inclusion(proof: InclusionProof, name: str, kept: Kept | None) -> Proven:
    row = _event(proof, name)
    require_inclusion(proof, row)
    trust = _compared(kept, [proof.checkpoint])
    envelope, log = row.envelope, proof.checkpoint
    content = _content(row)
    body = "" if row.body is None else ", with the content that it committed to"
    told = {
        "event": envelope.id,
        "kind": envelope.kind,
        "company": envelope.company,
        "occurred": content.occurred,
        "content": content.summary,
        "source": envelope.source,
        "key": envelope.key,
        "speaks of": envelope.target,
        "published": envelope.published,
        "recorded": f"{envelope.recorded} by {envelope.actor}",
        "position": f"{envelope.position:,} of {log.size:,}",
        **_log_fields(log),
    }
    return Proven(
        said=f"The proof holds: the log below holds this event{body}.",
        fields=tuple((label, text) for label, text in told.items() if text),
        trust=trust,
        document={
            "schema": "timeline.check-proof/1",
            "proved": "inclusion",
            "envelope": envelope._asdict(),
            "body": None if row.body is None else row.body.decode(),
            "log": _log_document(log),
            "against": kept and _log_document(kept.checkpoint),
        },
    )


def _growth(proof: ConsistencyProof, kept: Kept | None) -> Proven:
    require_growth(proof)
    log, old = proof.checkpoint, Checkpoint(ORIGIN, proof.old, proof.old_root)
    trust = _compared(kept, [log, old])
    return Proven(
        said=(
            f"The proof holds: the log below begins with {_events(old.size)} that the smaller log had, and "
            f"{_events(log.size - old.size)} came behind; nothing was changed, removed or put in between."
        ),
        fields=(
            ("smaller log", _events(old.size)),
            ("its root", base64_text(old.root)),
            *_log_fields(log).items(),
        ),
        trust=trust,
        document={
            "schema": "timeline.check-proof/1",
            "proved": "consistency",
            "old": _log_document(old),
            "log": _log_document(log),
            "against": kept and _log_document(kept.checkpoint),
        },
    )


def _event(proof: InclusionProof, name: str) -> Row:
    if not proof.extra:
        what = "the proof does not say what event it is of: it has no extra data, as another program's may"
        raise InvalidInput([Problem("proof-event", what, "", name, 2)])
    try:
        return read_extra(proof.extra)
    except (msgspec.MsgspecError, ValueError) as error:
        what = f"the extra data is no event of this program: {error}"
        raise InvalidInput([Problem("proof-event", what, "timeline prove writes one", name, 2)]) from error


def _content(row: Row) -> Content:
    """What can be said of an event's content, whatever is wrong in it: anyone may have written it."""
    if row.body is None:
        return Content("", "not in the proof: erased, or left out")
    from timeline.catalog import decode

    try:
        event = decode(row.envelope, row.body)
        if isinstance(event, Event):
            return Content(printed(event.occurred), event.payload.summary())
        why = event.why
    except _UNREADABLE as error:
        why = str(error)
    return Content("", f"cannot be read by this program: {why}")


def _compared(kept: Kept | None, stated: list[Checkpoint]) -> str:
    """What a proof rests on, once its checkpoints were compared with one that was kept.

    Raises:
        Unverified: the kept one is of the same size and has another root.
        NotComparable: it is of another size.
    """
    if kept is None:
        return TRUST
    size = kept.checkpoint.size
    same = [checkpoint for checkpoint in stated if checkpoint.size == size]
    if not same:
        sizes = " and ".join(f"{checkpoint.size:,}" for checkpoint in stated)
        raise NotComparable(
            f"the proof is over {sizes} events, the checkpoint in {kept.name} over {size:,}: neither says anything "
            "about the other",
            _CONSISTENCY,
        )
    if kept.checkpoint not in same:
        raise Unverified(
            f"the checkpoint in {kept.name} has another root at {_events(size)}: the proof is over another log, or one "
            "that was rewritten"
        )
    return f"The checkpoint in {kept.name} has the same root at {_events(size)}; the proof is as good as that one."


def _log_fields(log: Checkpoint) -> dict[str, str]:
    return {"log": log.origin, "size": _events(log.size), "root": base64_text(log.root)}


def _events(number: int) -> str:
    return counted(number, "event")


def _log_document(log: Checkpoint) -> dict[str, Any]:
    return {"origin": log.origin, "size": log.size, "root": log.root.hex()}
