"""The columns of a CSV fixture as a JSON Schema.

It is of the rows as what reads CSV gives them, each a mapping from column to text, without the white space around a
cell. An empty cell states nothing, in whichever column it stands. A field that takes a list may have several columns of
its name, each of which is to be as said here. Like that of the other fixtures, the schema is a first sieve.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.intake.convert import WHEN_FIELDS
from timeline.intake.frame import frame_fields, head_fields
from timeline.intake.meaning import summary
from timeline.intake.schema import DIALECT, by_kind, kinds_of, value_of
from timeline.intake.shape import Choice, Field, Group, Many, Time, YesNo, fields_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from timeline.event import Payload
    from timeline.intake.schema import Json
    from timeline.intake.shape import Shape

_EMPTY = {"const": ""}
_OF_SOURCE = r"^source\."


def csv_schema(payloads: Mapping[str, type[Payload]] | None = None) -> Json:
    """JSON Schema 2020-12 of the rows of a CSV fixture; of the catalog's kinds unless payloads are given by kind."""
    kinds = kinds_of(payloads)
    return {
        "$schema": DIALECT,
        "title": "Rows of a corporate timeline fixture as CSV",
        "type": "array",
        "prefixItems": [{"allOf": [{"$ref": "#/$defs/row"}, {"$ref": "#/$defs/source"}]}],
        "items": {"$ref": "#/$defs/row"},
        "$defs": {
            "row": _row(),
            "source": {"allOf": [_filled(f"source.{name}") for name, field in head_fields().items() if field.required]},
            "fact": by_kind(kinds, ("key", "kind")),
            **{kind: _kind(payload) for kind, payload in kinds.items()},
        },
    }


def _row() -> Json:
    """A row: what it says of its source, and a fact unless it says nothing else."""
    head = {f"source.{name}": field for name, field in head_fields().items()}
    return {
        "type": "object",
        **_columns({**head, **frame_fields()}),
        "allOf": [
            {"if": _blank(r"^source\.(?!id$)"), "else": {"$ref": "#/$defs/source"}},
            {"if": _blank(rf"(?!{_OF_SOURCE})^"), "else": {"$ref": "#/$defs/fact"}},
        ],
        "unevaluatedProperties": _EMPTY,
    }


def _kind(payload: type[Payload]) -> Json:
    own = fields_of(payload)
    needed = [name for name, field in {**frame_fields(), **own}.items() if field.required]
    choice = {"anyOf": [_filled(name) for name in payload.ONE_OF]} if payload.ONE_OF else {}
    return {
        "description": summary(payload),
        **_columns(own),
        "allOf": [_filled(name) for name in needed],
        **choice,
    }


def _columns(fields: Mapping[str, Field]) -> Json:
    """The columns that fields have; those of names that a source chooses are told by what their names begin with."""
    named: dict[str, Json] = {}
    begun: dict[str, Json] = {}
    for name, field in fields.items():
        for column, shape in _cells(name, field.shape):
            meaning = {"description": field.meaning} if field.meaning else {}
            into, key = (begun, f"^{_literal(column[:-1])}.") if column.endswith("*") else (named, column)
            into[key] = {**meaning, **_cell(shape)}
    return {"properties": named, **({"patternProperties": begun} if begun else {})}


def _cells(name: str, shape: Shape) -> Iterator[tuple[str, Shape]]:
    """The columns of a field, each with what stands in it; a name that ends with `*` is only how names begin."""
    match shape:
        case Many(Group(_, fields) as group) if group.is_pair:
            yield f"{name}.*", fields["value"].shape
        case Many(item):
            yield from _cells(name, item)
        case Group(_, fields):
            for part, field in fields.items():
                yield from _cells(f"{name}.{part}", field.shape)
        case Time():
            yield name, shape
            yield from ((f"{name}.{part}", field.shape) for part, field in WHEN_FIELDS.items())
        case _:
            yield name, shape


def _cell(shape: Shape) -> Json:
    """A text of a shape, or none."""
    match shape:
        case Choice(options):
            return {"enum": ["", *options]}
        case YesNo():
            return {"enum": ["", *(option for option in value_of(shape)["enum"] if isinstance(option, str))]}
        case Time():
            return {"type": "string"}
        case _:
            told = value_of(shape)
            kept: Json = {name: told[name] for name in ("maxLength", "examples") if name in told}
            pattern = {"pattern": f"^$|{told['pattern']}"} if "pattern" in told else {}
            return {"type": "string", **kept, **pattern}


def _filled(name: str) -> Json:
    """A cell of a field, or of a part of it, says something."""
    return {"not": _blank(rf"^{_literal(name)}(\.|$)")}


def _blank(pattern: str) -> Json:
    """All cells of such columns are empty."""
    return {"patternProperties": {pattern: _EMPTY}}


def _literal(name: str) -> str:
    return name.replace(".", r"\.")
