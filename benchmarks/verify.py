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
from timeline import Timeline
from timeline.check import findings
from timeline.event import event_id
from timeline.store.log import COLUMNS, Entry, Reader
from timeline.store.opening import open_reader, open_writer
from timeline.store.verify import verify

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from sqlite3 import Connection

    from timeline.store.log import Row

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


def measure(events: int = EVENTS) -> Iterator[Ratio]:
    """Verification of the log, then with SQLite's own check of the file, then memory at ten times the events."""
    with TemporaryDirectory() as folder:
        small, large = Path(folder) / "small.db", Path(folder) / "large.db"
        facts = shipped(Path(folder) / "shipped.db")
        make(small, facts, events // 10)
        make(large, facts, events)
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


def make(path: Path, facts: Sequence[Row], events: int) -> None:
    """A log of so many events, recorded load by load."""
    entries = repeated(facts, events)
    with open_writer(path) as writer, writer.transaction():
        for load in range(0, events, LOAD):
            writer.append(islice(entries, LOAD), START + timedelta(minutes=load), "benchmark")


def repeated(facts: Sequence[Row], events: int) -> Iterator[Entry]:
    """The facts over and over, each time as those of other sources."""
    for number in range(events):
        envelope, _, body = facts[number % len(facts)]
        source = f"{envelope.source}-{number // len(facts)}"
        identity = event_id(source, envelope.key)
        yield Entry(
            identity, envelope.company, envelope.kind, source, envelope.key, None, envelope.published, body or b"{}"
        )


def shipped(path: Path) -> list[Row]:
    """The rows of the shipped facts."""
    Timeline.open(path).load([str(ROOT / "fixtures")])
    with closing(open_reader(path)) as connection:
        return list(Reader(connection).rows())


def read(connection: Connection) -> None:
    """Fetch the rows that verification goes through, with content and salt, and drop them."""
    for _ in connection.execute(ROWS):
        pass


def check(connection: Connection, *, structure: bool) -> None:
    """Verify the log, in which nothing is wrong; on a server that its owner may do more is noted."""
    assert all(each.severity == "note" for each in findings(verify(connection, structure=structure)))


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
            measured = f"{1000 * found.seconds:,.0f} beside {1000 * found.base:,.0f} for {found.against}"
            print(f"{found.what}: {measured}, {found.ratio:.2f} times ({1 / found.ratio:.2f} of its rate)")
        return
    with closing(open_reader(argument)) as connection:
        check(connection, structure=True)
    print(most_memory())


def most_memory() -> int:
    """Kilobytes that this process needed at most.

    What `getrusage` tells on Linux is at least what the process that started this one needed.
    """
    status = Path("/proc/self/status")
    if status.exists():
        return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    main(sys.argv[1])
