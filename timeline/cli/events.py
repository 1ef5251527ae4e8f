"""`timeline events`: the log, event by event."""

from __future__ import annotations

import click

from timeline.cli.options import Session, Style, clocks, company_argument, reading
from timeline.cli.outcome import verdict
from timeline.cli.output import write_listing


@click.command(short_help="List events in the order of the log.")
@company_argument(required=False)
@click.option("--kind", metavar="KIND", help="Only events of this kind, such as buyback.executed.")
@click.option("--source", metavar="ID", help="Only what this source reports.")
@clocks
@reading
def events(
    session: Session,
    style: Style,
    *,
    company: str | None,
    kind: str | None,
    source: str | None,
    as_of: str | None,
    as_recorded: str | None,
) -> int:
    """List the events of COMPANY, or all of them, in the order of the log."""
    listing = session.timeline().events(company, kind=kind, source=source, as_of=as_of, as_recorded=as_recorded)
    write_listing(listing, style)
    return verdict(listing.findings)
