"""What is still expected, and by when: the promises of all topics."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.app.clocks import basis
from timeline.app.names import companies_asked, company_asked
from timeline.app.show import error_told, sections, stopped
from timeline.errors import Unfoldable
from timeline.page import Basis, Listing
from timeline.section import Column, Finding, Row, Section, Table
from timeline.store.log import Reader

if TYPE_CHECKING:
    from sqlite3 import Connection

    from timeline.section import Promise

_UPCOMING = Table(
    "upcoming",
    "Upcoming",
    (
        Column("due", kind="when"),
        Column("first", kind="when", shown=False),
        Column("last", kind="when", shown=False),
        Column("state"),
        Column("company"),
        Column("what"),
        Column("topic"),
        Column("event", kind="id"),
    ),
)


def upcoming(
    connection: Connection, company: str | None, as_of: str | None, as_recorded: str | None, today: str | None
) -> Listing:
    """Every promise still open, in the order of the last day of its window; one without a last day comes last.

    Raises:
        NotFound: no such company.
        Unfoldable: the program cannot cope with the events of the company named; of all others it is a finding.
    """
    asked = basis(Reader(connection).head(), as_of, as_recorded, today)
    slugs = [company_asked(connection, company, asked)] if company else companies_asked(connection, asked)
    found, unread = list[tuple[str, Section]](), list[Finding]()
    for slug in slugs:
        try:
            found += [(slug, section) for _, section in sections(connection, slug, asked)]
        except Unfoldable as error:
            if company:
                raise
            unread.append(error_told(error))
    rows = [
        _row(slug, section.topic, promise, asked)
        for slug, section in found
        for promise in section.promises
        if promise.state(asked.today) != "lapsed"
    ]
    return Listing(
        schema="timeline.upcoming/1",
        table=_UPCOMING,
        rows=tuple(
            sorted(rows, key=lambda row: (row["last"] or "9999", row["first"] or "", row["company"], row["what"]))
        ),
        basis=asked,
        findings=(*unread, *(stopped(section, slug) for slug, section in found if section.problem)),
        empty="nothing is promised",
    )


def _row(company: str, topic: str, promise: Promise, asked: Basis) -> Row:
    return {
        "due": promise.due,
        "first": promise.first,
        "last": promise.last,
        "state": promise.state(asked.today),
        "company": company,
        "what": promise.what,
        "topic": topic,
        "event": promise.event,
    }
