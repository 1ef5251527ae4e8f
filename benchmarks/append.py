"""How fast events are appended, beside plain `sqlite3` and the libraries that one would use instead.

`python -m benchmarks.append 1000000` tries it with a million events.

In bulk: timeline encodes typed reports, salts and hashes them, grows its Merkle tree and passes its triggers. Plain
sqlite3 only stores the rows that came of that, handed to it ready: same driver, same tables and indexes, no triggers,
same settings of durability, cache and checkpoints, batches of a thousand in transactions. So do sqlite-utils (rows as
dicts) and SQLModel (objects of timeline's own tables, in a session). The eventsourcing library has a table of its own
with one index, its own default settings, and Python's own sqlite3; once it is handed bytes that are ready (its
recorder), once it makes them from events of aggregates (its application). Where words are indexed, plain sqlite3 is
handed the text of each event for the same FTS5 table. Seconds are those of the processor.

One at a time: each event is a transaction, by the clock, since all wait for the disk, and once by the processor.
Timeline also brings the read models and the index of words up to date each time; plain sqlite3 stores the row. In
order: the same to a long history beside a short one; once of a company that files results of many metrics, of which
an append folds the one that it is about, once of one that buys back shares every day, whose totals rest on all of them.
"""

from __future__ import annotations

import shutil
import sys
from contextlib import closing, contextmanager
from functools import partial
from itertools import count, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from msgspec.structs import replace

from benchmarks import rivals
from benchmarks.ratio import Ratio
from benchmarks.reports import BATCH, FACTS, PUBLISHED, RECORDED, batches, filings, make, market, published, reports
from benchmarks.turns import medians, seconds, taking_turns, waiting_in_turn
from timeline import Timeline
from timeline.app.importing.admission import Admission
from timeline.app.load import entry, record
from timeline.app.searching.indexing import Titles, index_words, texts
from timeline.intake.taken import Place, Taken
from timeline.store.log import Reader
from timeline.store.opening import open_reader, open_writer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from sqlite3 import Connection

    from benchmarks.rivals import Rows
    from timeline.event import Report
    from timeline.store.writer import Writer

    Told = Callable[[str, int, int], Iterator[Report]]

EVENTS = 20_000
ROUNDS = 5
BULK_GOAL = 1 / 0.7
SINGLE_GOAL = 1 / 0.6
LENGTH_GOAL = 2.0
SHORT, LONG = 100, 10_000
SINGLES = 20
RAW = "plain sqlite3"


def measure(events: int = EVENTS) -> Iterator[Ratio]:
    """In bulk, one at a time, and to histories of different length."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        yield from in_bulk(folder, events)
        yield from one_at_a_time(folder)
        yield from in_order(folder, max(LONG, events // 10))


def in_bulk(folder: Path, events: int) -> Iterator[Ratio]:
    """All of them, with the index of words and without, and what others take for the same."""
    new = list(market(max(1, events // FACTS)))
    rows = prepared(folder / "prepared.db", new)
    make(folder / "empty.db", ())
    fresh = Fresh(folder)
    ready, stored = rivals.ready(rows), rivals.stored(rows)
    runs: dict[str, Callable[[], float]] = {
        RAW: lambda: fresh.raw(partial(rivals.insert, rows=ready, words=False)),
        f"{RAW}, words": lambda: fresh.raw(partial(rivals.insert, rows=ready, words=True)),
        "append": lambda: fresh.timeline(partial(append, new=new, words=False)),
        "append, words": lambda: fresh.timeline(partial(append, new=new, words=True)),
        "append, checked against log": lambda: fresh.timeline(partial(admit, new=new)),
        "sqlite-utils insert_all": lambda: fresh.raw(partial(rivals.insert_all, rows=rows)),
        "SQLModel add_all": lambda: seconds(partial(rivals.add_all, fresh.bare(), rows)),
        "eventsourcing recorder": lambda: seconds(partial(rivals.record, fresh.path(), stored)),
        "eventsourcing aggregates": lambda: seconds(partial(rivals.save, fresh.path(), rows)),
    }
    taken = dict(zip(runs, medians(ROUNDS if events <= EVENTS else 1, *runs.values()), strict=True))
    raw, raw_words = taken.pop(RAW), taken.pop(f"{RAW}, words")
    for what, spent in taken.items():
        words = what == "append, words"
        goal = BULK_GOAL if what in {"append", "append, words"} else None
        yield Ratio(what, spent, f"{RAW}{', words' * words}, {len(new):,}", raw_words if words else raw, goal)


def prepared(path: Path, new: Sequence[Report]) -> Rows:
    """The rows that come of the reports."""
    make(path, new)
    with closing(open_reader(path)) as connection:
        log = Reader(connection)
        titles = Titles(log, log.head())
        return [rivals.Row(row, text) for row, (_, text) in zip(log.rows(), texts(log.rows(), titles), strict=True)]


class Fresh:
    """Databases with nothing in them yet, each used once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = count()

    def path(self) -> Path:
        """Of a file that is not there."""
        return self._folder / f"{next(self._numbers)}.db"

    def bare(self) -> Path:
        """A database with timeline's tables and indexes, without triggers."""
        path = self._copy()
        with open_writer(path) as writer:
            rivals.drop_triggers(writer.connection)
        return path

    def raw(self, run: Callable[[Connection], None]) -> float:
        """Seconds that it runs on such a database, by a connection with timeline's own settings."""
        with open_writer(self._copy()) as writer:
            rivals.drop_triggers(writer.connection)
            return seconds(partial(run, writer.connection))

    def timeline(self, run: Callable[[Writer], None]) -> float:
        """Seconds that it runs on a database as timeline makes it."""
        with open_writer(self._copy()) as writer:
            return seconds(partial(run, writer))

    def _copy(self) -> Path:
        return Path(shutil.copy(self._folder / "empty.db", self.path()))


