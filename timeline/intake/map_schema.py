"""The format of a map of `timeline import table` as a JSON Schema, for completion and checks in editors.

Where a fixture has a value, a map may have a text with an expression in braces. Like that of fixtures, the schema is a
first sieve: it knows neither the columns of a table nor what an expression may be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.intake.convert import WHEN_FIELDS
from timeline.intake.frame import fact_fields, frame_fields, head_fields
from timeline.intake.mapped_facts import IDENTIFIED, REGISTERED
from timeline.intake.mapping import NEEDED, PARTS, SCHEMA, Settings
from timeline.intake.meaning import summary
from timeline.intake.schema import DIALECT, by_kind, kinds_of, object_of, value_of
from timeline.intake.shape import Field, Group, Many, Text, Time, fields_of
from timeline.record import Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from timeline.event import Payload
    from timeline.intake.schema import Json
    from timeline.intake.shape import Shape

_SCALAR = {"type": ["string", "number", "boolean"], "minLength": 1}
_TEMPLATE = {"type": "string", "pattern": "[{}]"}
_WHEN = "an expression; a row reports the fact only where it holds"


def map_schema(payloads: Mapping[str, type[Payload]] | None = None) -> Json:
    """JSON Schema 2020-12 of a map; of the catalog's kinds unless payloads are given by kind."""
    kinds = kinds_of(payloads)
    parts = {"schema": {"const": SCHEMA}, **object_of(fields_of(Settings))["properties"], **_meant(kinds)}
    return {
        "$schema": DIALECT,
        "title": "Map of a table for corporate timelines",
        "type": "object",
        "properties": {name: {**parts[name], "description": meaning} for name, meaning in PARTS.items()},
        "required": list(NEEDED),
        "additionalProperties": False,
        "if": {"required": ["register"]},
        "then": {"anyOf": [{"required": ["company"]}, _defaulted("company")]},
        "$defs": {
            "fact": by_kind(kinds, ("kind",)),
            **{kind: _kind(payload) for kind, payload in kinds.items()},
        },
    }


def _meant(kinds: Mapping[str, type[Payload]]) -> dict[str, Json]:
    """The parts that say what rows mean."""
    shared = {name: field for name, field in frame_fields().items() if name not in {"kind", "key"}}
    return {
        "where": _SCALAR,
        "constants": {"type": "object", "additionalProperties": value_of(Text())},
        "company": _pattern(shared["company"].shape),
        "source": _patterns(head_fields(), needed=[name for name, field in head_fields().items() if field.required]),
        "register": _register(kinds),
        "defaults": _patterns(shared),
        "facts": {"type": "array", "items": {"$ref": "#/$defs/fact"}},
    }


def _register(kinds: Mapping[str, type[Payload]]) -> Json:
    """What registers a company; nothing can where there is no kind for it."""
    if not kinds.keys() >= {REGISTERED, IDENTIFIED}:
        return {"not": {}}
    named, identified = fields_of(kinds[REGISTERED]), fields_of(kinds[IDENTIFIED])
    known = {
        **named,
        "source": Field(Group(Source, head_fields())),
        "occurred": frame_fields()["occurred"],
        "identifiers": Field(Many(Group(kinds[IDENTIFIED], identified))),
    }
    return _patterns(known, needed=[name for name, field in named.items() if field.required])


def _defaulted(name: str) -> Json:
    return {"required": ["defaults"], "properties": {"defaults": {"required": [name]}}}


def _kind(payload: type[Payload]) -> Json:
    """A fact of a kind; what all facts need the defaults may give."""
    known = fact_fields(payload)
    needed = ["key", *(name for name, field in fields_of(payload).items() if field.required)]
    described = _patterns(known, needed=needed)
    described["properties"] |= {"kind": {"const": payload.KIND}, "when": {"description": _WHEN, **_SCALAR}}
    choice = {"anyOf": [{"required": [name]} for name in payload.ONE_OF]} if payload.ONE_OF else {}
    return {"description": summary(payload), **described, **choice}


def _patterns(fields: Mapping[str, Field], needed: Iterable[str] = ()) -> Json:
    """A mapping with these fields, each as a map writes it."""
    properties = {
        name: {**({"description": field.meaning} if field.meaning else {}), **_pattern(field.shape)}
        for name, field in fields.items()
    }
    return {"type": "object", "properties": properties, "required": list(needed), "additionalProperties": False}


def _pattern(shape: Shape) -> Json:
    """What a map may write for a value of a shape."""
    return {"anyOf": [_TEMPLATE, *_written(shape)]}


def _written(shape: Shape) -> Iterable[Json]:
    """The ways to write it besides a text with braces."""
    match shape:
        case Many(item):
            yield from _written(item)
            yield {"type": "array", "items": _pattern(item)}
            if isinstance(item, Group) and item.is_pair:
                yield {"type": "object", "additionalProperties": _pattern(item.fields["value"].shape)}
        case Group(_, fields):
            yield _patterns(fields)
        case Time():
            yield {"type": ["string", "integer"], "minLength": 4}
            yield _patterns(WHEN_FIELDS)
        case _:
            yield value_of(shape)
