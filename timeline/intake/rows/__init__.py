"""Rows of tables, one at a time, out of the formats that data comes in; what a row means is not known here.

No reader holds more than a row or, of Parquet, a batch of them. Numbers are exact: what is written as `0.10` stays so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.intake.rows.array import Array
from timeline.intake.rows.delimited import Delimited
from timeline.intake.rows.lines import JsonLines
from timeline.intake.rows.row import Broken, Flaw, Layout, Row

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import BinaryIO

    from timeline.intake.rows.row import Reader

__all__ = ["FORMATS", "Broken", "Flaw", "Layout", "Row", "format_of", "reader"]

FORMATS: Mapping[str, tuple[str, ...]] = {
    "csv": (".csv",),
    "tsv": (".tsv", ".tab"),
    "jsonl": (".jsonl", ".ndjson"),
    "json": (".json",),
    "parquet": (".parquet", ".pq"),
}
"""Formats by name, with the endings that files of the format have; `.gz` may follow."""


def format_of(path: str) -> str:
    """The format that a file's name tells; empty where it tells none."""
    name = path.lower().removesuffix(".gz")
    return next((known for known, suffixes in FORMATS.items() if name.endswith(suffixes)), "")


def reader(stream: BinaryIO, layout: Layout) -> Reader:
    """The rows of a stream in the layout's format.

    Raises:
        Broken: there are no rows to read.
    """
    return _READERS[layout.format](stream, layout)


def _parquet(stream: BinaryIO, layout: Layout) -> Reader:
    from timeline.intake.rows.columnar import Parquet  # brings pyarrow

    return Parquet(stream, layout)


_READERS: Mapping[str, Callable[[BinaryIO, Layout], Reader]] = {
    "csv": Delimited,
    "tsv": Delimited,
    "jsonl": JsonLines,
    "json": Array,
    "parquet": _parquet,
}
