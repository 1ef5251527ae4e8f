"""`timeline event`: all that is known of one event."""

from __future__ import annotations

import click

from timeline import render
from timeline.cli.options import Session, Style, clocks, examples, reading
from timeline.cli.output import Forms, write


@click.command(
    short_help="Show one event with its source and its place in the log.", epilog=examples("timeline event 657a322d")
)
@click.argument("event_id", metavar="ID")
@clocks
@reading
def event(session: Session, style: Style, event_id: str, as_of: str | None, as_recorded: str | None) -> None:
    """Show the event whose id begins with ID: content, source, corrections, and what it is one report of."""
    detail = session.timeline().event(event_id, as_of=as_of, as_recorded=as_recorded)
    forms = Forms(
        text=lambda width, color: render.text.detail_text(detail, width, color=color),
        json=lambda: render.data.json_text(render.data.detail_json(detail)),
        lines=lambda: render.data.detail_lines(detail),
        csv=lambda: render.sheet.pairs_csv(detail.fields),
        book=lambda: render.book.pairs_book(detail.fields, detail.basis),
    )
    write(forms, style, detail.basis)
