"""Files that were kept elsewhere: proofs, and checkpoints to compare with. Nothing in them is trusted."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from timeline.errors import InvalidInput, Problem
from timeline.intake.files import input_name, opened
from timeline.proof.checkpoint import ORIGIN, Malformed, parse_checkpoint

if TYPE_CHECKING:
    from timeline.proof.checkpoint import Checkpoint

_LARGEST_CHECKPOINT = 1024 * 1024


class Kept(NamedTuple):
    """A checkpoint that was kept.

    Attributes:
        name: of its file, to be shown.
        checkpoint: what it states.
    """

    name: str
    checkpoint: Checkpoint


def read(path: str, largest: int) -> tuple[str, bytes]:
    """A file's name to be shown, and its content; one that is larger is read a byte too far, so that it shows.

    Raises:
        InvalidInput: it cannot be read.
    """
    name = input_name(path)
    try:
        with opened(path) as stream:
            return name, stream.read(largest + 1)
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        problem = Problem("file-unreadable", f"it cannot be read: {reason}", "check the path", name)
        raise InvalidInput([problem]) from error


def read_checkpoint(path: str) -> Kept:
    """The checkpoint of a log of this program in a file.

    Raises:
        InvalidInput: it cannot be read, is no checkpoint, or one of another program's log.
    """
    name, data = read(path, _LARGEST_CHECKPOINT)
    try:
        checkpoint = parse_checkpoint(_text(data))
    except Malformed as error:
        fix = "timeline checkpoint prints one"
        raise InvalidInput([Problem("checkpoint-malformed", str(error), fix, name, error.line)]) from error
    if checkpoint.origin != ORIGIN:
        raise InvalidInput([foreign("checkpoint", name, 1, checkpoint.origin)])
    return Kept(name, checkpoint)


def foreign(what: str, name: str, line: int, origin: str) -> Problem:
    """A checkpoint or proof, as it should be, but of another program's log."""
    return Problem(f"{what}-foreign", f"it is of the log {origin[:60]!a}, not of {ORIGIN}", "", name, line)


def _text(data: bytes) -> str:
    if len(data) > _LARGEST_CHECKPOINT:
        raise Malformed(1, f"a checkpoint has at most {_LARGEST_CHECKPOINT // 1024 // 1024} MiB")
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise Malformed(data.count(b"\n", 0, error.start) + 1, "this line is not UTF-8") from error
