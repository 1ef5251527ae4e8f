"""`timeline backup`: a verified copy of the whole database, made while others use it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from timeline.cli.keeping import reported, write_report
from timeline.cli.options import Session, database, examples
from timeline.cli.progress import progress
from timeline.digits import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.app.keeping.backup import BackupReport


@click.command(
    short_help="Copy the database into a verified backup.",
    epilog=examples(
        "timeline backup                    beside the database, with the time",
        "timeline backup /mnt/disk/         likewise, in another folder",
        "timeline backup monday.db --force  in the place of last Monday's",
    ),
)
@click.argument("file", required=False, type=click.Path(), metavar="[FILE]")
@click.option("--force", is_flag=True, help="Let the backup replace another file.")
@reported
@database
@click.pass_obj
def backup(session: Session, file: str | None, form: str, *, force: bool) -> None:
    """Copy the database into FILE, while others read and write it.

    The copy is of one moment and one file, readable by its owner only. It gets its name when it is on the disk and
    verified: every page, event, hash and checkpoint, and that its root is the database's own.

    A backup holds the content of events that are erased later. Restoring it erases them again; until then they are
    in it.
    """
    with progress("Backing up") as told:
        report = session.timeline().backup(file, force=force, progress=told)
    write_report(report, form, lambda: _summary(report, session))


def _summary(report: BackupReport, session: Session) -> Iterator[str]:
    yield f"{counted(report.events, 'event')} in {report.file}, verified; {counted(report.bytes, 'byte')}"
    yield f"root {report.root}"
    yield "next:"
    yield f"  {session.command('restore', report.file, '--dry-run')}"
