"""`timeline companies`: who the events are about."""

from __future__ import annotations

import click

from timeline.cli.options import Session, Style, reading
from timeline.cli.output import write_listing


@click.command(short_help="List the companies.")
@reading
def companies(session: Session, style: Style) -> None:
    """List the companies that the log knows, with their identifiers."""
    write_listing(session.timeline().companies(), style)
