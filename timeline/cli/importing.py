"""Importing other things than exports: which command is meant, what it may be told, and what it says afterwards."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click
from click.exceptions import Exit

from timeline.cli.outcome import FAILED, say, tell
from timeline.digits import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from timeline.app.importing.bulk import BulkReport
    from timeline.app.progress import Progress
    from timeline.cli.options import Session
    from timeline.event import Report

FACTS, TABLE = "sec-companyfacts", "table"
SOURCES = (FACTS, TABLE)
"""First words that name what the files are, where they are no exports."""

FEW = 3
_SHOWN = 10


class Choices(NamedTuple):
    """The options that only these imports take, as typed.

    Attributes:
        map: path of the mapping of a table; None where not given.
        strict: whether one bad row refuses all.
        quarantine: path that bad rows go to; None for one named after the first file.
    """

    map: str | None
    strict: bool
    quarantine: str | None


def refuse_choices(choices: Choices) -> None:
    """Refuse what an import of exports does not take: it is all or nothing by itself.

    Raises:
        UsageError: with the option at fault.
    """
    for option, given in (("--map", choices.map), ("--strict", choices.strict), ("--quarantine", choices.quarantine)):
        if given:
            raise click.UsageError(f"{option} is for: timeline import {' or '.join(SOURCES)} FILE...")


def import_rows(
    session: Session, what: str, files: Sequence[str], choices: Choices, progress: Progress, *, dry_run: bool
) -> tuple[BulkReport, str | None]:
    """Take in company facts or a table; what was done, and where bad rows are.

    Raises:
        UsageError: files or a mapping are missing, or given where none is wanted.
    """
    if not files:
        raise click.UsageError(f"name the files: timeline import {what} FILE...")
    if (what == TABLE) != (choices.map is not None):
        wrong = "a table needs --map FILE" if what == TABLE else f"{what} takes no --map"
        raise click.UsageError(wrong)
    aside = None if choices.strict or dry_run else choices.quarantine or _quarantine(files[0])
    if aside and any(_is_same(aside, file) for file in (*files, *filter(None, [choices.map]))):
        raise click.UsageError(f"--quarantine {aside} is a file to be read: name another")
    timeline = session.timeline()
    if choices.map is None:
        report = timeline.import_facts(
            files, strict=choices.strict, quarantine=aside, dry_run=dry_run, progress=progress
        )
    else:
        report = timeline.import_table(
            files, choices.map, strict=choices.strict, quarantine=aside, dry_run=dry_run, progress=progress
        )
    return report, aside


def finish(report: BulkReport, session: Session, aside: str | None, *, dry_run: bool) -> None:
    """Print what was done; end with 1 where rows were refused."""
    for problem in report.problems:
        say(str(problem))
    if report.quarantined:
        told = f"; each is in {aside}" if aside else ""
        say(f"{counted(report.quarantined, 'row')} refused{told}")
    for failed in report.failed:
        say(failed)
    tell("\n".join(_summary(report, session, dry_run=dry_run)))
    if report.quarantined or report.failed:
        raise Exit(FAILED)


def _summary(report: BulkReport, session: Session, *, dry_run: bool) -> Iterator[str]:
    would = "would be " if dry_run else ""
    events = f"{counted(report.events_new, 'event')} {would}new, {report.unchanged:,} already there"
    yield f"{counted(report.rows, 'row')}: {events}"
    width = max((len(f"{count:,}") for _, count in report.new), default=0)
    yield from (f"  {count:>{width},}  {kind}" for kind, count in report.new)
    if report.first:
        yield "first:"
        yield from (f"  {_line(each)}" for each in report.first[:_SHOWN])
    yield f"{counted(report.sources_new, 'source')} {would}new; the log is at position {report.position:,}"
    if report.companies and not dry_run:
        yield "next:"
        yield from (f"  {session.command('show', company)}" for company in report.companies[:FEW])


def _line(report: Report) -> str:
    """A report in one line, as `timeline events` lists it."""
    occurred = report.occurred.edtf if report.occurred else ""
    return f"{occurred}  {report.company or ''}  {report.kind}  {report.payload.summary()}"


def _quarantine(file: str) -> str:
    """Where the user stands, under the name of the first file: its own folder may be read-only."""
    return f"{Path(file).name or 'import'}.quarantine.jsonl"


def _is_same(one: str, other: str) -> bool:
    """Whether two paths lead to one file that is there."""
    try:
        return Path(one).samefile(other)
    except OSError:
        return False
