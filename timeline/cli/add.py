"""`timeline add`: a single fact, typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from timeline.cli.asking import ask
from timeline.cli.options import Session, complete_company, database, examples
from timeline.cli.outcome import say, tell

if TYPE_CHECKING:
    from timeline.app.add import Addition

_DIGITS = 12


@click.command(
    short_help="Record a single fact.",
    epilog=examples(
        "timeline add buyback.executed xiaomi occurred=2026-01 shares=5m --source ID",
        "timeline add target.set xiaomi --source ID --dry-run   what a target needs",
    ),
)
@click.argument("kind", metavar="KIND")
@click.argument("company", metavar="COMPANY", shell_complete=complete_company)
@click.argument("words", nargs=-1, metavar="FIELD=VALUE...")
@click.option("--source", required=True, metavar="ID|FILE", help="A recorded source, or a fixture without facts.")
@click.option("--key", metavar="KEY", help="Its key within the source. Default: made of the content.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--dry-run", is_flag=True, help="Only show what would be recorded.")
@database
@click.pass_obj
def add(
    session: Session,
    kind: str,
    company: str,
    words: tuple[str, ...],
    source: str,
    key: str | None,
    *,
    yes: bool,
    dry_run: bool,
) -> None:
    """Record one fact about a company, with the checks of a load; shown first, and asked about on a terminal.

    FIELD=VALUE is written as in a fixture: a FIELD again for each item of a list, FIELD.PART=VALUE for one of several
    parts. The same command again adds nothing.
    """
    added = session.timeline().add(kind, company, words, source=source, key=key, dry_run=True)
    if added.new:
        _show(added)
        if dry_run:
            return
        if not yes:
            ask()
        added = session.timeline().add(kind, company, words, source=source, key=key)
    done = "recorded" if added.new else "nothing new: it is recorded already,"
    tell(f"{done} event {added.event[:_DIGITS]}")


def _show(added: Addition) -> None:
    width = max(len(label) for label, _ in added.fields)
    for label, text in added.fields:
        say(f"  {label:<{width}}  {text}")
