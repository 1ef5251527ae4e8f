"""`timeline erase`: content that may not be kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from timeline.cli.asking import ask
from timeline.cli.options import Session, database, examples
from timeline.cli.outcome import FAILED, say, tell
from timeline.cli.reasons import REASON

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.app.erase import Erasure
    from timeline.record import Reason

_DIGITS = 12
_ELSEWHERE = (
    "exports and proofs that were written earlier",
    "backups, snapshots of the file system, and the disk's own free space",
    "the fixture files themselves, and databases that took in an export",
)


@click.command(
    short_help="Erase an event's content for good.",
    epilog=examples("timeline erase 3994a9cd --reason legal", "timeline erase 3994a9cd --reason legal --dry-run"),
)
@click.argument("event", metavar="EVENT")
@click.option("--reason", required=True, metavar="REASON", type=REASON, help="Why: see above.")
@click.option("--note", metavar="TEXT", help="Remark that stays; it must not repeat what is erased.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--dry-run", is_flag=True, help="Only show what would be erased.")
@database
@click.pass_context
def erase(context: click.Context, event: str, reason: Reason, note: str | None, *, yes: bool, dry_run: bool) -> None:
    """Delete the content of the event with this id for good, with the corrections that repeat it.

    That there was an event stays in the log, with an event that says when, why and by whom it was erased; every proof
    still holds. The database's files are rewritten, so that they hold nothing of it. Where that was not possible,
    erasing the same event again finishes it.

    Reasons: source-erred, we-erred, superseded, duplicate, legal.
    """
    session: Session = context.obj
    planned = session.timeline().erase(event, reason=reason, note=note, dry_run=True)
    for line in _plan(planned):
        say(line)
    if dry_run:
        return
    if planned.rows and not yes:
        ask("Erase this for good?", "erased")
    done = session.timeline().erase(event, reason=reason, note=note)
    tell("\n".join(_summary(done)))
    if done.unfinished:
        say(f"bytes of it may still be in the database's files: {done.unfinished}", "error:")
        again = session.command("erase", done.event[:_DIGITS], "--reason", reason.replace(" ", "-"))
        say(f"mend that, then finish it with: {again}", "fix:")
        context.exit(FAILED)


def _plan(planned: Erasure) -> Iterator[str]:
    if not planned.rows:
        yield f"{planned.event[:_DIGITS]} is erased already; only the files are cleaned"
    for row in planned.rows:
        about = [row["id"][:_DIGITS], row["kind"], row["company"] or row["source"], row["occurred"], row["summary"]]
        yield f"  {'  '.join(filter(None, about))}"
    yield from planned.effects


def _summary(done: Erasure) -> Iterator[str]:
    recorded = {report.target: report.id for report in done.reports}
    for row in done.rows:
        by = f" by event {recorded[row['id']][:_DIGITS]}" if row["id"] in recorded else ""
        yield f"erased {row['id'][:_DIGITS]}{by}"
    if not done.unfinished:
        yield "the database's files hold nothing of it any more"
    yield "older copies may be in:"
    yield from (f"  {place}" for place in (*done.copies, *_ELSEWHERE))
