"""`timeline prove`: proofs that an event is in the log, and that the log only grew."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from timeline.cli.options import Session, database, examples
from timeline.cli.outcome import say
from timeline.cli.output import write_data
from timeline.cli.replacing import replacing


@click.command(
    short_help="Prove that an event is in the log, or that the log only grew.",
    epilog=examples(
        "timeline prove 657a322d --output buyback.tlog-proof",
        "timeline prove --from kept.txt | timeline check-proof - --against kept.txt",
    ),
)
@click.argument("event", required=False, metavar="[EVENT]")
@click.option("--from", "from_", metavar="CHECKPOINT", help="Prove growth from a kept file's checkpoint, or a size.")
@click.option("--at", type=click.IntRange(min=1), metavar="SIZE", help="Against this checkpoint. Default: the last.")
@click.option("--without-content", is_flag=True, help="Leave out what the event says.")
@click.option("-o", "--output", type=click.Path(), metavar="FILE", help="Write to a file, complete or not at all.")
@click.option("--force", is_flag=True, help="Let the file replace another one.")
@database
@click.pass_obj
def prove(
    session: Session,
    *,
    event: str | None,
    from_: str | None,
    at: int | None,
    without_content: bool,
    output: str | None,
    force: bool,
) -> None:
    """Write a proof that EVENT is in the log, with what it says; or, with --from, that the log only grew since.

    Anyone can check it with nothing but the file: timeline check-proof. It is checked before it is written; the command
    ends with 5 where it does not hold, which shows that the log was changed. The form is a C2SP tlog-proof.
    """
    if (event is None) == (from_ is None):
        raise click.UsageError("Name an event, or a checkpoint with --from.")
    if event is None and without_content:
        raise click.UsageError("--without-content is for the proof of an event.")
    timeline = session.timeline()
    if event is not None:
        text = timeline.prove(event, at=at, content=not without_content)
    else:
        text = timeline.prove_growth(from_ or "", at=at)
    if output in {None, "-"}:
        write_data([text])
        return
    path = Path(output or "")
    with replacing(path, force=force) as file:
        file.write(text.encode())
    say(f"proof in {path}\nnext:\n  {shlex.join(['timeline', 'check-proof', str(path)])}")
