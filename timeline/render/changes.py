"""What changed, as a person reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from timeline.render.words import cell_words
from timeline.section import Column

if TYPE_CHECKING:
    from timeline.page import Listings
    from timeline.section import Row

_SIDES = ("before", "after")
_PLAIN = ("text", "row", "figure")


def spoken(listings: Listings) -> Listings:
    """The answer with the values on both sides of a change in words; a figure stays as printed."""
    return replace(listings, parts=tuple((table, tuple(map(_spoken, rows))) for table, rows in listings.parts))


def _spoken(row: Row) -> Row:
    if row.keys().isdisjoint(_SIDES) or row["kind"] in _PLAIN:
        return row
    return row | {side: cell_words(Column(side, kind=row["kind"]), row[side]) for side in _SIDES}
