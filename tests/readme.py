"""What the README prints of the program: real commands with their real output, and the command reference.

The README's generated parts call this through cog; `make readme` writes them anew and `make check` compares.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.testing import CliRunner

from timeline.cli import program
from timeline.cli.commands import COMMANDS

if TYPE_CHECKING:
    from collections.abc import Iterator

FIXTURES = Path(__file__).parents[1] / "fixtures"
WIDTH = "100"


def session(*commands: str, lines: int | None = None) -> str:
    """Commands as typed, each with what it prints, over the shipped fixtures.

    Args:
        commands: command lines that begin with `timeline`.
        lines: how many lines of output to keep of each; the rest is shown as cut.
    """
    with tempfile.TemporaryDirectory() as folder:
        database = str(Path(folder) / "facts.db")
        run(database, "load", str(FIXTURES))
        shown = (f"$ {command}\n{cut(run(database, *command.split()[1:]), lines)}" for command in commands)
        return fenced("\n".join(shown), "console")


def run(database: str, *words: str) -> str:
    """What a command prints on standard output, without trailing blanks."""
    result = CliRunner(env={"COLUMNS": WIDTH}).invoke(program, ["--db", database, *words])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return "\n".join(line.rstrip() for line in result.stdout.rstrip().splitlines())


def cut(text: str, lines: int | None) -> str:
    """The first lines of a text, and a mark where there are more."""
    kept = text.splitlines()[:lines]
    return "\n".join(kept) + ("\n…" if lines and len(text.splitlines()) > lines else "") + "\n"


def reference() -> str:
    """The help of the program and of every command."""
    return "\n".join(_helps())


def _helps() -> Iterator[str]:
    yield f"### timeline\n\n{fenced(_help())}"
    for name in COMMANDS:
        yield f"### timeline {name}\n\n{fenced(_help(name))}"


def _help(*words: str) -> str:
    result = CliRunner(env={"COLUMNS": "80"}).invoke(program, [*words, "--help"], prog_name="timeline")
    return click.unstyle(result.stdout).rstrip()


def fenced(text: str, language: str = "text") -> str:
    """A code block."""
    return f"```{language}\n{text.rstrip()}\n```\n"
