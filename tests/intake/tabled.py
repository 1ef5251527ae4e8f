"""Tables and maps as texts, and what is read from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.catalog import catalog
from timeline.intake import files
from timeline.intake.document import Document
from timeline.intake.mapping import read_map
from timeline.intake.table import Table
from timeline.intake.written import fixture_form
from timeline.record import Source

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from timeline.errors import Problem
    from timeline.event import Report
    from timeline.intake.mapping import Map
    from timeline.intake.taken import Taken

SOURCE = """\
schema: timeline/table/1
company: acme
source: {id: acme-returns, kind: filing, title: Returns, published: 2026-02-01, zone: Europe/Berlin}
"""
BOUGHT = (
    SOURCE
    + """\
facts:
  - {kind: buyback.executed, key: "{day}", occurred: "{day}", shares: "{shares} shares"}
"""
)


def mapped(text: str) -> Map:
    """A map that nothing is wrong with."""
    found = _read_map(Document.of("map.yaml", text))
    assert not isinstance(found, tuple), [str(problem) for problem in found]
    return found


def problems_of_map(text: str) -> list[str]:
    """The rules that a map breaks."""
    found = _read_map(Document.of("map.yaml", text))
    return [problem.rule for problem in found] if isinstance(found, tuple) else []


def read_table(map_text: str, path: Path, content: str | bytes) -> list[Taken]:
    """What the rows of a file with this content bring."""
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(table(map_text, [path]))


def table(map_text: str, paths: Sequence[Path]) -> Table:
    return Table([str(path) for path in paths], mapped(map_text), catalog().payloads)


def facts(taken: Sequence[Taken]) -> list[dict[str, object]]:
    """What the rows report, sources aside, as a fixture has it."""
    return [fixture_form(report) for report in reports(taken) if not isinstance(report.payload, Source)]


def reports(taken: Sequence[Taken]) -> list[Report]:
    return [report for row in taken for report in row.reports]


def refused(taken: Sequence[Taken]) -> list[tuple[int, str]]:
    """Row and rule of each problem."""
    return [(row.place.row, problem.rule) for row in taken for problem in row.problems]


def offending(map_path: Path, paths: Sequence[Path]) -> list[Problem]:
    """What is wrong with a map or else with the tables."""
    document = files.read(str(map_path))
    assert isinstance(document, Document)
    found = _read_map(document)
    if isinstance(found, tuple):
        return list(found)
    rows = Table([str(path) for path in paths], found, catalog().payloads)
    return rows.problems() or [problem for row in rows for problem in row.problems] + list(rows.notes())


def _read_map(document: Document) -> Map | tuple[Problem, ...]:
    return read_map(document, catalog().payloads)
