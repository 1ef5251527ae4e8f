"""The C2SP tlog-checkpoint: a log's size and root hash as a short text that can be printed, sent and signed.

See https://c2sp.org/tlog-checkpoint. The signatures that may stand below an empty
line are not read here.
"""

from __future__ import annotations

import base64
import binascii
import re
from typing import NamedTuple

from timeline.proof.merkle import HASH_BYTES

_SIZE = re.compile(r"0|[1-9][0-9]*")


class Checkpoint(NamedTuple):
    """What a log commits to at one size.

    Attributes:
        origin: name of the log, one line.
        size: number of leaves.
        root: hash of the tree over them, 32 bytes.
    """

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        """The three lines, each ended by a newline."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


def parse_checkpoint(text: str) -> Checkpoint:
    """The checkpoint that a text states; extension lines below the root and signatures are passed over.

    Raises:
        ValueError: the text is no checkpoint.
    """
    body = text.split("\n\n", 1)[0].removesuffix("\n")
    lines = body.split("\n")
    if len(lines) < len(Checkpoint._fields) or not lines[0]:
        raise ValueError("a checkpoint has an origin, a size and a root hash, each on a line of its own")
    origin, size, root = lines[:3]
    if not _SIZE.fullmatch(size):
        raise ValueError(f"the size {size!r} is not a decimal number without leading zeros")
    return Checkpoint(origin, int(size), _root(root))


def _root(text: str) -> bytes:
    try:
        root = base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError(f"the root hash {text!r} is not base64") from error
    if len(root) != HASH_BYTES:
        raise ValueError(f"the root hash has {len(root)} bytes, not {HASH_BYTES}")
    return root
