"""`timeline checkpoint`: what the log commits to, to be kept elsewhere."""

from __future__ import annotations

import click

from timeline import render
from timeline.cli.options import Session, Style, examples, reading
from timeline.cli.outcome import say
from timeline.cli.output import Forms, write


@click.command(
    short_help="Print the log's checkpoint, to be kept elsewhere.",
    epilog=examples("timeline checkpoint > kept.txt", "timeline checkpoint --all --json"),
)
@click.option("--size", type=click.IntRange(min=1), metavar="N", help="The checkpoint of the first N events.")
@click.option("--all", "every", is_flag=True, help="The checkpoints of all loads, from the first on.")
@reading
def checkpoint(session: Session, style: Style, *, size: int | None, every: bool) -> None:
    """Print the checkpoint of the last load: the log's name, its size and its root hash, in the form of C2SP.

    Kept elsewhere, it shows later whether the log was rewritten: timeline prove --from FILE, and timeline audit log.
    """
    if every and size is not None:
        raise click.UsageError("--size and --all exclude each other.")
    found = session.timeline().checkpoints(size=size, last=not every and size is None)
    forms = Forms(
        text=lambda _width, _color: "\n".join(row["text"] for row in found.rows),
        json=lambda: render.data.json_text(render.data.listing_json(found)),
        lines=lambda: render.data.listing_lines(found),
        csv=lambda: render.sheet.listing_csv(found),
        book=lambda: render.book.listing_book(found),
    )
    write(forms, style)
    if not found.rows:
        say(found.empty)
