"""Made-up reports for the other benchmarks: companies that buy back shares every day and report results now and then.

They are typed, as readers of files hand them on, so that what is measured begins where every import begins.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import chain, islice
from typing import TYPE_CHECKING, TypeVar

from msgspec.structs import replace

from timeline.app.load import entry
from timeline.dates import When
from timeline.event import Report
from timeline.metrics import canonical
from timeline.record import SOURCE_KEY, Source, source_published
from timeline.store.opening import open_writer
from timeline.topics.buybacks import Executed
from timeline.topics.company import Registered
from timeline.topics.results import Reported
from timeline.values import Quantity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path
    from sqlite3 import Connection

    from timeline.event import Payload
    from timeline.store.writer import Writer

    T = TypeVar("T")

FACTS = 200
"""Facts of a company where nothing else is said."""

BATCH = 1000
"""Events in one transaction."""

PUBLISHED = "2026-01-09T00:00:00Z"
RECORDED = datetime(2026, 1, 9, tzinfo=UTC)
_FIRST = date(1990, 1, 1)
# So many that none is reported twice for a quarter, which would be a contradiction.
_METRICS = tuple(f"{name} {part}" for name in ("revenue", "profit", "cash", "debt") for part in ("A", "B", "C"))
_RESULTS_EVERY = 8
_QUARTERS = 40


def reports(company: str, facts: int = FACTS, after: int = 0) -> Iterator[Report]:
    """What is reported of a company, in order: so many facts, a source for those of each month before the first of it.

    Args:
        company: slug.
        facts: how many.
        after: facts that were reported earlier.
    """
    known = _month(_day(after - 1)) if after else None
    for number in range(after, after + facts):
        day = _day(number)
        if _month(day) != known:
            known = _month(day)
            yield Report(payload=_source(known), key=SOURCE_KEY, source=f"{company}-{known}")
        yield Report(
            payload=_payload(company, number, day),
            key=f"fact-{number}",
            company=company,
            source=f"{company}-{known}",
            occurred=When.parse(day.isoformat()),
        )


def filings(company: str, facts: int = FACTS, after: int = 0) -> Iterator[Report]:
    """As `reports`, of a company that files results only, each of its metrics for so many quarters and no more."""
    for report in reports(company, facts, after):
        if not isinstance(report.payload, Reported | Executed):
            yield report
        else:
            number = int(report.key.removeprefix("fact-"))
            day = _day(number % _QUARTERS * 91)
            metric = canonical(f"item {number // _QUARTERS}")
            value = _figure(f"EUR {number % 997}.3 million")
            yield replace(report, payload=Reported(metric=metric, period=_quarter(day), value=value))


def market(companies: int, facts: int = FACTS) -> Iterator[Report]:
    """What is reported of several companies, one company after the other."""
    return chain.from_iterable(reports(f"company-{number}", facts) for number in range(companies))


def published(some: Iterable[Report]) -> dict[str, str]:
    """Publication by source id."""
    return {
        report.source: source_published(report.payload).text
        for report in some
        if isinstance(report.payload, Source) and report.source
    }


def make(path: Path, some: Iterable[Report]) -> None:
    """A log of these reports, with nothing beside it."""
    with open_writer(path) as writer:
        fill(writer, some)
        settle_file(writer.connection)


def fill(writer: Writer, some: Iterable[Report]) -> None:
    """Reports to the log, batch by batch."""
    known: dict[str, str] = {}
    for batch in batches(some):
        known |= published(batch)
        with writer.transaction():
            writer.append([entry(report, known) for report in batch], RECORDED, "benchmark")


def settle_file(connection: Connection) -> None:
    """Move what stands in the write-ahead log into the file."""
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()


def batches(items: Iterable[T], size: int = BATCH) -> Iterator[Sequence[T]]:
    """As they come, so many at a time."""
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch


def _day(number: int) -> date:
    return _FIRST + timedelta(days=number)


def _month(day: date) -> str:
    return f"{day:%Y-%m}"


@cache
def _source(month: str) -> Source:
    following = date.fromisoformat(f"{month}-28") + timedelta(days=9)
    return Source(kind="filing", title=f"Monthly return for {month}", published=following.isoformat(), zone="UTC")


def _payload(company: str, number: int, day: date) -> Payload:
    if number == 0:
        return Registered(name=company.replace("-", " ").title())
    if number % _RESULTS_EVERY == 0:
        metric = _METRICS[number // _RESULTS_EVERY % len(_METRICS)]
        return Reported(metric=canonical(metric), period=_quarter(day), value=_figure(f"EUR {number % 997}.3 million"))
    return Executed(shares=_figure(f"{1000 + number % 997:,} shares"), value=_figure(f"EUR {5000 + number % 983}.25"))


def _quarter(day: date) -> When:
    return When.parse(f"{day.year}-{(day.month - 1) // 3 * 3 + 1:02}/{day.year}-{(day.month - 1) // 3 * 3 + 3:02}")


@cache
def _figure(text: str) -> Quantity:
    return Quantity.parse(text)
