"""How fast events are found by their words, what the index of words costs an append, and how large it is.

`python -m benchmarks.search 1000000` tries it on a million events. Searches are set beside the reading of one event by
its id, which any answer needs; the command beside a Python that only imports what it has to.
"""

from __future__ import annotations

import random
import sys
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import accumulate, islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import msgspec

from benchmarks.ratio import Ratio
from benchmarks.reports import settle_file
from benchmarks.startup import BASE, GOAL, program, taking_turns
from timeline.app.searching.indexing import index_words
from timeline.app.searching.search import search
from timeline.event import event_id
from timeline.store.log import Entry
from timeline.store.names import SLUG, Name, write_names
from timeline.store.opening import open_reader, open_writer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from sqlite3 import Connection

    from timeline.store.writer import Writer

EVENTS = 100_000
LOAD = 10_000
COMPANY = 200
SOURCE = 25
ROUNDS = 15
START = datetime(2026, 1, 9, tzinfo=UTC)
VOCABULARY = tuple(f"word{number}" for number in range(20_000))
FREQUENT = tuple(accumulate(1 / rank for rank in range(1, len(VOCABULARY) + 1)))
ASKED: dict[str, tuple[str, dict[str, Any]]] = {
    "a rare word": ("word19999", {}),
    "a common word": ("buyback", {}),
    "two common words": ("buyback word0", {}),
    "a common phrase": ('"million shares"', {}),
    "a beginning": ("word1999*", {}),
    "a common word, one company": ("buyback", {"company": "company-7"}),
    "a company by name": ("holdings7 word3", {}),
    "a common word as of a day": ("buyback", {"as_of": "2003-06-30"}),
    "a common word as recorded": ("buyback", {"as_recorded": "5000"}),
}


def measure(events: int = EVENTS) -> Iterator[Ratio]:
    """Appending with the index and without, searches, and the command."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "facts.db"
        plain, indexed = appending(Path(folder), LOAD)
        yield Ratio(f"append {LOAD:,}, words too", indexed, "without words", plain)
        yield size(Path(folder), LOAD)
        make(path, events)
        with closing(open_reader(path)) as connection:
            base = seconds(lambda: connection.execute("SELECT * FROM event WHERE id = ?", ("0" * 32,)).fetchone())
            for what, (text, options) in ASKED.items():
                yield Ratio(what, seconds(partial(found, connection, text, options)), "an event by its id", base)
        command = [*program(), "--db", str(path), "search", "word19999"]
        base, taken = taking_turns([[sys.executable, "-c", BASE], command])
        yield Ratio("timeline search", taken, f"python -c '{BASE}'", base, GOAL)


def found(connection: Connection, text: str, options: dict[str, Any]) -> None:
    """Search for something that there is."""
    assert search(connection, text, **options).rows


def appending(folder: Path, events: int) -> tuple[float, float]:
    """Seconds to append events to a log, without words and with them."""
    taken: dict[bool, list[float]] = {False: [], True: []}
    for turn in range(6):
        with open_writer(folder / f"{turn}.db") as writer, writer.transaction():
            new = list(entries(events))
            start = time.process_time()
            writer.append(new, START, "benchmark")
            if turn % 2:
                index_words(writer)
            taken[bool(turn % 2)].append(time.process_time() - start)
    return min(taken[False]), min(taken[True])


def make(path: Path, events: int, *, words: bool = True) -> None:
    """A log of so many events, recorded load by load, each with its words."""
    with open_writer(path) as writer:
        fill(writer, events, words=words)
        settle_file(writer.connection)


def fill(writer: Writer, events: int, *, words: bool = True) -> None:
    """So many events to the log, and the names of their companies."""
    left = entries(events)
    for load in range(0, events, LOAD):
        with writer.transaction():
            writer.append(islice(left, LOAD), START + timedelta(minutes=load // LOAD), "benchmark")
            if words:
                index_words(writer)
    with writer.transaction():
        register(writer, events // COMPANY)


def register(writer: Writer, companies: int) -> None:
    """A slug and a name for each company."""
    for number in range(companies + 1):
        slug, name = f"company-{number}", f"Holdings{number} Group"
        folded = (Name(slug, SLUG, slug, slug.replace("-", " ")), Name(slug, "name", name, name.lower()))
        write_names(writer.connection, slug, folded)


def entries(events: int) -> Iterator[Entry]:
    """Sources with their facts, each with figures of its own and words of which few are common."""
    chance = random.Random(20260109)  # noqa: S311 - the same log at every run
    for number in range(events):
        source, company = f"filing-{number // SOURCE}", f"company-{number // COMPANY}"
        published = f"{1994 + number // SOURCE % 30}-03-{1 + number % 28:02}-05:00"
        if number % SOURCE == 0:
            told = {"kind": "filing", "title": f"Form 10-Q no. {number}", "published": published, "publisher": "Agency"}
            yield entry(source, "@source", None, "source.recorded", published, {"payload": told, "v": 1})
            continue
        shares = f"{chance.randrange(10**7)} million shares"
        text = " ".join(chance.choices(VOCABULARY, cum_weights=FREQUENT, k=12))
        body = {
            "at": [{"paragraph": 3, "quote": shares}],
            "occurred": {"edtf": published[:10], "first": published[:10], "last": published[:10]},
            "payload": {"shares": {"printed": shares, "low": "1", "high": "1", "unit": "shares"}, "programme": text},
            "v": 1,
        }
        yield entry(source, f"fact-{number}", company, "buyback.executed", published, body)


def entry(source: str, key: str, company: str | None, kind: str, published: str, body: object) -> Entry:
    """An event that is new."""
    data = msgspec.json.encode(body)
    return Entry(event_id(source, key), company, kind, source, key, None, published, data)


def size(folder: Path, events: int) -> Ratio:
    """Megabytes of the same log, told as if they were seconds: only their ratio counts."""
    made = {}
    for words in (True, False):
        path = folder / f"size-{words}.db"
        make(path, events, words=words)
        made[words] = path.stat().st_size / 1e6
        path.unlink()
    return Ratio("the file, kB", made[True], "without words, kB", made[False])


def seconds(run: Callable[[], object]) -> float:
    """Of the clock on the wall, in the median."""
    taken = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        run()
        taken.append(time.perf_counter() - start)
    return median(taken)


if __name__ == "__main__":
    for told in measure(int(sys.argv[1])):
        print(
            f"{told.what:<28} {1000 * told.seconds:>10,.2f}  {told.against:<28} {1000 * told.base:>10,.2f}", flush=True
        )
