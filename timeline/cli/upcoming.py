"""`timeline upcoming`: every dated promise that is still open."""

from __future__ import annotations

import click

from timeline.cli.options import Session, Style, clocks, company_argument, examples, reading
from timeline.cli.outcome import verdict
from timeline.cli.output import write_listing


@click.command(
    short_help="List what is promised and not yet done.",
    epilog=examples("timeline upcoming", "timeline upcoming xiaomi --as-of 2026-01-09"),
)
@company_argument()
@click.option("--today", metavar="DAY", help="What is overdue on DAY. Default: that of --as-of, or today.")
@clocks
@reading
def upcoming(
    session: Session,
    style: Style,
    *,
    company: str | None,
    today: str | None,
    as_of: str | None,
    as_recorded: str | None,
) -> int:
    """List what COMPANY, or any company, has promised with a date and not yet done."""
    listing = session.timeline().upcoming(company, as_of=as_of, as_recorded=as_recorded, today=today)
    write_listing(listing, style)
    return verdict(listing.findings)
