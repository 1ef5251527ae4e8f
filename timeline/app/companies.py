"""The registered companies."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

from timeline.app.clocks import basis, clock
from timeline.naming import folded
from timeline.page import Listing
from timeline.section import Column, Table
from timeline.store import names
from timeline.store.log import Reader

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from sqlite3 import Connection

    from timeline.section import Row

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


def companies(connection: Connection, as_of: str | None, as_recorded: str | None) -> Listing:
    """Every company with its identifiers and the number of its events, by slug.

    Names and identifiers obey the recorded clock, events both.
    """
    reader = Reader(connection)
    asked = basis(reader.head(), as_of, as_recorded)
    if as_of is None and as_recorded is None:
        rows = _rows(names.all_names(connection), reader.companies())
    else:
        rows = _folded(reader, as_of, as_recorded)
    return Listing(
        schema="timeline.companies/1",
        table=_COMPANIES,
        rows=tuple(rows),
        basis=asked,
        empty="no company is registered",
    )


def _rows(known: Iterable[names.Name], counts: Mapping[str, int]) -> Iterator[Row]:
    """A row for each company.

    Args:
        known: names by company.
        counts: number of events by slug; those of all slugs of a company are added up.
    """
    for company, group in groupby(known, key=lambda name: name.company):
        values = [(name.scheme, name.value) for name in group]
        identifiers = dict.fromkeys(value for scheme, value in values if scheme in _SHOWN)
        title = next((value for scheme, value in values if scheme == "name"), company)
        yield {
            "company": company,
            "name": title,
            "identifiers": ", ".join(identifiers),
            "events": str(sum(counts.get(value, 0) for scheme, value in values if scheme == names.SLUG)),
        }


def _folded(reader: Reader, as_of: str | None, as_recorded: str | None) -> Iterator[Row]:
    """What the index of names would hold had it been made then."""
    from timeline.app.fold import company_events, company_names, envelope, members, stream_of
    from timeline.history import visible

    then = clock(as_of, as_recorded)
    known = members(reader, then)
    for slug in sorted({known.representative(company) for company in reader.companies()}):
        events = company_events(reader, slug, then, known)
        counts = Counter(envelope(event).company or "" for event in visible(events, then))
        if any(counts[member] for member in known.of(slug)):
            yield from _rows(company_names(stream_of(slug, events, then), known), counts)


def complete(connection: Connection, prefix: str) -> list[tuple[str, str]]:
    """Slug and name of the companies of which one or the other begins so, by slug."""
    wanted = folded(prefix)
    found: dict[str, str] = {}
    for name in names.all_names(connection):
        if name.scheme == "name" and (name.company.startswith(prefix) or name.folded.startswith(wanted)):
            found.setdefault(name.company, name.value)
    return sorted(found.items())
