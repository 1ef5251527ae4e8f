"""Fixtures as JSONL: a line that tells of a source, then a line for each fact of it.

    {"schema": "timeline/source/1", "source": {"id": …, "kind": …, "title": …, "published": …}, "defaults": {…}}
    {"key": "buyback-2026-01-08", "kind": "buyback.executed", "occurred": "2026-01-08", "shares": "5 million"}

Fields are those of YAML. Numbers may be written as such and count in the digits in which they are written. Another line
with a schema begins another source. What is left out on purpose, and what a draft has
no fact for, stand in the line of their source, as `left_out` and `candidates`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.intake.content import Content, is_of_known_schema, known_parts
from timeline.intake.fact import Defaults, Found, read_defaults, read_fact
from timeline.intake.frame import SCHEMA
from timeline.intake.head import Head, read_head
from timeline.intake.json_nodes import compose_json
from timeline.intake.left_out import LeftOut, read_left_out
from timeline.intake.reading import Reading
from timeline.intake.yaml_nodes import MappingNode

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from timeline.event import Payload
    from timeline.intake.document import Document
    from timeline.intake.yaml_nodes import Node

SUFFIXES = (".jsonl", ".ndjson")
_HEAD = ("schema", "source", "defaults", "candidates", "left_out")
_FIRST = f'begin with a line {{"schema": "{SCHEMA}", "source": {{…}}}}'


def json_contents(document: Document, payloads: Mapping[str, type[Payload]]) -> tuple[Content, ...]:
    """What a document says, source by source."""
    lines = _Lines(document, payloads)
    for start, end in _spans(document):
        lines.add(start, end)
    return lines.contents()


def _spans(document: Document) -> Iterator[tuple[int, int]]:
    """Offsets of the lines that are not empty."""
    for start, end in zip(document.starts, (*document.starts[1:], len(document.text)), strict=True):
        if document.text[start:end].strip():
            yield start, end


class _Lines:
    """The lines of a document so far."""

    def __init__(self, document: Document, payloads: Mapping[str, type[Payload]]) -> None:
        self._document = document
        self._payloads = payloads
        self._reading = Reading(document)
        self._found: list[tuple[Head | None, list[Found], tuple[LeftOut, ...]]] = []
        self._defaults = Defaults()
        self._known = True

    def add(self, start: int, end: int) -> None:
        """Take in a line."""
        node = compose_json(self._reading, start, end)
        first = self._known and not self._found
        if isinstance(node, MappingNode) and (first or "schema" in node.entries):
            self._begin(node)
        elif first:
            # Without it, nobody can tell what the other lines are about.
            self._known = False
            if node is not None:
                self._reading.refuse(node, "shape-unexpected", "the first line tells of no source", _FIRST)
        elif self._known and node is not None:
            self._fact(node)

    def contents(self) -> tuple[Content, ...]:
        """All that was said; what is wrong stands with the last."""
        if not self._found and not self._reading.problems:
            self._reading.problems.append(
                self._document.place(0)
                .problem("file-empty", "there is nothing in this file", _FIRST)
                ._replace(line=0, column=0, excerpt="")
            )
        said = [Content(head, tuple(facts), left_out=left_out) for head, facts, left_out in self._found]
        return (*said, Content(problems=tuple(self._reading.problems), notes=tuple(self._reading.notes)))

    def _begin(self, node: MappingNode) -> None:
        self._known = is_of_known_schema(
            node.entries["schema"].value if "schema" in node.entries else None, self._reading
        )
        parts = known_parts(node, self._reading, _HEAD) if self._known else {}
        source, defaults = parts.get("source"), parts.get("defaults")
        self._reading.currency = ""
        head = read_head(source, self._reading) if source else None
        self._found.append((head, [], read_left_out(parts, self._reading)))
        self._defaults = read_defaults(defaults, self._reading) if defaults else Defaults()

    def _fact(self, node: Node) -> None:
        head, facts, _ = self._found[-1]
        found = read_fact(node, head.id if head else None, self._defaults, self._payloads, self._reading)
        facts += [found] if found else []
