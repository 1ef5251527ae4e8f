"""`timeline companies`: who the events are about."""

from __future__ import annotations

import click

from timeline.cli.options import Session, Style, clocks, examples, reading
from timeline.cli.output import write_listing


@click.command(short_help="List the companies.", epilog=examples("timeline companies"))
@clocks
@reading
def companies(session: Session, style: Style, *, as_of: str | None, as_recorded: str | None) -> None:
    """List the companies, with their identifiers and the number of their events."""
    write_listing(session.timeline().companies(as_of=as_of, as_recorded=as_recorded), style)
