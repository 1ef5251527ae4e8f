"""The vocabulary as a model is told it: a JSON Schema of each kind's own fields, short enough to be sent with a text.

It is made from the same shapes as the schema of fixtures (`timeline.intake.schema`), and says less: a model needs to
know what a field means and what it can hold; whether it holds that is checked behind it anyway.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

from timeline.catalog import catalog
from timeline.intake.frame import RESERVED
from timeline.intake.meaning import summary
from timeline.intake.shape import Choice, Day, Figure, Group, Many, Number, Text, Time, Whole, YesNo, fields_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from timeline.event import Payload
    from timeline.intake.shape import Field, Shape

Json: TypeAlias = dict[str, Any]

_KEPT_BACK = ("company.",)
"""Beginnings of kinds about who is who; a text is no register, and a model least of all."""


@cache
def proposable() -> Mapping[str, type[Payload]]:
    """The kinds that a model may propose, by name."""
    return {
        kind: payload
        for kind, payload in sorted(catalog().payloads.items())
        if kind not in RESERVED and not kind.startswith(_KEPT_BACK)
    }


@cache
def vocabulary() -> Json:
    """By kind, what it means, its fields, and which of them it needs."""
    return {kind: _kind(payload) for kind, payload in proposable().items()}


def _kind(payload: type[Payload]) -> Json:
    own = fields_of(payload)
    choice = {"anyOf": [{"required": [name]} for name in payload.ONE_OF]} if payload.ONE_OF else {}
    return {"description": summary(payload), **_object(own), **choice}


def _object(fields: Mapping[str, Field]) -> Json:
    needed = [name for name, field in fields.items() if field.required]
    properties = {name: _described(field) for name, field in fields.items()}
    return {"properties": properties, **({"required": needed} if needed else {})}


def _described(field: Field) -> Json:
    return {**_value(field.shape), **({"description": field.meaning} if field.meaning else {})}


def _value(shape: Shape) -> Json:
    match shape:
        case Choice(options):
            return {"enum": list(options)}
        case YesNo():
            return {"enum": ["yes", "no"]}
        case Figure(measure):
            return {"type": "string", "format": measure.name if measure else "figure"}
        case Time():
            return {"type": "string", "format": "edtf"}
        case Day():
            return {"type": "string", "format": "date"}
        case Many(item):
            return {"type": "array", "items": _value(item)}
        case Group(_, fields):
            return {"type": "object", **_object(fields)}
        case Whole() | Number():
            return {"type": ["number", "string"]}
        case Text():
            return {"type": "string"}
