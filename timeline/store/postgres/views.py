"""SQL views on PostgreSQL, see `timeline.store.views`: the same names, columns and values as SQLite gives.

JSON is read as `json`, not `jsonb`: it keeps the text of a list as it is stored, and the order of what is in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.store import views as each_store
from timeline.store.views import quoted

if TYPE_CHECKING:
    from sqlite3 import Connection

    from timeline.section import Column, Layout

_LONGEST = 63
"""Bytes of a name; PostgreSQL cuts off the rest."""

_DIGITS = 300
"""Signs of a number that is surely one of `double precision`; casting another would fail the whole query."""


def views_of(layout: Layout) -> dict[str, str]:
    """The views of a topic: SELECT by name."""
    views = each_store.views_of(layout, _Server())
    for name in views:
        _require_short(name)
    return views


class _Server:
    """A row is taken apart once, as a record, whatever number of values is asked of it."""

    def opened(self, data: str, columns: tuple[Column, ...], depth: int) -> str:
        if not columns:
            return ""
        typed = ", ".join(f"{_name(column)} {'json' if column.kind == 'rows' else 'text'}" for column in columns)
        return f", json_to_record(CAST({data} AS json)) AS row{depth}({typed})"

    def value(self, data: str, column: Column, depth: int) -> str:
        del data
        value = f"row{depth}.{_name(column)}"
        return f"CASE {value} WHEN 'true' THEN 1 WHEN 'false' THEN 0 END" if column.kind == "flag" else value

    def number(self, value: str) -> str:
        is_one = f"{value} ~ '^-?[0-9]+([.][0-9]+)?$' AND length({value}) <= {_DIGITS}"
        return f"CASE WHEN {is_one} THEN CAST({value} AS double precision) END"

    def each(self, data: str, column: Column, depth: int) -> tuple[str, str]:
        value = self.value(data, column, depth)
        rows = f"CASE json_typeof({value}) WHEN 'object' THEN json_build_array({value}) WHEN 'array' THEN {value} END"
        alias = f"inner{depth + 1}"
        return f", json_array_elements({rows}) AS {alias}(data)", f"{alias}.data"


def _name(column: Column) -> str:
    _require_short(column.name)
    return quoted(column.name)


def _require_short(name: str) -> None:
    if len(name.encode()) > _LONGEST:
        raise ValueError(f"PostgreSQL cuts off names after {_LONGEST} bytes: {name}")


def stands(connection: Connection, name: str, select: str) -> bool:
    """Whether a view of this name gives what the statement gives, by the server's own account of both.

    It keeps a view as it has understood it, so that its text is another one. A plan tells all that a query amounts to,
    but for the names of its columns.
    """
    view = (
        "SELECT 1 FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind = 'v' AND relname = ?"
    )
    if not connection.execute(view, (name,)).fetchone():
        return False
    return _account(connection, quoted(name)) == _account(connection, f"({select}) AS {quoted(name)}")


def _account(connection: Connection, rows: str) -> tuple[list[tuple[object, object]], list[str]]:
    """Names and types of the columns, and the plan."""
    select = f"SELECT * FROM {rows}"  # noqa: S608 - from declarations, all of it quoted
    columns = [(name, kind) for name, kind, *_ in connection.execute(f"{select} LIMIT 0").description]
    return columns, [line for (line,) in connection.execute(f"EXPLAIN (VERBOSE, COSTS OFF) {select}")]
