"""Texts with expressions in braces: `{shares} shares` is filled from the row, all outside the braces stands as it is.

A brace itself is written twice.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeAlias

from timeline.digits import plain
from timeline.errors import ParseProblem
from timeline.intake.expression import Expression
from timeline.intake.wording import shown

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

Converted: TypeAlias = Callable[[str], str]
"""Makes of a cell's text what a fixture would have: a figure, a date."""

_BRACE = re.compile("[{}]")
_QUOTES = "'\"`"


class Template:
    """A text to be filled from a row.

    Attributes:
        text: as written.
        expressions: in the order of the text.
    """

    def __init__(self, text: str) -> None:
        """Read a template.

        Raises:
            ParseProblem: a brace is open or empty, or what is in it is no expression; offsets count in `text`.
        """
        self.text = text
        self.parts: tuple[str | Expression, ...] = tuple(_parts(text))
        self.expressions = tuple(part for part in self.parts if isinstance(part, Expression))
        self._constant = "".join(part for part in self.parts if isinstance(part, str))

    @property
    def is_constant(self) -> bool:
        """Every row has the same text."""
        return not self.expressions

    def filled(self, row: Mapping[str, Any], convert: Converted, nothing: Collection[str]) -> Any:  # noqa: ANN401
        """The text for a row; None where one of its cells is empty.

        A list or mapping comes as such where the template is nothing but its expression.

        Args:
            row: by column.
            convert: applied to each cell.
            nothing: texts that stand for an empty cell.

        Raises:
            ParseProblem: an expression fails, or a cell is not what is wanted.
        """
        if self.is_constant:
            return self._constant
        found = []
        for part in self.parts:
            if isinstance(part, str):
                found.append(part)
                continue
            value = part.value(row)
            if isinstance(value, list | dict) and len(self.parts) == 1:
                return _nested(value, convert, nothing)
            text = _cell(value, convert, nothing)
            if text is None:
                return None
            found.append(text)
        return "".join(found)


def _nested(value: Any, convert: Converted, nothing: Collection[str]) -> Any:  # noqa: ANN401  lists and mappings
    match value:
        case list():
            items = [_nested(item, convert, nothing) for item in value]
            return [item for item in items if item is not None] or None
        case dict():
            entries = {name: _nested(item, convert, nothing) for name, item in value.items()}
            return {name: item for name, item in entries.items() if item is not None} or None
        case _:
            return _cell(value, convert, nothing)


def _cell(value: object, convert: Converted, nothing: Collection[str]) -> str | None:
    """A value as a text; None where it says nothing."""
    if isinstance(value, str):
        text = value.strip()
        return None if not text or text in nothing else convert(text)
    return None if value is None else _printed(value, convert)


def _printed(value: object, convert: Converted) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case int():
            return str(value)
        case Decimal() if value.is_finite():
            return plain(value)
        case dt.datetime() | dt.date():
            return convert(value.isoformat())
        case _:
            what = f"{shown(str(value))} cannot stand in a text"
            raise ParseProblem("cell-unprintable", what, "name the part of it that is meant, such as {prices[0]}")


def _parts(text: str) -> list[str | Expression]:
    found: list[str | Expression] = []
    plain_text, at = [""], 0
    while at < len(text):
        brace = _BRACE.search(text, at)
        end = brace.start() if brace else len(text)
        plain_text.append(text[at:end])
        if brace is None:
            break
        char = brace[0]
        if text.startswith(char, end + 1):
            plain_text.append(char)
            at = end + 2
        elif char == "}":
            what = "a brace is closed that was never opened"
            raise ParseProblem("template-malformed", what, "write }} for a brace itself", end, end + 1)
        else:
            at = _closing(text, end) + 1
            found += filter(None, ["".join(plain_text)])
            found.append(_expression(text, end + 1, at - 1))
            plain_text = []
    return [*found, *filter(None, ["".join(plain_text)])]


def _closing(text: str, start: int) -> int:
    """Where the brace at `start` is closed; JMESPath has braces of its own, and quotes that hide them."""
    depth, at = 0, start
    while at < len(text):
        char = text[at]
        if char in _QUOTES:
            end = text.find(char, at + 1)
            at = len(text) if end < 0 else end
        depth += (char == "{") - (char == "}")
        if depth == 0:
            return at
        at += 1
    what = "a brace is opened and never closed"
    raise ParseProblem("template-malformed", what, "write {{ for a brace itself", start, start + 1)


def _expression(text: str, start: int, end: int) -> Expression:
    inside = text[start:end]
    if not inside.strip():
        raise ParseProblem("template-malformed", "the braces are empty", "name a column in them", start - 1, end + 1)
    try:
        return Expression(inside)
    except ParseProblem as problem:
        begin = start + len(inside) - len(inside.lstrip())
        last = end if problem.end is None else begin + problem.end
        raise ParseProblem(problem.rule, problem.what, problem.fix, begin + problem.start, last) from None
