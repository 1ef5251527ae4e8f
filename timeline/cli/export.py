"""`timeline export`: the log as JSON lines, for another database."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from timeline.cli.options import Session, company_argument, database, examples
from timeline.cli.outcome import say
from timeline.cli.output import write_data
from timeline.cli.progress import progress
from timeline.cli.replacing import replacing


@click.command(
    short_help="Write the log as JSON lines, for another database.",
    epilog=examples("timeline export --output log.jsonl", "timeline export xiaomi | timeline --db other.db import -"),
)
@company_argument()
@click.option("-o", "--output", type=click.Path(), metavar="FILE", help="Write to a file, complete or not at all.")
@click.option("--force", is_flag=True, help="Let the file replace another one.")
@database
@click.pass_obj
def export(session: Session, company: str | None, output: str | None, *, force: bool) -> None:
    """Write all events of the log, or of COMPANY with their sources and corrections, as JSON lines.

    A whole log loads into an empty database with the same ids, positions, times and root hash; anything else merges.
    """
    if output in {None, "-"}:
        write_data(session.timeline().export(company))
        return
    path = Path(output or "")
    with replacing(path, force=force) as file, progress("Exporting") as told:
        events = -1  # the first line is none
        for line in session.timeline().export(company, progress=told):
            file.write(line.encode())
            events += 1
    say(f"{events:,} event{'' if events == 1 else 's'} in {path}")
    say(f"next:\n  {shlex.join(['timeline', '--db', 'other.db', 'import', str(path)])}")
