"""The assignment of greatest weight, against all that there are."""

from __future__ import annotations

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from evaluation.assignment import assignment

WEIGHTS = st.dictionaries(st.tuples(st.integers(0, 3), st.integers(0, 3)), st.integers(1, 9), max_size=12)


def greatest(weights: dict[tuple[int, int], int]) -> int:
    """The sum of the best of all assignments: columns in any order to the rows in theirs."""
    return max(sum(weights.get(pair, 0) for pair in enumerate(columns)) for columns in permutations(range(4)))


@given(WEIGHTS)
def test_no_other_assignment_weighs_more(weights: dict[tuple[int, int], int]) -> None:
    found = assignment(weights)
    assert sum(weights[pair] for pair in found) == greatest(weights)
    for side in zip(*found, strict=True):
        assert len(set(side)) == len(side)


def test_a_pair_gives_way_where_two_weigh_more() -> None:
    # The heaviest pair would leave the other row without one.
    assert assignment({(0, 0): 5, (0, 1): 4, (1, 0): 4}) == ((0, 1), (1, 0))
    assert assignment({}) == ()
