"""`timeline load`: fixtures into the log."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from timeline.cli.options import Session, database
from timeline.cli.progress import progress

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.app.load import LoadReport

FEW = 3


@click.command(short_help="Load fixtures into the log.")
@click.argument("paths", nargs=-1, required=True, type=click.Path(), metavar="PATH...")
@click.option("--dry-run", is_flag=True, help="Check everything, write nothing.")
@database
@click.pass_obj
def load(session: Session, paths: tuple[str, ...], *, dry_run: bool) -> None:
    """Load fixtures: files, or directories of them.

    A load is all or nothing, and what is in the log already is left alone, so loading twice is loading once.

    All problems of the input are printed with file, line and column; then nothing is written.
    """
    with progress("Loading") as told:
        report = session.timeline().load(paths, progress=told, dry_run=dry_run)
    click.echo("\n".join(_summary(report, session, dry_run=dry_run)))


def _summary(report: LoadReport, session: Session, *, dry_run: bool) -> Iterator[str]:
    would = "would be new" if dry_run else "new"
    events = f"{_counted(report.events_new, 'event')} {would}, {report.unchanged:,} already there"
    yield f"{_counted(report.files, 'file')}: {events}"
    width = max((len(f"{count:,}") for _, count in report.new), default=0)
    yield from (f"  {count:>{width},}  {kind}" for kind, count in report.new)
    yield f"{_counted(report.sources_new, 'source')} {would}; the log is at position {report.position:,}"
    if not dry_run and report.companies:
        yield "next:"
        yield from (f"  {session.command(*words)}" for words in _next(report.companies))


def _next(companies: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Commands to try; companies beyond the first few are one command away."""
    yield from (("show", company) for company in companies[:FEW])
    yield ("companies",) if len(companies) > FEW else ("audit", "targets", companies[0])
    yield ("upcoming",)


def _counted(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"
