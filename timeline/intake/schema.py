"""The fixture format as JSON Schemas, of a YAML file and of a line of JSONL, so that an editor can complete and check.

The schema is a first sieve: it takes all that `read` takes, but cannot tell a figure or a date that is wrong from a
right one. An unquoted scalar such as 2026 or `yes` reaches a validator as a number or truth value, so these are let
through where a text is wanted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias, assert_never

from timeline.catalog import catalog
from timeline.intake.convert import WHEN_FIELDS
from timeline.intake.frame import PARTS, RESERVED, SCHEMA, SHARED, default_fields, frame_fields, head_fields
from timeline.intake.left_out import left_out_fields
from timeline.intake.meaning import summary
from timeline.intake.scalar import DAY, NUMBER, WHOLE, YES_NO
from timeline.intake.shape import Choice, Day, Figure, Group, Many, Number, Text, Time, Whole, YesNo, fields_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from timeline.event import Payload
    from timeline.intake.shape import Field, Shape

Json: TypeAlias = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_EXAMPLES = {
    "money": "about HKD 190.6 million",
    "shares": "5 million",
    "percent": "0.63 %",
    "price": "HKD 38.04–38.16",
    "count": "> 410,000 vehicles",
    "figure": "CNY 200 billion",
}


def json_schema(payloads: Mapping[str, type[Payload]] | None = None) -> Json:
    """JSON Schema 2020-12 of a fixture; of the catalog's kinds unless payloads are given by kind."""
    parts = {**_head(), "facts": {"description": PARTS["facts"], "type": "array", "items": {"$ref": "#/$defs/fact"}}}
    return {
        "$schema": DIALECT,
        "title": "Corporate timeline fixture",
        **_closed(parts, needed=("schema", "source", "facts")),
        "$defs": _definitions(payloads),
    }


def line_schema(payloads: Mapping[str, type[Payload]] | None = None) -> Json:
    """JSON Schema 2020-12 of a line of a JSONL fixture: one that tells of a source, or else a fact of it."""
    return {
        "$schema": DIALECT,
        "title": "Line of a corporate timeline fixture as JSONL",
        "type": "object",
        "if": {"required": ["schema"]},
        "then": _closed(_head(), needed=("schema", "source")),
        "else": {"$ref": "#/$defs/fact"},
        "$defs": _definitions(payloads),
    }


def kinds_of(payloads: Mapping[str, type[Payload]] | None) -> dict[str, type[Payload]]:
    """The kinds that a fact can have, in the order of their names; the catalog's unless payloads are given."""
    known = catalog().payloads if payloads is None else payloads
    return {kind: payload for kind, payload in sorted(known.items()) if kind not in RESERVED}


def _head() -> dict[str, Json]:
    """What tells of the source."""
    parts = {
        "schema": {"const": SCHEMA},
        "source": object_of(head_fields()),
        "defaults": object_of(default_fields()),
        "candidates": {"type": "array", "items": object_of(left_out_fields())},
        "left_out": {"type": "array", "items": object_of(left_out_fields())},
    }
    return {name: {"description": PARTS[name], **part} for name, part in parts.items()}


def _closed(parts: Mapping[str, Json], needed: Iterable[str]) -> Json:
    return {"type": "object", "properties": parts, "required": list(needed), "additionalProperties": False}


def _definitions(payloads: Mapping[str, type[Payload]] | None) -> Json:
    kinds = kinds_of(payloads)
    return {"fact": by_kind(kinds, ("key", "kind")), **{kind: _kind(payload) for kind, payload in kinds.items()}}


def by_kind(kinds: Iterable[str], needed: Iterable[str]) -> Json:
    """A fact of any kind: its kind decides which other fields it can have."""
    return {
        "type": "object",
        "properties": {"kind": {"enum": list(kinds)}},
        "required": list(needed),
        "allOf": [
            {
                "if": {"properties": {"kind": {"const": kind}}, "required": ["kind"]},
                "then": {"$ref": f"#/$defs/{kind}"},
            }
            for kind in kinds
        ],
    }


def _kind(payload: type[Payload]) -> Json:
    own = {**frame_fields(), **fields_of(payload)}
    described = object_of(own)
    described["properties"]["kind"] = {"const": payload.KIND}
    described["required"] = [name for name in described["required"] if name not in SHARED]
    choice = {"anyOf": [{"required": [name]} for name in payload.ONE_OF]} if payload.ONE_OF else {}
    return {"description": summary(payload), **described, **choice}


def object_of(fields: Mapping[str, Field]) -> Json:
    """A mapping with these fields and no other."""
    return {
        "type": "object",
        "properties": {name: _described(field) for name, field in fields.items()},
        "required": [name for name, field in fields.items() if field.required],
        "additionalProperties": False,
    }


def _described(field: Field) -> Json:
    meaning = {"description": field.meaning} if field.meaning else {}
    return {**meaning, **value_of(field.shape)}


def value_of(shape: Shape) -> Json:
    """A value of a shape."""
    match shape:
        case Text(form):
            pattern = {"pattern": f"^(?:{form.pattern})$"} if form.pattern else {}
            return {"type": ["string", "number", "boolean"], "minLength": 1, "maxLength": form.longest, **pattern}
        case YesNo():
            return {"enum": [*YES_NO, True, False]}
        case Choice(options):
            # An editor that reads YAML 1.1 takes an unquoted `no` for false.
            return {"enum": [*options, *(YES_NO[option] for option in options if option in YES_NO)]}
        case Whole(least, most):
            bounds = {name: bound for name, bound in (("minimum", least), ("maximum", most)) if bound is not None}
            return {"type": ["integer", "string"], "pattern": f"^{WHOLE}$", **bounds}
        case Number():
            return {"type": ["number", "string"], "pattern": f"^{NUMBER}$"}
        case Day():
            return {"type": "string", "pattern": f"^{DAY}$"}
        case Figure(measure):
            return {
                "type": ["string", "number"],
                "minLength": 1,
                "examples": [_EXAMPLES[measure.name if measure else "figure"]],
            }
        case _:
            return _composed(shape)


def _composed(shape: Time | Many | Group) -> Json:
    match shape:
        case Time():
            return {"anyOf": [{"type": ["string", "integer"], "minLength": 4}, object_of(WHEN_FIELDS)]}
        case Many(item):
            alternatives = [value_of(item), {"type": "array", "items": value_of(item), "minItems": 1}]
            if isinstance(item, Group) and item.is_pair:
                value = value_of(item.fields["value"].shape)
                alternatives.append({"type": "object", "additionalProperties": value, "minProperties": 1})
            return {"anyOf": alternatives}
        case Group(_, fields):
            return object_of(fields)
        case _:
            assert_never(shape)
