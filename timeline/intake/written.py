"""A report back in the form of a fixture: what a person would have written to report it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct

from timeline.dates import When
from timeline.digits import plain
from timeline.intake.frame import frame_fields
from timeline.values import Quantity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from timeline.event import Report

PAIR = ("name", "value")
"""Fields of a part that a fixture may write as `name: value`."""

_FIRST = ("key", "kind", "company", "occurred")


def fixture_form(report: Report) -> dict[str, Any]:
    """The fact as a fixture writes it: texts, and lists and mappings of them, by field.

    Whatever the fact does not state is left out. Read again as a fact of the same source, it gives an equal report; the
    source is needed for its currency, where a figure is printed with a bare `$`.

    Args:
        report: the report of a fact; an event will do, a correction or a source will not.
    """
    first = {name: getattr(report, name) for name in _FIRST}
    rest = {name: getattr(report, name) for name in frame_fields() if name not in _FIRST}
    return _written_fields({**first, **_stated(report.payload), **rest})


def _stated(struct: Struct) -> dict[str, object]:
    """The fields by name, less those that say no more than leaving them out would."""
    values = ((field, getattr(struct, field.name)) for field in msgspec.structs.fields(struct))
    return {field.name: value for field, value in values if value is not field.default}


def _written_fields(values: Mapping[str, object]) -> dict[str, Any]:
    return {name: _written(value) for name, value in values.items() if value not in (None, (), "")}


def _written(value: object) -> Any:  # noqa: ANN401  a text, or a list or mapping of such
    match value:
        case Quantity():
            return value.printed
        case When():
            return {"when": value.edtf, "wording": value.wording} if value.wording else value.edtf
        case Struct():
            return _written_fields(_stated(value))
        case tuple():
            return _written_list([_written(item) for item in value])
        case bool():
            return "yes" if value else "no"
        case dt.date():
            return value.isoformat()
        case Decimal():
            return plain(value)
        case _:
            return str(value)


def _written_list(items: list[Any]) -> list[Any] | dict[str, Any]:
    """Parts with a name and a value each as one mapping, unless it would lose one or be read as a single part."""
    if not all(isinstance(item, dict) and tuple(item) == PAIR for item in items):
        return items
    pairs = {item["name"]: item["value"] for item in items}
    return pairs if len(pairs) == len(items) and pairs.keys() != set(PAIR) else items
