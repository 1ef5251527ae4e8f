"""How much memory the long commands need at most: with many events beside few, and beside a figure that is modest.

`python -m benchmarks.memory 1000000` tries it with a million events and a third of them. Each task is a process of its
own that imports what the command does and nothing of the other libraries; import begins with the export's file. What
`timeline import table` needs is measured in `benchmarks.tables`. Even the fewer events make a file that is larger than
SQLite's page cache of 64 MB, since until that is full, memory grows with the file.
"""

from __future__ import annotations

import subprocess
import sys
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from benchmarks.ratio import Ratio
from benchmarks.verify import check, most_memory
from timeline import Timeline
from timeline.store.opening import open_reader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parent.parent
EVENTS = 150_000
TIMES = 3
GOAL = 1.1
MOST = 200_000
"""Kilobytes."""


def measure(events: int = EVENTS) -> Iterator[Ratio]:
    """Kilobytes, told as if they were milliseconds: only their ratio counts."""
    fewer = events // TIMES
    with TemporaryDirectory() as folder:
        few, many = (peaks(Path(folder) / f"{number}.db", number) for number in (fewer, events))
    for what, base, most in zip(TASKS, few, many, strict=True):
        yield Ratio(f"{what} {events:,}, peak kB", most / 1000, f"{fewer:,} events, kB", base / 1000, GOAL)
        yield Ratio(f"{what} {events:,}, peak kB", most / 1000, "200 MB", MOST / 1000, 1.0)


def peaks(path: Path, events: int) -> list[int]:
    """Kilobytes that each task needs."""
    from benchmarks.reports import FACTS, make, market

    make(path, market(events // FACTS))
    return [peak(what, str(path)) for what in TASKS]


def peak(what: str, target: str) -> int:
    """Kilobytes that a process needs at most for a task on a database."""
    command = [sys.executable, "-m", "benchmarks.memory", what, target]
    return int(subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True).stdout)


def run_rebuild(target: str) -> None:
    """All read models in one process."""
    assert not Timeline.open(target).rebuild().failed


def run_export(target: str) -> None:
    """The whole log to a file."""
    path = Path(target)
    with path.with_suffix(".jsonl").open("w", encoding="utf-8") as file:
        file.writelines(Timeline.open(path).export())


def run_import(target: str) -> None:
    """That file into a new database, read models included."""
    path = Path(target)
    report = Timeline.open(path.with_suffix(".other.db")).import_([str(path.with_suffix(".jsonl"))])
    assert report.restored


def run_verify(target: str) -> None:
    """All hashes and the structure of the file."""
    with closing(open_reader(target)) as connection:
        check(connection, structure=True)


TASKS: dict[str, Callable[[str], None]] = {
    "rebuild": run_rebuild,
    "export": run_export,
    "import": run_import,
    "verify": run_verify,
}


def main(arguments: list[str]) -> None:
    """Do a task and print the peak of memory; or measure with so many events."""
    if arguments[0] in TASKS:
        TASKS[arguments[0]](arguments[1])
        print(most_memory())
        return
    for found in measure(int(arguments[0])):
        print(f"{found.what}: {1000 * found.seconds:,.0f} beside {1000 * found.base:,.0f} for {found.against}")


if __name__ == "__main__":
    main(sys.argv[1:])
