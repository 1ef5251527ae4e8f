"""`timeline import`: exports of other databases into this one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from timeline.cli.options import Session, database, examples
from timeline.cli.outcome import say
from timeline.cli.progress import progress

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.app.imports import ImportReport

FEW = 3
MANY = 20


@click.command(
    "import",
    short_help="Take in what another database exported.",
    epilog=examples("timeline import log.jsonl", "timeline import theirs.jsonl --dry-run"),
)
@click.argument("files", nargs=-1, required=True, type=click.Path(), metavar="FILE...")
@click.option("--dry-run", is_flag=True, help="Check everything, write nothing.")
@database
@click.pass_obj
def import_(session: Session, files: tuple[str, ...], *, dry_run: bool) -> None:
    """Take in exports; `-` is standard input.

    An empty database gets a whole log back as it was. Any other is merged with what is new to it; an event that is
    recorded with another content is an error. An import is all or nothing, and importing twice is importing once.
    """
    with progress("Importing") as told:
        report = session.timeline().import_(files, progress=told, dry_run=dry_run)
    for warning in report.warnings[:MANY]:
        say(str(warning))
    if len(report.warnings) > MANY:
        say(f"and {len(report.warnings) - MANY:,} more warnings")
    click.echo("\n".join(_summary(report, session, dry_run=dry_run)))


def _summary(report: ImportReport, session: Session, *, dry_run: bool) -> Iterator[str]:
    did = "restored" if report.restored else "merged"
    would = "would be " if dry_run else ""
    yield (
        f"{_counted(report.files, 'file')} {would}{did}: {_counted(report.events_new, 'event')} {would}new, "
        f"{report.unchanged:,} already there"
    )
    width = max((len(f"{count:,}") for _, count in report.new), default=0)
    yield from (f"  {count:>{width},}  {kind}" for kind, count in report.new)
    yield f"{_counted(report.sources_new, 'source')} {would}new; the log is at position {report.position:,}"
    if report.unreadable:
        yield f"{_counted(report.unreadable, 'event')} of these cannot be read by this program; a newer one may"
    if report.unerased:
        yield f"{_counted(len(report.unerased), 'event')} erased elsewhere, with content still here; to delete it:"
        yield from (f"  {session.command('erase', each[:12], '--reason', 'legal')}" for each in report.unerased[:MANY])
    if report.companies and not dry_run:
        yield "next:"
        yield from (f"  {session.command('show', company)}" for company in report.companies[:FEW])


def _counted(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"
