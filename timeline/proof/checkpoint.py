"""The C2SP tlog-checkpoint: a log's size and root hash as a short text that can be printed, sent and signed.

See https://c2sp.org/tlog-checkpoint. The signatures that may stand below an empty line are not read here.
"""

from __future__ import annotations

import base64
import binascii
import re
from typing import NamedTuple

from timeline.proof.merkle import HASH_BYTES

ORIGIN = "corporate-timeline/log"
"""First line of each checkpoint of this program."""

_SIZE = re.compile(r"0|[1-9][0-9]{0,19}")
_LARGEST = 2**64 - 1
_SHOWN = 60


class Malformed(ValueError):
    """A text that is not what it should be.

    Attributes:
        line: number of the offending line, from 1.
    """

    def __init__(self, line: int, what: str) -> None:
        super().__init__(what)
        self.line = line


class Checkpoint(NamedTuple):
    """What a log commits to at one size.

    Attributes:
        origin: name of the log, one line.
        size: number of leaves, at most 2^64 - 1.
        root: hash of the tree over them, 32 bytes.
    """

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        """The three lines, each ended by a newline."""
        return f"{self.origin}\n{self.size}\n{base64_text(self.root)}\n"


def parse_checkpoint(text: str) -> Checkpoint:
    """The checkpoint that a text states; extension lines below the root and signatures are passed over.

    Raises:
        Malformed: the text is no checkpoint.
    """
    body = text.split("\n\n", 1)[0].removesuffix("\n")
    lines = body.split("\n")
    if len(lines) < len(Checkpoint._fields) or not lines[0]:
        raise Malformed(1, "a checkpoint has an origin, a size and a root hash, each on a line of its own")
    origin, size, root = lines[:3]
    return Checkpoint(origin, parse_size(size, "size", 2), parse_hash(root, "root hash", 3))


def parse_size(text: str, what: str, line: int) -> int:
    """A number of leaves, or the place of one.

    Raises:
        Malformed: the text is none, or written in another way than the one that there is.
    """
    if not _SIZE.fullmatch(text) or int(text) > _LARGEST:
        raise Malformed(line, f"the {what} {shown(text)} is not a decimal number up to 2^64 - 1 without leading zeros")
    return int(text)


def parse_hash(text: str, what: str, line: int) -> bytes:
    """A hash in base64.

    Raises:
        Malformed: the text is none, or written in another way than the one that there is.
    """
    found = parse_base64(text, what, line)
    if len(found) != HASH_BYTES:
        raise Malformed(line, f"the {what} has {len(found)} bytes, not {HASH_BYTES}")
    return found


def parse_base64(text: str, what: str, line: int) -> bytes:
    """Bytes in the base64 of RFC 4648, section 4.

    Raises:
        Malformed: the text is none. Spare bits that are set count as wrong: else two texts would mean the same bytes.
    """
    try:
        found = base64.b64decode(text, validate=True)
    except ValueError:
        found = b""
    if not found or base64_text(found) != text:
        raise Malformed(line, f"the {what} {shown(text)} is not base64")
    return found


def base64_text(data: bytes) -> str:
    """Bytes as checkpoints and proofs print them."""
    return binascii.b2a_base64(data, newline=False).decode()


def shown(text: str) -> str:
    """A text as an error quotes it: not all of a long one, and nothing that a terminal would obey."""
    return ascii(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}...")
