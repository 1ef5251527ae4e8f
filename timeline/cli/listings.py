"""Writes answers of several tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from timeline import render
from timeline.cli.options import TABLES
from timeline.cli.outcome import say
from timeline.cli.output import Forms, named_table, write

if TYPE_CHECKING:
    from timeline.cli.options import Style
    from timeline.page import Listings

table_option = click.option(
    "--table", metavar="NAME", help="With --format csv, xlsx or parquet: one table, such as events."
)


def write_listings(listings: Listings, style: Style, table: str | None) -> None:
    """Write the answer; as CSV, one table of it, the first where none is named.

    Raises:
        UsageError: a table is named for another form.
    """
    if table and style.format not in TABLES:
        raise click.UsageError("--table goes with --format csv, xlsx or parquet.")
    forms = Forms(
        text=lambda width, color: render.text.listings_text(render.changes.spoken(listings), width, color=color),
        json=lambda: render.data.json_text(render.data.listings_json(listings)),
        lines=lambda: render.data.listings_lines(listings),
        csv=lambda: named_table(lambda: render.sheet.listings_csv(listings, table or listings.parts[0][0].name)),
        book=lambda: named_table(lambda: render.book.listings_book(listings, table)),
    )
    if listings.since is None:
        write(forms, style, listings.basis)
        return
    if style.format in {"jsonl", "csv"}:
        position = f"log to position {listings.basis.position}"
        say(", ".join([*render.words.span_words(listings.since, listings.basis), position]))
    write(forms, style)
