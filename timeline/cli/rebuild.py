"""`timeline rebuild`: the stored read models anew from the log."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from timeline.cli.options import Session, database, examples
from timeline.cli.outcome import DONE, FAILED, say, tell
from timeline.cli.progress import progress

if TYPE_CHECKING:
    from timeline.app.rebuilding.rebuild import RebuildReport


@click.command(
    short_help="Rebuild the stored read models from the log.",
    epilog=examples("timeline rebuild", "timeline rebuild --jobs 1"),
)
@click.option("--jobs", type=click.IntRange(min=1), metavar="N", help="Processes that fold. Default: one a core.")
@click.option("--all", "anew", is_flag=True, help="Begin anew where a rebuild was interrupted.")
@database
@click.pass_obj
def rebuild(session: Session, jobs: int | None, *, anew: bool) -> int:
    """Rebuild all stored read models from the log, and tell how many were not what the log says.

    Readers see of each company what was stored before until all that is new of it is. A rebuild that is interrupted
    keeps what it has done, and the next one goes on with the rest.

    A company whose events the program cannot cope with is named, and what is stored of it is shown no more; the others
    go on, and the command ends with 1.
    """
    try:
        with progress("Rebuilding") as told:
            report = session.timeline().rebuild(jobs=jobs, anew=anew, progress=told)
    except KeyboardInterrupt:
        say("what is done stays; the next rebuild goes on with the rest")
        raise
    tell(_summary(report))
    for failed in report.failed:
        say(failed.what, "error:")
        say(failed.fix, "fix:")
    return FAILED if report.failed else DONE


def _summary(report: RebuildReport) -> str:
    changed = f"{report.changed:,} changed" if report.changed else "none changed"
    before = f"; {report.resumed:,} companies were done before it was interrupted" if report.resumed else ""
    failed = f"; {len(report.failed):,} could not be rebuilt" if report.failed else ""
    return f"{report.sections:,} sections of {report.companies:,} companies rebuilt, {changed}{before}{failed}"
