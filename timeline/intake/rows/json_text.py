"""JSON as values: numbers exact, and no name twice in one object."""

from __future__ import annotations

import json
from collections import Counter
from decimal import Decimal
from typing import Any, Never

from timeline.digits import MOST_PLACES, can_be_written
from timeline.intake.wording import shown


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        counts = Counter(name for name, _ in pairs)
        raise RepeatedNameError(next(name for name, count in counts.items() if count > 1))
    return found


def _number(text: str) -> Decimal:
    found = Decimal(text)
    if not can_be_written(found):
        raise NotANumberError(shown(text), f"has more than {MOST_PLACES} digits before or behind the point")
    return found


def _constant(text: str) -> Never:
    raise NotANumberError(text)


class RepeatedNameError(ValueError):
    """A name that stands twice in one object: which of its values counts, nobody can tell."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{shown(name)} stands twice in one object")


class NotANumberError(ValueError):
    """What programs write for a number that is none, which JSON does not have, or one that no memory holds."""

    def __init__(self, text: str, why: str = "is no number") -> None:
        super().__init__(f"{text} {why}")


DECODER = json.JSONDecoder(parse_float=_number, parse_constant=_constant, object_pairs_hook=_object)
"""Reads a value as the log may use it."""
