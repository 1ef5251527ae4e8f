"""The command line: each command parses, makes one call of `Timeline`, and renders the answer.

Commands are loaded when they are called for, so that help and completion start fast. Exit codes, in one place:

    0    done; also where the reader of the output went away (`timeline events | head`)
    1    failure, or findings of severity error
    2    usage
    3    no such company, event or source
    4    invalid input, nothing written
    5    the log or a read model failed verification
    130  interrupted
"""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

import click

from timeline import __version__
from timeline.cli.commands import LazyGroup
from timeline.cli.options import Session, color_option, database_option, examples
from timeline.cli.outcome import exit_code

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["main", "program"]


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=examples(
        "timeline demo                            the shipped facts, loaded and shown",
        "timeline load PATH                       facts of your own",
        "timeline show xiaomi                     what follows from them",
        "timeline show xiaomi --as-of 2025-06-30  what was public by then",
        "timeline audit targets xiaomi            how targets were revised and met",
    ),
)
@click.version_option(__version__, message="timeline %(version)s")
@database_option(envvar="TIMELINE_DB")
@color_option
@click.pass_context
def program(context: click.Context, db: str | None, color: str) -> None:
    """Corporate timelines: every reported fact an immutable dated event, every answer rebuilt from them."""
    context.obj = Session(db=db, color=color)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and say how it ended; `arguments` are those of the process where None."""
    # Modules that load leave nothing for the collector; its rounds are a tenth of the time in which a page is shown.
    gc.set_threshold(50_000)
    typed = None if arguments is None else list(arguments)
    return exit_code(lambda: program.main(typed, prog_name="timeline", standalone_mode=False))
