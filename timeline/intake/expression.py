"""Expressions over the row of a table: a column by its name, or JMESPath with exact numbers.

Where JMESPath answers null to a question that has no answer, such as whether a text is less than a number, this
refuses: a condition that is never true would leave every row out without a word.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from jmespath.exceptions import JMESPathError, LexerError, ParseError
from jmespath.functions import Functions, signature
from jmespath.parser import Parser
from jmespath.visitor import Options, TreeInterpreter

from timeline.digits import can_be_written, plain
from timeline.errors import ParseProblem
from timeline.intake.form import slug
from timeline.intake.wording import did_you_mean, nearest, normal, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_PLAIN_NAME = re.compile(r"[^\W\d][^`'\"|&=<>!?*@\[\]{},]*|@row|@file")
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_ORDERED = {"lt", "gt", "lte", "gte"}
_REMEDY = "see https://jmespath.org; a name with other signs in it goes in double quotes"


class Expression:
    """What is asked of each row.

    The exact name of a column means that column, whatever signs are in it; all else is JMESPath.

    Attributes:
        text: as written.
        names: the columns that it speaks of, in order.
        fruitless: whether it was asked, and never had an answer.
    """

    def __init__(self, text: str) -> None:
        """Read an expression.

        Raises:
            ParseProblem: it is neither JMESPath nor can be the name of a column.
        """
        self.text = text.strip()
        self.fruitless = False
        self._found = False
        self._tree: Any = None
        try:
            self._tree = _exact(Parser().parse(self.text).parsed)
        except RecursionError:
            what = "the expression is nested too deeply"
            raise ParseProblem("expression-malformed", what, "make it out of fewer parts") from None
        except JMESPathError as error:
            self.names: tuple[str, ...] = (_name(self.text, error),)
        else:
            self.names = (self.text,) if self._is_name() else tuple(dict.fromkeys(_names(self._tree)))

    def value(self, row: Mapping[str, Any]) -> Any:  # noqa: ANN401  whatever stands in the row
        """The answer of a row, None where it has none.

        Raises:
            ParseProblem: the row holds what the expression cannot be asked of.
        """
        found = row[self.text] if self.text in row else self._answer(row)
        self._found = self._found or (found is not None and found != "")
        self.fruitless = not self._found
        return found

    def _answer(self, row: Mapping[str, Any]) -> Any:  # noqa: ANN401  as above
        try:
            return None if self._tree is None else _INTERPRETER.visit(self._tree, row)
        except (JMESPathError, ArithmeticError, RecursionError, TypeError, ValueError) as error:
            if isinstance(error, ParseProblem):
                raise
            raise ParseProblem("expression-failed", f"{shown(self.text)}: {error}", _REMEDY) from None

    def holds(self, row: Mapping[str, Any]) -> bool:
        """Whether the answer counts as true: it is none of null, false, "", [] and {}."""
        found = self.value(row)
        return found is not None and found is not False and found not in ("", [], {})

    def unknown(self, columns: tuple[str, ...]) -> tuple[str, tuple[str, ...]] | None:
        """The first column that it speaks of and that there is not, with the nearest that there are."""
        if self.text in columns:
            return None
        missing = next((name for name in self.names if name not in columns), None)
        return None if missing is None else (missing, nearest(missing, filter(None, columns)))

    def _is_name(self) -> bool:
        """Whether it calls a function that there is not, as JMESPath reads `Shares (m)`."""
        unknown = next((name for name in _functions(self._tree) if name not in _Functions.FUNCTION_TABLE), None)
        if unknown and (" " not in self.text or not _PLAIN_NAME.fullmatch(self.text)):
            near = did_you_mean(nearest(unknown, _Functions.FUNCTION_TABLE))
            start = max(self.text.find(unknown), 0)
            what = f"there is no function {unknown}"
            raise ParseProblem("expression-malformed", what, near or _REMEDY, start, start + len(unknown))
        return unknown is not None


def _name(text: str, error: JMESPathError) -> str:
    """The column that a text can only be the name of."""
    if _PLAIN_NAME.fullmatch(text):
        return text
    at = error.lexer_position if isinstance(error, LexerError) else getattr(error, "lex_position", 0)
    told = getattr(error, "msg", "") if isinstance(error, ParseError) else str(error)
    start = min(at or 0, max(len(text) - 1, 0))
    raise ParseProblem("expression-malformed", f"{shown(text)} is no expression: {told}", _REMEDY, start, start + 1)


def _exact(node: Any) -> Any:  # noqa: ANN401  a syntax tree of the library, whose parts are of many types
    """The tree with decimals in the place of binary fractions; a copy, since the library keeps its trees."""
    match node:
        case float():
            return Decimal(repr(node))
        case dict():
            return {name: _exact(part) for name, part in node.items()}
        case list():
            return [_exact(part) for part in node]
        case _:
            return node


def _names(node: Any) -> Iterator[str]:  # noqa: ANN401  as above
    """The columns that a tree begins with: of `a.b[?c].d` only a, since the others are asked of what a holds."""
    if not isinstance(node, dict):
        return
    kind, children = node["type"], node["children"]
    if kind == "field":
        yield node["value"]
    elif kind in {"subexpression", "index_expression", "pipe"} or "projection" in kind or kind == "flatten":
        yield from _names(children[0])
    elif kind != "literal":
        for child in children:
            yield from _names(child)


def _functions(node: Any) -> Iterator[str]:  # noqa: ANN401  as above
    if isinstance(node, dict):
        if node["type"] == "function_expression":
            yield node["value"]
        for child in node["children"]:
            yield from _functions(child)


class _Functions(Functions):
    """The functions of JMESPath on exact numbers, and a few on texts."""

    def _get_allowed_pytypes(self, types: Any) -> Any:  # noqa: ANN401  the library's own
        allowed, within = super()._get_allowed_pytypes(types)  # type: ignore[misc]  # the stubs leave out what is private
        more = [(*names, "Decimal") if "float" in names else names for names in within]
        return (*allowed, *(["Decimal"] if "float" in allowed else [])), more

    def _convert_to_jmespath_type(self, pyobject: str) -> str:
        return "number" if pyobject == "Decimal" else str(super()._convert_to_jmespath_type(pyobject))  # type: ignore[misc]

    @signature({"types": ["array-number"]})
    def _func_avg(self, numbers: list[Any]) -> Decimal | None:
        return sum(numbers, Decimal()) / len(numbers) if numbers else None

    @signature({"types": []})
    def _func_to_number(self, value: Any) -> Any:  # noqa: ANN401  of any type
        if isinstance(value, str) and _NUMBER.fullmatch(value.strip()):
            try:
                number = Decimal(value.strip())
            except InvalidOperation:
                return None
            return number if can_be_written(number) else None
        return value if isinstance(value, int | Decimal) and not isinstance(value, bool) else None

    @signature({"types": []})
    def _func_to_string(self, value: Any) -> str:  # noqa: ANN401  of any type
        return plain(value) if isinstance(value, Decimal) else str(super()._func_to_string(value))  # type: ignore[misc]

    @signature({"types": []})
    def _func_type(self, value: Any) -> str:  # noqa: ANN401  of any type
        return "number" if isinstance(value, Decimal) else str(super()._func_type(value))  # type: ignore[misc]

    @signature({"types": ["string"]})
    def _func_slug(self, text: str) -> str:
        return slug(text)

    @signature({"types": ["string"]})
    def _func_lower(self, text: str) -> str:
        return text.lower()

    @signature({"types": ["string"]})
    def _func_upper(self, text: str) -> str:
        return text.upper()

    @signature({"types": ["string"]})
    def _func_trim(self, text: str) -> str:
        return normal(text)

    @signature({"types": ["string"]}, {"types": ["string"]}, {"types": ["string"]})
    def _func_replace(self, text: str, old: str, new: str) -> str:
        return text.replace(old, new)

    @signature({"types": ["string"]}, {"types": ["string"]})
    def _func_split(self, text: str, separator: str) -> list[str]:
        return text.split(separator) if separator else [text]


class _Interpreter(TreeInterpreter):
    """JMESPath that refuses to compare what cannot be compared."""

    def visit_comparator(self, node: Any, value: Any) -> Any:  # noqa: ANN401  the library's own
        left, right = (self.visit(child, value) for child in node["children"])
        mixed = {isinstance(left, str), isinstance(right, str)} == {True, False} and None not in (left, right)
        if mixed or (node["value"] in _ORDERED and _both_numbers(left, right)):
            what = f"{shown(str(left))} and {shown(str(right))} are compared as texts, or one of them is"
            fix = "make them numbers: to_number(column); or the number a text: '2025'"
            raise ParseProblem("expression-types", what, fix)
        return super().visit_comparator(node, value)


def _both_numbers(left: object, right: object) -> bool:
    """Whether two texts are numbers, which as texts have another order: '9' comes behind '10'."""
    return all(isinstance(text, str) and _NUMBER.fullmatch(text.strip()) for text in (left, right))


_INTERPRETER = _Interpreter(Options(custom_functions=_Functions()))
