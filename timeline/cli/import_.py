"""`timeline import`: exports of other databases, a regulator's facts and tables into this one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from timeline.cli.importing import SOURCES, Choices, finish, import_rows, refuse_choices
from timeline.cli.options import Session, database, examples
from timeline.cli.outcome import say, tell
from timeline.cli.progress import progress
from timeline.digits import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.app.transfer.imports import ImportReport

FEW = 3
MANY = 20


@click.command(
    "import",
    short_help="Take in exports, a regulator's facts or tables.",
    epilog=examples(
        "timeline import log.jsonl",
        "timeline import sec-companyfacts CIK0000320193.json",
        "timeline import table deals.csv --map deals.yaml --dry-run",
    ),
)
@click.argument("files", nargs=-1, required=True, type=click.Path(), metavar="[WHAT] FILE...")
@click.option("--map", "map_", metavar="FILE", type=click.Path(), help="What the columns of a table mean.")
@click.option("--strict", is_flag=True, help="Refuse everything where one row is bad.")
@click.option("--quarantine", metavar="FILE", type=click.Path(), help="Where bad rows go.")
@click.option("--dry-run", is_flag=True, help="Check everything and show what would be new, write nothing.")
@database
@click.pass_obj
def import_(
    session: Session, files: tuple[str, ...], map_: str | None, quarantine: str | None, *, strict: bool, dry_run: bool
) -> None:
    """Take in exports, or what the first word says the files are.

    Exports: an empty database gets a whole log back as it was, any other is merged with what is new to it; an event
    that is recorded with another content is an error. All or nothing; `-` is standard input.

    sec-companyfacts: files of data.sec.gov/api/xbrl/companyfacts, or directories of them. table: CSV, TSV, JSONL, JSON
    or Parquet, with --map. Bad rows go to a quarantine file (by default FILE.quarantine.jsonl here), the rest goes on,
    and the command ends with 1. An import that was interrupted can be started again.

    Importing twice is importing once.
    """
    choices = Choices(map_, strict, quarantine)
    if files[0] in SOURCES:
        with progress("Importing", unit="rows") as told:
            done, aside = import_rows(session, files[0], files[1:], choices, told, dry_run=dry_run)
        finish(done, session, aside, dry_run=dry_run)
        return
    refuse_choices(choices)
    with progress("Importing") as told:
        report = session.timeline().import_(files, progress=told, dry_run=dry_run)
    for warning in report.warnings[:MANY]:
        say(str(warning))
    if len(report.warnings) > MANY:
        say(f"and {len(report.warnings) - MANY:,} more warnings")
    tell("\n".join(_summary(report, session, dry_run=dry_run)))


def _summary(report: ImportReport, session: Session, *, dry_run: bool) -> Iterator[str]:
    did = "restored" if report.restored else "merged"
    would = "would be " if dry_run else ""
    yield (
        f"{counted(report.files, 'file')} {would}{did}: {counted(report.events_new, 'event')} {would}new, "
        f"{report.unchanged:,} already there"
    )
    width = max((len(f"{count:,}") for _, count in report.new), default=0)
    yield from (f"  {count:>{width},}  {kind}" for kind, count in report.new)
    yield f"{counted(report.sources_new, 'source')} {would}new; the log is at position {report.position:,}"
    if report.unreadable:
        yield f"{counted(report.unreadable, 'event')} of these cannot be read by this program; a newer one may"
    if report.unerased:
        yield f"{counted(len(report.unerased), 'event')} erased elsewhere, with content still here; to delete it:"
        yield from (f"  {session.command('erase', each[:12], '--reason', 'legal')}" for each in report.unerased[:MANY])
    if report.companies and not dry_run:
        yield "next:"
        yield from (f"  {session.command('show', company)}" for company in report.companies[:FEW])
