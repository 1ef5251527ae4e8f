"""A report as a person looks it over before it is recorded: each field as typed, and how it is understood."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.dates import When
from timeline.event import printed
from timeline.intake.frame import frame_fields
from timeline.values import Quantity, group

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.event import Report

FIRST = ("key", "kind", "company")
"""Fields that tell which fact it is."""


def told(report: Report) -> Iterator[tuple[str, str]]:
    """Label and text of each field that is stated, in order; the source aside."""
    payload = {name: getattr(report.payload, name) for name in report.payload.__struct_fields__}
    frame = {name: getattr(report, name) for name in frame_fields() if name not in FIRST}
    yield from ((name, getattr(report, name)) for name in FIRST)
    for name, value in {"occurred": report.occurred, **payload, **frame}.items():
        if text := printed(value):
            yield name, f"{text}{understood(value)}"


def understood(value: object) -> str:
    """A date in words, and the bounds of a figure that is not exact."""
    match value:
        case When():
            words = [value.label()] if value.label() != value.edtf else []
            told = ", ".join([*words, *([value.wording] if value.wording else [])])
            return f"  ({told})" if told else ""
        case Quantity() if value.low != value.high:
            low, high = ("" if end is None else group(end) for end in value.bounds)
            bounds = f"{low} to {high}" if low and high else f"{low or high} or {'more' if low else 'less'}"
            return f"  ({bounds} {value.unit})".replace(" )", ")")
        case _:
            return ""
