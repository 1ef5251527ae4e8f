"""Sections as items, one row each in the database, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias, TypeVar

import msgspec

from timeline.section import Finding, Headline, Promise, Row, Section, Series

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

T = TypeVar("T")
Items: TypeAlias = "dict[tuple[str, str, int], bytes]"
"""JSON by part, partition, and place within the part of that partition."""

FIELDS = "fields"
TABLES = "tables"
"""The names of the tables, those without rows among them."""
PROBLEM = "problem"
TABLE = "table:"
"""Before the name of a table: the part that holds its rows."""


def items_of(section: Section, partition: str = "") -> Items:
    """The parts of a section; keys of a row keep their order, so that a stored section reads like a fresh one."""
    parts: dict[str, Iterable[object]] = {
        FIELDS: [section.fields] if section.fields else (),
        TABLES: [list(section.tables)] if section.tables else (),
        "headlines": section.headlines,
        "series": section.series,
        "promises": section.promises,
        "findings": section.findings,
        "known_to": [section.known_to] if section.known_to else (),
        PROBLEM: [section.problem] if section.problem else (),
        **{f"{TABLE}{name}": rows for name, rows in section.tables.items()},
    }
    return {
        (part, partition, seq): msgspec.json.encode(value)
        for part, values in parts.items()
        for seq, value in enumerate(values)
    }


def by_part(items: Mapping[tuple[str, str, int], bytes]) -> dict[str, list[bytes]]:
    """The items of each part in order, partition after partition."""
    parts: dict[str, list[bytes]] = {}
    for (part, *_), data in sorted(items.items()):
        parts.setdefault(part, []).append(data)
    return parts


def section_of(topic: str, items: Mapping[tuple[str, str, int], bytes]) -> Section:
    """The section that `items_of` took apart, that of all partitions merged; where one is stopped, all is."""
    parts = by_part(items)
    if PROBLEM in parts:
        return Section(topic=topic, problem=msgspec.json.decode(parts[PROBLEM][0], type=str))

    def decoded(part: str, kind: type[T]) -> tuple[T, ...]:
        decoder = msgspec.json.Decoder(kind)
        return tuple(decoder.decode(data) for data in parts.get(part, ()))

    return Section(
        topic=topic,
        fields=next(iter(decoded(FIELDS, Row)), {}),
        tables={name: decoded(f"{TABLE}{name}", Row) for name in _names(decoded(TABLES, list[str]))},
        headlines=decoded("headlines", Headline),
        series=decoded("series", Series),
        promises=decoded("promises", Promise),
        findings=decoded("findings", Finding),
        known_to=max(decoded("known_to", str), default=""),
    )


def _names(lists: Iterable[list[str]]) -> Iterable[str]:
    return dict.fromkeys(name for names in lists for name in names)
