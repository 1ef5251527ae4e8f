"""`timeline events`: the log, event by event."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from timeline.cli.options import Session, Style, clocks, company_argument, examples, reading
from timeline.cli.outcome import DONE, verdict
from timeline.cli.output import write_data, write_listing

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


def _complete_kind(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    from timeline.catalog import catalog

    return [CompletionItem(kind) for kind in sorted(catalog().payloads) if kind.startswith(incomplete)]


@click.command(
    short_help="List events in the order of the log.",
    epilog=examples(
        "timeline events xiaomi --kind target.set", "timeline events --source xiaomi-2026-strategy --format jsonl"
    ),
)
@company_argument()
@click.option("--kind", metavar="KIND", shell_complete=_complete_kind, help="Only this kind, such as buyback.executed.")
@click.option("--source", metavar="ID", help="Only what this source reports.")
@click.option("--follow", is_flag=True, help="Go on with new events as they are recorded, as lines of JSON.")
@click.option(
    "--after", type=click.IntRange(min=0), metavar="POSITION", help="With --follow: from the event after this."
)
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
    after: int | None,
    follow: bool,
) -> int:
    """List the events of COMPANY, or all of them, in the order of the log.

    With --follow, each event is a line of JSON as soon as it is recorded, by whichever process, each once and in order,
    until interrupted.
    """
    if follow:
        if as_of or as_recorded or style.format not in ("text", "jsonl"):
            raise click.UsageError(
                "--follow tells what is recorded from now on, as lines of JSON: no clock, no other format."
            )
        return _follow(session, company, kind, source, after or 0)
    if after is not None:
        raise click.UsageError("--after goes with --follow.")
    listing = session.timeline().events(company, kind=kind, source=source, as_of=as_of, as_recorded=as_recorded)
    write_listing(listing, style)
    return verdict(listing.findings)


def _follow(session: Session, company: str | None, kind: str | None, source: str | None, after: int) -> int:
    """Print events as they come; each line is out before the next event is waited for."""
    from timeline.render import data

    for row in session.timeline().follow(after=after, company=company, kind=kind, source=source):
        write_data([data.line(row)])
    return DONE
