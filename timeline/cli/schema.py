"""`timeline schema`: the formats of fixtures and of maps, for editors and other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from timeline import render
from timeline.cli.options import examples
from timeline.cli.output import write_data

if TYPE_CHECKING:
    from timeline.cli.options import Session


FORMATS = ("fixture", "jsonl", "csv", "map")


@click.command(
    short_help="Print the JSON Schema of fixtures and maps.",
    epilog=examples("timeline schema > fixture.schema.json", "timeline schema map > map.schema.json"),
)
@click.argument("of", required=False, default="fixture", type=click.Choice(FORMATS), metavar="[FORMAT]")
@click.pass_obj
def schema(session: Session, of: str) -> None:
    """Print the JSON Schema (2020-12) of FORMAT, for completion and checks in editors.

    fixture: as YAML, the default. jsonl: a line of one. csv: the rows of one, each a mapping from column to text. map:
    what `timeline import table --map` reads.
    """
    write_data([render.data.pretty(session.timeline().schema(of))])
