"""The list of commands, and the group that loads a command's module only when the command is run or completed."""

from __future__ import annotations

from importlib import import_module
from keyword import iskeyword
from typing import TYPE_CHECKING, Any, cast

import click
from click.exceptions import NoSuchCommand

from timeline.cli.outcome import readers_may_leave

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMANDS = {
    "load": "Load fixtures into the log.",
    "show": "Show a company as its events have it.",
    "events": "List events in the order of the log.",
    "event": "Show one event with its source and its place in the log.",
    "why": "Name every event and source behind a figure.",
    "audit": "Check figures, targets, sources and the log.",
    "upcoming": "List what is promised and not yet done.",
    "search": "Find events by the words in them.",
    "screen": "Ask a question of all companies at once.",
    "diff": "Show what changed between two moments.",
    "conflicts": "List where reports of one thing disagree.",
    "companies": "List the companies.",
    "sources": "List the documents behind the events.",
    "add": "Record a single fact.",
    "correct": "Correct an event; the log keeps the original.",
    "retract": "Retract an event, or take the retraction back.",
    "erase": "Erase an event's content for good.",
    "export": "Write the log as JSON lines, for another database.",
    "import": "Take in exports, a regulator's facts or tables.",
    "checkpoint": "Print the log's checkpoint, to be kept elsewhere.",
    "prove": "Prove that an event is in the log, or that the log only grew.",
    "check-proof": "Check a proof that an event is in the log, or that it grew.",
    "rebuild": "Rebuild the stored read models from the log.",
    "copy": "Make a database like another, file or server.",
    "roles": "Give rights to writers and readers on a server.",
    "backup": "Copy the database into a verified backup.",
    "restore": "Put a backup in the database's place.",
    "doctor": "Check the database and what it lives in.",
    "draft": "Draft fixtures from texts.",
    "review": "Go through a draft fact by fact, then load it.",
    "coverage": "Check that a fixture holds all that its text prints.",
    "schema": "Print the JSON Schema of fixtures and maps.",
    "demo": "Load the shipped facts and show what follows.",
    "completion": "Print the shell's completion script.",
}
"""Short help by name, in the order of the help; each command stands in `timeline.cli.<name>` under its own name, with
underscores for hyphens and one behind a word of the language."""


class LazyGroup(click.Group):
    """A group that knows its commands' names and short help without importing them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order of `COMMANDS`."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name, imported now."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        name = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name.replace("-", "_")
        return cast("click.Command", getattr(import_module(f"timeline.cli.{name}"), name))

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,  # noqa: ANN401
    ) -> click.Context:
        """As click does it, except that nobody has to read the help to its end."""
        with readers_may_leave():
            return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> object:
        """As click does it, except that nobody has to read the output to its end."""
        with readers_may_leave():
            return super().invoke(ctx)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does it, with suggestions for a misspelt name; click would look for them among loaded commands."""
        if args[0] not in COMMANDS and not args[0].startswith("-") and not ctx.resilient_parsing:
            raise NoSuchCommand(args[0], possibilities=COMMANDS, ctx=ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Names and short help."""
        del ctx
        rows: Sequence[tuple[str, str]] = [(name, text.rstrip(".")) for name, text in COMMANDS.items()]
        with formatter.section("Commands"):
            formatter.write_dl(rows)
