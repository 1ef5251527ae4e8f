"""How fast a log is verified, beside reading the same rows and dropping them, and how much memory that takes.

`python -m benchmarks.verify 1000000` tries it on a million events.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from benchmarks.ratio import Ratio
from timeline.check import findings
from timeline.event import event_id
from timeline.store.log import COLUMNS, Entry
from timeline.store.opening import open_reader, open_writer
from timeline.store.verify import verify

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from sqlite3 import Connection

ROOT = Path(__file__).parent.parent
EVENTS = 100_000
LOAD = 10_000
ROUNDS = 7
GOAL = 1 / 0.35
MEMORY_GOAL = 1.1
ROWS = f"""\
SELECT {", ".join(f"event.{name}" for name in COLUMNS)}, body.salt, body.body
FROM event LEFT JOIN body ON body.position = event.position ORDER BY event.position"""  # noqa: S608 - of the names above
START = datetime(2026, 1, 9, tzinfo=UTC)
BODY = (
    '{{"at":[{{"paragraph":3,"quote":"HKD 190.6 million"}}],"occurred":{{"edtf":"2026-01-08","first":"2026-01-08",'
    '"last":"2026-01-08"}},"payload":{{"shares":{{"high":"5500000","low":"4500000","printed":"{number}"}}}},"version":1}}'
)


def measure(events: int = EVENTS) -> Iterator[Ratio]:
    """Verification of the log, then with SQLite's own check of the file, then memory at ten times the events."""
    with TemporaryDirectory() as folder:
        small, large = Path(folder) / "small.db", Path(folder) / "large.db"
        make(small, events // 10)
        make(large, events)
        with closing(open_reader(large)) as connection:
            reading, plain, whole = taking_turns(
                lambda: read(connection),
                lambda: check(connection, structure=False),
                lambda: check(connection, structure=True),
            )
        rows = f"reading {events:,} events"
        yield Ratio(f"verify {events:,} events", plain, rows, reading, GOAL)
        yield Ratio("the same, and the indexes", whole, rows, reading)
        # Kilobytes, told as if they were milliseconds: only their ratio counts.
        yield Ratio(
            "verify, peak kB", peak(large) / 1000, f"{events // 10:,} events, kB", peak(small) / 1000, MEMORY_GOAL
        )


def make(path: Path, events: int) -> None:
    """A log of so many events, recorded load by load."""
    facts = entries(events)
    with open_writer(path) as writer, writer.transaction():
        for load in range(0, events, LOAD):
            writer.append(islice(facts, LOAD), START + timedelta(minutes=load), "benchmark")


def entries(events: int) -> Iterator[Entry]:
    """Facts as a fixture of twenty facts a source would bring them."""
    for number in range(events):
        source, key = f"wire-{number // 20}", f"buyback-{number}"
        company, published = f"company-{number % 50}", "2026-01-09T09:46:04+01:00"
        body = BODY.format(number=number).encode()
        yield Entry(event_id(source, key), company, "buyback.executed", source, key, None, published, body)


def read(connection: Connection) -> None:
    """Fetch the rows that verification goes through, with content and salt, and drop them."""
    for _ in connection.execute(ROWS):
        pass


def check(connection: Connection, *, structure: bool) -> None:
    """Verify the log, in which nothing is wrong."""
    assert findings(verify(connection, structure=structure)) == ()


def taking_turns(*runs: Callable[[], None]) -> list[float]:
    """Least seconds of one processor for each: others who share its caches slow the larger program down more."""
    return [min(taken) for taken in zip(*([seconds(run) for run in runs] for _ in range(ROUNDS)), strict=True)]


def seconds(run: Callable[[], None]) -> float:
    """Of the processor, as other programs may take their turns on it."""
    start = time.process_time()
    run()
    return time.process_time() - start


def peak(path: Path) -> int:
    """Kilobytes that a process of its own needs at most to verify."""
    told = subprocess.run(
        [sys.executable, "-m", "benchmarks.verify", str(path)], cwd=ROOT, capture_output=True, check=True, text=True
    )
    return int(told.stdout)


def main(argument: str) -> None:
    """Verify a database and print the peak of memory; or measure with so many events."""
    if argument.isdigit():
        for found in measure(int(argument)):
            print(f"{found.what}: {found.ratio:.2f} times {found.against} ({1 / found.ratio:.2f} of its rate)")
        return
    with closing(open_reader(argument)) as connection:
        check(connection, structure=True)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


if __name__ == "__main__":
    main(sys.argv[1])
