"""`timeline demo`: the shipped facts, loaded and shown."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from click.core import ParameterSource

from timeline.cli.options import Session, colored, database, examples
from timeline.cli.outcome import DONE

COMPANY = "xiaomi"
DATABASE = "timeline-demo.db"


@click.command(
    short_help="Load the shipped facts and show what follows.",
    epilog=examples("timeline demo", "timeline --db facts.db demo"),
)
@database
@click.pass_context
def demo(context: click.Context) -> int:
    """Load the shipped facts, show Xiaomi, and audit its targets.

    What is logged stays logged, so without --db the facts go into timeline-demo.db in this folder, never into the
    database that you keep.
    """
    session = _session(context)
    code = DONE
    for words in (["load", str(_fixtures())], ["show", COMPANY], ["audit", "targets", COMPANY]):
        code = max(code, _run(context, session, words))
    return code


def _session(context: click.Context) -> Session:
    """The database named on the command line; one from the environment is somebody's own."""
    root = context.find_root()
    named = root.get_parameter_source("db") is ParameterSource.COMMANDLINE or context.obj.db != root.obj.db
    session: Session = context.obj
    return session if named else session._replace(db=DATABASE)


def _run(context: click.Context, session: Session, words: list[str]) -> int:
    """Print a command and run it; what it shows follows at once, so without a pager."""
    click.echo(click.style(f"$ {session.command(*words)}", bold=True), color=colored(session.color, sys.stdout))
    no_pager = [] if words[0] == "load" else ["--no-pager"]
    arguments = ["--db", str(session.db), "--color", session.color, *words, *no_pager]
    code = context.find_root().command.main(arguments, prog_name="timeline", standalone_mode=False)
    click.echo()
    return code or DONE


def _fixtures() -> Path:
    """Inside the package as it is shipped, beside it in a checkout."""
    package = Path(__file__).parent.parent
    shipped = package / "_fixtures"
    return shipped if shipped.is_dir() else package.parent / "fixtures"
