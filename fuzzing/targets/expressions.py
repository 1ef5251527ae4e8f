"""Expressions and templates of a table's map, over a row of all that a row can hold."""

from contextlib import suppress
from decimal import Decimal

from timeline.errors import ParseProblem
from timeline.intake.expression import Expression
from timeline.intake.template import Template

SEEDS = (
    "to_number(shares) > `5` && kind == 'buyback'",
    "{day}: {prices[0]} to {prices[-1]} {{literal}}",
    "rows[?a > `1`].{b: b, c: c} | [0]",
    "join(' ', [slug(name), upper(name)])",
    "Shares (m)",
    "sort_by(rows, &a)[*].b",
)
WORDS = (
    "to_number(",
    "to_string(",
    "sum(",
    "avg(",
    "ceil(",
    "map(&",
    "sort_by(",
    "rows",
    "`",
    "'",
    "[?",
    "[]",
    "{{",
    "}}",
    "||",
    "&&",
    "@",
    "*",
    "1e999999999",
)
LARGEST = 256
_ROW = {
    "shares": "5,000",
    "kind": "buyback",
    "name": "Acme \u202e",
    "day": "2026-01-08",
    "prices": [Decimal("38.04"), 39, None, True],
    "rows": [{"a": 1, "b": "x"}, {"a": Decimal("2.5"), "b": None}, {}],
    "Shares (m)": Decimal("1e300"),
    "nothing": None,
}


def run(data: bytes) -> None:
    """An answer, or a reason why there is none."""
    text = data.decode("utf-8", "replace")
    for tried in (_fill, _ask):
        with suppress(ParseProblem):
            tried(text)


def _fill(text: str) -> None:
    filled = Template(text).filled(_ROW, str, ("n/a",))
    assert filled is None or isinstance(filled, str | list | dict)


def _ask(text: str) -> None:
    expression = Expression(text)
    expression.unknown(("shares", ""))
    expression.value(_ROW)
    expression.holds(_ROW)
