"""`timeline check-proof`: what a proof proves, from the proof alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
import msgspec

from timeline import render
from timeline.cli.options import Session, Style, examples, reading
from timeline.cli.output import Forms, write

if TYPE_CHECKING:
    from timeline.app.proving.check_proof import Proven


@click.command(
    "check-proof",
    short_help="Check a proof that an event is in the log, or that it grew.",
    epilog=examples(
        "timeline check-proof buyback.tlog-proof --against kept.txt",
        "timeline prove 657a322d | timeline check-proof -",
    ),
)
@click.argument("file", type=click.Path(), metavar="FILE")
@click.option("--against", type=click.Path(), metavar="CHECKPOINT", help="Compare with a checkpoint kept elsewhere.")
@reading
def check_proof(session: Session, style: Style, *, file: str, against: str | None) -> None:
    """Check the proof in FILE (`-` is standard input), and say what it proves. No database is needed or opened.

    A proof is as good as the checkpoint that one trusts: keep one elsewhere, and compare with --against. Of the same
    size it must have the same root; one of another size needs a consistency proof. Ends with 4 where the file is no
    proof, with 5 where the proof does not hold.
    """
    del session
    from timeline.app.proving.check_proof import check_proof as checked

    found = checked(file, against)
    forms = Forms(
        text=lambda width, _color: _text(found, width),
        json=lambda: render.data.json_text(found.document),
        lines=lambda: iter([f"{msgspec.json.encode(found.document).decode()}\n"]),
        csv=lambda: render.sheet.pairs_csv(found.fields),
        book=lambda: render.book.pairs_book(found.fields),
    )
    write(forms, style)


def _text(found: Proven, width: int) -> str:
    from timeline.render.table import pairs
    from timeline.render.typeset import visible, wrapped

    fields = pairs([(f"  {label}", visible(text)) for label, text in found.fields], width)
    return "\n".join([*wrapped(found.said, width), *fields, *wrapped(visible(found.trust), width)]) + "\n"
