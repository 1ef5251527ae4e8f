"""What a row of a section is about: by that it is told from others, and found again in another state of the section."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.render.words import cell_words, text_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from timeline.section import Column, Row

SUBJECTS: Mapping[str, tuple[str, ...]] = {
    "targets.targets": ("metric", "segment", "basis", "period"),
    "buybacks.programmes": ("mandate",),
    "buybacks.months": ("month", "currency"),
    "buybacks.spend": ("currency",),
    "investments.plans": ("purpose", "segment", "period"),
    "products.products": ("product",),
    "products.products.milestones": ("stage", "region"),
    "products.products.specifications": ("name",),
    "market.prices": ("what", "venue", "currency"),
    "market.flows": ("channel", "currency"),
    "analysts.ratings": ("by",),
    "capital.classes": ("share_class",),
    "affairs.deals": ("counterparty", "type"),
}
"""The columns that tell what a row is about, by topic and table, where it sums up several occurrences."""

_LEADING = 2
"""So many columns name a row that is an occurrence."""


def subject_key(path: str, row: Row) -> tuple[object, ...]:
    """What a row is about, whatever the case of its letters; empty where it is an occurrence, told by its event."""
    parts = (part for name in SUBJECTS.get(path, ()) for part in _parts(name, row))
    return tuple(part.casefold() if isinstance(part, str) else part for part in parts)


def _parts(name: str, row: Row) -> Iterator[object]:
    """A period by its days, as the same one is written in several ways; anything else as it is."""
    ends = [f"{name}_first", f"{name}_last"]
    yield from (row.get(each) for each in (ends if row.keys() >= set(ends) else [name]))


def subject_words(path: str, columns: Sequence[Column], row: Row) -> str:
    """What a row is about; empty where it does not say."""
    return " ".join(filter(None, (_words(column, row) for column in _naming(path, columns, row))))


def other_words(path: str, columns: Sequence[Column], row: Row) -> str:
    """What a row says of its subject, each cell after its heading; evidence and tables inside the row aside."""
    naming = _naming(path, columns, row)
    said = (column for column in columns if column.shown and column not in naming)
    flat = (column for column in said if column.kind not in ("id", "ids", "rows"))
    return " · ".join(f"{column.heading} {text}" for column in flat if (text := _words(column, row)))


def _naming(path: str, columns: Sequence[Column], row: Row) -> list[Column]:
    """The columns of the subject; of an occurrence the first ones that say something, up to its first figure."""
    if names := SUBJECTS.get(path):
        return [column for column in columns if column.name in names]
    leading: list[Column] = []
    for column in (column for column in columns if column.shown):
        if column.kind not in ("text", "when") or len(leading) == _LEADING:
            break
        leading += [column] if row.get(column.name) else []
    return leading


def _words(column: Column, row: Row) -> str:
    """A cell; a figure is told as printed."""
    value = row.get(column.name)
    return text_words(value) if column.kind == "figure" else cell_words(column, value)
