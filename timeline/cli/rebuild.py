"""`timeline rebuild`: the stored read models anew from the log."""

from __future__ import annotations

import click

from timeline.cli.options import Session, database, examples
from timeline.cli.progress import progress


@click.command(short_help="Rebuild the stored read models from the log.", epilog=examples("timeline rebuild"))
@database
@click.pass_obj
def rebuild(session: Session) -> None:
    """Rebuild all stored read models from the log, and tell how many were not what the log says."""
    with progress("Rebuilding") as told:
        report = session.timeline().rebuild(progress=told)
    changed = f"{report.changed:,} changed" if report.changed else "none changed"
    click.echo(f"{report.sections:,} sections of {report.companies:,} companies rebuilt, {changed}")
