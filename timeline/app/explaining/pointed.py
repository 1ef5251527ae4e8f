"""What a path points at: a field, a cell, rows or all that a topic says of a company."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from timeline.app.names import nearest
from timeline.dates import When
from timeline.errors import InvalidInput, NotFound, ParseProblem, Problem
from timeline.naming import folded
from timeline.render.words import cell_words, text_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from timeline.app.explaining.path import Step
    from timeline.section import Column, Layout, Row, Section

_TOLD = 3
"""Cells that tell a row."""

_LISTED = 8
"""Rows that a message lists at most."""


class Place(NamedTuple):
    """A row of a section.

    Attributes:
        key: where it stands, in full: "targets[0].revisions[1]".
        columns: of its table.
        row: itself.
    """

    key: str
    columns: tuple[Column, ...]
    row: Row


class Pointed(NamedTuple):
    """What a path points at.

    Attributes:
        key: the path in full, without the topic: numbers for rows, no name left out; of several selected rows the path
            of each; "" for the topic itself.
        places: the rows pointed at, or the row of the cell; none for a field.
        column: of the field or cell; None where rows are pointed at.
        value: plain JSON: of the field or cell, or the row; None where several rows are pointed at.
    """

    key: str
    places: tuple[Place, ...]
    column: Column | None = None
    value: Any = None

    @property
    def printed(self) -> str:
        """The value as a person reads it, a figure as the source prints it; of rows what tells them."""
        if self.column is None:
            return "; ".join(told(place) for place in self.places[:_LISTED])
        beside = self.places[0].row.get(f"{self.column.name}_printed") if self.places else None
        if beside or self.column.kind == "figure":
            return str(beside or self.value or "")
        return cell_words(self.column, self.value)


def pointed(layout: Layout, section: Section, steps: Sequence[Step]) -> Pointed:
    """What the steps below a topic point at.

    Raises:
        NotFound: nothing is called so; what there is, and what is called almost so, is told.
        InvalidInput: several rows are meant where one is needed.
    """
    if not steps:
        return Pointed("", every_place(layout, section))
    first, *rest = steps
    tables = {table.name: table.columns for table in layout.tables}
    fields = {column.name: column for column in layout.fields}
    if not first.selects and first.text in fields and first.text not in tables:
        if rest:
            raise NotFound("column", rest[0].text, (), f"the field {first.text} has nothing below it")
        return Pointed(first.text, (), fields[first.text], section.fields.get(first.text))
    if not first.selects and first.text in tables:
        name = first.text
    elif layout.topic in tables:
        name, rest = layout.topic, list(steps)
    else:
        raise _unknown("field or table", first.text, [*fields, *tables], f"{layout.topic} has {_names(fields, tables)}")
    return _below(name, _places(name, tables[name], section.tables.get(name, ())), tables[name], rest)


def every_place(layout: Layout, section: Section) -> tuple[Place, ...]:
    """All rows of a section's tables."""
    return tuple(
        place
        for table in layout.tables
        for place in _places(table.name, table.columns, section.tables.get(table.name, ()))
    )


def inner_places(place: Place, column: Column) -> tuple[Place, ...]:
    """The rows of a table inside a row; a single object counts as one row, nothing as none."""
    value = place.row.get(column.name) or ()
    return _places(f"{place.key}.{column.name}", column.columns, (value,) if isinstance(value, dict) else value)


def _places(key: str, columns: tuple[Column, ...], rows: Iterable[Row]) -> tuple[Place, ...]:
    return tuple(Place(f"{key}[{number}]", columns, row) for number, row in enumerate(rows))


