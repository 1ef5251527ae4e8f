"""`timeline sources`: where the events come from."""

from __future__ import annotations

import click

from timeline.cli.options import Session, Style, as_recorded_option, reading
from timeline.cli.output import write_listing


@click.command(short_help="List the documents behind the events.")
@as_recorded_option
@reading
def sources(session: Session, style: Style, as_recorded: str | None) -> None:
    """List the documents behind the events, with kind, publisher and day."""
    write_listing(session.timeline().sources(as_recorded=as_recorded), style)
