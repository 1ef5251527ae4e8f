"""`timeline audit`: reported figures against one another, sources against their texts, the log against itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from timeline import render
from timeline.cli.options import Session, Style, clocks, company_argument, complete_company, examples, reading
from timeline.cli.outcome import UNVERIFIED, verdict
from timeline.cli.output import Forms, write
from timeline.cli.progress import progress

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from timeline.page import Audit

AUDITS = ("targets", "figures", "sources", "log")


def _complete(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    audits = [CompletionItem(name) for name in AUDITS if name.startswith(incomplete)]
    return audits + complete_company(context, parameter, incomplete)


@click.command(
    short_help="Check figures, targets, sources and the log.",
    epilog=examples("timeline audit figures xiaomi", "timeline audit log --against checkpoint.txt"),
)
@click.argument("what", required=False, metavar="[AUDIT]", shell_complete=_complete)
@company_argument()
@click.option("--text", "texts", metavar="PATH", help="sources: a folder of their texts, or one of them.")
@click.option("--against", metavar="FILE", multiple=True, help="log: a checkpoint that was kept elsewhere.")
@click.option("--no-replay", is_flag=True, help="log: leave out what is stored beside it.")
@click.option("--rules", is_flag=True, help="List every rule, with how often it was applied.")
@clocks
@reading
def audit(
    session: Session,
    style: Style,
    *,
    what: str | None,
    company: str | None,
    texts: str | None,
    against: tuple[str, ...],
    no_replay: bool,
    rules: bool,
    as_of: str | None,
    as_recorded: str | None,
) -> int:
    """Audit COMPANY, or all companies. Ends with 1 where a check found an error, with 5 where the log does not hold.

    targets: how each was revised, and the outcome against the last and the first. figures: what cannot be true as
    printed, or is unlikely to be. sources: hashes and quotes. log: that it was not rewritten. Without a name, all.
    """
    if what and what not in AUDITS:
        if company:
            raise click.UsageError(f"No audit called {what!r}; there are: {', '.join(AUDITS)}.")
        what, company = None, what
    _refuse_strangers(what, texts, against, no_replay=no_replay)
    with progress("Auditing") as told:
        found = session.timeline().audit(
            company,
            only=[what] if what else (),
            texts=texts,
            against=against,
            replay=not no_replay,
            as_of=as_of,
            as_recorded=as_recorded,
            progress=told,
        )
    write(_forms(found, rules=rules), style, found.basis)
    return UNVERIFIED if verdict(found.found_by("log")) else verdict(found.findings)


def _refuse_strangers(what: str | None, texts: str | None, against: tuple[str, ...], *, no_replay: bool) -> None:
    """An option of another audit than the one that is asked for would be passed over in silence."""
    if texts and what not in {None, "sources"}:
        raise click.UsageError("--text goes with: timeline audit sources.")
    if (against or no_replay) and what not in {None, "log"}:
        raise click.UsageError("--against and --no-replay go with: timeline audit log.")


def _forms(found: Audit, *, rules: bool) -> Forms:
    return Forms(
        text=lambda width, color: render.text.audit_text(found, width, rules=rules, color=color),
        json=lambda: render.data.json_text(render.data.audit_json(found)),
        lines=lambda: render.data.audit_lines(found),
        csv=lambda: (
            render.sheet.pages_csv(found.parts)
            if found.audits == ("targets",)
            else render.sheet.findings_csv(found.findings)
        ),
        book=lambda: render.book.audit_book(found),
    )
