"""How long a question to 5,000 companies takes, beside the SQL view of the same rows, which proves nothing of them."""

from __future__ import annotations

import time
from contextlib import closing
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from benchmarks.ratio import Ratio
from timeline import Timeline
from timeline.store.driver import sqlite

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from sqlite3 import Connection

ROOT = Path(__file__).parent.parent
COMPANIES = 5_000
MODEL = "xiaomi"
ROUNDS = 5
GOAL = 8.0
VIEWS = {
    "targets": ("target_revisions", {"raised": True, "since": "2025-01-01"}),
    "buybacks": ("buyback_executions", {"by": "value"}),
    "overdue": (None, {"today": "2026-12-31"}),
    "misses": ("targets", {"beats": True}),
}
PROMISES = "SELECT company, topic, data FROM read_item WHERE part = 'promises'"


def measure() -> Iterator[Ratio]:
    """Screens of targets, buybacks, promises and outcomes."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "facts.db"
        Timeline.open(path).load([str(ROOT / "fixtures")])
        with closing(sqlite.connect(path, isolation_level=None)) as connection:
            multiply(connection, COMPANIES)
        timeline = Timeline.open(path)
        for name, (view, choices) in VIEWS.items():
            found = timeline.screen(name, **choices)  # type: ignore[arg-type]
            assert len(found.rows) >= COMPANIES
            assert not found.findings
            plain = f"SELECT * FROM {view}" if view else PROMISES  # noqa: S608 - of the names above
            taken, base = taking_turns(partial(timeline.screen, name, **choices), partial(rows, path, plain))  # type: ignore[arg-type]
            yield Ratio(f"screen {name}, 5,000 companies", taken, view or "promises, undecoded", base, GOAL)


def multiply(connection: Connection, companies: int) -> None:
    """Give companies of other names the events, names and read models of one; a digest says nothing of the company."""
    triggers = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")]
    for name in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute("BEGIN")
    connection.execute(
        "CREATE TEMP TABLE other AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)"
        " SELECT i, format('company-%05d', i) AS slug FROM n",
        (companies,),
    )
    (head,) = connection.execute("SELECT max(position) FROM event").fetchone()
    connection.execute(
        """INSERT INTO event
           SELECT ?1 + row_number() OVER (ORDER BY other.i, position), format('%032x', other.i * 1000 + position), slug,
                  kind, source, key, target, published, recorded, actor, commitment
           FROM event JOIN other WHERE company = ?2""",
        (head, MODEL),
    )
    (last,) = connection.execute("SELECT max(position) FROM event").fetchone()
    connection.execute(
        "INSERT INTO company_name SELECT slug, scheme, iif(scheme = 'slug', slug, value || i),"
        " iif(scheme = 'slug', slug, folded || i), first, last FROM company_name JOIN other WHERE company = ?",
        (MODEL,),
    )
    connection.execute(
        "INSERT INTO read_model SELECT slug, topic, version, ?, digest FROM read_model JOIN other WHERE company = ?",
        (last, MODEL),
    )
    connection.execute(
        "INSERT INTO read_item SELECT slug, topic, partition, part, seq, data FROM read_item JOIN other"
        " WHERE company = ? ORDER BY slug, topic, partition, part, seq",
        (MODEL,),
    )
    connection.execute("COMMIT")


def rows(path: Path, select: str) -> int:
    """The number of rows that a query gives, each fetched."""
    with closing(sqlite.connect(path)) as connection:
        return sum(1 for _ in connection.execute(select))


def taking_turns(*calls: Callable[[], object]) -> list[float]:
    """Median seconds of each."""
    rounds = [[seconds(call) for call in calls] for _ in range(ROUNDS)]
    return [median(taken) for taken in zip(*rounds, strict=True)]


def seconds(call: Callable[[], object]) -> float:
    """Of one call."""
    start = time.perf_counter()
    call()
    return time.perf_counter() - start
