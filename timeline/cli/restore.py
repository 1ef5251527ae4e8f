"""`timeline restore`: a backup in the place of a database."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from timeline.cli.keeping import reported, write_report
from timeline.cli.options import Session, database, examples
from timeline.cli.outcome import say
from timeline.cli.progress import progress
from timeline.digits import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.app.keeping.restore import RestoreReport

_DIGITS = 12


@click.command(
    short_help="Put a backup in the database's place.",
    epilog=examples(
        "timeline restore monday.db --dry-run      what would be lost",
        "timeline restore monday.db --force        in the database's place",
        "timeline --db other.db restore monday.db  into a new one",
    ),
)
@click.argument("file", type=click.Path(), metavar="FILE")
@click.option("--force", is_flag=True, help="Replace a database that is there.")
@click.option("--discard", is_flag=True, help="Lose events that only it holds.")
@click.option("--dry-run", is_flag=True, help="Verify and compare, write nothing.")
@reported
@database
@click.pass_obj
def restore(session: Session, file: str, form: str, *, force: bool, discard: bool, dry_run: bool) -> None:
    """Put the backup FILE in the place of the database, or make the database from it.

    The backup is verified first, and one of an older version brought up to date; FILE itself stays as it is. The
    database that is there is kept under a name with the time. While it is replaced nobody else can use it.

    Refused without --discard where the database has events that the backup does not hold, or cannot be read. What was
    erased in it since the backup was made is erased again, before anyone can read it.
    """
    with progress("Restoring") as told:
        report = session.timeline().restore(file, force=force, discard=discard, dry_run=dry_run, progress=told)
    write_report(report, form, lambda: _summary(report))
    for line in _erased(report):
        say(line)


def _summary(report: RestoreReport) -> Iterator[str]:
    done = "would be restored" if report.dry_run else "restored"
    yield f"{counted(report.events, 'event')} {done} from {report.file} to {report.database}, verified"
    if report.upgraded:
        yield f"the backup is of revision {report.upgraded}, and was brought up to date"
    yield from _comparison(report)
    if report.replaced:
        yield f"the database that was there is kept in {report.replaced}"


def _comparison(report: RestoreReport) -> Iterator[str]:
    would = "would be" if report.dry_run else "were"
    lost = counted(report.lost or 0, "event")
    match report.compared:
        case "same":
            yield "the database has the same events"
        case "continues":
            yield f"the backup goes on from the database, which has {counted(report.common, 'event')}"
        case "shortens":
            yield f"{lost} recorded since the backup {would} lost, from position {report.common + 1:,} on"
        case "forks":
            yield f"the two part after position {report.common:,}: {lost} of the database {would} lost"
        case "unknown":
            yield f"what {'would be' if report.dry_run else 'was'} lost cannot be told: {report.why}"


def _erased(report: RestoreReport) -> Iterator[str]:
    """That the file still holds what was erased is for a person to do something about."""
    if not report.erased:
        return
    ids = ", ".join(each[:_DIGITS] for each in report.erased)
    would = "would be erased again" if report.dry_run else "were erased again"
    yield f"warning: {counted(len(report.erased), 'event')} erased since the backup {would}: {ids}"
    yield f"{report.file} still holds their content: make a new backup, and delete that one"
