"""The registered companies."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from timeline.app.clocks import basis
from timeline.naming import folded
from timeline.page import Listing
from timeline.section import Column, Table
from timeline.store import names
from timeline.store.log import Reader

if TYPE_CHECKING:
    from sqlite3 import Connection

_COMPANIES = Table(
    "companies",
    "Companies",
    (
        Column("company"),
        Column("name"),
        Column("identifiers"),
        Column("events", kind="number"),
    ),
)
_SHOWN = ("ticker", "ISIN", "LEI", "CIK")


def companies(connection: Connection) -> Listing:
    """Every company with its identifiers and the number of its events, by slug."""
    reader = Reader(connection)
    counts = reader.companies()
    rows = []
    for slug, group in groupby(names.all_names(connection), key=lambda name: name.company):
        known = list(group)
        identifiers = dict.fromkeys(name.value for name in known if name.scheme in _SHOWN)
        title = next((name.value for name in known if name.scheme == "name"), slug)
        rows.append(
            {"company": slug, "name": title, "identifiers": ", ".join(identifiers), "events": str(counts.get(slug, 0))}
        )
    return Listing(
        schema="timeline.companies/1",
        table=_COMPANIES,
        rows=tuple(rows),
        basis=basis(reader.head()),
        empty="no company is registered",
    )


def complete(connection: Connection, prefix: str) -> list[tuple[str, str]]:
    """Slug and name of the companies of which one or the other begins so, by slug."""
    wanted = folded(prefix)
    found: dict[str, str] = {}
    for name in names.all_names(connection):
        if name.scheme == "name" and (name.company.startswith(prefix) or name.folded.startswith(wanted)):
            found.setdefault(name.company, name.value)
    return sorted(found.items())
