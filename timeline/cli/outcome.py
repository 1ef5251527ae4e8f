"""How a command ends: the one place where exceptions become messages and exit codes."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click
from click.exceptions import Exit

from timeline.cli.options import colored
from timeline.errors import InvalidInput, TimelineError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from timeline.section import Finding

DONE = 0
FAILED = 1
UNVERIFIED = 5
INTERRUPTED = 130


def exit_code(run: Callable[[], int | None]) -> int:
    """The exit code of a command that was run, after its message is printed."""
    try:
        return run() or DONE
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except TimelineError as error:
        _report(error)
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        say("interrupted")
        return INTERRUPTED


@contextmanager
def readers_may_leave() -> Iterator[None]:
    """End well where the reader of the output went away; click itself would end such a command with 1."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        _abandon_output()
        raise Exit(DONE) from None


def _abandon_output() -> None:
    """Send what is still buffered nowhere, so that Python does not complain about it when it shuts down."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def say(message: str) -> None:
    """Print a message that is not data."""
    click.echo(message, err=True, color=colored("auto", sys.stderr))


def verdict(findings: Iterable[Finding], problems: Iterable[str] = ()) -> int:
    """1 where a check found an error or a topic is stopped, else 0."""
    bad = any(finding.severity == "error" for finding in findings) or any(True for _ in problems)
    return FAILED if bad else DONE


def _report(error: TimelineError) -> None:
    if isinstance(error, InvalidInput):
        say(str(error))
        if any(problem.file for problem in error.problems):
            say(_counted(error))
        return
    say(f"{click.style('error:', fg='red')} {error.message}")
    if error.fix:
        say(f"{click.style('fix:', fg='cyan')} {error.fix}")


def _counted(error: InvalidInput) -> str:
    count = sum(problem.severity == "error" for problem in error.problems)
    return f"{count} {'error' if count == 1 else 'errors'}; nothing was written"
