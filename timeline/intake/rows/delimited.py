"""Tables as text: CSV and TSV."""

from __future__ import annotations

import csv
from collections import Counter
from typing import TYPE_CHECKING

from timeline.intake.rows.row import Broken, Flaw, Row
from timeline.intake.rows.text import Lines
from timeline.intake.wording import listed, shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from timeline.intake.rows.row import Layout

_QUOTES = 'write a quote within quotes twice, as in "6"" gun", and close each'


class Delimited:
    """The rows of a text whose cells stand between delimiters, in quotes where they hold one (RFC 4180).

    A row has as many cells as there are columns: one that has fewer may have been cut.
    """

    rounded: tuple[str, ...] = ()

    def __init__(self, stream: BinaryIO, layout: Layout) -> None:
        self._lines = Lines(stream)
        for _ in range(layout.skip):
            next(self._lines, "")
        self._lines.taken()
        self._records = csv.reader(self._lines, delimiter=layout.delimiter, strict=True)
        self.columns: tuple[str, ...] = self._header() if layout.header else layout.columns

    def __iter__(self) -> Iterator[Row]:
        number = 0
        while True:
            try:
                cells, flaw = next(self._records), None
            except StopIteration:
                return
            except csv.Error as error:
                cells, flaw = [""], Flaw("row-malformed", f"not a row of cells: {error}", _QUOTES)
            except Broken as error:
                error.row = number + 1
                raise
            raw, bad = self._lines.taken()
            if cells or bad:
                number += 1
                yield self._row(number, cells, raw, bad or flaw)

    def _row(self, number: int, cells: list[str], raw: str, flaw: Flaw | None) -> Row:
        if flaw is None and len(cells) != len(self.columns):
            what = f"{len(cells)} cells, where there are {len(self.columns)} columns"
            flaw = Flaw("row-cells", what, "put a cell with the delimiter in it in quotes; write empty cells out")
        return Row(number, {} if flaw else dict(zip(self.columns, cells, strict=True)), raw, flaw)

    def _header(self) -> tuple[str, ...]:
        try:
            header = next(self._records, None)
        except csv.Error as error:
            raise Broken("header-malformed", f"the line of names cannot be read: {error}", _QUOTES) from None
        _, flaw = self._lines.taken()
        if flaw:
            raise Broken(*flaw)
        if not header:
            raise Broken("file-empty", "there is no line of names", "name the columns in the first line")
        names = tuple(name.strip() for name in header)
        twice = [shown(name) for name, count in Counter(names).items() if name and count > 1]
        if twice:
            raise Broken("header-repeated", f"more than one column is called {listed(twice, 'and')}", "rename one")
        return names
