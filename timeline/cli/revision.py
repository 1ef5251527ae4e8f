"""What commands that revise an event share: their options, and showing what changes before it is recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import click

from timeline.cli.asking import ask
from timeline.cli.outcome import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from timeline.app.revise import Revision

    Command = TypeVar("Command", bound=Callable[..., Any])

_DIGITS = 12


class Revise(Protocol):
    """Plans a revision and, unless it is a dry run, records it."""

    def __call__(self, *, dry_run: bool) -> Revision:
        """The revision."""


def grounds(command: Command) -> Command:
    """The options that tell why, and whether to ask."""
    for option in (
        click.option("--note", metavar="TEXT", help="Remark that is recorded with it."),
        click.option("--source", metavar="ID", help="The recorded source that says so."),
        click.option("--yes", is_flag=True, help="Do not ask."),
        click.option("--dry-run", is_flag=True, help="Only show what would change."),
    ):
        command = option(command)
    return command


def confirmed(revise: Revise, done: str, *, yes: bool, dry_run: bool) -> None:
    """Show what changes; on a terminal ask, elsewhere `--yes` is needed; then record it."""
    planned = revise(dry_run=True)
    for change in planned.changes:
        say(f"  {change}")
    if dry_run:
        return
    if not yes:
        ask()
    recorded = revise(dry_run=False)
    click.echo(f"{done} {recorded.fact[:_DIGITS]} by event {recorded.link.id[:_DIGITS]}")
