"""Inclusion and consistency proofs: published vectors, the definitions, what must not verify, and what they cost."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.proof.grown import Grown
from tests.proof.test_merkle import LEAVES, ROOTS
from timeline.proof.merkle import EMPTY_ROOT, leaf_hash
from timeline.proof.tree import consistency, extends, includes, inclusion, root

# As in transparency-dev/merkle, proof/verify_test.go: leaf (from 1 there, from 0 here), size, path.
PATHS = (
    (0, 1, ()),
    (
        0,
        8,
        (
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ),
    ),
    (
        5,
        8,
        (
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ),
    ),
    (2, 3, ("fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",)),
    (
        1,
        5,
        (
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        ),
    ),
)
GROWTHS = (
    (1, 1, ()),
    (
        1,
        8,
        (
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ),
    ),
    (
        6,
        8,
        (
            "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ),
    ),
    (
        2,
        5,
        (
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        ),
    ),
    (
        6,
        7,
        (
            "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
            "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ),
    ),
)
SMALL = 70
LARGE = 70_000
EDGES = (1, 255, 256, 257, 511, 512, 65_535, 65_536, 65_537, LARGE)
_OTHER = b"\xaa" * 32


@pytest.fixture(scope="module")
def grown() -> Grown:
    return Grown(LARGE)


def published(level: int, start: int, stop: int) -> list[bytes]:
    assert level == 0
    return [leaf_hash(bytes.fromhex(leaf)) for leaf in LEAVES[start:stop]]


@pytest.mark.parametrize(("index", "size", "path"), PATHS)
def test_inclusion_proofs_are_those_that_certificate_transparency_tests_with(
    index: int, size: int, path: tuple[str, ...]
) -> None:
    expected = [bytes.fromhex(node) for node in path]
    assert inclusion(published, index, size) == expected
    assert includes(expected, index, size, published(0, index, index + 1)[0], bytes.fromhex(ROOTS[size]))


@pytest.mark.parametrize(("old", "size", "path"), GROWTHS)
def test_consistency_proofs_are_those_that_certificate_transparency_tests_with(
    old: int, size: int, path: tuple[str, ...]
) -> None:
    expected = [bytes.fromhex(node) for node in path]
    assert consistency(published, old, size) == expected
    assert extends(expected, old, bytes.fromhex(ROOTS[old]), size, bytes.fromhex(ROOTS[size]))


def test_every_leaf_of_every_small_tree_is_proved_as_the_definition_has_it(grown: Grown) -> None:
    for size in range(1, SMALL + 1):
        for index in range(size):
            path = inclusion(grown.nodes, index, size)
            assert path == grown.path(index, 0, size)
            assert includes(path, index, size, grown.leaves[index], grown.root(0, size))


def test_every_growth_of_every_small_tree_is_proved_as_the_definition_has_it(grown: Grown) -> None:
    for size in range(1, SMALL + 1):
        assert extends(consistency(grown.nodes, 0, size), 0, EMPTY_ROOT, size, grown.root(0, size))
        for old in range(1, size + 1):
            path = consistency(grown.nodes, old, size)
            assert path == grown.proof(old, 0, size)
            assert extends(path, old, grown.root(0, old), size, grown.root(0, size))


@pytest.mark.parametrize("size", EDGES)
def test_proofs_from_kept_nodes_are_those_from_all_leaves(grown: Grown, size: int) -> None:
    assert root(grown.nodes, 0, size) == grown.root(0, size)
    for index in {0, size // 2, max(size - 257, 0), max(size - 256, 0), size - 1}:
        assert inclusion(grown.nodes, index, size) == grown.path(index, 0, size)
    for old in (edge for edge in EDGES if edge <= size):
        assert consistency(grown.nodes, old, size) == grown.proof(old, 0, size)


@given(st.data())
def test_larger_trees_are_proved_too(grown: Grown, data: st.DataObject) -> None:
    size = data.draw(st.integers(1, LARGE))
    index, old = data.draw(st.integers(0, size - 1)), data.draw(st.integers(1, size))
    whole = root(grown.nodes, 0, size)
    assert includes(inclusion(grown.nodes, index, size), index, size, grown.leaves[index], whole)
    assert extends(consistency(grown.nodes, old, size), old, root(grown.nodes, 0, old), size, whole)


@settings(max_examples=40)
@given(st.data())
def test_an_inclusion_proof_with_anything_changed_does_not_hold(grown: Grown, data: st.DataObject) -> None:
    size = data.draw(st.integers(1, SMALL))
    index = data.draw(st.integers(0, size - 1))
    path, leaf, whole = inclusion(grown.nodes, index, size), grown.leaves[index], grown.root(0, size)
    for changed in broken(path):
        assert not includes(changed, index, size, leaf, whole)
    for place in {*range(-1, SMALL + 2)} - {index}:
        assert not includes(path, place, size, leaf, whole)
    for flipped in flips(leaf):
        assert not includes(path, index, size, flipped, whole)
    for flipped in flips(whole):
        assert not includes(path, index, size, leaf, flipped)
    for other in (length for length in range(SMALL * 2) if shape(index, length) != shape(index, size)):
        assert not includes(path, index, other, leaf, whole)


@settings(max_examples=40)
@given(st.data())
def test_a_consistency_proof_with_anything_changed_does_not_hold(grown: Grown, data: st.DataObject) -> None:
    size = data.draw(st.integers(2, SMALL))
    old = data.draw(st.integers(1, size - 1))
    path, small, whole = consistency(grown.nodes, old, size), grown.root(0, old), grown.root(0, size)
    for changed in broken(path):
        assert not extends(changed, old, small, size, whole)
    for flipped in flips(small):
        assert not extends(path, old, flipped, size, whole)
    for flipped in flips(whole):
        assert not extends(path, old, small, size, flipped)
    for other in {*range(-1, size + 2)} - {old}:
        assert not extends(path, other, small, size, whole)
    assert not extends(path, old, whole, size, small)


def test_the_size_in_a_proof_is_bound_by_the_checkpoint_that_states_it(grown: Grown) -> None:
    """Paths of one leaf may have one shape in trees of two sizes; the roots, stated beside the sizes, differ."""
    assert shape(0, 5) == shape(0, 6)
    path = inclusion(grown.nodes, 0, 5)
    assert includes(path, 0, 6, grown.leaves[0], grown.root(0, 5))
    assert not includes(path, 0, 6, grown.leaves[0], grown.root(0, 6))


@pytest.mark.parametrize(("old", "size", "small", "large", "path"), [
    (0, 0, _OTHER, _OTHER, []),
    (0, 5, _OTHER, _OTHER, []),
    (0, 5, EMPTY_ROOT, _OTHER, [_OTHER]),
    (1, 1, EMPTY_ROOT, _OTHER, []),
    (1, 1, _OTHER, _OTHER, [_OTHER]),
    (1, 2, _OTHER, _OTHER, []),
    (2, 1, _OTHER, _OTHER, []),
    (2, 1, _OTHER, _OTHER, [_OTHER]),
])  # fmt: skip
def test_sizes_between_which_nothing_grew_are_not_taken_for_growth(
    old: int, size: int, small: bytes, large: bytes, path: list[bytes]
) -> None:
    assert not extends(path, old, small, size, large)


def test_nothing_is_proved_of_what_is_not_there(grown: Grown) -> None:
    for index, size in ((0, 0), (1, 1), (-1, 1), (2, 1)):
        with pytest.raises(ValueError, match="leaves has none of index"):
            inclusion(grown.nodes, index, size)
    for old, size in ((2, 1), (-1, 1)):
        with pytest.raises(ValueError, match="did not grow from one of"):
            consistency(grown.nodes, old, size)


def test_a_proof_reads_less_than_two_tiles_of_each_level(grown: Grown) -> None:
    most = 0
    for index in [*range(0, LARGE, 997), *range(65_530, 65_550), LARGE - 1]:
        for make in (inclusion, consistency):
            grown.reads.clear()
            make(grown.nodes, index, LARGE)
            for level in (0, 8, 16):
                read = sum(stop - start for kept, start, stop in grown.reads if kept == level)
                assert read < 2 * 256
                most = max(most, read)
            assert len(grown.reads) <= 2 * LARGE.bit_length()
    assert most > 255


def broken(path: list[bytes]) -> list[list[bytes]]:
    """The path with a hash changed, left out, put in or moved."""
    one_changed = [[*path[:at], flipped, *path[at + 1 :]] for at, node in enumerate(path) for flipped in flips(node)]
    one_less = [[*path[:at], *path[at + 1 :]] for at in range(len(path))]
    one_more = [[*path[:at], _OTHER, *path[at:]] for at in range(len(path) + 1)]
    swapped = [[*path[:at], right, left, *path[at + 2 :]] for at, (left, right) in enumerate(pairwise(path))]
    return one_changed + one_less + one_more + swapped


def flips(digest: bytes) -> list[bytes]:
    """The hash with each of its bytes changed."""
    return [digest[:at] + bytes([byte ^ 1]) + digest[at + 1 :] for at, byte in enumerate(digest)]


def shape(index: int, size: int) -> list[bool]:
    """On which side a leaf's siblings stand, from the root down; all of a tree's size that an inclusion proof shows."""
    sides, start, stop = [], 0, size
    while stop - start > 1:
        middle = start + (1 << (stop - start - 1).bit_length() - 1)
        sides.append(index < middle)
        start, stop = (start, middle) if index < middle else (middle, stop)
    return sides if index < size else [*sides, True]
