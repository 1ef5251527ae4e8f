"""`timeline screen`: questions across all companies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from timeline.cli.options import Session, Style, clocks, examples, reading
from timeline.cli.outcome import verdict
from timeline.cli.output import write_listing
from timeline.cli.progress import progress

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

TAKES = {
    "targets": ("raised", "cut", "since", "metric"),
    "guidance": ("since", "metric"),
    "misses": ("beats", "since", "metric"),
    "buybacks": ("since", "by", "currency"),
    "overdue": ("today",),
    "firsts": ("since", "metric"),
    "charges": ("since", "currency"),
}
"""The screens, and the options of each besides those of all; as `timeline.app.screen.TAKES`."""


def _complete(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    return [CompletionItem(name) for name in TAKES if name.startswith(incomplete)]


@click.command(
    short_help="Ask a question of all companies at once.",
    epilog=examples("timeline screen targets --cut --since 2025-06-30", "timeline screen buybacks --by percent"),
)
@click.argument("name", metavar="SCREEN", shell_complete=_complete)
@click.option("--since", metavar="DAY", help="Only from DAY on.")
@click.option("--metric", metavar="NAME", help="targets, guidance, misses, firsts: one metric.")
@click.option("--raised", is_flag=True, help="targets: only those raised.")
@click.option("--cut", is_flag=True, help="targets: only those cut.")
@click.option("--beats", is_flag=True, help="misses: what was beaten instead.")
@click.option(
    "--by", type=click.Choice(["shares", "value", "percent"]), metavar="SIZE", help="shares, value or percent."
)
@click.option("--currency", metavar="CODE", help="buybacks, charges: one currency.")
@click.option("--today", metavar="DAY", help="overdue: as of DAY.")
@click.option("--sort", metavar="COLUMN", help="Other order; -COLUMN: largest first.")
@click.option("--limit", type=click.IntRange(min=0), metavar="N", help="The first N rows.")
@clocks
@reading
def screen(
    session: Session,
    style: Style,
    *,
    name: str,
    as_of: str | None,
    as_recorded: str | None,
    **choices: Any,  # noqa: ANN401
) -> int:
    """Ask all companies: targets, guidance, misses, buybacks, overdue, firsts, charges.

    A clock folds every company from the log, which takes longer.
    """
    _refuse_strangers(name, choices)
    with progress("Screening") as told:
        found = session.timeline().screen(name, as_of=as_of, as_recorded=as_recorded, progress=told, **choices)
    write_listing(found, style)
    return verdict(found.findings)


def _refuse_strangers(name: str, choices: dict[str, Any]) -> None:
    """An option of another screen than the one that is asked for would be passed over in silence."""
    if name not in TAKES:
        raise click.UsageError(f"No screen called {name!r}; there are: {', '.join(TAKES)}.")
    for option, value in choices.items():
        if value and option not in {*TAKES[name], "sort", "limit"}:
            raise click.UsageError(
                f"--{option} goes with: {', '.join(each for each in TAKES if option in TAKES[each])}."
            )
