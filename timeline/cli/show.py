"""`timeline show`: a company's page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from timeline import render
from timeline.cli.options import TABLES, Session, Style, clocks, company_argument, examples, reading
from timeline.cli.outcome import say, verdict
from timeline.cli.output import Forms, named_table, write
from timeline.render.excerpt import Length

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from timeline.page import Page

_PAGE = Length(rows=24, inner=6, findings=8)
"""How much of each topic the page of a company shows."""
_TOPIC = Length(rows=120, inner=24, findings=40)
"""How much is shown of a topic that is asked for."""


def _complete_topic(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    from timeline.catalog import catalog

    topics = (topic.layout for topic in catalog().topics)
    return [CompletionItem(layout.topic, help=layout.title) for layout in topics if layout.topic.startswith(incomplete)]


@click.command(
    short_help="Show a company as its events have it.",
    epilog=examples(
        "timeline show xiaomi",
        "timeline show 1810.HK buybacks",
        "timeline show xiaomi --as-of 2025-06-30",
        "timeline show xiaomi targets --format csv --table targets.revisions",
    ),
)
@company_argument("COMPANY")
@click.argument("topic", required=False, shell_complete=_complete_topic)
@click.option("--table", metavar="NAME", help="With TOPIC and --format csv, xlsx or parquet: one table.")
@click.option("--all", "whole", is_flag=True, help="Show long tables whole, too.")
@clocks
@reading
def show(
    session: Session,
    style: Style,
    *,
    company: str | None,
    topic: str | None,
    table: str | None,
    whole: bool,
    as_of: str | None,
    as_recorded: str | None,
) -> int:
    """Show COMPANY as its events have it, or only one TOPIC, such as targets.

    COMPANY is a slug, name, alias, ticker, ISIN or LEI. Ends with 1 where a topic is stopped or a check found an error.

    Of long tables, the text shows the latest of what matters most, more of it for a TOPIC, and all with --all.

    As CSV, a page is one line a value; --table gives one table of a TOPIC instead, and `targets.revisions` names a
    table inside another's rows.
    """
    if company is None:
        raise click.UsageError("Name a company, as in `timeline show xiaomi`; `timeline companies` lists them.")
    if table and (style.format not in TABLES or not topic):
        raise click.UsageError("--table goes with a TOPIC and --format csv, xlsx or parquet.")
    if style.format == "parquet" and not table:
        raise click.UsageError("A Parquet file holds one table: name a TOPIC and --table.")
    page = session.timeline().show(company, topic, as_of=as_of, as_recorded=as_recorded)
    length = None if whole else _length(session, page.slug, topic, as_of, as_recorded)
    write(_forms(page, table, length), style, page.basis)
    if style.format != "text":
        for problem in page.problems:
            say(f"stopped: {problem}")
    return verdict((), page.problems)  # what checks found is shown; whether it is grave is for `audit` to say


def _length(session: Session, slug: str, topic: str | None, as_of: str | None, as_recorded: str | None) -> Length:
    """How much the text shows, and what to type on the same clocks to see all of a topic."""
    clocked = [f"{name}={value}" for name, value in (("--as-of", as_of), ("--as-recorded", as_recorded)) if value]
    most = _TOPIC if topic else _PAGE
    return most._replace(command=lambda each: session.command("show", slug, each, "--all", *clocked))


def _forms(page: Page, table: str | None, length: Length | None) -> Forms:
    return Forms(
        text=lambda width, color: render.text.page_text(page, width, color=color, length=length),
        json=lambda: render.data.json_text(render.data.page_json(page)),
        lines=lambda: render.data.page_lines(page),
        csv=lambda: (
            named_table(lambda: render.sheet.table_csv(page, table)) if table else render.sheet.pages_csv([page])
        ),
        book=lambda: named_table(lambda: render.book.page_book(page, table)),
    )
