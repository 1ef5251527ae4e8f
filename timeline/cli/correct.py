"""`timeline correct`: what an event should have said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from timeline.cli.options import Session, database, examples
from timeline.cli.reasons import REASON
from timeline.cli.revision import confirmed, grounds

if TYPE_CHECKING:
    from timeline.app.revise import Revision
    from timeline.record import Reason


@click.command(
    short_help="Correct an event; the log keeps the original.",
    epilog=examples('timeline correct 3994a9cd "value=about HKD 190.7 million" --reason we-erred'),
)
@click.argument("event", metavar="EVENT")
@click.argument("words", nargs=-1, required=True, metavar="FIELD=VALUE...")
@click.option("--reason", required=True, metavar="REASON", type=REASON, help="Why: see above.")
@grounds
@database
@click.pass_obj
def correct(
    session: Session,
    event: str,
    words: tuple[str, ...],
    reason: Reason,
    note: str | None,
    source: str | None,
    *,
    yes: bool,
    dry_run: bool,
) -> None:
    """Put values in the place of what the event with this id says, as a new event that names it.

    FIELD=VALUE is written as in a fixture; FIELD= takes a field away. Reasons: source-erred, we-erred, superseded,
    duplicate, legal. Our own error counts from the original's publication, any other from its SOURCE, or from now.
    """

    def revise(*, dry_run: bool) -> Revision:
        return session.timeline().correct(event, words, reason=reason, note=note, source=source, dry_run=dry_run)

    confirmed(revise, "corrected", yes=yes, dry_run=dry_run)
