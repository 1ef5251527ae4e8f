"""What a screen says of a company is what `show --json` says of it, in any world, from read models or folded."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from hypothesis import given

from tests.laws import bases
from tests.laws.bases import few
from tests.laws.worlds import DAYS, loads, worlds
from timeline import Timeline

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from tests.laws.worlds import Loads

Json = dict[str, Any]
SINCE = DAYS[2]
TODAY = "2025-07-01"


@few
@given(worlds().flatmap(loads))
def test_screens_say_what_the_pages_say(registered: Path, batches: Loads) -> None:
    with bases.copied(registered) as path:
        bases.load_all(path, batches)
        timeline, pages = Timeline.open(path), bases.pages(path)
        for cut in (False, True):
            rows = timeline.screen("targets", since=SINCE, cut=cut).rows
            assert of(rows, "event") == sorted(revised(pages, cut=cut))
        for beats, statuses in ((False, {"missed"}), (True, {"beat"})):
            rows = timeline.screen("misses", beats=beats).rows
            assert of([row for row in rows if row["status"] != "met"], "event") == sorted(outcomes(pages, statuses))
        assert of(timeline.screen("overdue", today=TODAY).rows, "what", "event") == sorted(overdue(pages))
        assert of(timeline.screen("charges").rows, "event") == sorted(named(pages, "charges", "charges"))
        assert spend(timeline.screen("buybacks", by="value").rows) == spend(spent(pages))
        shares = {row["company"]: Decimal(row["shares"]) for row in timeline.screen("buybacks").rows}
        assert {company: total for company, total in shares.items() if total} == bought(pages)


def of(rows: Iterable[Json], *columns: str) -> list[tuple[str, ...]]:
    return sorted((row["company"], *(row[column] for column in columns)) for row in rows)


def rows_of(pages: dict[str, Json], topic: str, table: str) -> Iterator[tuple[str, Json]]:
    for company, page in pages.items():
        yield from ((company, row) for row in page["sections"].get(topic, {}).get(table, ()))


def named(pages: dict[str, Json], topic: str, table: str) -> Iterator[tuple[str, str]]:
    return ((company, row["event"]) for company, row in rows_of(pages, topic, table))


def revised(pages: dict[str, Json], *, cut: bool) -> Iterator[tuple[str, str]]:
    for company, target in rows_of(pages, "targets", "targets"):
        for row in target["revisions"]:
            if (row["day"] is None or row["day"] >= SINCE) and (not cut or row["action"] == "cut"):
                yield company, row["event"]


def outcomes(pages: dict[str, Json], statuses: set[str]) -> Iterator[tuple[str, str]]:
    for company, target in rows_of(pages, "targets", "targets"):
        if target["status"] in statuses:
            yield company, target["outcome"]["event"]


def overdue(pages: dict[str, Json]) -> Iterator[tuple[str, str, str]]:
    for company, page in pages.items():
        for section in page["sections"].values():
            for promise in section.get("promises", ()):
                if promise["last"] and promise["last"] < TODAY and not promise["lapses"]:
                    yield company, promise["what"], promise["event"]


def spent(pages: dict[str, Json]) -> list[Json]:
    return [{"company": company, **row} for company, row in rows_of(pages, "buybacks", "spend")]


def spend(rows: Iterable[Json]) -> list[tuple[str, ...]]:
    columns = ("company", "currency", "purchases", "shares", "value", "average")
    return sorted(tuple(str(row[column]) for column in columns) for row in rows)


def bought(pages: dict[str, Json]) -> dict[str, Decimal]:
    """By hand of the executions, in the shares in which they were told, as nothing here splits."""
    total: dict[str, Decimal] = defaultdict(Decimal)
    for company, row in rows_of(pages, "buybacks", "executions"):
        total[company] += Decimal(row["shares"])
    return dict(total)
