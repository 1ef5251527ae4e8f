"""Tables of a company as data frames, with exact numbers and real dates."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from timeline.app.clocks import basis
from timeline.app.names import company_asked, nearest
from timeline.app.show import page, sections
from timeline.errors import InvalidInput, NotFound, Problem, TimelineError
from timeline.render.columns import fields
from timeline.render.sheet import page_tables
from timeline.store.log import Reader

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from sqlite3 import Connection
    from typing import Literal

    from timeline.app.show import Part
    from timeline.page import Basis
    from timeline.render.columns import Field, Grid, Value

    Library = Literal["pandas", "polars"]

POLARS_DIGITS: Final = 38
"""Digits of a decimal of polars."""


def frame(  # noqa: PLR0913 - every choice of the call
    connection: Connection,
    company: str,
    table: str,
    topic: str | None,
    as_of: str | None,
    as_recorded: str | None,
    *,
    library: Library,
) -> Any:  # noqa: ANN401 - a frame of the library that was asked for
    """A table of a company's page; one inside another's rows has that one's columns before its own.

    Raises:
        NotFound: no such company, topic or table.
        InvalidInput: several topics have the table, or no such library is known.
        TimelineError: the library is not installed.
    """
    make = _maker(library)
    asked = basis(Reader(connection).head(), as_of, as_recorded)
    slug = company_asked(connection, company, asked)
    return make(_grid(slug, asked, sections(connection, slug, asked), table, topic))


def _maker(library: str) -> Callable[[Grid], Any]:
    """What makes a frame of the library, which is loaded now."""
    makers = {"pandas": _pandas, "polars": _polars}
    if library not in makers:
        what = f"no frames of {library!r} are made"
        raise InvalidInput([Problem("library-unknown", what, f"ask for {' or '.join(makers)}")])
    try:
        import_module(library)
    except ImportError as error:
        raise TimelineError(f"{library} is not installed", f"pip install 'corporate-timeline[{library}]'") from error
    return makers[library]


def _grid(slug: str, asked: Basis, parts: Sequence[Part], table: str, topic: str | None) -> Grid:
    """The table among those of all topics, or of the one that is named."""
    topics = [section.topic for _, section in parts]
    if topic is not None and topic not in topics:
        raise NotFound("topic", topic, nearest(topic, topics), f"there are: {', '.join(topics)}")
    wanted = [name for name in topics if topic in {None, name}]
    grids = [(name, grid) for name in wanted for grid in page_tables(page(slug, asked, parts, name))]
    found = [(name, grid) for name, grid in grids if grid.name == table]
    if not found:
        names = sorted({grid.name for _, grid in grids})
        raise NotFound("table", table, nearest(table, names), f"there are: {', '.join(names)}")
    if len(found) > 1:
        what = f"the topics {', '.join(name for name, _ in found)} each have a table {table}"
        raise InvalidInput([Problem("table-ambiguous", what, "name the topic")])
    (_, section), *_ = [part for part in parts if part[1].topic == found[0][0]]
    if section.problem:
        raise TimelineError(f"the topic {section.topic} is stopped: {section.problem}", "correct or retract the event")
    return found[0][1]


def _pandas(grid: Grid) -> Any:  # noqa: ANN401 - pandas is not imported where it is not asked for
    """Numbers as `decimal.Decimal`, dates as datetime64 of whole seconds, flags as nullable booleans."""
    import pandas as pd

    columns = {field.name: _pandas_column(pd, field, grid) for field in fields(grid)}
    return pd.DataFrame(columns, index=pd.RangeIndex(len(grid.rows)))


def _pandas_column(pd: Any, field: Field, grid: Grid) -> Any:  # noqa: ANN401 - as above
    kinds = {"date": "datetime64[s]", "flag": "boolean", "text": "str"}
    return pd.Series([field.of(row) for row in grid.rows], dtype=kinds.get(field.kind, "object"))


def _polars(grid: Grid) -> Any:  # noqa: ANN401 - as for pandas
    """Numbers as decimals of 38 digits, where one of a column needs more as text; dates as dates, lists as lists."""
    import polars as pl

    kinds = {"date": pl.Date(), "flag": pl.Boolean(), "text": pl.String(), "texts": pl.List(pl.String())}
    columns = []
    for field in fields(grid):
        values: list[Value] = [field.of(row) for row in grid.rows]
        kind = kinds.get(field.kind, pl.Decimal(POLARS_DIGITS, min(field.decimals, POLARS_DIGITS)))
        if field.kind == "number" and field.whole + field.decimals > POLARS_DIGITS:
            kind, values = pl.String(), [None if value is None else format(value, "f") for value in values]
        columns.append(pl.Series(field.name, values, dtype=kind))
    return pl.DataFrame(columns)
