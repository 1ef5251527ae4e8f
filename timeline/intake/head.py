"""The head of a fixture as a source."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from msgspec import Struct

from timeline.intake.convert import any_bad, fields
from timeline.intake.document import Place
from timeline.intake.frame import head_fields
from timeline.intake.reading import BAD
from timeline.intake.scalar import parsed
from timeline.intake.yaml_nodes import MappingNode
from timeline.publication import Published
from timeline.record import Source

if TYPE_CHECKING:
    from collections.abc import Callable

    from timeline.intake.reading import Reading
    from timeline.intake.yaml_nodes import Node


class Head(Struct, frozen=True):
    """What a file says of its source.

    Attributes:
        id: the source's id; None where it could not be read.
        source: None where any of it could not be read.
        place: where the id stands, or the head itself.
        places: where each field stands, by name.
    """

    id: str | None
    source: Source | None
    place: Place
    places: Mapping[str, Place] = {}


def read_head(node: Node, reading: Reading) -> Head:
    """The head of a file; gives the reading its currency."""
    if not isinstance(node, MappingNode):
        reading.refuse(node, "shape-unexpected", "`source` is a mapping", "write one field a line, indented")
        return Head(None, None, reading.place(node))
    found = fields(node, head_fields(), reading, "`source`")
    places = {name: reading.place(entry.value) for name, entry in node.entries.items()}
    reading.currency = _text(found, "currency") or ""
    sound = _is_dated(node, found, reading) and _derives_from_another(node, found, reading)
    content = cast("dict[str, Any]", {name: each for name, each in found.items() if name != "id"})
    source = Source(**content) if sound and not any_bad(found.values()) else None
    return Head(_text(found, "id"), source, places.get("id", reading.place(node)), places)


def _text(found: Mapping[str, object], name: str) -> str | None:
    written = found.get(name)
    return written if isinstance(written, str) else None


def _is_dated(node: MappingNode, found: Mapping[str, object], reading: Reading) -> bool:
    """Whether the publication time and its zone can be read together; a zone at fault is pointed at itself."""
    if _text(found, "published") is None:
        return False
    zone = _text(found, "zone") or ""
    known = not zone or _is_published(node.entries["zone"].value, partial(Published.parse, "2000-01-01"), reading)
    read = partial(Published.parse, zone=zone if known else "Z")
    return _is_published(node.entries["published"].value, read, reading) and known


def _is_published(node: Node, parse: Callable[[str], Published], reading: Reading) -> bool:
    return parsed(node, parse, reading) is not BAD


def _derives_from_another(node: MappingNode, found: Mapping[str, object], reading: Reading) -> bool:
    origin = _text(found, "derives_from")
    if origin is None or origin != _text(found, "id"):
        return True
    fix = "name the source that this one reprints, or leave the field out"
    reading.refuse(
        node.entries["derives_from"].value, "source-derives-from-itself", "a source cannot derive from itself", fix
    )
    return False
