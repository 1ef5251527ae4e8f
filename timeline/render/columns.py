"""Tables as rectangles with typed columns: what CSV, a workbook, a Parquet file and a data frame share.

A number is exact, a day is a day where the text says one day and nothing less, and all else is text.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from decimal import Decimal
from itertools import chain
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

import msgspec
from msgspec.structs import replace

from timeline.render.data import row_json, says

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from timeline.section import Column, Row, Table

Kind = Literal["text", "number", "date", "flag", "texts"]
Value: TypeAlias = "str | Decimal | date | bool | list[str] | None"

NUMBER = re.compile(r"[+-]?\d+(\.\d+)?", re.ASCII)
_DAY = re.compile(r"(\d{4}-\d\d-\d\d)(T[\d:.]+)?(Z|[+-]\d\d:\d\d)?", re.ASCII)
_DATE = "_date"


class Grid(NamedTuple):
    """A table without tables in its rows; one that was in another's rows has that one's columns before its own.

    Attributes:
        name: of the table, "targets.revisions" where it was inside another.
        columns: as declared; a column of the table around it is led by that table's name where its own is taken.
        rows: values by column name.
    """

    name: str
    columns: tuple[Column, ...]
    rows: Sequence[Row]


class Field(NamedTuple):
    """A typed column of a grid.

    Attributes:
        name: its heading.
        column: key in the grid's rows.
        kind: of its values; "texts" are lists of texts.
        whole: of a number, the most digits before the point.
        decimals: of a number, the most digits after it.
    """

    name: str
    column: str
    kind: Kind
    whole: int = 0
    decimals: int = 0

    def of(self, row: Row) -> Value:
        """The value in a row; None where it is not known."""
        value = row.get(self.column)
        if value is None:
            return None
        match self.kind:
            case "number":
                return Decimal(str(value))
            case "date":
                return day_of(value)
            case "flag":
                return bool(value)
            case "texts":
                return [text_of(item) for item in value] if isinstance(value, (list, tuple)) else [text_of(value)]
            case "text":
                return text_of(value)


def grids(table: Table, rows: Iterable[Row]) -> Iterator[Grid]:
    """A table and, after it, the tables inside its rows."""
    return _with_nested(table.name, table.columns, [row_json(table.columns, row) for row in rows])


def _with_nested(name: str, columns: Sequence[Column], rows: Sequence[Row]) -> Iterator[Grid]:
    outer = flat(columns, rows)
    yield Grid(name, outer, rows)
    for column in columns:
        if column.kind == "rows":
            yield _inner(name, outer, column, rows)


def _inner(name: str, outer: Sequence[Column], column: Column, rows: Sequence[Row]) -> Grid:
    own = flat(column.columns, [item for row in rows for item in _items(row.get(column.name))])
    taken = {each.name for each in own}
    kept = {each.name: f"{name}_{each.name}" if each.name in taken else each.name for each in outer}
    inner = [
        {**{kept[key]: row.get(key) for key in kept}, **item} for row in rows for item in _items(row.get(column.name))
    ]
    around = (replace(each, name=kept[each.name]) for each in outer)
    return Grid(f"{name}.{column.name}", (*around, *own), inner)


def _items(value: Any) -> Sequence[Row]:  # noqa: ANN401 - an object, a list of them, or nothing
    return [value] if isinstance(value, dict) else value or ()


def flat(columns: Iterable[Column], rows: Sequence[Row]) -> tuple[Column, ...]:
    """The columns that hold no table, without optional ones that say nothing in any row."""
    unnested = (column for column in columns if column.kind != "rows")
    return tuple(column for column in unnested if not column.optional or any(says(column, row) for row in rows))


def fields(grid: Grid) -> tuple[Field, ...]:
    """The typed columns of a grid: a column of dates keeps its text, and has the days beside it as `<name>_date`."""
    names = {column.name for column in grid.columns}
    return tuple(chain.from_iterable(_fields(column, grid.rows, names) for column in grid.columns))


def _fields(column: Column, rows: Sequence[Row], names: set[str]) -> Iterator[Field]:
    name = column.name
    match column.kind:
        case "number":
            yield _number(name, [row.get(name) for row in rows])
        case "flag":
            yield Field(name, name, "flag")
        case "ids":
            yield Field(name, name, "texts")
        case "when":
            yield Field(name, name, "text")
            if f"{name}{_DATE}" not in names:
                yield Field(f"{name}{_DATE}", name, "date")
        case _:
            several = any(_is_texts(row.get(name)) for row in rows)
            yield Field(name, name, "texts" if several else "text")


def _is_texts(value: object) -> bool:
    return isinstance(value, (list, tuple)) and all(isinstance(item, str) for item in value)


def _number(name: str, values: Iterable[object]) -> Field:
    """A column of numbers with the digits that it needs; of texts where something else stands among them."""
    whole = decimals = 0
    for text in (str(value) for value in values if value is not None):
        if not NUMBER.fullmatch(text):
            return Field(name, name, "text")
        before, _, after = text.lstrip("+-").partition(".")
        whole, decimals = max(whole, len(before)), max(decimals, len(after))
    return Field(name, name, "number", whole, decimals)


def day_of(value: object) -> date | None:
    """The day that a text says, of a time the one where it was told; None where it says less or more than one day."""
    found = _DAY.fullmatch(str(value))
    if found:
        with suppress(ValueError):  # such as a month 13, in a text that nothing has checked
            return date.fromisoformat(found[1])
    return None


def text_of(value: object) -> str:
    """A value as text: a list of texts with spaces between, anything deeper as JSON."""
    match value:
        case bool():
            return "true" if value else "false"
        case list() | tuple() if _is_texts(value):
            return " ".join(value)
        case list() | tuple() | dict():
            return msgspec.json.encode(value).decode()
        case _:
            return str(value)
