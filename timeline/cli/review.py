"""`timeline review`: a draft, fact by fact, up to its load."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from timeline.cli.answering import QUIT, answerer
from timeline.cli.options import Session, colored, database, examples
from timeline.cli.outcome import DONE, FAILED, say
from timeline.cli.replacing import replacing
from timeline.cli.reviewing import Screen
from timeline.errors import TimelineError

if TYPE_CHECKING:
    from timeline.app.drafting.reviewing.review import Review


@click.command(
    short_help="Go through a draft fact by fact, then load it.",
    epilog=examples("timeline review acme.draft.yaml --text acme.txt"),
)
@click.argument("draft", type=click.Path(), metavar="DRAFT")
@click.option("--text", metavar="TEXT", help="The text it was made from. Default: found by its hash.")
@click.option("-o", "--output", type=click.Path(), metavar="FILE", help="Default: beside it, NAME.confirmed.yaml.")
@click.option("--force", is_flag=True, help="Let the output replace another file.")
@click.option("--answers", metavar="FILE", help="Answers instead of keys, a line each; - is standard input.")
@click.option("--yes", is_flag=True, help="Load without asking.")
@database
@click.pass_context
def review(
    context: click.Context,
    draft: str,
    text: str | None,
    output: str | None,
    answers: str | None,
    *,
    force: bool,
    yes: bool,
) -> int:
    """Show each fact of a draft in its paragraph, with its doubts and what recording it would do, and decide by a key.

    Keys: k keep, e edit, d drop, s later, u undo, l list, q quit, ? help; of a figure without a fact x leave out, f
    make a fact. Each decision is kept at once in DRAFT.review, so the same command goes on where one stopped. When all
    is decided, the facts that were kept are written as a fixture, and their load is shown and asked about.
    """
    session: Session = context.obj
    asked = answerer(answers, color=colored(session.color, sys.stdout))
    under = session.timeline().review(draft, text=text)
    path = _output(draft, output)
    screen = Screen(under, asked, session)
    screen.greet()
    try:
        ended = screen.all_decided()
        while ended:
            _write(under, path, force=force)
            keys = screen.foresee(path)
            match "y" if yes and "y" in keys else screen.ask(keys) if asked.ready else QUIT:
                case "y":
                    return _load(context, session, path)
                case "u" | "l" as key:
                    screen.move(key)
                    ended = screen.all_decided()
                case _:
                    if "y" in keys:
                        say(f"not loaded; later: {session.command('load', str(path))}")
                    return DONE
    finally:
        if under.left:
            say(f"{under.left:,} of {len(under.entries):,} left; {session.command('review', draft)} goes on")
    return FAILED if getattr(asked, "ran_out", False) else DONE


def _output(draft: str, output: str | None) -> Path:
    """Where the confirmed fixture goes.

    Raises:
        TimelineError: to the draft itself.
    """
    stem = draft.removesuffix(".yaml").removesuffix(".yml").removesuffix(".draft")
    path = Path(output or f"{stem}.confirmed.yaml")
    if path.resolve() == Path(draft).resolve():
        raise TimelineError("the confirmed facts cannot replace their draft", "name another file with --output")
    return path


def _write(under: Review, path: Path, *, force: bool) -> None:
    """Write the confirmed fixture; what an earlier round of this review wrote may be replaced."""
    data = under.confirmed().encode()
    own = under.decisions.is_own(path)
    if own and path.read_bytes() == data:
        return
    with replacing(path, force=force or own) as file:
        file.write(data)
    under.decisions.wrote(path, data)
    say(f"written: {path}")


def _load(context: click.Context, session: Session, path: Path) -> int:
    """The ordinary load."""
    named = ["--db", session.db] if session.db else []
    arguments = [*named, "--color", session.color, "load", str(path)]
    return context.find_root().command.main(arguments, prog_name="timeline", standalone_mode=False) or DONE
