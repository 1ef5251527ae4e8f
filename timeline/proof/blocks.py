"""A Merkle tree grown block by block, level by level: half the time of adding leaf after leaf, to the same hashes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.proof.merkle import TILE_HEIGHT, Frontier, Node, nodes_above

if TYPE_CHECKING:
    from collections.abc import Sequence

BLOCK = 1 << TILE_HEIGHT
"""Leaves of a whole block."""

_SIZE_BYTES = 8


class Blocks:
    """The tree so far; of the block that was added last, it is known at each of its sizes.

    Attributes:
        start: number of leaves before the last block.
        size: number of leaves with it.
    """

    def __init__(self) -> None:
        self.start = self.size = 0
        self._whole = Frontier()
        self._before = b""
        self._levels: list[Sequence[bytes]] = [()]

    def add(self, leaves: Sequence[bytes]) -> list[Node]:
        """Append a block, given as hashes; only the last one may be no whole block.

        Returns:
            The subtrees that it completes on the levels that are kept.
        """
        self.start, self.size = self.size, self.size + len(leaves)
        self._before = _roots(self._whole)
        self._levels = _levels(leaves)
        if len(leaves) < BLOCK:
            return []
        (root,) = self._levels[-1]
        number = self._whole.size
        above = (node._replace(level=node.level + TILE_HEIGHT) for node in self._whole.add(root))
        return [Node(TILE_HEIGHT, number, root), *above]

    def at(self, size: int) -> Frontier:
        """The frontier of the tree as it was at a size between `start` and `size`."""
        within = size - self.start
        roots = _roots(self._whole) if within == BLOCK else self._before + b"".join(self._partial(within))
        return Frontier.from_bytes(size.to_bytes(_SIZE_BYTES, "big") + roots)

    def _partial(self, within: int) -> list[bytes]:
        """Roots of the complete subtrees over the block's first leaves, the largest first.

        A subtree of 2^level leaves stands for each bit that is set in their number.
        """
        levels = [level for level in reversed(range(TILE_HEIGHT)) if within >> level & 1]
        return [self._levels[level][(within >> level) - 1] for level in levels]


def _roots(frontier: Frontier) -> bytes:
    return frontier.to_bytes()[_SIZE_BYTES:]


def _levels(leaves: Sequence[bytes]) -> list[Sequence[bytes]]:
    """The complete subtrees by level; leaves at the end that fill none are left out above."""
    levels = [leaves]
    while len(levels[-1]) > 1:
        levels.append(nodes_above(levels[-1]))
    return levels
