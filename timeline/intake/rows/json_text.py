"""JSON as values: numbers exact, and no name twice in one object."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any, Never

from timeline.intake.wording import shown


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        raise RepeatedNameError(next(name for name in names if names.count(name) > 1))
    return found


def _constant(text: str) -> Never:
    raise NotANumberError(text)


class RepeatedNameError(ValueError):
    """A name that stands twice in one object: which of its values counts, nobody can tell."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{shown(name)} stands twice in one object")


class NotANumberError(ValueError):
    """What programs write for a number that is none; JSON has no such thing."""

    def __init__(self, text: str) -> None:
        super().__init__(f"{text} is no number")


DECODER = json.JSONDecoder(parse_float=Decimal, parse_constant=_constant, object_pairs_hook=_object)
"""Reads a value as the log may use it."""
