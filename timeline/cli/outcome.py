"""How a command ends: the one place where exceptions become messages and exit codes."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from io import StringIO
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
USAGE = 2
UNVERIFIED = 5
INTERRUPTED = 130

_COLORS = {"error:": "red", "fix:": "cyan"}


def exit_code(run: Callable[[], int | None]) -> int:
    """The exit code of a command that was run, after its message is printed."""
    try:
        return run() or DONE
    except click.ClickException as error:
        told = StringIO()
        error.show(told)
        click.echo(harmless(told.getvalue()), err=True, nl=False)
        return error.exit_code
    except TimelineError as error:
        _report(error)
        return error.exit_code
    except OSError as refused:
        _report(_unwritten(refused))
        _abandon_output()
        return FAILED
    except UnicodeEncodeError as error:
        return _unwritable(error)
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


def say(message: str, label: str = "") -> None:
    """Print a message that is not data.

    Args:
        message: whatever in it would act on a terminal is shown as a sign.
        label: what it is, `error:` or `fix:`, set off by its colour.
    """
    before = f"{click.style(label, fg=_COLORS[label])} " if label else ""
    click.echo(before + harmless(message), err=True, color=colored("auto", sys.stderr))


def tell(message: str) -> None:
    """Print what a command did; the same holds of it as of messages."""
    click.echo(harmless(message))


def harmless(message: str) -> str:
    """The lines with signs for all that a terminal would obey."""
    if message.isascii() and message.replace("\n", "").isprintable():
        return message
    from timeline.render.typeset import visible

    return "\n".join(visible(line.removesuffix("\r")) for line in message.split("\n"))


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
    say(error.message, "error:")
    if error.fix:
        say(error.fix, "fix:")


def _unwritable(error: UnicodeEncodeError) -> int:
    """An argument that is no text, or an output that has no sign for some letter."""
    sign = error.object[error.start]
    if "\ud800" <= sign <= "\udfff":
        say("an argument is not UTF-8", "error:")
        return USAGE
    say(f"the output is in {error.encoding}, which has no sign for U+{ord(sign):04X}", "error:")
    say("set PYTHONIOENCODING=utf-8", "fix:")
    return FAILED


def _unwritten(error: OSError) -> TimelineError:
    """What a person is told where the system refuses: nearly always to take the output, which then has no name."""
    why = (error.strerror or str(error)).lower()
    what = f"{error.filename} cannot be used" if error.filename else "the output cannot be written"
    return TimelineError(f"{what}: {why}", "make room or mend that, then run the command again; what it recorded stays")


def _counted(error: InvalidInput) -> str:
    count = sum(problem.severity == "error" for problem in error.problems)
    return f"{count} {'error' if count == 1 else 'errors'}; nothing was written"
