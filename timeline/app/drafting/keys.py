"""Keys of proposed facts, each once within its source."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection


def free(stem: str, taken: Collection[str]) -> str:
    """The stem, or the stem with the least number from 2 that nobody has taken."""
    numbered = (f"{stem}-{number}" if number > 1 else stem for number in count(1))
    return next(key for key in numbered if key not in taken)
