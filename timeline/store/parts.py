"""A section as items, one row each in the database, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias, TypeVar

import msgspec

from timeline.section import Finding, Headline, Promise, Row, Section, Series

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

T = TypeVar("T")
Items: TypeAlias = "dict[tuple[str, int], bytes]"
"""JSON by part and place within the part."""

FIELDS = "fields"
TABLES = "tables"
"""The names of the tables, those without rows among them."""
TABLE = "table:"
"""Before the name of a table: the part that holds its rows."""


def items_of(section: Section) -> Items:
    """The section's parts; keys of a row keep their order, so that a stored section reads like a fresh one."""
    items = {
        **_numbered(FIELDS, [section.fields] if section.fields else ()),
        **_numbered(TABLES, [list(section.tables)] if section.tables else ()),
        **_numbered("headlines", section.headlines),
        **_numbered("series", section.series),
        **_numbered("promises", section.promises),
        **_numbered("findings", section.findings),
        **_numbered("known_to", [section.known_to] if section.known_to else ()),
        **_numbered("problem", [section.problem] if section.problem else ()),
    }
    for name, rows in section.tables.items():
        items |= _numbered(f"{TABLE}{name}", rows)
    return items


def section_of(topic: str, items: Mapping[tuple[str, int], bytes]) -> Section:
    """The section that `items_of` took apart."""
    parts: dict[str, list[bytes]] = {}
    for (part, _), data in sorted(items.items()):
        parts.setdefault(part, []).append(data)

    def decoded(part: str, kind: type[T]) -> tuple[T, ...]:
        decoder = msgspec.json.Decoder(kind)
        return tuple(decoder.decode(data) for data in parts.get(part, ()))

    return Section(
        topic=topic,
        fields=next(iter(decoded(FIELDS, Row)), {}),
        tables={name: decoded(f"{TABLE}{name}", Row) for names in decoded(TABLES, list[str]) for name in names},
        headlines=decoded("headlines", Headline),
        series=decoded("series", Series),
        promises=decoded("promises", Promise),
        findings=decoded("findings", Finding),
        known_to=next(iter(decoded("known_to", str)), ""),
        problem=next(iter(decoded("problem", str)), ""),
    )


def _numbered(part: str, values: Iterable[object]) -> Items:
    return {(part, seq): msgspec.json.encode(value) for seq, value in enumerate(values)}
