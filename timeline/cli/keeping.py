"""What `timeline backup` and `timeline restore` share: the form of their reports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import click

from timeline.cli.outcome import tell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from msgspec import Struct

    Command = TypeVar("Command", bound=Callable[..., Any])


def reported(command: Command) -> Command:
    """The form of a report: the command gets `form`, "text" or "json"."""
    form = click.option(
        "--format", "form", type=click.Choice(["text", "json"]), metavar="FORM", default="text", help="text or json."
    )
    short = click.option("--json", "form", flag_value="json", help="Short for --format json.")
    return form(short(command))


def write_report(report: Struct, form: str, text: Callable[[], Iterator[str]]) -> None:
    """Print a report: as one JSON object with its schema first, or in words."""
    if form == "text":
        tell("\n".join(text()))
        return
    from msgspec import structs

    from timeline import render

    fields = structs.asdict(report)
    click.echo(render.data.pretty({"schema": fields.pop("schema"), **fields}), nl=False)
