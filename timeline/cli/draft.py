"""`timeline draft`: from texts to fixtures that a person confirms."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from timeline.cli.options import Session, complete_company, database, examples
from timeline.cli.outcome import DONE, FAILED, say
from timeline.cli.output import write_data
from timeline.cli.progress import progress
from timeline.cli.replacing import replacing
from timeline.errors import TimelineError

if TYPE_CHECKING:
    from timeline.app.drafting.batch import BatchReport
    from timeline.app.drafting.drafted import Draft

_STANDARD = {None, "-"}


@click.command(
    short_help="Draft fixtures from texts.",
    epilog=examples(
        "timeline draft article.txt -o article.yaml",
        "timeline draft release.html --company xiaomi --published 2026-01-09",
        "timeline draft articles/ -o drafts/   a folder of them",
    ),
)
@click.argument("texts", metavar="TEXT...", nargs=-1, required=True)
@click.option("--company", metavar="COMPANY", shell_complete=complete_company, help="Whom it is about. Default: found.")
@click.option("--published", metavar="TIME", help="When it was published, where it does not say.")
@click.option("--zone", metavar="ZONE", help="Of that time: Asia/Hong_Kong or +08:00. Default: assumed, and told.")
@click.option("--currency", metavar="CODE", help="What a bare $ means, where the text does not say.")
@click.option("--model", is_flag=True, help="Ask the language model of TIMELINE_LLM_URL as well.")
@click.option("--keep-text", is_flag=True, help="Keep the text beside the database.")
@click.option("--output", "-o", metavar="FILE|FOLDER", help="Default: standard output; of several texts a folder.")
@click.option("--jobs", type=click.IntRange(min=1), help="Processes for several texts. Default: one a core.")
@click.option("--force", is_flag=True, help="Replace what is there.")
@database
@click.pass_obj
def draft(
    session: Session,
    /,
    texts: tuple[str, ...],
    *,
    output: str | None,
    jobs: int | None,
    force: bool,
    **told: Any,  # noqa: ANN401  what is told of the texts, as the facade takes it
) -> int:
    """Propose a fixture for TEXT: its source, the companies named, and the facts that its sentences report.

    TEXT is plain text, an HTML page or a PDF, or a folder of them; - reads standard input. Each fact says how sure it
    is and what was taken for granted; figures without a fact stand under `candidates:`. Nothing is recorded: go
    through the draft with `timeline review`, or edit the file and load it.
    """
    if len(texts) == 1 and not Path(texts[0]).is_dir():
        return _one(session, texts[0], output, force=force, told=told)
    if output in _STANDARD:
        raise TimelineError("several texts need a folder for their drafts", "name it: --output FOLDER")
    with progress("Drafting") as seen:
        report = session.timeline().draft_all(texts, str(output), jobs=jobs, force=force, progress=seen, **told)
    return _tell_all(report)


def _one(session: Session, text: str, output: str | None, *, force: bool, told: dict[str, Any]) -> int:
    from timeline.app.drafting.writing import fixture_text

    made = session.timeline().draft(text, **told)
    if output in _STANDARD:
        write_data([fixture_text(made)])
    else:
        with replacing(Path(str(output)), force=force) as file:
            file.write(fixture_text(made).encode())
    _tell(made)
    if output not in _STANDARD:
        beside = ["--text", text] if text != "-" else []
        say(f"next:\n  {shlex.join(['timeline', 'review', str(output), *beside])}")
    return DONE


def _tell(made: Draft) -> None:
    """What was made, on standard error: the draft itself may go through a pipe."""
    facts, left = len(made.facts), len(made.candidates)
    say(f"{made.company}: {facts:,} {_noun('fact', facts)}, {left:,} {_noun('figure', left)} without one")


def _noun(noun: str, number: int) -> str:
    return noun if number == 1 else f"{noun}s"


def _tell_all(report: BatchReport) -> int:
    """What came of a batch; 1 where a text could not be drafted."""
    for path, first in report.same:
        say(f"{path}: the same text as {first}")
    for each in report.written:
        if each.derives_from:
            say(f"{each.path}: taken for a reprint of {each.derives_from}")
    for failure in report.failed:
        say(f"{failure.path}: {failure.what}", "error:")
        if failure.fix:
            say(failure.fix, "fix:")
    say(f"{len(report.written):,} drafted, {len(report.standing):,} drafted before, {len(report.failed):,} failed")
    return FAILED if report.failed else DONE
