"""Making all read models anew from the log, a few companies a transaction.

Every company is folded, whatever is stored of it, since a read model that was edited, digest and all, shows in nothing
else. A rebuild that was interrupted has left a mark, and the next one goes on with the companies that it did not reach.
Readers see of each company what was stored before until all that is new of it is.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from msgspec import Struct

from timeline.app.fingerprint import fingerprint
from timeline.app.fold import members
from timeline.app.rebuilding.meanwhile import meanwhile
from timeline.app.rebuilding.workers import outcomes, usable_cores
from timeline.app.refresh import Renewed, declare, forget, keep, mark_sources, outdate, renew
from timeline.app.searching.indexing import index_in_steps
from timeline.catalog import catalog
from timeline.errors import Unfoldable
from timeline.store import models, names, unfinished

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from timeline.app.progress import Progress
    from timeline.app.rebuilding.meanwhile import Meanwhile
    from timeline.app.rebuilding.workers import Batch, Outcome
    from timeline.history.members import Members
    from timeline.store.log import Reader
    from timeline.store.writer import Writer

MANY_EVENTS = 4000
"""Events of a batch: enough that waiting for the disk after each does not count, few enough to hold several."""

MANY_COMPANIES = 100
"""Companies of a batch at most."""

_SPAN = 20_000
"""Positions of the log among which sources are marked in one transaction."""


class Failed(Struct, frozen=True):
    """A company that could not be folded.

    Attributes:
        company: slug.
        topic: name; empty where it is not that of one topic.
        event: id of the event since which it is so; empty where none was found.
        what: all of that, and why, in a line.
        fix: what to do about it.
    """

    company: str
    topic: str
    event: str
    what: str
    fix: str


class RebuildReport(Struct, frozen=True, kw_only=True):
    """What a rebuild did.

    Attributes:
        companies: number of companies, those that are one counted once.
        sections: number of sections stored.
        changed: number of sections that differ from what was stored before.
        resumed: number of the companies that a rebuild before, which was interrupted, had done.
        failed: the companies that could not be folded, by slug; nothing stored of them is shown.
    """

    companies: int
    sections: int
    changed: int
    resumed: int = 0
    failed: tuple[Failed, ...] = ()


def rebuild(
    writer: Writer,
    progress: Progress | None = None,
    *,
    jobs: int | None = 1,
    anew: bool = False,
    finish: Callable[[], object] | None = None,
) -> RebuildReport:
    """Fold every company from the log and store the result, a batch in each transaction.

    Args:
        writer: outside a transaction.
        progress: called with a company, how many are done, and of how many.
        jobs: number of processes; None for one a core.
        anew: whether to begin from the start where a rebuild was interrupted.
        finish: what is to be done outside a transaction before the mark of an unfinished rebuild goes, so that it is
            done again where that was interrupted.

    Raises:
        WorkerLost: a process ended early; what was stored stays.
    """
    run = _Run(writer, progress, anew=anew)
    with outcomes(writer.target, batches(run.left), jobs or usable_cores()) as found:
        for start in range(0, writer.log.head(), _SPAN):
            with writer.transaction():
                mark_sources(writer, start, start + _SPAN)
        index_in_steps(writer, anew=anew)
        for batch in found:
            run.store(batch)
    if finish:
        finish()
    return run.end()


class _Run:
    """A rebuild under way.

    Attributes:
        left: companies that are to be folded, with the number of their events.
    """

    def __init__(self, writer: Writer, progress: Progress | None, *, anew: bool) -> None:
        self._writer = writer
        self._progress = progress
        self._changed = 0
        self._failed: dict[str, Failed] = {}
        with writer.transaction():
            declare(writer, mend=True)
            known = members(writer.log)
            counts = _events(writer.log.companies(), known)
            forget(writer, (names.companies(writer.connection) | models.companies(writer.connection)) - counts.keys())
            reached = _reached(writer, known, anew=anew) & counts.keys()
        self.left = {company: events for company, events in counts.items() if company not in reached}
        self._resumed = self._done = len(reached)

    def store(self, batch: Sequence[Outcome]) -> None:
        """Make what came of a batch visible."""
        with self._writer.transaction():
            since = meanwhile(self._writer.log, min(outcome.position for outcome in batch))
            for outcome in batch:
                self._note(_stored(self._writer, outcome, since))
        for outcome in batch:
            self._done += 1
            if self._progress:
                self._progress(outcome.slugs[0], self._done, self._resumed + len(self.left))

    def end(self) -> RebuildReport:
        """Remove the mark of what is under way."""
        with self._writer.transaction():
            unfinished.end(self._writer.connection)
            sections = models.count(self._writer.connection)
        return RebuildReport(
            companies=self._resumed + len(self.left),
            sections=sections,
            changed=self._changed,
            resumed=self._resumed,
            failed=tuple(failed for _, failed in sorted(self._failed.items())),
        )

    def _note(self, renewed: Renewed) -> None:
        self._changed += renewed.changed
        for error in renewed.failed:
            failed = Failed(error.company, error.topic, error.event, error.message, error.fix)
            self._failed[error.company] = failed


def batches(events: Mapping[str, int]) -> list[Batch]:
    """Companies in batches, those with most events first, so that no process is left alone with one at the end.

    Args:
        events: their number by company, in the order of the slugs.
    """
    found: list[tuple[int, list[str]]] = []
    for company, number in events.items():
        if not found or found[-1][0] + number > MANY_EVENTS or len(found[-1][1]) == MANY_COMPANIES:
            found.append((0, []))
        found[-1] = (found[-1][0] + number, [*found[-1][1], company])
    return [tuple(batch) for _, batch in sorted(found, key=lambda each: -each[0])]


def _events(counts: Mapping[str, int], known: Members) -> dict[str, int]:
    """Number of events by the slug that stands for the company, in the order of these."""
    found: Counter[str] = Counter()
    for slug, number in counts.items():
        found[known.representative(slug)] += number
    return dict(sorted(found.items()))


def _reached(writer: Writer, known: Members, *, anew: bool) -> set[str]:
    """The companies that are done already, where a rebuild was interrupted; begins one where none was."""
    connection, log = writer.connection, writer.log
    since = 0 if anew else unfinished.begun(connection)
    if not 0 < since <= log.head():
        unfinished.begin(connection, log.head(), _company_at(log, log.head(), known))
        return set()
    stored = unfinished.stored_since(connection, since, fingerprint(), len(catalog().topics))
    done = {company for company, position in stored.items() if position >= _last(log, known.of(company))}
    return done - {_company_at(log, since, known)}


def _company_at(reader: Reader, position: int, known: Members) -> str | None:
    """Slug that stands for the company that an event is about; None where it is about none."""
    row = next(reader.rows(after=position - 1, upto=position), None)
    return known.representative(row.envelope.company) if row and row.envelope.company else None


def _last(reader: Reader, slugs: Iterable[str]) -> int:
    return max(reader.head(slug) for slug in slugs)


def _stored(writer: Writer, outcome: Outcome, since: Meanwhile) -> Renewed:
    """Store what came of a company, or what does now, where more of it was appended meanwhile."""
    if since.concerns(outcome.slugs):
        return renew(writer, outcome.slugs)
    if isinstance(outcome.made, Unfoldable):
        outdate(writer, outcome.slugs[0], since.known or members(writer.log))
        return Renewed(failed=(outcome.made,))
    return Renewed(changed=keep(writer, outcome.made))
