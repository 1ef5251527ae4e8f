"""A map: the YAML file that says what the rows of a table mean."""

from __future__ import annotations

from collections.abc import Mapping  # msgspec resolves annotations
from typing import TYPE_CHECKING, Annotated, Literal

from msgspec import Meta, Struct

from timeline.intake.convert import any_bad, beginning, built, fields, refuse_missing, refuse_unknown
from timeline.intake.document import Place
from timeline.intake.expression import Expression
from timeline.intake.frame import frame_fields, head_fields
from timeline.intake.mapped_facts import FactPattern, Register, read_facts, read_register
from timeline.intake.notation import Dates, Numbers, refusal
from timeline.intake.pattern import Branch, Pattern, Patterns
from timeline.intake.reading import Reading
from timeline.intake.scalar import scalar
from timeline.intake.shape import Text, fields_of
from timeline.intake.wording import shown
from timeline.intake.yaml_nodes import MappingNode, RefusedNode, ScalarNode, compose

if TYPE_CHECKING:
    from timeline.errors import Problem
    from timeline.event import Payload
    from timeline.intake.document import Document

SCHEMA = "timeline/table/1"
"""The first line of a map says which format it is in."""

PSEUDO = ("@row", "@file")
"""Columns that every table has: the number of the row, and the name of the file without folder and endings."""


class Settings(Struct, frozen=True, kw_only=True):
    """How a table is laid out and written.

    Attributes:
        format: left out where the file's name tells it.
        delimiter: between the cells of a CSV file; left out for a comma.
        header: whether the first line names the columns.
        columns: their names, where no line does.
        skip: number of lines before the header.
        rows: where the list of rows stands in a JSON document, as names with dots between them.
        numbers: how numbers are written; left out where they are written as in a fixture.
        dates: formats of dates, as for strptime, or edtf.
        empty: texts that stand for an empty cell, besides nothing.
    """

    format: Literal["csv", "tsv", "jsonl", "json", "parquet"] | None = None
    delimiter: Literal[",", ";", "|", ":", "^", "tab"] | None = None
    header: bool = True
    columns: tuple[str, ...] = ()
    skip: Annotated[int, Meta(ge=0)] = 0
    rows: str | None = None
    numbers: Numbers | None = None
    dates: tuple[str, ...] = ("edtf",)
    empty: tuple[str, ...] = ()


class Map(Struct, frozen=True, kw_only=True):
    """What the rows of a table mean.

    Attributes:
        file: of the map.
        settings: how the table is laid out and written.
        where: a row counts only where this holds; None for all rows.
        constants: columns that every row has, with the same text.
        source: what tells the source of a row.
        register: what registers the company of a row; None where the companies are known.
        facts: what a row reports.
        labels: what the patterns are called in messages, by index.
        asked: every expression, with its place in the map.
    """

    file: str
    settings: Settings
    where: Expression | None
    constants: Mapping[str, str]
    source: Branch
    register: Register | None
    facts: tuple[FactPattern, ...]
    labels: tuple[str, ...]
    asked: tuple[tuple[Expression, Place], ...]


PARTS: Mapping[str, str] = {
    "schema": f"always {SCHEMA}",
    **{name: field.meaning for name, field in fields_of(Settings).items()},
    "where": "an expression; rows for which it does not hold are left out",
    "constants": "texts by name, to be used as if each row had such a column",
    "company": "slug of the company that a row is about, unless a fact says otherwise",
    "source": "the document that reports a row: id, kind, title, published and the other fields of a source",
    "register": "name and identifiers by which each company is registered where it is met first",
    "defaults": "fields that all facts have, unless a fact says otherwise",
    "facts": "what a row reports, one entry a fact",
}
"""What a map consists of, with the meaning of each part."""

NEEDED = ("schema", "source", "facts")
"""The parts that every map has."""

_BRACES = "; a text with braces goes in quotes"


def read_map(document: Document, payloads: Mapping[str, type[Payload]]) -> Map | tuple[Problem, ...]:
    """The map that a document is, or all that is wrong with it."""
    root, problems = compose(document)
    reading = Reading(document, tuple(_with_hint(problem) for problem in problems))
    if isinstance(root, MappingNode) and _is_map(root, reading):
        found = _Reading(root, reading, payloads).map()
        if found is not None and not reading.problems:
            return found
    elif not reading.problems:
        fix = f"begin it with `schema: {SCHEMA}`, then `source:` and `facts:`"
        reading.problems.append(document.place(0).problem("map-shape", "this is no map", fix))
    return tuple(sorted(reading.problems, key=lambda problem: (problem.line, problem.column)))


