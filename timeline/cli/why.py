"""`timeline why`: what a displayed figure rests on."""

from __future__ import annotations

import click

from timeline.cli.options import Session, Style, clocks, complete_company, examples, reading
from timeline.cli.output import Forms, write
from timeline.render import data
from timeline.render import why as render


@click.command(
    short_help="Name every event and source behind a figure.",
    epilog=examples(
        "timeline why xiaomi buybacks.cumulative_shares",
        'timeline why xiaomi "targets[EV deliveries][2025].status"',
        'timeline why xiaomi "targets/EV deliveries/2025/revisions/-1"',
        'timeline why xiaomi "market.prices[close].change" --format csv',
    ),
)
@click.argument("company", metavar="COMPANY", shell_complete=complete_company)
@click.argument("path", metavar="PATH")
@clocks
@reading
def why(session: Session, style: Style, company: str, path: str, as_of: str | None, as_recorded: str | None) -> None:
    """Name every event, source and quote that a figure of COMPANY's page rests on.

    PATH is TOPIC, TOPIC.FIELD or TOPIC.TABLE[ROW].COLUMN, with the names that `show --json` has. ROW is a number from
    0, from the end if negative, or the text of a cell; several narrow down. Slashes do for dots and brackets.
    """
    found = session.timeline().why(company, path, as_of=as_of, as_recorded=as_recorded)
    forms = Forms(
        text=lambda width, color: render.why_text(found, width, color=color),
        json=lambda: data.json_text(render.why_json(found)),
        lines=lambda: render.why_lines(found),
        csv=lambda: render.why_csv(found),
        book=lambda: render.why_book(found),
    )
    write(forms, style, found.basis)
