"""`timeline audit`: the reported figures against one another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from timeline import render
from timeline.cli.options import Session, Style, clocks, company_argument, complete_company, examples, reading
from timeline.cli.outcome import verdict
from timeline.cli.output import Forms, write

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from timeline.app.audit import Audit

AUDITS = ("targets",)


def _complete(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    audits = [CompletionItem(name) for name in AUDITS if name.startswith(incomplete)]
    return audits + complete_company(context, parameter, incomplete)


@click.command(
    short_help="Check the reported figures against one another.",
    epilog=examples("timeline audit targets xiaomi", "timeline audit --format jsonl"),
)
@click.argument("what", required=False, metavar="[targets]", shell_complete=_complete)
@company_argument()
@clocks
@reading
def audit(
    session: Session,
    style: Style,
    *,
    what: str | None,
    company: str | None,
    as_of: str | None,
    as_recorded: str | None,
) -> int:
    """Audit COMPANY, or all companies. Ends with 1 where a check found an error.

    targets: each target's revisions against the one before and the first, then the outcome against the last target and
    the first. Without the name of an audit, all that there are.
    """
    if what and what not in AUDITS:
        if company:
            raise click.UsageError(f"No audit called {what!r}; there is: {', '.join(AUDITS)}.")
        company = what
    found = session.timeline().audit_targets(company, as_of=as_of, as_recorded=as_recorded)
    write(_forms(found), style, found.basis)
    problems = [problem for page in found.parts for problem in page.problems]
    return verdict(found.findings, problems)


def _forms(found: Audit) -> Forms:
    return Forms(
        text=lambda width, color: render.text.audit_text(found, width, color=color),
        json=lambda: render.data.json_text(render.data.audit_json(found)),
        lines=lambda: render.data.audit_lines(found),
        csv=lambda: render.sheet.pages_csv(found.parts),
    )
