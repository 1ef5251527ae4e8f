"""CSV as RFC 4180 has it, safe to open in a spreadsheet.

A cell that a spreadsheet would run as a formula gets a `'` before it; numbers stay numbers.
"""

from __future__ import annotations

import csv
from itertools import chain
from typing import TYPE_CHECKING, Any

from timeline.render.columns import NUMBER, flat, grids, text_of
from timeline.render.data import section_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from timeline.page import Listing, Listings, Page
    from timeline.render.columns import Grid
    from timeline.section import Finding, Row

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001  in East Asian settings too
_FINDING = ("severity", "rule", "company", "topic", "what", "events", "sources")
LONG = ("company", "section", "table", "row", "column", "value")


class TableUnknown(LookupError):
    """The page has no such table.

    Attributes:
        names: those that it has.
    """

    def __init__(self, name: str, names: Sequence[str]) -> None:
        super().__init__(f"no table called {name!r}; there are: {', '.join(names) or 'none'}")
        self.names = tuple(names)


def listing_csv(listing: Listing) -> Iterator[str]:
    """The listing's rows under its flat columns."""
    return _rectangle([column.name for column in flat(listing.table.columns, listing.rows)], listing.rows)


def listings_csv(listings: Listings, name: str) -> Iterator[str]:
    """One of the listings' tables, or one inside its rows, under its flat columns as in `table_csv`.

    Raises:
        TableUnknown: there is no such table.
    """
    return _written_grid(chosen((grid for table, rows in listings.parts for grid in grids(table, rows)), name))


def table_csv(page: Page, name: str) -> Iterator[str]:
    """One table of a page that holds one topic.

    A table inside another table's rows gets its parent's columns before its own.
    A parent's column whose name is taken is prefixed with the parent table's name and `_`.

    Raises:
        TableUnknown: the page has no such table.
    """
    return _written_grid(chosen(page_tables(page), name))


def chosen(found: Iterable[Grid], name: str) -> Grid:
    """The one of this name.

    Raises:
        TableUnknown: there is none.
    """
    by_name = {grid.name: grid for grid in found}
    if name not in by_name:
        raise TableUnknown(name, tuple(by_name))
    return by_name[name]


def page_tables(page: Page) -> Iterator[Grid]:
    """The tables of all topics of a page, those inside rows after the ones around them."""
    for layout, section in page.parts:
        for table in layout.tables:
            yield from grids(table, section.tables.get(table.name, ()))


def _written_grid(grid: Grid) -> Iterator[str]:
    return _rectangle([column.name for column in grid.columns], grid.rows)


def pages_csv(pages: Iterable[Page]) -> Iterator[str]:
    """Whole pages in long form, a line a value that is known.

    Nested rows are numbered `2.1`, their tables are named `targets.revisions`.
    """
    lines = (
        (page.slug, layout.topic, *cell)
        for page in pages
        for layout, section in page.parts
        for name, rows in section_rows(layout, section)
        for cell in _long(name, rows, "")
    )
    return _written(chain([LONG], lines))


def findings_csv(findings: Iterable[Finding]) -> Iterator[str]:
    """A line a finding; its figures stand in one cell, as printed or else with their ends."""
    rows = ({**{name: getattr(each, name) for name in _FINDING}, "figures": _told(each)} for each in findings)
    return _rectangle([*_FINDING, "figures"], rows)


def _told(finding: Finding) -> str:
    return "; ".join(
        f"{figure.name} {figure.printed or ' to '.join(end or '' for end in (figure.low, figure.high))}"
        for figure in finding.figures
    )


def pairs_csv(pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Fields and their values, a line each."""
    return _written(chain([("field", "value")], ([_cell(name), _cell(value)] for name, value in pairs)))


def _long(table: str, rows: Iterable[Row], prefix: str) -> Iterator[tuple[str, str, str, str]]:
    for number, row in enumerate(rows, 1):
        place = f"{prefix}{number}"
        for column, value in row.items():
            if _holds_rows(value):
                yield from _long(f"{table}.{column}", [value] if isinstance(value, dict) else value, f"{place}.")
            elif value not in (None, "", [], ()):
                yield table, place, column, _cell(value)


def _holds_rows(value: Any) -> bool:  # noqa: ANN401 - plain JSON of any kind
    return isinstance(value, dict) or (isinstance(value, (list, tuple)) and bool(value) and isinstance(value[0], dict))


def _rectangle(names: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    return _written(chain([names], ([_cell(row.get(name)) for name in names] for row in rows)))


def _cell(value: Any) -> str:  # noqa: ANN401 - plain JSON of any kind
    return "" if value is None else _harmless(text_of(value))


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) and not NUMBER.fullmatch(text) else text


class _Passed:
    """A file that gives back what is written to it, so that lines can be handed on one by one."""

    def write(self, text: str) -> str:
        return text


def _written(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    writer: Any = csv.writer(_Passed())
    for row in rows:
        yield writer.writerow(row)
