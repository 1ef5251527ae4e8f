"""Parquet, a batch of rows at a time."""

from __future__ import annotations

import json
import math
import struct
from decimal import Decimal
from itertools import chain
from typing import TYPE_CHECKING, Any

from timeline.intake.rows.row import Broken, Row

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from timeline.intake.rows.row import Layout

_BATCH = 1000
_SINGLE = range(6, 10)
"""Digits that tell a number of single precision apart: six always survive, nine always suffice (IEEE 754)."""


class Parquet:
    """The rows of a Parquet file.

    Binary fractions are told by the shortest decimal that reads back as them, which is what was meant, where they were
    made from decimals; a missing value and "not a number" are both None.
    """

    def __init__(self, stream: BinaryIO, layout: Layout) -> None:
        del layout
        try:
            from pyarrow import ArrowException
            from pyarrow.parquet import ParquetFile
        except ImportError:
            fix = 'install it: pip install "corporate-timeline[parquet]"'
            raise Broken("parquet-missing", "reading Parquet takes pyarrow, which is not installed", fix) from None
        if not stream.seekable():
            raise Broken(
                "parquet-stream", "Parquet is read from its end, and this stream has none", "write it to a file"
            )
        try:
            self._file = ParquetFile(stream)
        except (ArrowException, OSError) as error:
            raise Broken("parquet-malformed", f"not a Parquet file: {error}", "write it again") from None
        schema = self._file.schema_arrow
        self.columns: tuple[str, ...] = tuple(schema.names)
        # The types print as what they hold, nested ones too: list<element: struct<price: double>>.
        types = {field.name: str(field.type) for field in schema}
        self._single = {name for name, kind in types.items() if "float" in kind}
        self.rounded = tuple(name for name, kind in types.items() if "double" in kind or "float" in kind)

    def __iter__(self) -> Iterator[Row]:
        batches = self._file.iter_batches(batch_size=_BATCH)
        for number, values in enumerate(chain.from_iterable(batch.to_pylist() for batch in batches), 1):
            exact = {
                name: _exact(value, single=name in self._single) if name in self.rounded else value
                for name, value in values.items()
            }
            yield Row(number, exact, json.dumps(exact, default=str, ensure_ascii=False))


def _exact(value: Any, *, single: bool) -> Any:  # noqa: ANN401  whatever a column holds
    match value:
        case float():
            return None if math.isnan(value) else Decimal(_shortest(value, single=single))
        case list():
            return [_exact(item, single=single) for item in value]
        case dict():
            return {name: _exact(item, single=single) for name, item in value.items()}
        case _:
            return value


def _shortest(value: float, *, single: bool) -> str:
    if single and math.isfinite(value) and struct.unpack("f", stored := struct.pack("f", value)) == (value,):
        return next(text for digits in _SINGLE if struct.pack("f", float(text := f"{value:.{digits}g}")) == stored)
    return repr(value)
