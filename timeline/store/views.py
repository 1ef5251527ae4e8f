"""SQL views over the read models, made from what the topics declare, so that the file is useful in any other tool.

A column holds what the section holds, figures as exact text. A column of numbers has a second one, `<name>_number`,
that is inexact and meant for arithmetic.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeAlias

from timeline.store.parts import FIELDS, TABLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from timeline.section import Column, Layout

Expressions: TypeAlias = "tuple[tuple[str, str], ...]"
"""Names and SQL expressions of columns."""


class Json(Protocol):
    """How a database system takes JSON apart."""

    def opened(self, data: str, columns: tuple[Column, ...], depth: int) -> str:
        """What the FROM clause gains, so that the values of a row can be named; "" for nothing.

        Args:
            data: SQL expression for the JSON of the row.
            columns: of the row.
            depth: number of rows around it.
        """

    def value(self, data: str, column: Column, depth: int) -> str:
        """SQL expression for a value: a text, of a flag 1 or 0, of lists their JSON; NULL where there is none."""

    def number(self, value: str) -> str:
        """SQL expression for the number nearest to a decimal text."""

    def each(self, data: str, column: Column, depth: int) -> tuple[str, str]:
        """What the FROM clause gains for each row in a column, one for a single object; and the JSON of such a row."""


class _Rows(NamedTuple):
    """Rows of JSON that a view can be made of.

    Attributes:
        name: of the table or column that holds them.
        view: name of the view; empty for none.
        columns: as declared.
        tables: FROM clause.
        where: condition.
        data: SQL expression for the JSON of one row.
        carried: columns of the rows around these.
        depth: number of rows around these.
    """

    name: str
    view: str
    columns: tuple[Column, ...]
    tables: str
    where: str
    data: str = "item.data"
    carried: Expressions = (("company", "item.company"),)
    depth: int = 0


def views_of(layout: Layout, json: Json | None = None) -> dict[str, str]:
    """The views of a topic: SELECT by name; SQLite's where no other way to take JSON apart is given.

    Raises:
        ValueError: two views, or two columns of a view, have one name.
    """
    said = _Select(json or _Lite())
    views: dict[str, str] = {}
    for rows in (inner for outer in said.stored(layout) for inner in said.with_nested(outer) if inner.view):
        if rows.view in views:
            raise ValueError(f"the topic {layout.topic} declares two views {rows.view}")
        views[rows.view] = said.select(rows)
    return views


def quoted(name: str) -> str:
    """A name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text as SQL."""
    return "'" + text.replace("'", "''") + "'"


class _Select:
    """The views of one topic as one database system says them."""

    def __init__(self, json: Json) -> None:
        self._json = json

    def stored(self, layout: Layout) -> Iterator[_Rows]:
        """Those that are items of a read model."""
        yield self._item("", FIELDS, FIELDS, layout.topic, layout.fields)
        for table in layout.tables:
            yield self._item(table.view, table.name, f"{TABLE}{table.name}", layout.topic, table.columns)

    def _item(self, view: str, name: str, part: str, topic: str, columns: tuple[Column, ...]) -> _Rows:
        where = f"item.topic = {literal(topic)} AND item.part = {literal(part)}"
        return _Rows(name, view, columns, f"read_item AS item{self._json.opened('item.data', columns, 0)}", where)

    def with_nested(self, rows: _Rows) -> Iterator[_Rows]:
        """The rows themselves and those nested in them, however deep."""
        yield rows
        for column in rows.columns:
            if column.kind == "rows":
                yield from self.with_nested(self._nested(rows, column))

    def _nested(self, outer: _Rows, column: Column) -> _Rows:
        """Rows in a column of other rows; a single object counts as one row."""
        depth = outer.depth + 1
        each, data = self._json.each(outer.data, column, outer.depth)
        return outer._replace(
            name=column.name,
            view=column.view,
            columns=column.columns,
            tables=f"{outer.tables}{each}{self._json.opened(data, column.columns, depth)}",
            data=data,
            carried=self._carried(outer, column),
            depth=depth,
        )

    def _carried(self, outer: _Rows, column: Column) -> Expressions:
        """What a nested row says of those around it; a name that it has itself is led by the table around it."""
        own = dict(self._expressions(column.columns, "", 0))
        around = (*outer.carried, *self._expressions(outer.columns, outer.data, outer.depth))
        return tuple((f"{outer.name}_{name}" if name in own else name, expression) for name, expression in around)

    def select(self, rows: _Rows) -> str:
        """The statement for one view."""
        columns = (*rows.carried, *self._expressions(rows.columns, rows.data, rows.depth))
        names = [name for name, _ in columns]
        if doubled := {name for name in names if names.count(name) > 1}:
            raise ValueError(f"the view {rows.view} has more than one column {', '.join(sorted(doubled))}")
        selected = ", ".join(f"{expression} AS {quoted(name)}" for name, expression in columns)
        # From declarations, all of it quoted.
        return f"SELECT {selected} FROM {rows.tables} WHERE {rows.where}"  # noqa: S608

    def _expressions(self, columns: Iterable[Column], data: str, depth: int) -> Iterator[tuple[str, str]]:
        """Every column but the nested ones, which have a view of their own."""
        for column in columns:
            if column.kind == "rows":
                continue
            value = self._json.value(data, column, depth)
            yield column.name, value
            if column.kind == "number":
                yield f"{column.name}_number", self._json.number(value)


class _Lite:
    """SQLite: a function for each value."""

    def opened(self, data: str, columns: tuple[Column, ...], depth: int) -> str:
        del data, columns, depth
        return ""

    def value(self, data: str, column: Column, depth: int) -> str:
        del depth
        return f"json_extract({data}, {_path(column.name)})"

    def number(self, value: str) -> str:
        return f"CAST({value} AS REAL)"

    def each(self, data: str, column: Column, depth: int) -> tuple[str, str]:
        value = self.value(data, column, depth)
        kind = f"json_type({data}, {_path(column.name)})"
        alias = f"inner{depth + 1}"
        return f", json_each(iif({kind} = 'object', json_array({value}), {value})) AS {alias}", f"{alias}.value"


def _path(name: str) -> str:
    if '"' in name:
        raise ValueError(f"a column's name cannot hold a quotation mark: {name}")
    return literal(f'$."{name}"')
