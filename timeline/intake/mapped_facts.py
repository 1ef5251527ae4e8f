"""The facts that a map makes of a row, and the company that it registers."""

from __future__ import annotations

from collections.abc import Mapping  # msgspec resolves annotations
from typing import TYPE_CHECKING

from msgspec import Struct

from timeline.intake.convert import beginning, refuse_missing
from timeline.intake.expression import Expression
from timeline.intake.fact import fact_class
from timeline.intake.frame import fact_fields, head_fields
from timeline.intake.pattern import WRITTEN, Branch, Pattern, Patterns
from timeline.intake.shape import Field, Group, Many, fields_of
from timeline.intake.yaml_nodes import MappingNode, RefusedNode, ScalarNode, SequenceNode
from timeline.record import Source

if TYPE_CHECKING:
    from timeline.event import Payload
    from timeline.intake.reading import Reading
    from timeline.intake.yaml_nodes import Node

REGISTERED, IDENTIFIED = "company.registered", "company.identified"

Shared = Mapping[str, tuple[ScalarNode, Pattern]]
"""Fields that all facts have unless they say otherwise, by name."""


class FactPattern(Struct, frozen=True):
    """A fact that a row may report.

    Attributes:
        kind: its kind.
        when: a row reports it only where this holds; None for every row.
        fields: its key, company and all that it states.
    """

    kind: ScalarNode
    when: Expression | None
    fields: Branch


class Register(Struct, frozen=True):
    """How a company is registered.

    Attributes:
        company: what tells its slug.
        source: the document that it is registered from; None for that of the row.
        occurred: the day of which its name is told; None for that on which the source was published.
        registered: its name and what else is told of it.
        identifiers: what it goes by.
    """

    company: Pattern
    source: Branch | None
    occurred: Pattern | None
    registered: Branch
    identifiers: tuple[Branch, ...]


def read_facts(
    node: Node, shared: Shared, patterns: Patterns, reading: Reading, payloads: Mapping[str, type[Payload]]
) -> tuple[FactPattern, ...]:
    """The facts that a map lists."""
    if not isinstance(node, SequenceNode):
        if not isinstance(node, RefusedNode):
            reading.refuse(node, "shape-unexpected", "`facts` is a list", "begin each fact with `- kind: …`")
        return ()
    found = [_fact(each, shared, patterns, reading, payloads) for each in node.items]
    return tuple(fact for fact in found if fact)


def _fact(
    node: Node, shared: Shared, patterns: Patterns, reading: Reading, payloads: Mapping[str, type[Payload]]
) -> FactPattern | None:
    if not isinstance(node, MappingNode):
        reading.refuse(
            node, "shape-unexpected", "a fact is a mapping", "write `- kind: …` and its fields below, indented"
        )
        return None
    payload = fact_class(node, payloads, reading)
    if payload is None:
        if "kind" not in node.entries:
            refuse_missing(beginning(node), {"kind": "what sort of fact it is"}, reading, "a fact")
        return None
    when = node.entries.get("when")
    own = {name: entry for name, entry in node.entries.items() if name not in {"kind", "when"}}
    known = {name: field for name, field in fact_fields(payload).items() if name != "kind"}
    branch = patterns.branch(MappingNode(own, node.start, node.end), known, "", payload.KIND)
    _refuse_incomplete(payload, {*own, *shared}, node, reading)
    taken = {key.text for key, _ in branch.entries}
    more = tuple(entry for name, entry in shared.items() if name not in taken)
    return FactPattern(
        kind=ScalarNode(payload.KIND, branch.label, branch.label, WRITTEN),
        when=patterns.condition(when.value) if when else None,
        fields=Branch((*branch.entries, *more), branch.label),
    )


def _refuse_incomplete(payload: type[Payload], given: set[str], node: MappingNode, reading: Reading) -> None:
    """Note fields that no row could have."""
    kind = node.entries["kind"].value
    missing = {
        name: field.meaning for name, field in fact_fields(payload).items() if field.required and name not in given
    }
    missing.pop("kind", None)
    if missing:
        refuse_missing(kind, missing, reading, payload.KIND)
    choice = {name: fields_of(payload)[name].meaning for name in payload.ONE_OF}
    if choice and not choice.keys() & given:
        refuse_missing(kind, choice, reading, payload.KIND, one_of=True)


def read_register(
    node: Node | None,
    company: tuple[ScalarNode, Pattern] | None,
    patterns: Patterns,
    reading: Reading,
    payloads: Mapping[str, type[Payload]],
) -> Register | None:
    """How a map registers companies; None where it does not."""
    if node is None or isinstance(node, RefusedNode):
        return None
    if not isinstance(node, MappingNode):
        reading.refuse(node, "shape-unexpected", "`register` is a mapping", "write one field a line, indented")
        return None
    if company is None:
        reading.refuse(
            beginning(node), "map-company", "no company is told that could be registered", "add `company: …`"
        )
        return None
    named, identified = fields_of(payloads[REGISTERED]), fields_of(payloads[IDENTIFIED])
    identifiers = Many(Group(payloads[IDENTIFIED], identified))
    known = {
        **named,
        "source": Field(Group(Source, head_fields())),
        "occurred": fact_fields(payloads[REGISTERED])["occurred"],
        "identifiers": Field(identifiers),
    }
    _refuse_unnamed(node, named, reading)
    found = {key.text: (key, part) for key, part in patterns.branch(node, known, "register", "`register`").entries}
    source, occurred = found.get("source"), found.get("occurred")
    told = found.get("identifiers")
    items = () if told is None else getattr(told[1], "items", (told[1],))
    label = patterns.label("register")
    return Register(
        company=company[1],
        source=source[1] if source and isinstance(source[1], Branch) else None,
        occurred=occurred[1] if occurred else None,
        registered=Branch(tuple(found[name] for name in named if name in found), label),
        identifiers=tuple(item for item in items if isinstance(item, Branch)),
    )


def _refuse_unnamed(node: MappingNode, named: Mapping[str, Field], reading: Reading) -> None:
    missing = {name: field.meaning for name, field in named.items() if field.required and name not in node.entries}
    if missing:
        refuse_missing(beginning(node), missing, reading, "`register`")
