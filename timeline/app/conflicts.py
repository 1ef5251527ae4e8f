"""Conflicts: where reports of one occurrence disagree, which of them stands and why, and what could not be placed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.app.clocks import basis, clock
from timeline.app.fold import company_events, members, stream_of
from timeline.app.names import companies_asked, company_asked
from timeline.page import Listings
from timeline.section import Column, Finding, Row, Table
from timeline.store.log import Reader
from timeline.topic import EVIDENCE, evidence

if TYPE_CHECKING:
    from collections.abc import Iterator
    from sqlite3 import Connection

    from timeline.event import Event, Payload
    from timeline.history import Clock
    from timeline.occurrence import Occurrence, Stream, Unreadable

_REPORT = (
    Column("printed", kind="figure"),
    Column("source", kind="id"),
    Column("published", kind="when"),
    Column("accepted", "stands", kind="flag"),
    Column("superseded", kind="flag"),
    Column("event", kind="id"),
)
_ABOUT = (
    Column("company"),
    Column("kind"),
    Column("occurred", kind="when"),
    Column("subject", "what"),
)
CONFLICTS = Table(
    "conflicts",
    "Conflicts",
    (
        *_ABOUT,
        Column("figure"),
        Column("accepted", "stands", kind="figure"),
        Column("why"),
        Column("settled", kind="flag"),
        Column("reports", kind="rows", columns=_REPORT),
        *EVIDENCE,
    ),
)
APART = Table(
    "apart",
    "Apart, as they could be of one that is known",
    (*_ABOUT, Column("summary"), Column("fits", "could be one of", kind="number"), *EVIDENCE),
)


def conflicts(connection: Connection, company: str | None, as_of: str | None, as_recorded: str | None) -> Listings:
    """Every figure on which reports of one occurrence disagree, then the reports that could be further ones.

    Args:
        connection: to the database.
        company: of one company, by any name; None for all.
        as_of: as in `timeline.app.show.show`.
        as_recorded: likewise.

    Raises:
        NotFound: no such company.
    """
    reader, then = Reader(connection), clock(as_of, as_recorded)
    asked = basis(reader.head(), as_of, as_recorded)
    slugs = [company_asked(connection, company, asked)] if company else companies_asked(connection, asked)
    streams = list(_streams(reader, slugs, then))
    return Listings(
        schema="timeline.conflicts/1",
        basis=asked,
        parts=(
            (CONFLICTS, tuple(row for seen in streams for row in _conflicts(seen))),
            (APART, tuple(_apart(seen, item) for seen in streams for item in seen.occurrences if item.fits)),
        ),
        findings=tuple(_unread(seen, event) for seen in streams for event in seen.unreadable if not event.erased),
        empty="no reports disagree",
    )


def _streams(reader: Reader, slugs: list[str], then: Clock) -> Iterator[Stream]:
    known = members(reader, then)
    for slug in dict.fromkeys(known.representative(slug) for slug in slugs):
        yield stream_of(slug, company_events(reader, slug, then, known), then)


def _conflicts(seen: Stream) -> Iterator[Row]:
    for item in seen.occurrences:
        for name in item.disputed:
            stated = item.stated(name)
            yield {
                **_about(seen, item),
                "figure": name,
                "accepted": next((text for text, report in stated if report is item.accepted), None),
                "why": item.why,
                "settled": item.settled,
                "reports": [_report(item, text, report) for text, report in stated],
                **evidence(item),
            }


def _about(seen: Stream, item: Occurrence[Payload]) -> Row:
    return {
        "company": seen.company,
        "kind": item.accepted.kind,
        "occurred": item.occurred.edtf,
        "subject": item.subject or None,
    }


def _report(item: Occurrence[Payload], printed: str, report: Event) -> Row:
    return {
        "printed": printed,
        "source": report.source,
        "published": report.published and report.published.text,
        "accepted": report is item.accepted,
        "superseded": report.id in item.superseded,
        "event": report.id,
    }


def _apart(seen: Stream, item: Occurrence[Payload]) -> Row:
    return {**_about(seen, item), "summary": item.payload.summary(), "fits": str(item.fits), **evidence(item)}


def _unread(seen: Stream, event: Unreadable) -> Finding:
    """What an event that cannot be read reports may be in conflict with others."""
    return Finding("event-unreadable", "error", f"{seen.company}: {event.kind}: {event.why}", events=(event.id,))
