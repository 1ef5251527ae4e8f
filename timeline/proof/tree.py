"""Proofs over the Merkle tree of RFC 6962: that a leaf is in it, and that a smaller tree is the beginning of it.

Both are made from kept nodes in a number of reads that grows with the logarithm of the tree, and checked from nothing
but themselves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from timeline.proof.merkle import EMPTY_ROOT, TILE_HEIGHT, node_hash

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Nodes: TypeAlias = Callable[[int, int, int], Sequence[bytes]]
    """Hashes of complete subtrees on a level, from one number to another, exclusive.

    It is asked for level 0, which are the leaves, and for multiples of `TILE_HEIGHT`.
    """


def inclusion(nodes: Nodes, index: int, size: int) -> list[bytes]:
    """PATH of RFC 6962, section 2.1.1: what a leaf has to be hashed with, one by one, to come to the root.

    Args:
        nodes: of the tree.
        index: of the leaf, from 0.
        size: of the tree; the log may have grown since.

    Raises:
        ValueError: the tree has no such leaf.
    """
    if not 0 <= index < size:
        raise ValueError(f"a tree of {size} leaves has none of index {index}")
    path: list[bytes] = []
    start, stop = 0, size
    while stop - start > 1:
        middle = start + _split(stop - start)
        if index < middle:
            path.append(root(nodes, middle, stop))
            stop = middle
        else:
            path.append(root(nodes, start, middle))
            start = middle
    return path[::-1]


def consistency(nodes: Nodes, old: int, size: int) -> list[bytes]:
    """PROOF of RFC 6962, section 2.1.2: what both roots can be made of; nothing where one size is 0 or both are equal.

    Args:
        nodes: of the tree.
        old: size of the smaller tree.
        size: of the larger one.

    Raises:
        ValueError: the first is not the smaller one.
    """
    if not 0 <= old <= size:
        raise ValueError(f"a tree of {size} leaves did not grow from one of {old}")
    path: list[bytes] = []
    start, stop, on_the_left = 0, size if old else 0, True
    while stop != old:
        middle = start + _split(stop - start)
        if old <= middle:
            path.append(root(nodes, middle, stop))
            stop = middle
        else:
            path.append(root(nodes, start, middle))
            start, on_the_left = middle, False
    if not on_the_left:
        path.append(root(nodes, start, stop))
    return path[::-1]


def includes(path: Sequence[bytes], index: int, size: int, leaf: bytes, expected: bytes) -> bool:
    """Whether a path leads from a leaf to the root of a tree, as RFC 9162, section 2.1.3.2, checks it.

    Args:
        path: as `inclusion` makes it.
        index: of the leaf, from 0.
        size: of the tree.
        leaf: its hash.
        expected: the tree's root.
    """
    if not 0 <= index < size:
        return False
    place, last, found = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            return False
        if _is_right(place, last):
            found = node_hash(sibling, found)
            place, last = _climbed(place, last)
        else:
            found = node_hash(found, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and found == expected


def extends(path: Sequence[bytes], old: int, old_root: bytes, size: int, expected: bytes) -> bool:
    """Whether a tree is the beginning of another, as RFC 9162, section 2.1.4.2, checks it.

    Args:
        path: as `consistency` makes it.
        old: size of the smaller tree.
        old_root: its root.
        size: of the larger tree.
        expected: its root.
    """
    if old in {0, size}:
        return not path and old_root == (expected if old else EMPTY_ROOT)
    if not path or not 0 < old < size:
        return False
    # A smaller tree that is complete is a node of the larger one, and so left out of the proof.
    first, *siblings = path if old & (old - 1) else (old_root, *path)
    place, last = old - 1, size - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    small = large = first
    for sibling in siblings:
        if last == 0:
            return False
        if _is_right(place, last):
            small, large = node_hash(sibling, small), node_hash(sibling, large)
            place, last = _climbed(place, last)
        else:
            large = node_hash(large, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and (small, large) == (old_root, expected)


def root(nodes: Nodes, start: int, stop: int) -> bytes:
    """Hash of the subtree over some leaves, of which there is at least one, as it stands in any tree that has it."""
    size = stop - start
    if size & (size - 1) == 0:
        return _complete(nodes, start, size.bit_length() - 1)
    middle = start + _split(size)
    return node_hash(root(nodes, start, middle), root(nodes, middle, stop))


def _complete(nodes: Nodes, start: int, level: int) -> bytes:
    """Root of a complete subtree of 2^level leaves, from the nearest kept nodes below it."""
    kept = level - level % TILE_HEIGHT
    row = nodes(kept, start >> kept, (start + (1 << level)) >> kept)
    while len(row) > 1:
        row = [node_hash(left, right) for left, right in zip(row[::2], row[1::2], strict=True)]
    return row[0]


def _split(size: int) -> int:
    """The largest power of two smaller than a size of at least two: where RFC 6962 divides a tree."""
    return 1 << (size - 1).bit_length() - 1


def _is_right(place: int, last: int) -> bool:
    """Whether a node is joined with what is left of it: as a right child, or as the last of its level."""
    return place & 1 == 1 or place == last


def _climbed(place: int, last: int) -> tuple[int, int]:
    """Up to the level where a node is a right child: the last of a level, where it is a left one, is no node."""
    while place and not place & 1:
        place, last = place >> 1, last >> 1
    return place, last
