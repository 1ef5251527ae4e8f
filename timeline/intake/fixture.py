"""Fixtures, files that hold sources with their facts, read as one batch: YAML, JSONL or CSV by the end of the name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec import Struct

from timeline.catalog import catalog
from timeline.errors import Problem
from timeline.event import Report
from timeline.intake import csv_fixture, files, json_fixture
from timeline.intake.content import Content, content
from timeline.intake.document import Place
from timeline.intake.left_out import LeftOut
from timeline.intake.registry import Registry
from timeline.record import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from timeline.event import Payload
    from timeline.intake.document import Document
    from timeline.intake.fact import Found


class Batch(Struct, frozen=True):
    """What the files of one load say.

    Attributes:
        files: the files that were read, as the user named them, in the order of reading.
        sources: id, content and the place of the id, in the order of the files, each id once.
        reports: in the order of the files, as far as they and the id of their source could be read.
        places: where each report's key stands, by the report's id.
        company_places: where each report's company is named, by the report's id; several may share a file's default.
        problems: everything that is wrong, in the order of the files; with any, nothing of the batch may be recorded.
        notes: what is accepted and yet should be looked at.
        left_out: what each source prints and no fact is made of, on purpose, by the source's id.
    """

    files: tuple[str, ...]
    sources: tuple[tuple[str, Source, Place], ...]
    reports: tuple[Report, ...]
    places: Mapping[str, Place]
    company_places: Mapping[str, Place]
    problems: tuple[Problem, ...]
    notes: tuple[Problem, ...] = ()
    left_out: Mapping[str, tuple[LeftOut, ...]] = {}


def read(
    paths: Sequence[str],
    progress: Callable[[str, int, int], None] | None = None,
    payloads: Mapping[str, type[Payload]] | None = None,
) -> Batch:
    """Read all fixtures that are meant by paths; bad data is told in the batch's problems and raises nothing.

    Args:
        paths: files, and directories with files below them.
        progress: called after each file with its name, the number of files done, and that of all files.
        payloads: classes by kind; those of the catalog by default.
    """
    known = catalog().payloads if payloads is None else payloads
    names, problems = files.find(paths)
    gathering = _Gathering(problems)
    for done, name in enumerate(names, 1):
        document = files.read(name)
        gathering.add((Content(problems=(document,)),) if isinstance(document, Problem) else _contents(document, known))
        if progress is not None:
            progress(files.display(name), done, len(names))
    return gathering.batch(tuple(map(files.display, names)))


def _contents(document: Document, payloads: Mapping[str, type[Payload]]) -> tuple[Content, ...]:
    name = document.file.lower()
    if name.endswith(json_fixture.SUFFIXES):
        return json_fixture.json_contents(document, payloads)
    if name.endswith(csv_fixture.SUFFIXES):
        return csv_fixture.csv_contents(document, payloads)
    return (content(document, payloads),)


class _Gathering:
    """The files read so far, brought together."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self._problems = list(problems)
        self._notes: list[Problem] = []
        self._registry = Registry()
        self._found: list[Found] = []
        self._left_out: dict[str, tuple[LeftOut, ...]] = {}

    def add(self, contents: Sequence[Content]) -> None:
        """Take in what one file says of its sources, one after the other."""
        problems: list[Problem] = []
        for said in contents:
            problems += said.problems
            if said.head is not None:
                problems += self._registry.enter_source(said.head)
                self._leave_out(said.head.id, said.left_out)
                for found in said.facts:
                    problems += self._registry.enter_fact(found)
            self._found += said.facts
            self._notes += said.notes
        self._problems += sorted(problems, key=lambda problem: (problem.line, problem.column))

    def _leave_out(self, source: str | None, entries: tuple[LeftOut, ...]) -> None:
        """A source may be spread over files, each of which leaves out its part."""
        if source is not None and entries:
            self._left_out[source] = (*self._left_out.get(source, ()), *entries)

    def batch(self, names: tuple[str, ...]) -> Batch:
        sourced = [found for found in self._found if found.report.source]
        return Batch(
            files=names,
            sources=tuple((name, *entry) for name, entry in self._registry.sources.items()),
            reports=tuple(found.report for found in sourced),
            places={found.report.id: found.key for found in sourced},
            company_places={found.report.id: found.company for found in sourced},
            problems=tuple(self._problems),
            notes=tuple(self._notes),
            left_out=dict(self._left_out),
        )
