"""The audit of figures: every company folded from the log, with what all checks make of it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from timeline import agreement, checks
from timeline.app.auditing.calendars import calendars
from timeline.app.clocks import clock
from timeline.app.fold import members, tell, visible_stream
from timeline.app.show import error_told, stopped
from timeline.catalog import catalog
from timeline.errors import Unfoldable
from timeline.store.log import Reader

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from sqlite3 import Connection

    from timeline.app.fold import Telling
    from timeline.app.progress import Progress
    from timeline.check import Rule, Verdict
    from timeline.page import Basis


def audit_figures(
    connection: Connection, slugs: Sequence[str], asked: Basis, progress: Progress
) -> Iterator[tuple[str, Verdict]]:
    """What came of each comparison, with the company's slug.

    Args:
        connection: to the database.
        slugs: those that stand for the companies.
        asked: the clocks, and the day against which promises are overdue.
        progress: told the company, its number and how many there are.
    """
    reader, then = Reader(connection), clock(asked.as_of, asked.as_recorded)
    known, today = members(reader, then), date.fromisoformat(asked.today)
    for number, slug in enumerate(slugs, 1):
        try:
            told = tell(visible_stream(reader, slug, then, known))
        except Unfoldable as error:
            yield slug, error_told(error)
        else:
            yield from ((slug, verdict) for verdict in _verdicts(told, today))
        progress(slug, number, len(slugs))


def figure_rules() -> tuple[Rule, ...]:
    """The rules, those of a topic together."""
    own = (rule for topic in catalog().topics for rule in topic.rules)
    return (*own, *checks.RULES, *agreement.RULES)


def _verdicts(told: Telling, today: date) -> Iterator[Verdict]:
    yield from told.verdicts
    yield from checks.at_reading(told.sections, told.claims, today, calendars)
    for section in told.sections:
        if section.problem:
            yield stopped(section)
