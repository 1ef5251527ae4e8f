"""`timeline schema`: the fixture format for editors and other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from timeline import render
from timeline.cli.options import examples
from timeline.cli.output import write_data

if TYPE_CHECKING:
    from timeline.cli.options import Session


@click.command(
    short_help="Print the JSON Schema of the fixture format.", epilog=examples("timeline schema > fixture.schema.json")
)
@click.pass_obj
def schema(session: Session) -> None:
    """Print the JSON Schema (2020-12) of the fixture format, for completion and checks in editors."""
    write_data([render.data.pretty(session.timeline().schema())])
