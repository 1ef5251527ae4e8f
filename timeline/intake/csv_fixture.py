"""Fixtures as CSV, as a spreadsheet saves them: a row for each fact, columns for what it and its source say.

    source.id,source.kind,source.title,source.published,key,kind,company,occurred,shares,at.quote
    acme-news,news,Acme buys back,2026-01-09T09:46:04+01:00,buyback,buyback.executed,acme,2026-01-08,5 million,5 million
    ,,,,second,buyback.executed,acme,2026-01-09,3 million,

Columns are named as fields are; parts of a field have a dot before them (`at.quote`, `due.wording`), and a field that
takes a list has as many columns of its name as it needs. A row that says nothing of its source is of that of the row
above, and one that names only `source.id` is of a source that a row above described. An empty cell states nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.errors import ParseProblem
from timeline.intake.cell_reading import CellReading
from timeline.intake.cells import DELIMITERS, records
from timeline.intake.content import Content
from timeline.intake.fact import Defaults, Found, read_fact
from timeline.intake.frame import RESERVED, fact_fields, frame_fields
from timeline.intake.head import Head, read_head
from timeline.intake.reading import Reading
from timeline.intake.wording import listed
from timeline.intake.words import SETTLED, Words
from timeline.intake.yaml_nodes import Entry, MappingNode, RefusedNode, ScalarNode

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from timeline.event import Payload
    from timeline.intake.cells import Cell
    from timeline.intake.document import Document
    from timeline.intake.shape import Field

SUFFIXES = (".csv",)
_SOURCE = "source."
_ID = "source.id"
_NEEDED = (_ID, "key", "kind")
_OTHER = "a table of another form is read by a map: timeline import table FILE --map MAP"


def csv_contents(document: Document, payloads: Mapping[str, type[Payload]]) -> tuple[Content, ...]:
    """What a document says, source by source."""
    reading = Reading(document)
    try:
        rows = records(document, _delimiter(document))
        header = next(rows, None)
        names = _names(header or [], reading)
        if not names:
            return (Content(problems=tuple(reading.problems)),)
        table = _Rows(names, payloads, reading)
        for row in rows:
            table.add(row)
    except ParseProblem as problem:
        place = document.place(problem.start, problem.end)
        reading.problems.append(place.problem(problem.rule, problem.what, problem.fix))
        return (Content(problems=tuple(reading.problems)),)
    return table.contents()


def _delimiter(document: Document) -> str:
    """What the first line is divided by so that there is a column called `key`; a comma where nothing does."""
    first = document.text[: document.starts[1] if len(document.starts) > 1 else None]
    return next((sign for sign in DELIMITERS if "key" in _divided(first, sign)), ",")


def _divided(line: str, sign: str) -> list[str]:
    return [name.strip().strip('"') for name in line.split(sign)]


def _names(header: Sequence[Cell], reading: Reading) -> tuple[str, ...]:
    """The columns' names; none, and noted, where this is no fixture."""
    names = tuple(cell.text.strip() for cell in header)
    missing = [f"`{name}`" for name in _NEEDED if name not in names]
    if not header:
        place = reading.document.place(0)
        fix = f"name the columns in the first line: {', '.join(_NEEDED)} and the fields"
        problem = place.problem("file-empty", "there is nothing in this file", fix)
        reading.problems.append(problem._replace(line=0, column=0, excerpt=""))
    elif missing:
        node = RefusedNode(header[0].start, header[-1].end)
        reading.refuse(node, "csv-columns", f"there is no column {listed(missing, 'or')}", _OTHER)
    return () if missing else names


class _Rows:
    """The rows of a document so far."""

    def __init__(self, names: tuple[str, ...], payloads: Mapping[str, type[Payload]], reading: Reading) -> None:
        self._names = names
        self._payloads = payloads
        self._reading = reading
        self._heads: dict[tuple[str, ...], tuple[Head, str]] = {}
        self._by_id: dict[str, tuple[Head, str]] = {}
        self._head: tuple[Head, str] | None = None
        self._found: list[Content] = []

    def add(self, row: Sequence[Cell]) -> None:
        """Take in a row."""
        if len(row) > len(self._names) and any(cell.text.strip() for cell in row[len(self._names) :]):
            cell = row[len(self._names)]
            what = f"{len(row)} cells, where there are {len(self._names)} columns"
            fix = "put a cell with the delimiter in it in quotes"
            self._reading.refuse(RefusedNode(cell.start, cell.end), "csv-cells", what, fix)
            return
        told = [(name, cell) for name, cell in zip(self._names, row, strict=False) if cell.text.strip()]
        reading = CellReading(self._reading, told)
        own = [index for index, (name, _) in enumerate(told) if name.startswith(_SOURCE)]
        head = self._told({told[index][0]: reading.node(index) for index in own}, reading) if own else self._head
        if head is None:
            node, what = RefusedNode(row[0].start, row[0].end), "no row above tells of a source"
            self._reading.refuse(node, "csv-source", what, "fill source.id and the other columns of the source")
            return
        self._head = head
        reading.currency = head[1]
        found = self._fact(told, head[0], reading)
        self._found.append(Content(head[0], (found,) if found else ()))

    def contents(self) -> tuple[Content, ...]:
        """All that was said; what is wrong stands with the last."""
        return (*self._found, Content(problems=tuple(self._reading.problems), notes=tuple(self._reading.notes)))

    def _told(self, own: Mapping[str, ScalarNode], reading: CellReading) -> tuple[Head, str]:
        """The source that a row tells of, with its currency."""
        texts = tuple(text for name, node in own.items() for text in (name, node.text))
        if texts in self._heads:
            return self._heads[texts]
        if own.keys() == {_ID} and own[_ID].text.strip() in self._by_id:
            return self._by_id[own[_ID].text.strip()]
        entries = {}
        for name, node in own.items():
            field = name.removeprefix(_SOURCE)
            entries[field] = Entry(ScalarNode(field, node.start, node.end, "="), node)
        first = next(iter(entries.values())).key
        head = read_head(MappingNode(entries, first.start, first.end), reading)
        self._heads[texts] = head, reading.currency
        if head.id:
            self._by_id.setdefault(head.id, (head, reading.currency))
        return self._heads[texts]

    def _fact(self, told: Sequence[tuple[str, Cell]], head: Head, reading: CellReading) -> Found | None:
        settled = {name: reading.node(index) for index, (name, _) in enumerate(told) if name in SETTLED}
        kind = settled["kind"].text.strip() if "kind" in settled else ""
        known: Mapping[str, Field] = frame_fields()
        if kind in self._payloads and kind not in RESERVED:
            known = fact_fields(self._payloads[kind])
        stated = [name not in SETTLED and not name.startswith(_SOURCE) for name, _ in told]
        words = [reading.word(index) for index, counts in enumerate(stated) if counts]
        entries = {name: Entry(node, node) for name, node in settled.items()}
        entries |= Words(reading, correcting=False).fields(words, known)
        if not entries:
            return None
        first = next(iter(entries.values())).value
        return read_fact(MappingNode(entries, first.start, first.end), head.id, Defaults(), self._payloads, reading)
