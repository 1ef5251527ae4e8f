"""`timeline doctor`: whether all is well with the database and what it lives in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from timeline.cli.options import Session, Style, examples, reading
from timeline.cli.outcome import DONE, FAILED, UNVERIFIED
from timeline.cli.output import Forms, write
from timeline.cli.progress import progress

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.app.keeping.doctor import Checkup
    from timeline.page import Listing


@click.command(
    short_help="Check the database and what it lives in.",
    epilog=examples("timeline doctor", "timeline doctor --full", "timeline doctor --json"),
)
@click.option("--full", is_flag=True, help="Verify the whole log, and replay what follows from it.")
@reading
def doctor(session: Session, style: Style, *, full: bool) -> int:
    """Check SQLite, the disk, the files, the log and what is stored beside it, each with a remedy. Writes nothing.

    Ends with 5 where the log or what follows from it is not what was written, with 1 where anything else is an error.
    Warnings and notes end with 0.
    """
    with progress("Checking") as told:
        found = session.timeline().doctor(full=full, progress=told)
    write(_forms(found), style)
    if found.unverified:
        return UNVERIFIED
    return FAILED if found.failed else DONE


def _forms(found: Checkup) -> Forms:
    from timeline import render
    from timeline.render.checkup import checkup_text

    rows = [{"check": each.check, "status": each.status, "what": each.what, "fix": each.fix} for each in found.lines]

    def document() -> Iterator[str]:
        head = {"schema": found.schema, "database": found.database, "full": found.full}
        return render.data.json_text({**head, "checks": rows})

    return Forms(
        text=lambda width, color: checkup_text(rows, width, color=color),
        json=document,
        lines=lambda: render.data.listing_lines(_listing(found.schema, rows)),
        csv=lambda: render.sheet.listing_csv(_listing(found.schema, rows)),
        book=lambda: render.book.listing_book(_listing(found.schema, rows)),
    )


def _listing(schema: str, rows: list[dict[str, str]]) -> Listing:
    """The lines as forms that are tables hold them; no clock bears on them."""
    from timeline.page import Basis, Listing
    from timeline.render.checkup import TABLE

    return Listing(schema=schema, table=TABLE, rows=tuple(rows), basis=Basis(position=0, today=""))
