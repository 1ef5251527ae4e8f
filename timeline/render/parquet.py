"""Parquet files: one table with exact decimals, real dates and lists."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

import msgspec

from timeline.errors import TimelineError
from timeline.render.columns import fields

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import BinaryIO

    import pyarrow as pa

    from timeline.render.book import Book
    from timeline.render.columns import Field, Grid, Value
    from timeline.section import Row

DIGITS: Final = (38, 76)
"""Digits of a 128-bit decimal and of a 256-bit one; what needs more is text."""
_BATCH: Final = 65_536


def write_parquet(file: BinaryIO, book: Book, command: str = "") -> None:
    """Write the first table of a book; what it is true of stands in the file's metadata under "timeline".

    Raises:
        TimelineError: pyarrow is not installed.
    """
    try:
        from pyarrow import parquet
    except ImportError as error:
        raise TimelineError("Parquet needs pyarrow", "pip install 'corporate-timeline[parquet]'") from error
    grid = book.grids[0]
    schema = arrow_schema(grid).with_metadata({"timeline": _about(book, command)})
    with parquet.ParquetWriter(file, schema) as writer:
        for rows in _batches(grid.rows):
            writer.write_table(_arrow(grid, rows, schema))


def arrow_table(grid: Grid) -> pa.Table:
    """A table of Arrow, which other libraries take over as it is."""
    return _arrow(grid, grid.rows, arrow_schema(grid))


def arrow_schema(grid: Grid) -> pa.Schema:
    """The types of the columns."""
    import pyarrow as pa

    plain = {"date": pa.date32(), "flag": pa.bool_(), "texts": pa.list_(pa.string())}
    return pa.schema(
        [pa.field(field.name, plain.get(field.kind) or _decimal(field) or pa.string()) for field in fields(grid)]
    )


def _decimal(field: Field) -> pa.DataType | None:
    """The decimal type that holds every digit of a column; None where it is no number or no such type does."""
    import pyarrow as pa

    small, large = DIGITS
    digits = field.whole + field.decimals
    if field.kind != "number" or digits > large:
        return None
    return pa.decimal128(small, field.decimals) if digits <= small else pa.decimal256(large, field.decimals)


def _arrow(grid: Grid, rows: Sequence[Row], schema: pa.Schema) -> pa.Table:
    from pyarrow import Table, array

    columns = [
        array([_stored(value, column.type) for value in map(field.of, rows)], column.type)
        for field, column in zip(fields(grid), schema, strict=True)
    ]
    return Table.from_arrays(columns, schema=schema)


def _stored(value: Value, kind: pa.DataType) -> Value:
    """The value; a number as text where no type holds it."""
    from pyarrow import types

    return format(value, "f") if isinstance(value, Decimal) and types.is_string(kind) else value


def _batches(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    return (rows[start : start + _BATCH] for start in range(0, len(rows), _BATCH))


def _about(book: Book, command: str) -> bytes:
    """What the table is true of, as JSON."""
    told = {"company": book.company, "command": command, "basis": book.basis, "since": book.since}
    return msgspec.json.encode({name: value for name, value in told.items() if value})
