"""The event that something fails since."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

T = TypeVar("T")


def culprit(events: Sequence[T], fails: Callable[[Sequence[T]], bool]) -> T | None:
    """One with which it fails and without which it does not, both times with all that stand before it.

    Found by halving, which takes 17 tries among 100,000; leaving out one event after the other would take as many as
    there are, and finds nothing where two events fail each by itself.

    Args:
        events: with all of which it fails, in the order of the log.
        fails: whether it does with the first so many.

    Returns:
        None where it fails even without any.
    """
    if fails(()):
        return None
    well, ill = 0, len(events)
    while ill - well > 1:
        middle = (well + ill) // 2
        if fails(events[:middle]):
            ill = middle
        else:
            well = middle
    return events[ill - 1] if events else None
