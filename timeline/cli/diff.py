"""`timeline diff`: what changed between two moments."""

from __future__ import annotations

import click

from timeline.cli.listings import table_option, write_listings
from timeline.cli.options import Session, Style, clocks, complete_company, examples, reading
from timeline.cli.outcome import verdict


@click.command(
    short_help="Show what changed between two moments.",
    epilog=examples(
        "timeline diff xiaomi 2025-06-30 2025-12-31",
        "timeline diff xiaomi 40 100 --recorded",
        "timeline diff xiaomi 2025-06-30 2025-12-31 --format csv --table events",
    ),
)
@click.argument("company", shell_complete=complete_company)
@click.argument("start", metavar="FROM")
@click.argument("end", metavar="TO")
@click.option("--recorded", is_flag=True, help="FROM and TO are when things were recorded: times or positions.")
@table_option
@clocks
@reading
def diff(
    session: Session,
    style: Style,
    *,
    company: str,
    start: str,
    end: str,
    recorded: bool,
    table: str | None,
    as_of: str | None,
    as_recorded: str | None,
) -> int:
    """Show what became known of COMPANY after FROM and by TO, and which headlines and figures it changed.

    FROM and TO are days or times of publication. With --as-recorded, both are asked of what was recorded by then; with
    --recorded it is the other way round, and --as-of asks both of what was public by then.
    """
    fixed, other, name = (as_of, as_recorded, "--as-recorded") if recorded else (as_recorded, as_of, "--as-of")
    if other:
        raise click.UsageError(f"{name} and FROM and TO are of one clock; name that moment as FROM or TO.")
    found = session.timeline().diff(company, start, end, recorded=recorded, fixed=fixed)
    write_listings(found, style, table)
    return verdict(found.findings)
