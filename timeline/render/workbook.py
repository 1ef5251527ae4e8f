"""Workbooks for spreadsheet programs: a sheet a table, and one that says what they are true of.

Nothing that a source wrote can become a formula or a link. A number is a number only where a spreadsheet shows it
digit for digit, and text otherwise; a date has the day beside its text where it says one.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from timeline.render.book import finding_grid
from timeline.render.columns import Grid, fields, text_of
from timeline.render.words import clock_words
from timeline.section import Column

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import BinaryIO

    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from timeline.render.book import Book
    from timeline.render.columns import Field, Value

MOST_ROWS: Final = 1_048_575
"""Of a sheet below its heading."""
MOST_SIGNS: Final = 32_767
"""Of a cell."""
DIGITS: Final = 15
"""Significant digits that a spreadsheet keeps."""
NAME_SIGNS: Final = 31
"""Of a sheet's name."""

_OPTIONS: Final = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
# Excel takes 1900 for a leap year, so that it and other programs differ on the days before this one.
_FIRST_DAY: Final = date(1900, 3, 1)
_LARGE: Final = Decimal(10) ** 30
_MADE: Final = datetime(1980, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""What a workbook says of its making, so that one answer is always the same file."""
_MEASURED: Final = 200
"""Rows that a column's width goes by."""
_WIDTHS: Final = (8, 60)
_NOTE: Final = (Column("about"), Column("value"))


class _Sheet(NamedTuple):
    """A sheet under way.

    Attributes:
        book: that it is in.
        sheet: itself.
        formats: of the workbook, by their number format.
        notes: what the sheet about the others has to say of this one.
    """

    book: Workbook
    sheet: Worksheet
    formats: dict[str, Format]
    notes: list[tuple[str, str]]

    def format(self, pattern: str) -> Format:
        """A cell format, made once a workbook."""
        if pattern not in self.formats:
            self.formats[pattern] = self.book.add_format({"num_format": pattern})
        return self.formats[pattern]


def write_workbook(file: BinaryIO, book: Book, command: str = "") -> None:
    """Write a workbook.

    Args:
        file: that can be written from its start.
        book: the answer.
        command: that gives this answer again.
    """
    from xlsxwriter.workbook import Workbook

    made = Workbook(file, {**_OPTIONS, "constant_memory": True})
    made.set_properties({"created": _MADE})
    formats: dict[str, Format] = {"bold": made.add_format({"bold": True})}
    notes: list[tuple[str, str]] = []
    names = {"about"}
    for grid in book.grids:
        _grid(made, grid, formats, notes, names)
    about: Sequence[tuple[str, str]] = [*_about(book, command), *notes]
    rows = [{"about": label, "value": value} for label, value in about]
    _rows(made, "about", Grid("about", _NOTE, rows), formats, [])
    if book.findings:
        _grid(made, finding_grid(book.findings), formats, notes, names)
    made.close()


def _about(book: Book, command: str) -> Iterator[tuple[str, str]]:
    if book.company:
        yield "company", book.company
    if command:
        yield "command", command
    for label, basis in (("since", book.since), ("basis", book.basis)):
        if basis:
            yield label, ", ".join([*clock_words(basis), f"log to position {basis.position}", f"on {basis.today}"])
    for grid in book.grids:
        yield f"rows of {grid.name}", str(len(grid.rows))
    for finding in book.findings:
        yield f"{finding.severity} {finding.rule}", " ".join(filter(None, (finding.company, finding.what)))


def _grid(
    made: Workbook, grid: Grid, formats: dict[str, Format], notes: list[tuple[str, str]], names: set[str]
) -> None:
    """The table, over as many sheets as it needs."""
    for start in range(0, max(len(grid.rows), 1), MOST_ROWS):
        name = _free(grid.name, names)
        part = grid if len(grid.rows) <= MOST_ROWS else grid._replace(rows=grid.rows[start : start + MOST_ROWS])
        _rows(made, name, part, formats, notes)


def _free(name: str, names: set[str]) -> str:
    """The name, made shorter or numbered where it is too long or taken; case makes no difference."""
    number, free = 1, name[:NAME_SIGNS]
    while free.casefold() in names:
        number += 1
        mark = f" ({number})"
        free = name[: NAME_SIGNS - len(mark)] + mark
    names.add(free.casefold())
    return free


def _rows(made: Workbook, name: str, grid: Grid, formats: dict[str, Format], notes: list[tuple[str, str]]) -> None:
    sheet = _Sheet(made, made.add_worksheet(name), formats, notes)
    shown = [field for field in fields(grid) if field.kind != "date" or any(field.of(row) for row in grid.rows)]
    sheet.sheet.freeze_panes(1, 0)
    for place, field in enumerate(shown):
        sheet.sheet.set_column(place, place, _width(field, grid))
        sheet.sheet.write_string(0, place, field.name, formats["bold"])
    for number, row in enumerate(grid.rows, 1):
        for place, field in enumerate(shown):
            _cell(sheet, number, place, field.of(row))
    if shown and grid.rows:
        sheet.sheet.autofilter(0, 0, len(grid.rows), len(shown) - 1)


def _width(field: Field, grid: Grid) -> int:
    values = (field.of(row) for row in islice(grid.rows, _MEASURED))
    longest = max((len(text_of(value)) for value in values if value is not None), default=0)
    least, most = _WIDTHS
    return min(max(longest, len(field.name), least) + 2, most)


def _cell(sheet: _Sheet, row: int, place: int, value: Value) -> None:
    match value:
        case None:
            pass
        case bool():
            sheet.sheet.write_boolean(row, place, value)
        case Decimal() if shown_exactly(value):
            sheet.sheet.write_number(row, place, float(value), sheet.format(_pattern(value)))
        case date() if value >= _FIRST_DAY:
            sheet.sheet.write_datetime(row, place, _midnight(value), sheet.format("yyyy-mm-dd"))
        case Decimal():
            sheet.sheet.write_string(row, place, format(value, "f"))
        case _:
            _text(sheet, row, place, text_of(value))


def _text(sheet: _Sheet, row: int, place: int, text: str) -> None:
    """Text as it is; what no cell can hold is cut, which the sheet about the others says."""
    if len(text) > MOST_SIGNS:
        where = f"{sheet.sheet.get_name()}, row {row + 1}, column {place + 1}"
        sheet.notes.append(("cut", f"{where}: {len(text):,} signs, of which a cell holds {MOST_SIGNS:,}"))
    sheet.sheet.write_string(row, place, text[:MOST_SIGNS])


def shown_exactly(value: Decimal) -> bool:
    """Whether a spreadsheet keeps every digit of a number, and shows it without an exponent."""
    digits = "".join(map(str, value.as_tuple().digits)).strip("0")
    return len(digits) <= DIGITS and _places(value) <= DIGITS and abs(value) < _LARGE


def _places(value: Decimal) -> int:
    """Decimals, those that are 0 among them."""
    return len(format(value, "f").partition(".")[2])


def _pattern(value: Decimal) -> str:
    """Thousands apart, and as many decimals as there are."""
    places = _places(value)
    return "#,##0" + (f".{'0' * places}" if places else "")


def _midnight(day: date) -> datetime:
    """The day's first moment, without a zone, as a cell cannot hold one."""
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001
