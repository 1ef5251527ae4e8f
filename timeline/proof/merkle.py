"""The Merkle tree hash of RFC 6962, section 2.1.

Leaves and inner nodes are hashed under different prefixes, so that no inner node can pass for a leaf.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

HASH_BYTES = 32
TILE_HEIGHT = 8
"""Nodes are kept on every eighth level, so that any other is hashed anew from less than 2^8 kept ones or leaves.

As in https://c2sp.org/tlog-tiles.
"""

EMPTY_ROOT = hashlib.sha256().digest()
"""Hash of the tree without leaves."""

_SIZE_BYTES = 8


def leaf_hash(data: bytes) -> bytes:
    """Hash of a leaf that holds `data`."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash of the node above two subtrees."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def nodes_above(row: Sequence[bytes]) -> list[bytes]:
    """Hashes of the nodes above the pairs of a row, see `node_hash`; a last one without its right is left out.

    To copy a hash that was begun takes less time than to begin one.
    """
    copy, nodes = hashlib.sha256(b"\x01").copy, []
    each = iter(row)
    for left, right in zip(each, each, strict=False):
        node = copy()
        node.update(left)
        node.update(right)
        nodes.append(node.digest())
    return nodes


class Node(NamedTuple):
    """The root of a complete subtree.

    Attributes:
        level: the subtree has 2^level leaves.
        number: of such subtrees before it, from 0.
        hash: 32 bytes.
    """

    level: int
    number: int
    hash: bytes


class Frontier:
    """All that is needed of a tree to grow it: the roots of its complete subtrees, at most one a power of two.

    Adding a leaf carries like adding one to a binary number, so it costs one inner hash on average, and a log of any
    length is extended from a few hundred bytes.

    Attributes:
        size: number of leaves.
    """

    __slots__ = ("_roots", "size")

    def __init__(self) -> None:
        self.size = 0
        self._roots: list[bytes] = []

    def add(self, leaf: bytes) -> list[Node]:
        """Append a leaf, given as its hash; otherwise as `extend`."""
        return self.extend((leaf,))

    def extend(self, leaves: Iterable[bytes]) -> list[Node]:
        """Append leaves, given as their hashes.

        Level by level takes half the time of leaf after leaf: a row of nodes begins with the root that waits for its
        right side, and leaves the last one waiting where it has none itself.

        Returns:
            The subtrees that they complete on the levels to be kept, smallest first; only one leaf in 2^8 does.
        """
        completed: list[Node] = []
        row, level, before = list(leaves), 0, self.size
        waiting = self._waiting()
        self.size += len(row)
        while row:
            if before & 1:
                row.insert(0, waiting.pop(level))
            if len(row) & 1:
                waiting[level] = row.pop()
            row, level, before = nodes_above(row), level + 1, before >> 1
            if level % TILE_HEIGHT == 0:
                completed += [Node(level, number, root) for number, root in enumerate(row, before)]
        self._roots = [waiting[level] for level in sorted(waiting, reverse=True)]
        return completed

    def _waiting(self) -> dict[int, bytes]:
        """The roots by their levels: a subtree of 2^level leaves stands for each bit that is set in the size."""
        levels = [level for level in range(self.size.bit_length()) if self.size >> level & 1]
        return dict(zip(reversed(levels), self._roots, strict=True))

    def root(self) -> bytes:
        """Hash of the whole tree; for the empty tree the hash of nothing."""
        if not self._roots:
            return EMPTY_ROOT
        *larger, root = self._roots
        for left in reversed(larger):
            root = node_hash(left, root)
        return root

    def to_bytes(self) -> bytes:
        """The size as eight bytes, most significant first, then the roots from the largest subtree to the smallest."""
        return self.size.to_bytes(_SIZE_BYTES, "big") + b"".join(self._roots)

    @classmethod
    def from_bytes(cls, data: bytes) -> Frontier:
        """The frontier that `to_bytes` wrote.

        Raises:
            ValueError: the number of roots does not fit the size.
        """
        frontier = cls()
        frontier.size = int.from_bytes(data[:_SIZE_BYTES], "big")
        if len(data) != _SIZE_BYTES + HASH_BYTES * frontier.size.bit_count():
            raise ValueError(f"{len(data)} bytes are no frontier of {frontier.size} leaves")
        frontier._roots = [data[at : at + HASH_BYTES] for at in range(_SIZE_BYTES, len(data), HASH_BYTES)]
        return frontier


def root_of(leaves: Iterable[bytes]) -> bytes:
    """Hash of the tree over leaves given as their hashes."""
    frontier = Frontier()
    frontier.extend(leaves)
    return frontier.root()
