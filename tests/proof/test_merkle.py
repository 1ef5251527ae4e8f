"""The Merkle tree of RFC 6962, against published vectors and against a tree written from the definition."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.proof.merkle import Frontier, leaf_hash, root_of

# The leaves and roots that logs of certificates test with, as in transparency-dev/merkle, testonly/constants.go.
LEAVES = (
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
)
ROOTS = (
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)


def defined_root(leaves: list[bytes]) -> bytes:
    """MTH of RFC 6962, section 2.1, word for word."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return hashlib.sha256(b"\x01" + defined_root(leaves[:split]) + defined_root(leaves[split:])).digest()


@pytest.mark.parametrize("size", range(9))
def test_the_roots_are_those_that_certificate_transparency_tests_with(size: int) -> None:
    assert root_of(leaf_hash(bytes.fromhex(leaf)) for leaf in LEAVES[:size]).hex() == ROOTS[size]


@given(st.lists(st.binary(max_size=40), max_size=70))
def test_a_tree_grown_leaf_by_leaf_has_the_root_of_the_definition(leaves: list[bytes]) -> None:
    assert root_of(map(leaf_hash, leaves)) == defined_root(leaves)


@given(st.lists(st.integers(0, 600), max_size=4))
def test_leaves_added_at_once_do_what_they_do_one_by_one(loads: list[int]) -> None:
    at_once, singly = Frontier(), Frontier()
    for load in loads:
        leaves = [number.to_bytes(32, "big") for number in range(singly.size, singly.size + load)]
        told = [node for leaf in leaves for node in singly.add(leaf)]
        assert sorted(at_once.extend(leaves)) == sorted(told)
        assert at_once.to_bytes() == singly.to_bytes()


@given(st.lists(st.binary(max_size=8), max_size=70), st.integers(0, 70))
def test_a_frontier_that_was_stored_grows_as_if_it_had_not_been(leaves: list[bytes], stop: int) -> None:
    frontier = Frontier()
    for leaf in leaves[:stop]:
        frontier.add(leaf_hash(leaf))
    restored = Frontier.from_bytes(frontier.to_bytes())
    for leaf in leaves[stop:]:
        restored.add(leaf_hash(leaf))
    assert (restored.size, restored.root()) == (len(leaves), defined_root(leaves))


def test_a_frontier_holds_one_hash_for_each_power_of_two_in_its_size() -> None:
    frontier = Frontier()
    for _ in range(10_000):
        frontier.add(b"\x00" * 32)
    assert len(frontier.to_bytes()) == 8 + 5 * 32  # 10,000 is 8192 + 1024 + 512 + 256 + 16


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00" * 7,
        (1).to_bytes(8, "big"),
        (2).to_bytes(8, "big") + b"\x00" * 64,
        (1).to_bytes(8, "big") + b"\x00" * 31,
    ],
)
def test_bytes_that_do_not_fit_their_size_are_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="no frontier"):
        Frontier.from_bytes(data)


def test_a_frontier_names_a_node_when_it_is_complete_and_once_only() -> None:
    frontier, told = Frontier(), []
    for number in range(256 * 256 * 2):
        told += [(frontier.size, node.level, node.number) for node in frontier.add(number.to_bytes(32, "big"))]
    assert told[:2] == [(256, 8, 0), (512, 8, 1)]
    assert told[255:257] == [(65_536, 8, 255), (65_536, 16, 0)]
    assert len(told) == 512 + 2
