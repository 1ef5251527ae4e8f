"""`timeline search`: events by the words in them."""

from __future__ import annotations

import click

from timeline.cli.options import Session, Style, clocks, complete_company, examples, reading
from timeline.cli.outcome import verdict
from timeline.cli.output import Forms, write
from timeline.render import book, data, sheet
from timeline.render.search import search_text

_MOST = 1000


@click.command(
    short_help="Find events by the words in them.",
    epilog=examples(
        "timeline search '\"3 million\" buyb* -xiaomi'",
        "timeline search 小米集團 --as-of 2025-06-30",
    ),
)
@click.argument("words", nargs=-1, required=True, metavar="WORDS...")
@click.option(
    "--company", metavar="COMPANY", shell_complete=complete_company, help="Only its events, by any name it goes by."
)
@click.option("--kind", metavar="KIND", help="Only this kind, such as buyback.executed.")
@click.option("--source", metavar="ID", help="Only what this source reports.")
@click.option(
    "--limit", type=click.IntRange(1, _MOST), metavar="N", default=20, help="So many events at most. Default: 20."
)
@clocks
@reading
def search(
    session: Session,
    style: Style,
    *,
    words: tuple[str, ...],
    company: str | None,
    kind: str | None,
    source: str | None,
    limit: int,
    as_of: str | None,
    as_recorded: str | None,
) -> int:
    """Find the events that hold all WORDS, best first.

    Words are looked for in figures, names, texts and quotes as printed, in titles and publishers of sources, and in the
    names of companies. "Quotes" keep words together, a star ends a beginning, a hyphen excludes a word; the shell needs
    these inside quotes of its own. A corrected event is found as it stands; what it said before is marked.
    """
    listing = session.timeline().search(
        " ".join(words), company=company, kind=kind, source=source, as_of=as_of, as_recorded=as_recorded, limit=limit
    )
    forms = Forms(
        text=lambda width, color: search_text(listing, width, color=color),
        json=lambda: data.json_text(data.listing_json(listing)),
        lines=lambda: data.listing_lines(listing),
        csv=lambda: sheet.listing_csv(listing),
        book=lambda: book.listing_book(listing),
    )
    write(forms, style, listing.basis)
    return verdict(listing.findings)
