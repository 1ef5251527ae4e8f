"""`timeline retract`: what no longer holds, and what holds again."""

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
    short_help="Retract an event, or take the retraction back.",
    epilog=examples(
        "timeline retract 3994a9cd --reason duplicate", "timeline retract 3994a9cd --undo --reason we-erred"
    ),
)
@click.argument("event", metavar="EVENT")
@click.option("--reason", required=True, metavar="REASON", type=REASON, help="Why: see above.")
@click.option("--correction", is_flag=True, help="Only the last correction: what stood before it stands again.")
@click.option("--undo", is_flag=True, help="Take the retraction back: the event holds again.")
@grounds
@database
@click.pass_obj
def retract(
    session: Session,
    event: str,
    reason: Reason,
    note: str | None,
    source: str | None,
    *,
    correction: bool,
    undo: bool,
    yes: bool,
    dry_run: bool,
) -> None:
    """Take back what the event with this id reports; the log keeps it.

    Reasons: source-erred, we-erred, superseded, duplicate, legal.
    """
    if correction and undo:
        raise click.UsageError("--correction and --undo do not go together.")

    def revise(*, dry_run: bool) -> Revision:
        timeline = session.timeline()
        if undo:
            return timeline.reinstate(event, reason=reason, note=note, source=source, dry_run=dry_run)
        return timeline.retract(
            event, reason=reason, note=note, source=source, correction_only=correction, dry_run=dry_run
        )

    confirmed(revise, "reinstated" if undo else "retracted", yes=yes, dry_run=dry_run)
