"""Measure drafts of texts by annotations of them, the project's or one's own."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import click

from evaluation.annotations import REGISTERS, SETS, annotated, shipped
from evaluation.drafter import drafting
from evaluation.measuring import cued, measured
from evaluation.report import as_json, as_text
from timeline.errors import InvalidInput, TimelineError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaluation.annotations import Found
    from evaluation.measuring import Measured


@click.command()
@click.argument("fixtures", metavar="[FIXTURE]...", nargs=-1)
@click.option("--texts", metavar="FOLDER", required=True, help="Folder with the texts, found by their SHA-256.")
@click.option("--only", type=click.Choice(list(SETS)), help="Of the shipped annotations, those of one set alone.")
@click.option("--companies", metavar="FILE", multiple=True, help="Fixture that registers companies; may be repeated.")
@click.option("--blind", is_flag=True, help="Tell no day of publication, zone and currency beside the text.")
@click.option("--verbose", is_flag=True, help="Say what is wrong in each text.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def main(  # noqa: PLR0913 - click passes each option as an argument
    fixtures: tuple[str, ...],
    texts: str,
    only: str | None,
    companies: tuple[str, ...],
    form: str,
    *,
    blind: bool,
    verbose: bool,
) -> None:
    """Measure drafts of texts by annotations of them.

    A FIXTURE annotates texts: it states every fact of them, with their hashes. Without one, those of this folder are
    taken, and the shipped one of the article that this project began with where its text is in the folder.
    """
    try:
        found = _found(fixtures or shipped(only), texts)
        results = _measured(found, companies, blind=blind)
    except TimelineError as error:
        sys.exit(_failed(error))
    if form == "json":
        click.echo(json.dumps(as_json(results, cued(), blind=blind), indent=1, ensure_ascii=False))
    else:
        click.echo(as_text(results, cued(), blind=blind, verbose=verbose))


def _found(paths: Sequence[str], texts: str) -> Found:
    """The annotations that can be measured by; ends where there is none."""
    found = annotated(paths, texts)
    for name in found.missing:
        click.echo(f"{name}: not measured: no file in {texts} has the hash of its text", err=True)
    if not found.annotations:
        sys.exit(1)
    return found


def _measured(found: Found, companies: Sequence[str], *, blind: bool) -> list[Measured]:
    with drafting([*map(str, REGISTERS), *companies], blind=blind) as draft:
        return [measured(annotation, draft) for annotation in found.annotations]


def _failed(error: TimelineError) -> int:
    """Say what is wrong; the exit code for it."""
    problems = error.problems if isinstance(error, InvalidInput) else ()
    for problem in problems:
        click.echo(f"{problem.file}:{problem.line}:{problem.column}: error[{problem.rule}]: {problem.what}", err=True)
    if not problems:
        click.echo(f"{error.message}; {error.fix}" if error.fix else error.message, err=True)
    return error.exit_code


if __name__ == "__main__":
    main(prog_name="python -m evaluation")
