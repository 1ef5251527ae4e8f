"""A tree grown block by block is the tree grown leaf by leaf."""

from __future__ import annotations

import pytest

from timeline.proof.blocks import BLOCK, Blocks
from timeline.proof.merkle import Frontier, leaf_hash

LEAVES = [leaf_hash(str(number).encode()) for number in range(BLOCK * BLOCK + BLOCK + 3)]


@pytest.mark.parametrize("size", [0, 1, 2, 3, 255, 256, 257, 511, 512, 600, 1024])
def test_it_has_the_same_frontier_at_every_size_of_its_last_block(size: int) -> None:
    blocks, grown = Blocks(), Frontier()
    for start in range(0, size, BLOCK):
        blocks.add(LEAVES[start : min(start + BLOCK, size)])
    for leaf in LEAVES[: blocks.start]:
        grown.add(leaf)
    for at in range(blocks.start, size + 1):
        assert blocks.at(at).to_bytes() == grown.to_bytes()
        grown.add(LEAVES[at])


def test_it_completes_the_same_nodes() -> None:
    blocks, grown = Blocks(), Frontier()
    added = [node for start in range(0, len(LEAVES), BLOCK) for node in blocks.add(LEAVES[start : start + BLOCK])]
    assert added == [node for leaf in LEAVES for node in grown.add(leaf)]
    assert [(node.level, node.number) for node in added][-3:] == [(8, 255), (16, 0), (8, 256)]