def append(writer: Writer, new: Sequence[Report], *, words: bool) -> None:
    """Reports to the log, batch by batch."""
    known: dict[str, str] = {}
    for batch in batches(new):
        known |= published(batch)
        entries = [entry(report, known) for report in batch]
        with writer.transaction():
            writer.append(entries, RECORDED, "benchmark")
            if words:
                index_words(writer, entries)


def admit(writer: Writer, new: Sequence[Report]) -> None:
    """As an import does: each report is compared with what the log holds of its address, source and company."""
    admission = Admission(writer)
    for batch in batches(new):
        with writer.transaction():
            taken = [Taken((report,), Place("made up", row)) for row, report in enumerate(batch, 1)]
            admitted = admission.admit(taken)
            assert len(admitted.entries) == len(batch), admitted.refused[:1]
            writer.append(admitted.entries, RECORDED, "benchmark")


def one_at_a_time(folder: Path) -> Iterator[Ratio]:
    """Each event in a transaction of its own, to a company of two hundred."""
    rows = prepared(folder / "single.db", list(reports("company-0", SINGLES * (ROUNDS + 1) * 2)))
    with (
        grown(folder, FACTS, reports) as one,
        open_writer(shutil.copy(folder / "empty.db", folder / "plain.db")) as plain,
    ):
        rivals.drop_triggers(plain.connection)
        runs = (
            partial(singly, one, following(FACTS, reports), SINGLES),
            partial(rivals.insert_singly, plain.connection, iter(rows), SINGLES),
        )
        for how, turns in (("by the clock", waiting_in_turn), ("processor", taking_turns)):
            spent, base = turns(ROUNDS, *runs)
            yield Ratio(f"{SINGLES} single events, {how}", spent, f"{RAW}, as many commits", base, SINGLE_GOAL)


def in_order(folder: Path, long: int) -> Iterator[Ratio]:
    """The next events of a company: one with all that is stored beside the log, then a batch in the log alone."""
    for what, told in (("result", filings), ("buyback", reports)):
        with grown(folder, SHORT, told) as few, grown(folder, long, told) as many:
            streams = ((few, following(SHORT, told)), (many, following(long, told)))
            base, spent = taking_turns(3, *(partial(singly, *stream, 1) for stream in streams))
            yield Ratio(f"{what}, company of {long:,}", spent, f"company of {SHORT:,}", base, LENGTH_GOAL)
            base, spent = taking_turns(ROUNDS, *(partial(in_batch, *stream) for stream in streams))
            yield Ratio(f"{BATCH:,} to the log, of {long:,}", spent, f"company of {SHORT:,}", base, LENGTH_GOAL)


@contextmanager
def grown(folder: Path, facts: int, told: Told) -> Iterator[Writer]:
    """A database of one company with its read models."""
    path = folder / f"{facts}-{told.__name__}.db"
    make(path, told("company-0", facts, 0))
    Timeline.open(path).rebuild()
    with open_writer(path) as writer:
        yield writer


def following(facts: int, told: Told) -> Iterator[Report]:
    """What is reported of that company next, by a source that is known."""
    source = max(published(told("company-0", facts, 0)))
    for number in count():
        for report in told("company-0", BATCH, facts + number * BATCH):
            if report.company:
                yield replace(report, source=source)


def singly(writer: Writer, new: Iterator[Report], events: int) -> None:
    """The next events, a transaction each, with all that is stored beside the log."""
    for report in islice(new, events):
        with writer.transaction():
            record(writer, [report], {report.source or "": PUBLISHED})


def in_batch(writer: Writer, new: Iterator[Report]) -> None:
    """The next batch to the log alone."""
    with writer.transaction():
        writer.append([entry(report, {}) for report in islice(new, BATCH)], RECORDED, "benchmark")


def main(events: str) -> None:
    """Print what is measured with so many events."""
    for found in measure(int(events)):
        print(f"{found.what}: {found.seconds:.3f} s beside {found.base:.3f} s for {found.against}, {found.ratio:.2f}")


if __name__ == "__main__":
    main(sys.argv[1])
