"""The one-to-one assignment of greatest total weight, found by augmenting paths (Kuhn 1955; Edmonds and Karp 1972)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    Edge = tuple[int, int]


def assignment(weights: Mapping[Edge, int]) -> tuple[Edge, ...]:
    """The pairs of a row and a column, in order, none of either twice, whose weights are the most in sum.

    Args:
        weights: above zero, by row and column; what is not there may not be paired.
    """
    held: dict[int, int] = {}
    while path := _best_path(weights, held):
        held.update((column, row) for row, column in path)
    return tuple(sorted((row, column) for column, row in held.items()))


def _best_path(weights: Mapping[Edge, int], held: Mapping[int, int]) -> list[Edge]:
    """The pairs to make, each column leaving the row that holds it, that raise the sum most; empty where none does."""
    paired = set(held.values())
    gain: dict[int, int] = {row: 0 for row, _ in weights if row not in paired}
    path: dict[int, list[Edge]] = {row: [] for row in gain}
    best = 0
    best_path: list[Edge] = []
    changed = True
    while changed:
        changed = False
        for (row, column), weight in weights.items():
            if row not in gain or held.get(column) == row:
                continue
            reached, steps = gain[row] + weight, [*path[row], (row, column)]
            if (holder := held.get(column)) is None:
                if reached > best:
                    best, best_path = reached, steps
            elif (left := reached - weights[holder, column]) > gain.get(holder, left - 1):
                gain[holder], path[holder], changed = left, steps, True
    return best_path
