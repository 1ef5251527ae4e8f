"""The event that something fails since, found by halving."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from timeline.app.culprit import culprit

if TYPE_CHECKING:
    from collections.abc import Sequence


@given(st.lists(st.integers(0, 3), min_size=1, max_size=40))
def test_with_it_and_all_before_it_fails_and_without_it_does_not(events: list[int]) -> None:
    named = list(enumerate(events))

    def fails(some: Sequence[tuple[int, int]]) -> bool:
        return sum(value for _, value in some) > 2 * len(some) / 3

    if not fails(named):
        named.append((len(named), 1000))
    found = culprit(named, fails)
    assert found is not None
    assert fails(named[: found[0] + 1])
    assert not fails(named[: found[0]])


def test_of_a_hundred_thousand_it_takes_few_tries() -> None:
    tried = []

    def fails(some: Sequence[int]) -> bool:
        tried.append(len(some))
        return 70_000 in some

    assert culprit(range(100_000), fails) == 70_000
    assert len(tried) <= 18


def test_where_it_fails_without_any_event_none_is_named() -> None:
    assert culprit([1, 2], lambda _: True) is None
