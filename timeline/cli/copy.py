"""`timeline copy`: a database made like another one, be it a file or on a server."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from timeline.cli.keeping import reported, write_report
from timeline.cli.options import examples
from timeline.cli.outcome import DONE, FAILED, UNVERIFIED, say
from timeline.cli.progress import progress
from timeline.digits import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.app.keeping.copy import CopyReport

_DIGITS = 12


@click.command(
    short_help="Make a database like another, file or server.",
    epilog=examples(
        "timeline copy facts.db postgresql://ann@host/research",
        "timeline copy postgresql://ann@host/research laptop.db",
    ),
)
@click.argument("source", metavar="FROM")
@click.argument("target", metavar="TO")
@click.option("--jobs", type=click.IntRange(min=1), metavar="N", help="Processes that fold. Default: one a core.")
@reported
def copy(source: str, target: str, form: str, jobs: int | None) -> int:
    """Make the database TO like the database FROM, each a file or a URL, while others read and write FROM.

    The log arrives as it stands: positions, times, actors, salts, checkpoints. It is hashed again there and compared
    by its root, and the read models are made anew from it and compared.

    TO may be new, empty or a beginning of FROM: then it gets the rest, so that a copy that was interrupted, or a later
    one, goes on. Anything else is refused. What was erased in FROM since is deleted from TO.
    """
    from timeline import Timeline

    with progress("Copying") as told:
        report = Timeline.open(source).copy(target, jobs=jobs, progress=told)
    write_report(report, form, lambda: _summary(report))
    for line, label in _warnings(report):
        say(line, label)
    return UNVERIFIED if report.differing else FAILED if report.failed or report.unfinished else DONE


def _summary(report: CopyReport) -> Iterator[str]:
    new = counted(report.events_new, "event") if report.events_new else "nothing new"
    yield f"{new} copied from {report.source} to {report.target}"
    yield f"{counted(report.events, 'event')} on both sides, verified; root {report.root}"
    if report.compared:
        yield f"{counted(report.compared - len(report.differing), 'read model')} the same on both sides"
    if report.erased:
        ids = ", ".join(each[:_DIGITS] for each in report.erased)
        yield f"{counted(len(report.erased), 'event')} erased in {report.source} since, now in {report.target}: {ids}"


def _warnings(report: CopyReport) -> Iterator[tuple[str, str]]:
    for what in report.differing:
        yield f"the read model {what} of {report.source} is not what its log says", "error:"
        yield f"timeline --db {report.source} rebuild", "fix:"
    for company in report.failed:
        yield f"{company} cannot be folded", "error:"
        yield f"timeline --db {report.target} show {company}", "fix:"
    if report.unfinished:
        # An earlier copy that was stopped may have deleted the content.
        event = report.erased[0][:_DIGITS] if report.erased else "EVENT"
        yield f"bytes of what was erased may still be in {report.target}: {report.unfinished}", "error:"
        yield f"mend that, then: timeline --db {report.target} erase {event} --reason legal", "fix:"
    for place in report.copies:
        yield f"{place} may still hold what was erased", ""
