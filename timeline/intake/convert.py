"""Lists and mappings as values.

Every mistake is noted in the reading and leaves `BAD` in the value's place, so that one pass finds them all.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct

from timeline.dates import When
from timeline.errors import ParseProblem
from timeline.intake.reading import BAD, Bad
from timeline.intake.scalar import parsed, scalar
from timeline.intake.shape import Field, Group, Many, Text, Time
from timeline.intake.wording import did_you_mean, listed, nearest, shown
from timeline.intake.yaml_nodes import MappingNode, RefusedNode, ScalarNode, SequenceNode

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from timeline.intake.reading import Reading
    from timeline.intake.shape import Shape
    from timeline.intake.yaml_nodes import Entry, Node

_S = TypeVar("_S", bound=Struct)

WHEN_FIELDS: Mapping[str, Field] = {
    "when": Field(Text(), required=True, meaning="the date as far as it is known, in EDTF"),
    "wording": Field(Text(), meaning="the source's own words for it"),
}
"""A date beside the source's own words for it, written as a mapping."""


def value(node: Node, shape: Shape, reading: Reading) -> object | Bad:
    """The value that a node has in a field of this shape."""
    match shape:
        case _ if isinstance(node, RefusedNode):
            return BAD
        case Many():
            return _many(node, shape.item, reading)
        case Group():
            return _group(node, shape, reading)
        case Time() if isinstance(node, MappingNode):
            return _worded(node, reading)
        case _:
            return scalar(node, shape, reading)


def fields(
    node: MappingNode,
    known: Mapping[str, Field],
    reading: Reading,
    owner: str,
    at: Node | None = None,
    given: Mapping[str, object] = MappingProxyType({}),
) -> dict[str, object | Bad]:
    """The values of a mapping by field; notes fields that are unknown and those that are missing, which are `BAD`.

    Args:
        node: the mapping.
        known: the fields that it can hold.
        reading: where problems are noted.
        owner: what the mapping is called in messages.
        at: what to point at when something is missing; its first key by default.
        given: values that stand for fields that the mapping does not have.
    """
    found = dict(given)
    for name, entry in node.entries.items():
        if name in known:
            found[name] = value(entry.value, known[name].shape, reading)
        else:
            # What is misspelt need not be called missing as well.
            found |= dict.fromkeys(refuse_unknown(node, entry, known, reading, owner), BAD)
    missing = {name: field.meaning for name, field in known.items() if field.required and name not in found}
    if missing:
        refuse_missing(at or beginning(node), missing, reading, owner)
    return found | dict.fromkeys(missing, BAD)


def refuse_missing(at: Node, missing: Mapping[str, str], reading: Reading, owner: str, *, one_of: bool = False) -> None:
    """Note that fields are missing, all of them or one of them; `missing` gives what each means."""
    link = "or" if one_of else "and"
    lines = (
        f"`{reading.assignment(at, name)}`" + (f" ({meaning})" if meaning else "") for name, meaning in missing.items()
    )
    reading.refuse(at, "field-missing", f"{owner} needs {listed(missing, link)}", f"add {listed(lines, link)}")


def refuse_unknown(
    node: MappingNode, entry: Entry, known: Collection[str], reading: Reading, owner: str
) -> tuple[str, ...]:
    """Note an unknown field; gives the name that is most likely meant, if any is."""
    meant = nearest(entry.key.text, (name for name in known if name not in node.entries))
    fix = did_you_mean(meant) or f"the fields are {', '.join(known)}"
    if node.flow and isinstance(entry.value, ScalarNode) and entry.value.start == entry.value.end:
        fix = "put the value before it in quotes: within { } a comma ends a value"
    reading.refuse(entry.key, "field-unknown", f"{owner} has no field {shown(entry.key.text)}", fix)
    return meant[:1]


def built(struct: type[_S], found: Mapping[str, object], at: Node, reading: Reading) -> _S | Bad:
    """The structure with these fields; what it says against them itself is noted at `at`."""
    if any_bad(found.values()):
        return BAD
    try:
        return struct(**found)
    except ParseProblem as problem:
        return reading.refuse(at, problem.rule, problem.what, problem.fix)
    except ValueError as error:
        return reading.refuse(at, "fact-refused", str(error), "compare the figures with the source")


def _many(node: Node, item: Shape, reading: Reading) -> tuple[object, ...] | Bad:
    if (isinstance(node, SequenceNode) and not node.items) or (isinstance(node, MappingNode) and not node.entries):
        return reading.refuse(node, "value-empty", "an empty list says nothing", "leave the field out")
    if isinstance(item, Group) and item.is_pair and isinstance(node, MappingNode):
        return _pairs(node, item, reading)
    items = node.items if isinstance(node, SequenceNode) else (node,)
    values = [value(each, item, reading) for each in items]
    return BAD if any_bad(values) else tuple(values)


def _pairs(node: MappingNode, item: Group, reading: Reading) -> tuple[object, ...] | Bad:
    if node.entries.keys() == item.fields.keys():
        single = _group(node, item, reading)
        return BAD if single is BAD else (single,)
    pairs = []
    for entry in node.entries.values():
        parts = zip(item.fields.items(), (entry.key, entry.value), strict=True)
        pair = {name: value(part, field.shape, reading) for (name, field), part in parts}
        pairs.append(built(item.struct, pair, entry.key, reading))
    return BAD if any_bad(pairs) else tuple(pairs)


def _group(node: Node, shape: Group, reading: Reading) -> object | Bad:
    name = shape.struct.__name__.lower()
    if not isinstance(node, MappingNode):
        fix = f"write a mapping with {', '.join(shape.fields)}"
        return reading.refuse(node, "shape-unexpected", f"a mapping is wanted here ({name})", fix)
    found = fields(node, shape.fields, reading, f"a {name}")
    return built(shape.struct, found, node, reading)


def _worded(node: MappingNode, reading: Reading) -> When | Bad:
    found = fields(node, WHEN_FIELDS, reading, "a date")
    if any_bad(found.values()):
        return BAD
    wording = str(found.get("wording", ""))
    return parsed(node.entries["when"].value, lambda written: When.parse(written, wording), reading)


def beginning(node: MappingNode) -> Node:
    """What to point at when a mapping lacks something: its first key, or itself where it is empty."""
    return next((entry.key for entry in node.entries.values()), node)


def any_bad(values: Iterable[object]) -> bool:
    """Whether any of the values could not be read."""
    return any(each is BAD for each in values)
