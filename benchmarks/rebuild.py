"""How fast all read models are made anew, beside reading the same rows and decoding their payloads.

`python -m benchmarks.rebuild 1000000` tries it on a million events.

The yardstick streams the rows of the log and decodes each payload to a dict by msgspec, whose JSON is as fast as any:
the least that any rebuild has to do. Timeline then builds each company's history on both clocks, folds sixteen topics
and runs the checks over them ("fold"), and stores what it finds, the index of words included ("rebuild"). SQLModel has
the same rows as objects and decodes their payloads. The repository of the eventsourcing library rebuilds each company
from its events with the smallest fold that there is, which counts them. Seconds are those of the processor; those of
two processes beside one are by the clock.
"""

from __future__ import annotations

import sys
from contextlib import closing
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import msgspec

from benchmarks import rivals
from benchmarks.append import prepared
from benchmarks.ratio import Ratio
from benchmarks.reports import FACTS, make, market
from benchmarks.turns import taking_turns, waiting_in_turn
from timeline import Timeline
from timeline.app.fold import fold, members
from timeline.store.log import COLUMNS, Reader
from timeline.store.opening import open_reader

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

EVENTS = 20_000
ROUNDS = 3
LONGER = 3
GOAL = 1 / 0.3
PARALLEL_GOAL = 1 / 1.7
ROWS = f"""\
SELECT {", ".join(f"event.{name}" for name in COLUMNS)}, body.body
FROM event JOIN body ON body.position = event.position ORDER BY event.position"""  # noqa: S608 - of the names above


def measure(events: int = EVENTS) -> Iterator[Ratio]:
    """A rebuild in one process and in two, and what others take to read the same."""
    rounds = ROUNDS if events <= EVENTS else 1
    companies = [f"company-{number}" for number in range(events // FACTS)]
    with TemporaryDirectory() as folder:
        path, other = Path(folder) / "facts.db", Path(folder) / "other.db"
        rows = prepared(path, list(market(len(companies))))
        rivals.save(other, rows)
        streams, facts = sorted(set(map(rivals.stream, rows))), len(rows)
        del rows
        base, *taken = taking_turns(
            rounds,
            partial(read, path),
            partial(rebuild, path, len(companies), 1),
            partial(fold_all, path, companies),
            partial(rivals.read_all, path),
            partial(rivals.replay, other, streams),
        )
        told = ("rebuild", "fold, not stored", "SQLModel, read alone", "eventsourcing repository")
        for what, seconds, goal in zip(told, taken, (GOAL, None, None, None), strict=True):
            yield Ratio(what, seconds, f"read and decode {facts:,} rows", base, goal)
        yield from in_parallel(Path(folder) / "parallel.db", LONGER * len(companies))


def in_parallel(path: Path, companies: int) -> Iterator[Ratio]:
    """A longer rebuild, as processes take a third of a second to start."""
    make(path, market(companies))
    one, two = waiting_in_turn(2, *(partial(rebuild, path, companies, jobs) for jobs in (1, 2)))
    yield Ratio("rebuild, two processes", two, f"one process, {companies:,} companies", one, PARALLEL_GOAL)


def read(path: Path) -> int:
    """Stream the rows, decode each payload and drop it; how many."""
    decode = msgspec.json.Decoder().decode
    with closing(open_reader(path)) as connection:
        return sum(1 for *_, body in connection.execute(ROWS) if decode(body))


def rebuild(path: Path, companies: int, jobs: int) -> None:
    """All read models, whatever is stored of them."""
    report = Timeline.open(path).rebuild(jobs=jobs, anew=True)
    assert (report.companies, report.failed) == (companies, ())


def fold_all(path: Path, companies: Sequence[str]) -> None:
    """What a rebuild does before it stores anything."""
    with closing(open_reader(path)) as connection:
        reader = Reader(connection)
        known = members(reader)
        for company in companies:
            fold(reader, company, known=known)


def main(events: str) -> None:
    """Print what is measured with so many events."""
    for found in measure(int(events)):
        print(f"{found.what}: {found.seconds:.3f} s beside {found.base:.3f} s for {found.against}, {found.ratio:.2f}")


if __name__ == "__main__":
    main(sys.argv[1])
