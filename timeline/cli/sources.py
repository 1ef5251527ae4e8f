"""`timeline sources`: where the events come from."""

from __future__ import annotations

import click

from timeline.cli.options import Session, Style, clocks, examples, reading
from timeline.cli.output import write_listing


@click.command(
    short_help="List the documents behind the events.",
    epilog=examples("timeline sources", "timeline sources --as-of 2025-06-30"),
)
@clocks
@reading
def sources(session: Session, style: Style, *, as_of: str | None, as_recorded: str | None) -> None:
    """List the documents behind the events, by the day of their publication."""
    write_listing(session.timeline().sources(as_of=as_of, as_recorded=as_recorded), style)