def _below(key: str, places: Sequence[Place], columns: tuple[Column, ...], steps: Sequence[Step]) -> Pointed:
    """What the steps point at among the rows of one table."""
    by_name, every = {column.name: column for column in columns}, places
    for number, step in enumerate(steps):
        column = None if step.selects else by_name.get(step.text)
        if column is None:
            places = _selected(key, places, step, by_name)
            continue
        place, rest = _only(key, places), steps[number + 1 :]
        if column.kind == "rows":
            return _below(f"{place.key}.{column.name}", inner_places(place, column), column.columns, rest)
        if rest:
            raise NotFound("column", rest[0].text, (), f"the column {column.name} has nothing below it")
        return Pointed(f"{place.key}.{column.name}", (place,), column, place.row.get(column.name))
    if len(places) == 1:
        return Pointed(places[0].key, (places[0],), None, places[0].row)
    return Pointed(key if places is every else ", ".join(place.key for place in places), tuple(places))


def _selected(key: str, places: Sequence[Place], step: Step, columns: dict[str, Column]) -> tuple[Place, ...]:
    """The row of a number, from 0 or, if negative, from the end; else the rows that have a cell of this text."""
    text = step.text
    if text.removeprefix("-").isdecimal() and -len(places) <= int(text) < len(places):
        return (places[int(text)],)
    wanted = folded(text) or text
    found = tuple(place for place in places if wanted in _cells(place))
    if found:
        return found
    named = [word for place in places for word in _telling(place)]
    there = f"{key} has {_rows(places)}"
    if step.selects:
        raise _unknown("row", text, named, there)
    raise _unknown("column or row", text, [*columns, *named], f"{there}; columns: {', '.join(columns)}")


def _only(key: str, places: Sequence[Place]) -> Place:
    if len(places) == 1:
        return places[0]
    if not places:
        raise NotFound("row", key, (), f"{key} is empty")
    what = f"{len(places)} rows of {key} are meant where one is needed: {_rows(places)}"
    others = {word for place in places[1:] for word in _telling(place)}
    distinct = [word for word in _telling(places[0]) if word not in others][:1]
    ways = " or ".join(f"{key}[{word}]" for word in (*distinct, "0"))
    raise InvalidInput([Problem("path-ambiguous", what, f"select one, as in {ways}")])


def _cells(place: Place) -> set[str]:
    """The row's cells as stored and as shown, in the form in which texts are compared."""
    texts = [text for column in place.columns if column.kind != "rows" for text in _spelled(column, place.row)]
    return {form for text in texts for form in (folded(text) or text, text)}


def _spelled(column: Column, row: Row) -> list[str]:
    value = row.get(column.name)
    if value is None or isinstance(value, bool):
        return []
    texts = [cell_words(column, value), *(map(str, value) if isinstance(value, list | tuple) else [str(value)])]
    if column.kind == "when":
        texts += _labels(str(value))
    return [text for text in texts if text]


def _labels(edtf: str) -> list[str]:
    """The date in words: "8 Jan 2026"; none of a time."""
    try:
        return [When.parse(edtf).label()]
    except ParseProblem:
        return []


def told(place: Place) -> str:
    """A row in a few words."""
    return ", ".join(_telling(place))


def _telling(place: Place) -> list[str]:
    """The first cells that a person sees of the row; its number where there is none."""
    shown = (column for column in place.columns if column.shown and column.kind not in ("rows", "id", "ids", "flag"))
    words = [text for column in shown if (text := cell_words(column, place.row.get(column.name)))]
    return words[:_TOLD] or [text_words(place.key.rpartition("[")[2].rstrip("]"))]


def _rows(places: Sequence[Place]) -> str:
    if not places:
        return "no rows"
    more = f" and {len(places) - _LISTED} more" if len(places) > _LISTED else ""
    return "; ".join(f"[{', '.join(_telling(place))}]" for place in places[:_LISTED]) + more


def _names(fields: Iterable[str], tables: Iterable[str]) -> str:
    parts = (("the fields ", list(fields)), ("the tables ", list(tables)))
    return " and ".join(label + ", ".join(names) for label, names in parts if names)


def _unknown(what: str, name: str, known: Sequence[str], there: str) -> NotFound:
    """That nothing is called so, with the names like it and all that there is."""
    error = NotFound(what, name, nearest(name, list(known)), there)
    error.fix = f"{error.fix}; {there}" if error.suggestions else there
    return error
