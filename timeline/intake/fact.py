"""One fact of a fixture as a report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

import msgspec
from msgspec import Struct

from timeline.event import Payload, Report, canonical_json
from timeline.intake.convert import any_bad, built, fields, refuse_missing
from timeline.intake.document import Place
from timeline.intake.frame import RESERVED, default_fields, fact_fields, frame_fields
from timeline.intake.reading import BAD, Bad
from timeline.intake.shape import fields_of
from timeline.intake.wording import did_you_mean, nearest, shown
from timeline.intake.yaml_nodes import MappingNode, ScalarNode

if TYPE_CHECKING:
    from timeline.intake.reading import Reading
    from timeline.intake.yaml_nodes import Node

_REMEDY_RESERVED = {
    "source.recorded": "describe the source under `source:` at the top of the file",
}
_REMEDY_CHAIN = "a fixture holds what a source says; what was recorded before is corrected by a command of its own"


class Defaults(Struct, frozen=True):
    """What the facts of a file share.

    Attributes:
        values: by field; `BAD` where a value could not be read.
        company: where the company is named, if it is.
    """

    values: Mapping[str, object] = {}
    company: Place | None = None


class Found(Struct, frozen=True):
    """A report with its places.

    Attributes:
        report: the report.
        key: where its key stands.
        company: where its company is named.
    """

    report: Report
    key: Place
    company: Place


def read_defaults(node: Node, reading: Reading) -> Defaults:
    """The defaults of a file."""
    if not isinstance(node, MappingNode):
        reading.refuse(node, "shape-unexpected", "`defaults` is a mapping", "write one field a line, indented")
        return Defaults()
    values = fields(node, default_fields(), reading, "`defaults`")
    return Defaults(values, _company_place(node, reading))


def read_fact(
    node: Node, source: str | None, defaults: Defaults, payloads: Mapping[str, type[Payload]], reading: Reading
) -> Found | None:
    """The report that a fact amounts to; None where it cannot be read, with the reasons noted."""
    if not isinstance(node, MappingNode):
        reading.refuse(
            node, "shape-unexpected", "a fact is a mapping", "write `- key: …` and its fields below, indented"
        )
        return None
    payload = fact_class(node, payloads, reading)
    if payload is None:
        _read_frame_only(node, defaults, reading)
        return None
    kind = node.entries["kind"].value
    whole = fields(node, fact_fields(payload), reading, payload.KIND, kind, defaults.values)
    _refuse_no_choice(payload, whole, kind, reading)
    content = _payload(payload, whole, node, reading)
    if content is BAD or any_bad(whole.values()):
        return None
    frame = {name: each for name, each in whole.items() if name in frame_fields() and name != "kind"}
    report = Report(payload=content, source=source, **cast("dict[str, Any]", frame))
    key = reading.place(node.entries["key"].value)
    return Found(report, key, _company_place(node, reading) or defaults.company or key)


def _refuse_no_choice(payload: type[Payload], found: Mapping[str, object], kind: Node, reading: Reading) -> None:
    """Note that none is stated of the fields of which a kind needs one."""
    choice = {name: fields_of(payload)[name].meaning for name in payload.ONE_OF}
    if choice and not choice.keys() & found.keys():
        refuse_missing(kind, choice, reading, payload.KIND, one_of=True)


def fact_class(node: MappingNode, payloads: Mapping[str, type[Payload]], reading: Reading) -> type[Payload] | None:
    """The class of a fact's kind; None, and noted, where it has none that a fact can have."""
    entry = node.entries.get("kind")
    if entry is None or not isinstance(entry.value, ScalarNode) or entry.value.empty:
        return None
    kind = entry.value.text.strip()
    if kind in RESERVED:
        fix = _REMEDY_RESERVED.get(kind, _REMEDY_CHAIN)
        reading.refuse(entry.value, "kind-reserved", f"{kind} is about the log itself and no fact", fix)
        return None
    if kind not in payloads:
        known = payloads.keys() - set(RESERVED)
        fix = did_you_mean(nearest(kind, known)) or f"the kinds are {', '.join(sorted(known))}"
        reading.refuse(entry.value, "kind-unknown", f"there is no kind {shown(kind)}", fix)
        return None
    return payloads[kind]


def _read_frame_only(node: MappingNode, defaults: Defaults, reading: Reading) -> None:
    """Find the mistakes in the fields that every fact has, where the kind does not tell what the others mean."""
    known = {name: entry for name, entry in node.entries.items() if name in frame_fields()}
    fields(MappingNode(known, node.start, node.end), frame_fields(), reading, "a fact", None, defaults.values)


def _payload(payload: type[Payload], whole: Mapping[str, object], node: MappingNode, reading: Reading) -> Payload | Bad:
    stated = {name: each for name, each in whole.items() if name in fields_of(payload)}
    kind = node.entries["kind"].value
    content = built(payload, stated, kind, reading)
    if content is BAD:
        return BAD
    try:
        # What is written to the log must be readable again, whatever else a payload's annotations demand.
        msgspec.json.decode(canonical_json(content), type=payload)
    except msgspec.ValidationError as error:
        return reading.refuse(
            kind, "fact-refused", f"{payload.KIND} cannot be so: {error}", "compare it with the source"
        )
    return content


def _company_place(node: MappingNode, reading: Reading) -> Place | None:
    entry = node.entries.get("company")
    return reading.place(entry.value) if entry else None
