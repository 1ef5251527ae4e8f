"""How long a company takes to show, and how large the file is.

`python -m benchmarks.reading 1000000` tries it with a million events.

A page is shown by the command, beside the same among few companies, and beside a Python that imports only what any such
command needs. As of a day it is folded from the log, in this process, beside the five milliseconds that a person does
not notice, and beside reading and decoding the company's rows. File sizes are set beside those of the same rows in the
same tables and indexes that plain sqlite3 makes, the index of words among them where timeline has one.
"""

from __future__ import annotations

import shutil
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
from benchmarks.reports import FACTS, make, market, settle_file
from benchmarks.startup import BASE, program
from benchmarks.startup import taking_turns as starting
from benchmarks.turns import taking_turns
from timeline import Timeline
from timeline.app.refresh import declare, renew
from timeline.app.searching.indexing import index_words
from timeline.app.show import show
from timeline.store.log import Reader
from timeline.store.opening import open_reader, open_writer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from sqlite3 import Connection

    from timeline.store.writer import Writer

EVENTS = 200_000
FEW = 10
SIZED = 20_000
ROUNDS = 15
NOTICED = 0.005
SHOW_GOAL = 2.0
AMONG_GOAL = 1.1
SIZE_GOAL = 1.6
COMPANY = "company-3"
DAY = "1990-05-30"
COPIED = {
    "company_name": "scheme, other.company, replace(other.company, '-', ' '), first, last",
    "read_model": "topic, version, position, digest",
    "read_item": "topic, partition, part, seq, data",
}


def measure(events: int = EVENTS) -> Iterator[Ratio]:
    """Pages and files."""
    with TemporaryDirectory() as folder:
        yield from pages(Path(folder), events)
    with TemporaryDirectory() as folder:
        yield from files(Path(folder))


def pages(folder: Path, events: int) -> Iterator[Ratio]:
    """A company among few and among many, now and as of a day."""
    few, many, companies = folder / "few.db", folder / "many.db", events // FACTS
    settle(few, FEW)
    settle(many, companies)
    base, among_few, among_many, then = starting(
        [
            [sys.executable, "-c", BASE],
            [*program(), "--db", str(few), "show", COMPANY],
            [*program(), "--db", str(many), "show", COMPANY],
            [*program(), "--db", str(many), "show", COMPANY, "--as-of", DAY],
        ]
    )
    yield Ratio(f"show, {companies:,} companies", among_many, f"python -c '{BASE}'", base, SHOW_GOAL)
    yield Ratio(f"show, {companies:,} companies", among_many, f"{FEW} companies", among_few, AMONG_GOAL)
    yield Ratio(f"show --as-of, {companies:,} companies", then, f"python -c '{BASE}'", base)
    with closing(open_reader(many)) as connection:
        seconds, least = taking_turns(ROUNDS, partial(as_of, connection), partial(decode, connection))
    yield Ratio(f"as of a day, {FACTS} events", seconds, "what nobody notices", NOTICED, 1.0)
    yield Ratio(f"as of a day, {FACTS} events", seconds, "read and decode its rows", least)


def settle(path: Path, companies: int) -> None:
    """Companies with read models: one is folded, the others have its copies, as what they are does not matter here."""
    make(path, market(companies))
    with open_writer(path) as writer:
        multiply(writer)
        settle_file(writer.connection)


def multiply(writer: Writer) -> None:
    """Fold one company and give the others copies of its read models."""
    with writer.transaction():
        declare(writer)
        renew(writer, [COMPANY])
        for table, columns in COPIED.items():
            copy = (
                f"INSERT INTO {table} SELECT other.company, {columns} FROM {table} CROSS JOIN"  # noqa: S608 - as above
                " (SELECT DISTINCT company FROM event WHERE company <> ?1) AS other"
                f" WHERE {table}.company = ?1 ORDER BY other.company"
            )
            writer.connection.execute(copy, (COMPANY,))


def as_of(connection: Connection) -> None:
    """The page as it was known then."""
    assert len(show(connection, COMPANY, None, DAY, None).parts) > 1


def decode(connection: Connection) -> None:
    """The company's rows, each payload a dict."""
    assert sum(bool(msgspec.json.decode(row.body or b"")) for row in Reader(connection).rows(COMPANY)) == FACTS


def files(folder: Path) -> Iterator[Ratio]:
    """Kilobytes, told as if they were milliseconds: only their ratio counts."""
    path, plain = folder / "log.db", folder / "plain.db"
    make(plain, ())
    words = Path(shutil.copy(plain, folder / "plain-words.db"))
    ready = rivals.ready(prepared(path, list(market(SIZED // FACTS))))
    for file, indexed in ((plain, False), (words, True)):
        with open_writer(file) as writer:
            rivals.drop_triggers(writer.connection)
            rivals.insert(writer.connection, ready, words=indexed)
            settle_file(writer.connection)
    yield Ratio(f"file, log of {SIZED:,}, kB", size(path), "plain sqlite3, kB", size(plain), SIZE_GOAL)
    with open_writer(path) as writer:
        with writer.transaction():
            index_words(writer)
        settle_file(writer.connection)
    yield Ratio("file with words, kB", size(path), "plain sqlite3, words, kB", size(words), SIZE_GOAL)
    Timeline.open(path).rebuild()
    yield Ratio("file, read models too, kB", size(path), "plain sqlite3, words, kB", size(words))


def size(path: Path) -> float:
    """Megabytes of a file, which the table of ratios shows as kilobytes."""
    return path.stat().st_size / 1e6


def main(events: str) -> None:
    """Print what is measured with so many events."""
    for found in measure(int(events)):
        print(f"{found.what}: {1000 * found.seconds:,.1f} beside {1000 * found.base:,.1f} for {found.against}")


if __name__ == "__main__":
    main(sys.argv[1])
