"""Rows of a table as reports, by a map.

The fields go through the same code as those of a fixture, so that each refusal has the same name there and here.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from timeline.errors import ParseProblem, Problem
from timeline.event import Report
from timeline.intake.fact import Defaults, read_fact
from timeline.intake.head import read_head
from timeline.intake.mapped_facts import IDENTIFIED, REGISTERED
from timeline.intake.pattern import WRITTEN
from timeline.intake.row_reading import RowReading
from timeline.intake.taken import Place, Taken
from timeline.intake.yaml_nodes import Entry, MappingNode, RefusedNode, ScalarNode
from timeline.record import source_published, source_report

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from timeline.event import Payload
    from timeline.intake.mapped_facts import FactPattern, Register
    from timeline.intake.mapping import Map
    from timeline.intake.pattern import Branch
    from timeline.intake.rows import Row
    from timeline.intake.yaml_nodes import Node

_MOST_SOURCES = 1000
"""Sources that are kept, since rows of one source often stand together; the others are read again."""

_MOST_NOTES = 20
_NO_DEFAULTS = Defaults()


class Told(Struct, frozen=True):
    """A source that a row names.

    Attributes:
        id: its id.
        report: what records it.
        published: the day on which it was published, on its own clock.
        currency: what a bare `$` in it stands for; empty where it does not say.
    """

    id: str
    report: Report
    published: str
    currency: str


class Mapped:
    """The rows of one table, or of several of one map, on their way to reports.

    Attributes:
        left_out: number of rows by why nothing came of them: `where`, or `when` of every fact.
        notes: what is accepted and yet should be looked at, the first few of it.
    """

    def __init__(self, table: Map, payloads: Mapping[str, type[Payload]]) -> None:
        self.left_out: Counter[str] = Counter()
        self.notes: list[Problem] = []
        self._map = table
        self._payloads = payloads
        self._sources: dict[tuple[str, ...], Told] = {}
        self._registered: dict[str, tuple[tuple[str, ...], tuple[Report, ...]]] = {}
        self._remarked: set[tuple[str, str]] = set()
        self._registering_now = ""

    def taken(self, row: Row, file: str, name: str) -> Taken:
        """What a row brings.

        Args:
            row: of a file.
            file: the file for messages.
            name: the file as the row may name it.
        """
        place = Place(file, row.number)
        if row.flaw:
            return Taken((), place, (place.problem(*row.flaw),), row.raw)
        reading = RowReading(file, row.number, self._map.labels)
        values = {**row.values, **self._map.constants, "@row": row.number, "@file": name}
        # A company may be registered from the very source of the row.
        try:
            reports = tuple({id(report): report for report in self._reports(values, reading)}.values())
        except RecursionError:
            what, fix = (
                "its lists and objects stand too deep in one another",
                "name the part that is meant: {prices[0]}",
            )
            reports, reading.problems = (), [place.problem("row-depth", what, fix)]
        for note in reading.notes:
            self._note(note)
        # A cell that several facts share is wrong once.
        problems = tuple(dict.fromkeys(reading.problems))
        self._settle(sound=not problems)
        return Taken(() if problems else reports, place, problems, row.raw)

    def _reports(self, values: Mapping[str, Any], reading: RowReading) -> Iterator[Report]:
        table = self._map
        if table.where and not _holds(table.where, values, reading):
            self.left_out["where"] += not reading.problems
            return
        facts = [fact for fact in table.facts if fact.when is None or _holds(fact.when, values, reading)]
        if not facts:
            self.left_out["when"] += not reading.problems
            return
        told = self._told(table.source, values, reading)
        if told:
            yield told.report
            if table.register:
                yield from self._registering(table.register, told, values, reading)
        reading.currency = told.currency if told else ""
        for fact in facts:
            report = self._fact(fact, told, values, reading)
            if report:
                yield report

    def _fact(
        self, fact: FactPattern, told: Told | None, values: Mapping[str, Any], reading: RowReading
    ) -> Report | None:
        entries = fact.fields.filled(values, reading)
        entries["kind"] = Entry(fact.kind, fact.kind)
        return self._read(entries, fact.fields.label, told, reading)

    def _read(self, entries: dict[str, Entry], label: int, told: Told | None, reading: RowReading) -> Report | None:
        node = MappingNode(entries, label, label)
        found = read_fact(node, told.id if told else None, _NO_DEFAULTS, self._payloads, reading)
        return found.report if found else None

    def _told(self, source: Branch, values: Mapping[str, Any], reading: RowReading) -> Told | None:
        entries = source.filled(values, reading)
        texts = tuple(_texts(entries))
        known = self._sources.get(texts)
        if known:
            return known
        head = read_head(MappingNode(entries, source.label, source.label), reading)
        if head.id is None or head.source is None:
            return None
        published = source_published(head.source).day.isoformat()
        told = Told(head.id, source_report(head.id, head.source), published, head.source.currency)
        if len(self._sources) >= _MOST_SOURCES:
            self._sources.clear()
        self._sources[texts] = told
        return told

    def _registering(
        self, register: Register, row: Told, values: Mapping[str, Any], reading: RowReading
    ) -> Sequence[Report]:
        """What registers the company of a row, as told first; what it goes by comes with its first sound row."""
        company = register.company.node(values, reading)
        if not isinstance(company, ScalarNode):
            return ()
        parts = [register.registered.filled(values, reading)]
        parts += [filled for each in register.identifiers if "value" in (filled := each.filled(values, reading))]
        texts = tuple(text for part in parts for text in _texts(part))
        if company.text in self._registered:
            first, reports = self._registered[company.text]
            if first != texts:
                what = f"{company.text!r} is told otherwise: {', '.join(texts)}, first {', '.join(first)}"
                self._note(reading.here.problem("registered-otherwise", what, "it stays registered as told first"))
            return reports
        told = row if register.source is None else self._told(register.source, values, reading)
        when = register.occurred.node(values, reading) if register.occurred else None
        if told is None:
            return ()
        day = when or ScalarNode(told.published, company.start, company.end, WRITTEN)
        found = [self._read(_named(part, company, day), company.start, told, reading) for part in parts]
        reports = (told.report, *(report for report in found if report))
        if not reading.problems:
            self._registered[company.text] = (texts, reports)
            self._registering_now = company.text
        return reports

    def _settle(self, *, sound: bool) -> None:
        """Keep what each row of a company repeats, once a row brought the rest; a refused row brings nothing."""
        company, self._registering_now = self._registering_now, ""
        if company and sound:
            texts, reports = self._registered[company]
            self._registered[company] = (texts, reports[:2])
        elif company:
            del self._registered[company]

    def _note(self, note: Problem) -> None:
        """Keep a note, once for all rows, and the first few only."""
        if len(self.notes) < _MOST_NOTES and (note.rule, note.what) not in self._remarked:
            self._remarked.add((note.rule, note.what))
            self.notes.append(note._replace(severity="note"))


def _holds(condition: Any, values: Mapping[str, Any], reading: RowReading) -> bool:  # noqa: ANN401
    try:
        return bool(condition.holds(values))
    except ParseProblem as problem:
        reading.refuse(RefusedNode(0, 0), problem.rule, problem.what, problem.fix)
        return False


def _texts(entries: Mapping[str, Entry]) -> Iterator[str]:
    """What entries say, each behind its name."""
    for name, entry in entries.items():
        yield name
        yield entry.value.text if isinstance(entry.value, ScalarNode) else repr(entry.value)


def _named(part: Mapping[str, Entry], company: ScalarNode, day: Node) -> dict[str, Entry]:
    """What is told of a company as a fact, whose key tells one from the other."""
    scheme, value = (part[name].value if name in part else None for name in ("scheme", "value"))
    kind, key = REGISTERED, f"registered-{company.text}"
    if isinstance(scheme, ScalarNode) and isinstance(value, ScalarNode):
        kind, key = IDENTIFIED, f"identified-{company.text}-{scheme.text}-{value.text}"
    frame = {"kind": kind, "key": key}
    nodes = {name: ScalarNode(text, company.start, company.end, WRITTEN) for name, text in frame.items()}
    entries = {**nodes, "company": company, "occurred": day}
    return {**part, **{name: Entry(ScalarNode(name, 0, 0, WRITTEN), node) for name, node in entries.items()}}
