"""What a fixture leaves out on purpose: a print of its source that is no fact worth recording, with the reason.

It makes no event. `timeline coverage` reads it, so that what is missing by decision is told from what was overlooked.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, cast

from msgspec import Struct
from msgspec.structs import replace

from timeline.intake import form
from timeline.intake.convert import value
from timeline.intake.reading import BAD
from timeline.intake.shape import Group, Text, Whole, fields_of
from timeline.intake.yaml_nodes import SequenceNode

if TYPE_CHECKING:
    from collections.abc import Mapping

    from timeline.intake.reading import Reading
    from timeline.intake.shape import Field
    from timeline.intake.yaml_nodes import Node


class LeftOut(Struct, frozen=True):
    """A print that no fact is made of.

    Attributes:
        quote: the printed figure or date, as in a locator.
        paragraph: number of the non-empty line that it stands in, the title being 1.
        reason: why it is no fact, such as "an advertisement".
    """

    quote: str
    paragraph: int
    reason: str


@cache
def left_out_fields() -> Mapping[str, Field]:
    """Fields of an entry."""
    known = fields_of(LeftOut)
    return {
        "quote": replace(known["quote"], shape=Text(form.QUOTE)),
        "paragraph": replace(known["paragraph"], shape=Whole(least=1)),
        "reason": known["reason"],
    }


def read_left_out(parts: Mapping[str, Node], reading: Reading) -> tuple[LeftOut, ...]:
    """What a source leaves out; the candidates of a draft have the same form, and are only looked over."""
    read = {name: _entries(parts[name], name, reading) for name in ("candidates", "left_out") if name in parts}
    return read.get("left_out", ())


def _entries(node: Node, name: str, reading: Reading) -> tuple[LeftOut, ...]:
    if not isinstance(node, SequenceNode):
        fix = "begin each entry with `- quote: …`, then `paragraph:` and `reason:`"
        reading.refuse(node, "shape-unexpected", f"`{name}` is a list", fix)
        return ()
    shape = Group(LeftOut, left_out_fields())
    read = (value(item, shape, reading) for item in node.items)
    return tuple(cast("LeftOut", entry) for entry in read if entry is not BAD)
