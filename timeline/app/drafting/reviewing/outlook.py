"""What loading a confirmed fixture would do, tried out on the database and undone."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

from timeline.app.auditing.figures import audit_figures
from timeline.app.clocks import basis
from timeline.app.drafting.reviewing.effects import Effect, Effects
from timeline.app.fold import members
from timeline.app.load import read_batch, record
from timeline.app.plan import make_plan
from timeline.app.rehearsal import trial, undone
from timeline.errors import InvalidInput
from timeline.section import Finding
from timeline.topics.company import Registered

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from timeline.app.plan import Plan
    from timeline.errors import Problem
    from timeline.event import Report
    from timeline.intake.fixture import Batch
    from timeline.store.database import Target
    from timeline.store.log import Reader
    from timeline.store.writer import Writer


class Outlook(Struct, frozen=True, kw_only=True):
    """What a load would do.

    Attributes:
        facts: how many the fixture has.
        verdicts: how many of them would do what, in the order of the file.
        striking: key and effect of each fact that conflicts, differs or stands apart.
        findings: what `audit figures` would say of the companies that it does not say now.
        events: how many events would be appended, the source among them.
    """

    facts: int
    verdicts: tuple[tuple[str, int], ...]
    striking: tuple[tuple[str, Effect], ...]
    findings: tuple[Finding, ...]
    events: int


def outlook(database: Target, path: str) -> Outlook:
    """What loading a fixture would do, and what would be found amiss then; nothing is written.

    Raises:
        InvalidInput: the fixture cannot be read, or a load of it would be refused.
        DatabaseUnusable: the database can only be tried before it is upgraded, or not be written.
    """
    batch = read_batch([path], None)
    with trial(database) as writer:
        found = [(report, effect) for report, effect in _effects(writer.log, batch)]
        plan = make_plan(writer.log, batch)
        if refused := [*plan.problems, *_refused(plan, path)]:
            raise InvalidInput(refused)
        findings = _new_findings(writer, plan.new, plan.published) if plan.new else ()
    counts = Counter(effect.verdict for _, effect in found)
    striking = tuple((report.key, effect) for report, effect in found if effect.verdict in ("conflicts", "apart"))
    return Outlook(
        facts=len(batch.reports),
        verdicts=tuple(counts.items()),
        striking=striking,
        findings=findings,
        events=len(plan.new),
    )


def _refused(plan: Plan, path: str) -> Iterator[Problem]:
    """What an ordinary load does not do unasked."""
    for change in plan.changed:
        yield change.place.problem(
            "event-differs", change.told, f"to correct it: timeline load {path} --correct REASON"
        )
    for gone in plan.missing:
        fix = f"to take it back: timeline load {path} --retract-missing REASON"
        yield gone.place.problem("event-missing", gone.told, fix)


def _effects(reader: Reader, batch: Batch) -> Iterable[tuple[Report, Effect]]:
    registered = [report.company or "" for report in batch.reports if isinstance(report.payload, Registered)]
    for source_id, source, _ in batch.sources:
        effects = Effects(reader, source_id, source, registered)
        yield from ((report, effects.of(report)) for report in batch.reports if report.source == source_id)


def _new_findings(writer: Writer, new: Sequence[Report], published: dict[str, str]) -> tuple[Finding, ...]:
    """What the figures of the companies show with these reports and do not show without."""
    companies = {report.company for report in new if report.company}
    before = [finding.what for finding in _findings(writer.log, companies)]
    after: list[Finding] = []
    with undone(writer):
        record(writer, new, published)
        after += _findings(writer.log, companies)
    return tuple(finding for finding in after if finding.what not in before)


def _findings(reader: Reader, companies: Iterable[str]) -> list[Finding]:
    known = members(reader)
    slugs = sorted({known.representative(company) for company in companies if reader.head(company)})
    asked = basis(reader.head(), today=date.today().isoformat())  # noqa: DTZ011 - the user's own day
    verdicts = audit_figures(reader.connection, slugs, asked, lambda _what, _done, _total: None)
    return [verdict for _, verdict in verdicts if isinstance(verdict, Finding)]
