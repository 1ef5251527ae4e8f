"""Finding a company by any name it goes by, from the name index that is kept beside the read models."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.errors import NotFound
from timeline.naming import folded
from timeline.store import names

if TYPE_CHECKING:
    from sqlite3 import Connection

_NEAREST = 3
_ALIKE = 60.0


def find_company(connection: Connection, text: str) -> str:
    """The slug of the company that goes by this slug, name, alias, ticker, ISIN or other identifier.

    Raises:
        NotFound: none does, or several do; the nearest or all of these are suggested.
    """
    found = sorted({name.company for name in names.find_names(connection, folded(text))})
    if len(found) == 1:
        return found[0]
    raise NotFound("company", text, found or nearest(text, [name.value for name in names.all_names(connection)]))


def nearest(text: str, known: list[str]) -> tuple[str, ...]:
    """The known names most like the text, best first; to be suggested, never used."""
    from rapidfuzz import process, utils

    ranked = process.extract(text, known, processor=utils.default_process, limit=_NEAREST, score_cutoff=_ALIKE)
    return tuple(dict.fromkeys(name for name, _, _ in ranked))
