"""`timeline load`: fixtures into the log."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from timeline.cli.options import Session, database, examples
from timeline.cli.outcome import say, tell
from timeline.cli.progress import progress
from timeline.cli.reasons import REASON
from timeline.digits import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.app.load import LoadReport
    from timeline.record import Reason

FEW = 3


@click.command(
    short_help="Load fixtures into the log.",
    epilog=examples("timeline load fixtures", "timeline load report.yaml --dry-run"),
)
@click.argument("paths", nargs=-1, required=True, type=click.Path(), metavar="PATH...")
@click.option("--correct", metavar="REASON", type=REASON, help="Record what differs as corrections.")
@click.option("--retract-missing", metavar="REASON", type=REASON, help="Retract what is no longer in a fixture.")
@click.option("--dry-run", is_flag=True, help="Check everything and show the plan, write nothing.")
@database
@click.pass_obj
def load(
    session: Session, paths: tuple[str, ...], correct: Reason | None, retract_missing: Reason | None, *, dry_run: bool
) -> None:
    """Load fixtures: files (YAML, JSON lines or CSV), or directories of them.

    A load is all or nothing, and what is in the log already is left alone, so loading twice is loading once. All
    problems of the input are printed with file, line and column; then nothing is written.

    A fixture that was edited since is refused, unless you say why: what differs is recorded as a correction, what is
    gone as a retraction. Reasons: source-erred, we-erred, superseded, duplicate, legal.
    """
    with progress("Loading") as told:
        report = session.timeline().load(
            paths, correct=correct, retract_missing=retract_missing, dry_run=dry_run, progress=told
        )
    for note in report.notes:
        say(str(note))
    tell("\n".join(_summary(report, session, dry_run=dry_run)))


def _summary(report: LoadReport, session: Session, *, dry_run: bool) -> Iterator[str]:
    would = "would be new" if dry_run else "new"
    events = f"{counted(report.events_new, 'event')} {would}, {report.unchanged:,} already there"
    yield f"{counted(report.files, 'file')}: {events}"
    width = max((len(f"{count:,}") for _, count in report.new), default=0)
    yield from (f"  {count:>{width},}  {kind}" for kind, count in report.new)
    yield from _told(report.changed, "differ from what is recorded" if dry_run else "corrected")
    yield from _told(report.missing, "recorded and no longer here" if dry_run else "retracted")
    yield f"{counted(report.sources_new, 'source')} {would}; the log is at position {report.position:,}"
    if not dry_run and report.companies:
        yield "next:"
        yield from (f"  {session.command(*words)}" for words in _next(report.companies))


def _told(lines: tuple[str, ...], what: str) -> Iterator[str]:
    if lines:
        yield f"{len(lines):,} {what}:"
        yield from (f"  {line}" for line in lines)


def _next(companies: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Commands to try; companies beyond the first few are one command away."""
    yield from (("show", company) for company in companies[:FEW])
    yield ("companies",) if len(companies) > FEW else ("audit", "targets", companies[0])
    yield ("upcoming",)
