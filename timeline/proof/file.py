"""Proofs as files, which anyone can check offline: the C2SP tlog-proof, and one like it for consistency.

See https://c2sp.org/tlog-proof. What comes from a file is not to be trusted before it is checked: the parser takes one
form of each value only, so that no byte of a proof can be changed without its being noticed, save in what the standard
tells to pass over below the root hash, and it reads no more than `LARGEST` bytes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from timeline.proof import tree
from timeline.proof.checkpoint import (
    Checkpoint,
    Malformed,
    base64_text,
    parse_base64,
    parse_checkpoint,
    parse_hash,
    parse_size,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

INCLUSION = "c2sp.org/tlog-proof@v1"
"""First line of an inclusion proof."""

CONSISTENCY = "corporate-timeline/consistency-proof@v1"
"""First line of a consistency proof."""

LARGEST = 32 * 1024 * 1024
"""Bytes that a proof may have at most; one without much content has some 2,000."""

_MOST_HASHES = 130
"""Of a proof over a tree of at most 2^64 leaves."""


class InclusionProof(NamedTuple):
    """A leaf is in a log.

    Attributes:
        extra: what belongs to the proof and is not authenticated by its form; empty for nothing.
        place: of the leaf, from 0.
        path: hashes from the leaf's sibling upwards.
        checkpoint: of the log that holds it.
    """

    extra: bytes
    place: int
    path: tuple[bytes, ...]
    checkpoint: Checkpoint

    def text(self) -> str:
        """The file."""
        extra = [f"extra {base64_text(self.extra)}"] if self.extra else []
        return _text([INCLUSION, *extra, f"index {self.place}"], self.path, self.checkpoint)

    def holds(self, leaf: bytes) -> bool:
        """Whether it proves that the leaf of this hash is in the log."""
        return tree.includes(self.path, self.place, self.checkpoint.size, leaf, self.checkpoint.root)


class ConsistencyProof(NamedTuple):
    """A log only grew.

    Attributes:
        old: size of the log when it was smaller.
        old_root: its root then.
        path: hashes from the bottom up.
        checkpoint: of the log as it is.
    """

    old: int
    old_root: bytes
    path: tuple[bytes, ...]
    checkpoint: Checkpoint

    def text(self) -> str:
        """The file."""
        return _text([CONSISTENCY, f"old {self.old} {base64_text(self.old_root)}"], self.path, self.checkpoint)

    def holds(self) -> bool:
        """Whether it proves that the smaller log is the beginning of the larger one."""
        return tree.extends(self.path, self.old, self.old_root, self.checkpoint.size, self.checkpoint.root)


Proof: TypeAlias = InclusionProof | ConsistencyProof


def parse_proof(data: bytes) -> Proof:
    """The proof that a file states; whether it holds is another question.

    Raises:
        Malformed: it is no proof; the error names the line.
    """
    lines = _lines(data)
    if lines[0] == INCLUSION:
        return _inclusion(lines)
    if lines[0] == CONSISTENCY:
        return _consistency(lines)
    raise Malformed(1, f"a proof begins with the line {INCLUSION} or {CONSISTENCY}")


def _inclusion(lines: Sequence[str]) -> InclusionProof:
    at, extra = 1, b""
    if _line(lines, at).startswith("extra "):
        extra = parse_base64(lines[at].removeprefix("extra "), "extra data", at + 1)
        at += 1
    if not _line(lines, at).startswith("index "):
        raise Malformed(at + 1, "this line has to state the place of the leaf: index, a space and a number")
    place = parse_size(lines[at].removeprefix("index "), "index", at + 1)
    path, checkpoint = _rest(lines, at + 1)
    return InclusionProof(extra, place, path, checkpoint)


def _consistency(lines: Sequence[str]) -> ConsistencyProof:
    words = _line(lines, 1).split(" ")
    if len(words) != len(("old", "size", "root")) or words[0] != "old":
        raise Malformed(2, "this line has to state the smaller log: old, its size and its root hash, one space between")
    old, old_root = parse_size(words[1], "size", 2), parse_hash(words[2], "root hash", 2)
    path, checkpoint = _rest(lines, 2)
    return ConsistencyProof(old, old_root, path, checkpoint)


def _rest(lines: Sequence[str], start: int) -> tuple[tuple[bytes, ...], Checkpoint]:
    """The hashes up to an empty line, and the checkpoint below it."""
    path: list[bytes] = []
    while text := _line(lines, start + len(path)):
        if len(path) == _MOST_HASHES:
            raise Malformed(start + len(path) + 1, f"no proof has more than {_MOST_HASHES} hashes")
        path.append(parse_hash(text, "hash", start + len(path) + 1))
    below = start + len(path) + 1
    try:
        return tuple(path), parse_checkpoint("\n".join(lines[below:]) + "\n")
    except Malformed as error:
        raise Malformed(below + error.line, str(error)) from error


def _lines(data: bytes) -> list[str]:
    if len(data) > LARGEST:
        raise Malformed(1, f"a proof has at most {LARGEST // 1024 // 1024} MiB")
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise Malformed(data.count(b"\n", 0, error.start) + 1, "this line is not UTF-8") from error
    if not text.endswith("\n"):
        raise Malformed(text.count("\n") + 1, "the file ends within this line")
    return text.removesuffix("\n").split("\n")


def _line(lines: Sequence[str], at: int) -> str:
    if at >= len(lines):
        raise Malformed(len(lines), "the file ends after this line, before the checkpoint")
    return lines[at]


def _text(head: Sequence[str], path: Sequence[bytes], checkpoint: Checkpoint) -> str:
    return "\n".join([*head, *map(base64_text, path), "", checkpoint.text()])
