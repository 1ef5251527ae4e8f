"""A row, what can be wrong with it, and how a table is laid out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST = 16 * 1024 * 1024
"""Bytes that a line or an item may have at most."""


class Flaw(NamedTuple):
    """Why a row cannot be read, though those behind it can."""

    rule: str
    what: str
    fix: str = ""


class Row(NamedTuple):
    """One row of a table.

    Attributes:
        number: from 1, the header not counted.
        values: texts, numbers, truth values, dates, None, and lists and mappings of such, by column.
        raw: as it stands in the file, without the end of its line; of Parquet, as JSON.
        flaw: why there are no values.
    """

    number: int
    values: dict[str, Any]
    raw: str
    flaw: Flaw | None = None


class Broken(Exception):
    """The rest of a file cannot be read.

    Attributes:
        row: number of the row at which it ends; 0 for the file as a whole.
    """

    def __init__(self, rule: str, what: str, fix: str = "", row: int = 0) -> None:
        super().__init__(what)
        self.rule, self.what, self.fix, self.row = rule, what, fix, row


class Layout(Struct, frozen=True, kw_only=True):
    """How a table is laid out.

    Attributes:
        format: one of `rows.FORMATS`.
        delimiter: between the cells of a line of text.
        header: whether the first line names the columns.
        columns: their names, where no line does.
        skip: lines before the header.
        rows: names on the way to the list in a JSON document; empty where the document is the list.
    """

    format: str
    delimiter: str = ","
    header: bool = True
    columns: tuple[str, ...] = ()
    skip: int = 0
    rows: tuple[str, ...] = ()


class Reader(Protocol):
    """The rows of one stream, once.

    Attributes:
        columns: names of all columns; None where each row has its own.
        rounded: columns whose numbers are binary fractions, told by the shortest decimal that reads back as them.
    """

    @property
    def columns(self) -> tuple[str, ...] | None: ...  # noqa: D102  told above

    @property
    def rounded(self) -> tuple[str, ...]: ...  # noqa: D102  told above

    def __iter__(self) -> Iterator[Row]:
        """The rows, in order; `Broken` where the rest cannot be read."""
