"""`timeline show`: a company's page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from timeline.cli.options import Session, Style, clocks, company_argument, reading
from timeline.cli.outcome import say, verdict
from timeline.cli.output import Forms, write

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.page import Page


@click.command(short_help="Show a company as its events have it.")
@company_argument(required=True)
@click.argument("topic", required=False)
@click.option("--table", metavar="NAME", help="With TOPIC and --format csv: one table as a rectangle.")
@clocks
@reading
def show(
    session: Session,
    style: Style,
    *,
    company: str,
    topic: str | None,
    table: str | None,
    as_of: str | None,
    as_recorded: str | None,
) -> int:
    """Show COMPANY as its events have it, or only one TOPIC.

    COMPANY is a slug, name, alias, ticker, ISIN or LEI.

    As CSV, the page is one line a value; with TOPIC and --table it is that table, and
    `targets.revisions` names a table inside another's rows.

    Ends with 1 where a topic is stopped or a check found an error.
    """
    if table and (style.format != "csv" or not topic):
        raise click.UsageError("--table goes with a TOPIC and --format csv.")
    page = session.timeline().show(company, topic, as_of=as_of, as_recorded=as_recorded)
    write(_forms(page, table), style, page.basis)
    if style.format != "text":
        for problem in page.problems:
            say(f"stopped: {problem}")
    return verdict(page.findings, page.problems)


def _forms(page: Page, table: str | None) -> Forms:
    from timeline.render import data, sheet, text

    return Forms(
        text=lambda width, color: text.page_text(page, width, color=color),
        json=lambda: data.json_text(data.page_json(page)),
        lines=lambda: data.page_lines(page),
        csv=lambda: _table(page, table) if table else sheet.pages_csv([page]),
    )


def _table(page: Page, name: str) -> Iterator[str]:
    from timeline.render.sheet import TableUnknown, table_csv

    try:
        return table_csv(page, name)
    except TableUnknown as error:
        raise click.BadParameter(str(error), param_hint="--table") from None
