"""One fixture file: its schema, its head, its defaults and its facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from timeline.errors import Problem
from timeline.intake.convert import beginning, refuse_missing, refuse_unknown
from timeline.intake.fact import Defaults, Found, read_defaults, read_fact
from timeline.intake.frame import OPTIONAL, PARTS, SCHEMA
from timeline.intake.head import Head, read_head
from timeline.intake.left_out import LeftOut, read_left_out
from timeline.intake.reading import BAD, Reading
from timeline.intake.scalar import scalar
from timeline.intake.shape import Text
from timeline.intake.wording import shown
from timeline.intake.yaml_nodes import MappingNode, RefusedNode, ScalarNode, SequenceNode, compose

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from timeline.event import Payload
    from timeline.intake.document import Document
    from timeline.intake.yaml_nodes import Node


class Content(Struct, frozen=True):
    """What one file says, as far as it could be read.

    Attributes:
        head: the source; None where the file has none.
        facts: in the order of the file.
        problems: everything that is wrong, in no order.
        notes: what is accepted and yet should be looked at.
        left_out: what is printed and left out on purpose.
    """

    head: Head | None = None
    facts: tuple[Found, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


def content(document: Document, payloads: Mapping[str, type[Payload]]) -> Content:
    """What a document says, its facts in terms of the payloads given by kind."""
    root, problems = compose(document)
    reading = Reading(document, problems)
    parts = _parts(root, reading)
    head = read_head(parts["source"], reading) if "source" in parts else None
    defaults = read_defaults(parts["defaults"], reading) if "defaults" in parts else Defaults()
    read = [read_fact(node, head.id if head else None, defaults, payloads, reading) for node in _facts(parts, reading)]
    left_out = read_left_out(parts, reading)
    facts = tuple(found for found in read if found)
    return Content(head, facts, tuple(reading.problems), tuple(reading.notes), left_out)


def _parts(root: Node | None, reading: Reading) -> Mapping[str, Node]:
    """The parts by name; none of them where the file is no fixture of a format that is known here."""
    if root is None or (isinstance(root, ScalarNode) and root.empty):
        if not reading.problems:
            place = reading.document.place(0)
            what = "there is nothing in this file"
            reading.problems.append(Problem("file-empty", what, f"begin it with `schema: {SCHEMA}`", place.file))
        return {}
    if not isinstance(root, MappingNode):
        if not isinstance(root, RefusedNode):
            fix = f"begin with `schema: {SCHEMA}`, then `source:` and `facts:`"
            reading.refuse(root, "shape-unexpected", "a fixture is a mapping", fix)
        return {}
    parts = {name: entry.value for name, entry in root.entries.items()}
    return known_parts(root, reading) if is_of_known_schema(parts.get("schema"), reading) else {}


def known_parts(root: MappingNode, reading: Reading, wanted: Sequence[str] = tuple(PARTS)) -> Mapping[str, Node]:
    """The parts by name, of those that are wanted at this place; notes those that are unknown or missing."""
    misspelt: set[str] = set()
    for name, entry in root.entries.items():
        if name not in wanted:
            misspelt.update(refuse_unknown(root, entry, wanted, reading, "a fixture"))
    given = {*OPTIONAL, *root.entries, *misspelt}
    missing = {name: PARTS[name] for name in wanted if name not in given}
    if missing:
        refuse_missing(beginning(root), missing, reading, "a fixture")
    return {name: entry.value for name, entry in root.entries.items() if not isinstance(entry.value, RefusedNode)}


def is_of_known_schema(node: Node | None, reading: Reading) -> bool:
    """Whether to go on: a file of another format would only be misunderstood."""
    if node is None:
        return True
    schema = scalar(node, Text(), reading)
    if schema not in (SCHEMA, BAD):
        fix = f"write `schema: {SCHEMA}`; a later format needs a later version of this program"
        reading.refuse(node, "schema-unknown", f"the format {shown(str(schema))} is not known", fix)
    return schema == SCHEMA


def _facts(parts: Mapping[str, Node], reading: Reading) -> tuple[Node, ...]:
    node = parts.get("facts")
    if node is None or isinstance(node, SequenceNode):
        return node.items if node else ()
    reading.refuse(node, "shape-unexpected", "`facts` is a list", "begin each fact with `- key: …`")
    return ()
