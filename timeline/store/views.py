"""SQL views over the read models, made from what the topics declare, so that the file is useful in any other tool.

A column holds what the section holds, figures as exact text. A column of numbers has a second one, `<name>_number`,
that is inexact and meant for arithmetic.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from timeline.store.parts import FIELDS, TABLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from timeline.section import Column, Layout

Expressions: TypeAlias = "tuple[tuple[str, str], ...]"
"""Names and SQL expressions of columns."""


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


def views_of(layout: Layout) -> dict[str, str]:
    """The views of a topic: SELECT by name.

    Raises:
        ValueError: two views, or two columns of a view, have one name.
    """
    views: dict[str, str] = {}
    for rows in (inner for outer in _stored_rows(layout) for inner in _with_nested(outer) if inner.view):
        if rows.view in views:
            raise ValueError(f"the topic {layout.topic} declares two views {rows.view}")
        views[rows.view] = _select(rows)
    return views


def quoted(name: str) -> str:
    """A name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def _stored_rows(layout: Layout) -> Iterator[_Rows]:
    item = "read_item AS item"
    yield _Rows(FIELDS, "", layout.fields, item, _condition(layout.topic, FIELDS))
    for table in layout.tables:
        yield _Rows(table.name, table.view, table.columns, item, _condition(layout.topic, f"{TABLE}{table.name}"))


def _condition(topic: str, part: str) -> str:
    return f"item.topic = {_literal(topic)} AND item.part = {_literal(part)}"


def _with_nested(rows: _Rows) -> Iterator[_Rows]:
    """The rows themselves and those nested in them, however deep."""
    yield rows
    for column in rows.columns:
        if column.kind == "rows":
            yield from _with_nested(_nested(rows, column))


def _nested(outer: _Rows, column: Column) -> _Rows:
    """Rows in a column of other rows; a single object counts as one row."""
    value = _extract(outer.data, column.name)
    kind = f"json_type({outer.data}, {_path(column.name)})"
    alias = f"inner{outer.depth + 1}"
    return outer._replace(
        name=column.name,
        view=column.view,
        columns=column.columns,
        tables=f"{outer.tables}, json_each(iif({kind} = 'object', json_array({value}), {value})) AS {alias}",
        data=f"{alias}.value",
        carried=_carried(outer, column),
        depth=outer.depth + 1,
    )


def _carried(outer: _Rows, column: Column) -> Expressions:
    """What a nested row says of the rows around it; a name that it has itself is led by that of the table around it."""
    own = dict(_expressions(column.columns, ""))
    around = (*outer.carried, *_expressions(outer.columns, outer.data))
    return tuple((f"{outer.name}_{name}" if name in own else name, expression) for name, expression in around)


def _select(rows: _Rows) -> str:
    columns = (*rows.carried, *_expressions(rows.columns, rows.data))
    names = [name for name, _ in columns]
    if doubled := {name for name in names if names.count(name) > 1}:
        raise ValueError(f"the view {rows.view} has more than one column {', '.join(sorted(doubled))}")
    selected = ", ".join(f"{expression} AS {quoted(name)}" for name, expression in columns)
    return f"SELECT {selected} FROM {rows.tables} WHERE {rows.where}"  # noqa: S608 - from declarations, all of it quoted


def _expressions(columns: Iterable[Column], data: str) -> Iterator[tuple[str, str]]:
    """Every column but the nested ones, which have a view of their own."""
    for column in columns:
        if column.kind == "rows":
            continue
        value = _extract(data, column.name)
        yield column.name, value
        if column.kind == "number":
            yield f"{column.name}_number", f"CAST({value} AS REAL)"


def _extract(data: str, name: str) -> str:
    return f"json_extract({data}, {_path(name)})"


def _path(name: str) -> str:
    if '"' in name:
        raise ValueError(f"a column's name cannot hold a quotation mark: {name}")
    return _literal(f'$."{name}"')


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
