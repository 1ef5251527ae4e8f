"""`timeline conflicts`: where reports of one thing disagree."""

from __future__ import annotations

import click

from timeline.cli.listings import table_option, write_listings
from timeline.cli.options import Session, Style, clocks, company_argument, examples, reading
from timeline.cli.outcome import verdict


@click.command(
    short_help="List where reports of one thing disagree.",
    epilog=examples(
        "timeline conflicts",
        "timeline conflicts xiaomi --format csv --table conflicts.reports",
        "timeline conflicts --json",
    ),
)
@company_argument()
@table_option
@clocks
@reading
def conflicts(
    session: Session,
    style: Style,
    *,
    company: str | None,
    table: str | None,
    as_of: str | None,
    as_recorded: str | None,
) -> int:
    """List the figures of COMPANY, or of all companies, on which reports disagree, and which of them stands and why.

    Below them stand the reports that are too imprecise to be placed: they count in no total.
    """
    found = session.timeline().conflicts(company, as_of=as_of, as_recorded=as_recorded)
    write_listings(found, style, table)
    return verdict(found.findings)
