"""`timeline coverage`: what a text prints, set against the facts of its fixture."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from timeline.cli.options import Session, Style, examples, reading
from timeline.cli.outcome import verdict
from timeline.cli.output import Forms, write

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.app.drafting.coverage import Coverage
    from timeline.page import Listing
    from timeline.section import Row


@click.command(
    short_help="Check that a fixture holds all that its text prints.",
    epilog=examples("timeline coverage report.yaml --text report.txt", "timeline coverage report.yaml --text -"),
)
@click.argument("fixture", type=click.Path(), metavar="FIXTURE")
@click.option("--text", required=True, metavar="TEXT", help="Text, HTML or PDF; - reads standard input.")
@click.option("--missing", is_flag=True, help="List only what is missing.")
@reading
def coverage(session: Session, style: Style, *, fixture: str, text: str, missing: bool) -> int:
    """Find every figure and date that TEXT prints, and say which fact of FIXTURE quotes or states it.

    What is left out on purpose stands in the fixture under `left_out:`, a list of quote, paragraph and reason. Quotes
    that do not stand in the text are told too. Ends with 1 where anything is missing. No database is read.
    """
    found = session.timeline().coverage(fixture, text)
    write(_forms(found, missing=missing), style)
    return verdict(found.findings)


def _forms(found: Coverage, *, missing: bool) -> Forms:
    from msgspec import to_builtins

    from timeline import render
    from timeline.render.coverage import coverage_text

    head: Row = {
        "source": found.source,
        "title": found.title,
        "sha256": found.sha256,
        "facts": found.facts,
        "covered": found.covered,
        "percent": found.percent,
    }
    rows: list[Row] = to_builtins(found.lines)
    shown = [row for row in rows if row["status"] == "missing"] if missing else rows
    listing = _listing(found, shown)

    def document() -> Iterator[str]:
        return render.data.json_text(
            {
                "schema": found.schema,
                **head,
                "total": len(rows),
                "printed": shown,
                "findings": to_builtins(found.findings),
            }
        )

    return Forms(
        text=lambda width, color: coverage_text(head, rows, found.findings, width, color=color, missing=missing),
        json=document,
        lines=lambda: render.data.listing_lines(listing),
        csv=lambda: render.sheet.listing_csv(listing),
        book=lambda: render.book.listing_book(listing),
    )


def _listing(found: Coverage, rows: list[Row]) -> Listing:
    """The prints as forms that are tables hold them; no clock bears on them."""
    from timeline.page import Basis, Listing
    from timeline.render.coverage import TABLE

    return Listing(schema=found.schema, table=TABLE, rows=tuple(rows), basis=Basis(position=0, today=""))
