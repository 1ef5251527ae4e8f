"""`timeline event`: all that is known of one event."""

from __future__ import annotations

import click

from timeline.cli.options import Session, Style, reading
from timeline.cli.output import Forms, write


@click.command(short_help="Show one event with its source and its place in the log.")
@click.argument("event_id", metavar="ID")
@reading
def event(session: Session, style: Style, event_id: str) -> None:
    """Show the event whose id begins with ID: content, source, corrections, and what it is one report of."""
    from timeline.render import data, sheet, text

    detail = session.timeline().event(event_id)
    forms = Forms(
        text=lambda width, color: text.detail_text(detail, width, color=color),
        json=lambda: data.json_text(data.detail_json(detail)),
        lines=lambda: data.detail_lines(detail),
        csv=lambda: sheet.pairs_csv(detail.fields),
    )
    write(forms, style)