def _with_hint(problem: Problem) -> Problem:
    """A template that nobody quoted is the likeliest cause."""
    return problem._replace(fix=problem.fix + _BRACES) if problem.rule == "yaml-syntax" else problem


def _is_map(root: MappingNode, reading: Reading) -> bool:
    for entry in root.entries.values():
        if entry.key.text not in PARTS:
            refuse_unknown(root, entry, PARTS, reading, "a map")
    missing = {name: PARTS[name] for name in NEEDED if name not in root.entries}
    if missing:
        refuse_missing(beginning(root), missing, reading, "a map")
        return False
    node = root.entries["schema"].value
    if scalar(node, Text(), reading) != SCHEMA:
        reading.refuse(node, "schema-unknown", "the format of this map is not known", f"write `schema: {SCHEMA}`")
        return False
    return True


class _Reading:
    """One pass over a map."""

    def __init__(self, root: MappingNode, reading: Reading, payloads: Mapping[str, type[Payload]]) -> None:
        self._parts = {name: entry.value for name, entry in root.entries.items() if name in PARTS}
        self._root = root
        self._reading = reading
        self._payloads = payloads

    def map(self) -> Map | None:
        settings = self._settings()
        if settings is None:
            return None
        patterns = Patterns(self._reading, settings.numbers, Dates(settings.dates), frozenset(settings.empty))
        patterns.label("")  # what no cell is to blame for
        where = patterns.condition(self._parts["where"]) if "where" in self._parts else None
        source = self._mapping("source")
        shared = self._shared(patterns)
        register = read_register(
            self._parts.get("register"), shared.get("company"), patterns, self._reading, self._payloads
        )
        facts = read_facts(self._parts["facts"], shared, patterns, self._reading, self._payloads)
        if source is None:
            return None
        told = patterns.branch(source, head_fields(), "source", "`source`")
        self._refuse_incomplete(source)
        return Map(
            file=self._reading.document.file,
            settings=settings,
            where=where,
            constants=self._constants(),
            source=told,
            register=register,
            facts=facts,
            labels=tuple(patterns.labels),
            asked=tuple(patterns.asked),
        )

    def _settings(self) -> Settings | None:
        known = fields_of(Settings)
        entries = {name: entry for name, entry in self._root.entries.items() if name in known}
        node = MappingNode(entries, self._root.start, self._root.end)
        found = built(Settings, fields(node, known, self._reading, "a map"), node, self._reading)
        for form in found.dates if isinstance(found, Settings) else ():
            if why := refusal(form):
                fix = 'write it as for strptime, such as "%d.%m.%Y", or edtf'
                what = f"no dates can be read in the format {shown(form)}: {why}"
                self._reading.refuse(self._parts["dates"], "dates-malformed", what, fix)
        return found if isinstance(found, Settings) else None

    def _constants(self) -> dict[str, str]:
        node = self._mapping("constants")
        found = (
            {name: scalar(entry.value, Text(), self._reading) for name, entry in node.entries.items()} if node else {}
        )
        return {} if any_bad(found.values()) else {name: str(text) for name, text in found.items()}

    def _shared(self, patterns: Patterns) -> dict[str, tuple[ScalarNode, Pattern]]:
        """The company, and the other fields that all facts have in common."""
        node = self._mapping("defaults")
        entries = dict(node.entries) if node else {}
        if company := self._root.entries.get("company"):
            entries["company"] = company
        if not entries:
            return {}
        mapping = MappingNode(entries, self._root.start, self._root.end)
        known = {name: field for name, field in frame_fields().items() if name not in {"kind", "key"}}
        return {key.text: (key, found) for key, found in patterns.branch(mapping, known, "", "`defaults`").entries}

    def _refuse_incomplete(self, source: MappingNode) -> None:
        needed = {name: field.meaning for name, field in head_fields().items() if field.required}
        missing = {name: meaning for name, meaning in needed.items() if name not in source.entries}
        if missing:
            refuse_missing(beginning(source), missing, self._reading, "`source`")

    def _mapping(self, name: str) -> MappingNode | None:
        node = self._parts.get(name)
        if node is None or isinstance(node, MappingNode | RefusedNode):
            return node if isinstance(node, MappingNode) else None
        self._reading.refuse(node, "shape-unexpected", f"`{name}` is a mapping", "write one field a line, indented")
        return None
