"""What a class and its fields mean, as its docstring says, so that remedies and the schema use the same words."""

from __future__ import annotations

import inspect
import re
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_ATTRIBUTE = re.compile(r"    (\w+): (.*(?:\n      +.*)*)")


def summary(described: type) -> str:
    """The first line of a class's docstring; empty where it has none."""
    return _docstring(described).partition("\n")[0]


@cache
def meanings(described: type) -> Mapping[str, str]:
    """What the docstring says of each attribute, in one line; None is said as a fixture says it, by leaving out."""
    _, _, section = _docstring(described).partition("\nAttributes:\n")
    said = {name: " ".join(text.split()).rstrip(".") for name, text in _ATTRIBUTE.findall(section)}
    return MappingProxyType(
        {name: re.sub(r"\bNone (when|where|for)\b", r"left out \1", text) for name, text in said.items()}
    )


def _docstring(described: type) -> str:
    return inspect.cleandoc(described.__doc__ or "")
