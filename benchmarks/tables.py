"""How fast a table is imported, beside a program that reads the same CSV into dicts, and how much memory that takes.

`python -m benchmarks.tables 1000000` tries it on a million rows and prints rows a second and the peak of memory.
"""

from __future__ import annotations

import csv
import resource
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from benchmarks.ratio import Ratio
from timeline.app.importing.tables import import_table

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
FEW, MANY = 10_000, 200_000
A_COMPANY = 200
MEMORY_GOAL = 1.1
START = date(2020, 1, 1)
COLUMNS = ("company", "day", "month", "shares bought", "paid")
MAP = """\
schema: timeline/table/1
company: "{slug(company)}"
source:
  id: "returns-{slug(company)}-{month}"
  kind: filing
  title: Monthly return of {company}
  published: "{month}-28"
  zone: UTC
register: {name: "{company}"}
facts:
  - kind: buyback.executed
    key: buyback-{day}
    occurred: "{day}"
    shares: "{shares bought} shares"
    value: "EUR {paid}"
"""


def measure(few: int = FEW, many: int = MANY) -> Iterator[Ratio]:
    """Seconds beside reading the rows, and memory at many rows beside few."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        (small, small_peak), (large, large_peak) = (told(folder, rows) for rows in (few, many))
        reading = seconds_to_read(folder / f"{many}.csv")
        yield Ratio(f"import {many:,} rows", large, "csv.DictReader", reading)
        # Kilobytes, told as if they were milliseconds: only their ratio counts.
        yield Ratio("import, peak kB", large_peak / 1000, f"{few:,} rows, kB", small_peak / 1000, MEMORY_GOAL)
        del small


def told(folder: Path, rows: int) -> tuple[float, int]:
    """Seconds and the peak in kilobytes of a process of its own that imports so many rows."""
    write(folder / f"{rows}.csv", rows)
    (folder / "map.yaml").write_text(MAP, encoding="utf-8")
    answer = subprocess.run(
        [sys.executable, "-m", "benchmarks.tables", str(folder), str(rows)],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    ).stdout.split()
    return float(answer[0]), int(answer[1])


def write(path: Path, rows: int) -> None:
    """A table of as many companies as there are times two hundred rows, a day of each after the other."""
    with path.open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(COLUMNS)
        for number in range(rows):
            day = START + timedelta(days=number % A_COMPANY)
            company = f"Company {number // A_COMPANY}"
            table.writerow(
                (company, day, f"{day:%Y-%m}", f"{1000 + number % 997:,}", f"{number % 9973}.{number % 100:02}")
            )


def seconds_to_read(path: Path) -> float:
    """What reading the rows takes, as a program does that has its own plans with them."""
    start = time.perf_counter()
    with path.open(newline="", encoding="utf-8") as file:
        for _ in csv.DictReader(file):
            pass
    return time.perf_counter() - start


def run(folder: Path, rows: int) -> tuple[float, float]:
    """Import a table; seconds until the rows are in the log, and until all is stored beside it."""
    start = time.perf_counter()
    logged = start

    def note(file: str, done: int, of: int) -> None:
        nonlocal logged
        del done, of
        if file.endswith(".csv"):
            logged = time.perf_counter()

    report = import_table(folder / f"{rows}.db", [str(folder / f"{rows}.csv")], str(folder / "map.yaml"), progress=note)
    assert report.new[0] == ("buyback.executed", rows), report
    return logged - start, time.perf_counter() - start


def main(arguments: list[str]) -> None:
    """Import a table that is there, or make one, and say how long it took and how much memory."""
    with TemporaryDirectory() as name:
        folder, rows = (Path(name), arguments[0]) if len(arguments) == 1 else (Path(arguments[0]), arguments[1])
        if len(arguments) == 1:
            write(folder / f"{rows}.csv", int(rows))
            (folder / "map.yaml").write_text(MAP, encoding="utf-8")
        logged, whole = run(folder, int(rows))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    if len(arguments) == 1:
        rate = int(rows) / logged
        print(
            f"{int(rows):,} rows: {rate:,.0f} a second, in the log after {logged:.1f} s, all done after {whole:.1f} s"
        )
        print(f"peak of memory: {peak / 1024:.0f} MiB")
    else:
        print(whole, peak)


if __name__ == "__main__":
    main(sys.argv[1:])
