"""What timeline takes on a PostgreSQL server, beside plain psycopg with COPY and INSERT, or beside the least there is.

The server is a system's own, started for this with its default settings, so that each commit is on the disk, or the one
that TIMELINE_TEST_POSTGRES names, see `tests.server`. Since the server works in a process of its own, each is told
twice: by the clock, and by this process's processor alone, which is what a client's machine has to give. The goals are
those of a file, where they can be met: a single event, with all that is stored beside the log, goes to the server
and back sixteen times where plain INSERT does four, and a rebuild writes what reading alone does not.

`python -m benchmarks.postgres 1000000` reads, searches and verifies among a million events.
"""

from __future__ import annotations

import sys
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from benchmarks import append, plain_psycopg, reading, rivals, search, startup
from benchmarks.memory import GOAL as MEMORY_GOAL
from benchmarks.memory import MOST, TIMES, peak
from benchmarks.ratio import Ratio, UnmeasuredError
from benchmarks.reports import FACTS, filings, fill, market, reports
from benchmarks.turns import Spent, spending_in_turn, spent
from benchmarks.verify import check
from tests.server import NoServerError, Schema, fresh_schema, running_server
from timeline import Timeline
from timeline.store.opening import open_reader, open_writer, snapshot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from sqlite3 import Connection

    from psycopg import Connection as Plain

    from benchmarks.rivals import Ready
    from timeline.event import Report
    from timeline.store.writer import Writer

EVENTS = 150_000
BULK = 20_000
ROUNDS = 3
SHORT, LONG = 100, 10_000
DURABLE = ("max_connections=60",)
"""As the server comes."""

MEASURED = ("event", "body", "tree_node", "checkpoint")
"""Tables of the log."""

SETTLED = (*MEASURED, "words", "read_model", "read_item", "company_name")


def measure(events: int = EVENTS) -> Iterator[Ratio]:
    """Writing, reading, memory and size."""
    try:
        with running_server(DURABLE) as server:
            yield from in_bulk(server)
            yield from one_at_a_time(server)
            yield from in_order(server)
            yield from rebuilding(server)
            yield from searching(server, events)
            yield from among_many(server, events)
    except NoServerError as error:
        raise UnmeasuredError(str(error)) from None


def told(what: str, taken: Spent, against: str, base: Spent, goal: float | None = None) -> Iterator[Ratio]:
    """By the clock, for which the goal is, and by the processor."""
    yield Ratio(f"PG {what}", taken.clock, against, base.clock, goal)
    yield Ratio(f"PG {what}, client", taken.processor, f"{against}, client", base.processor)


@contextmanager
def empty(server: str) -> Iterator[tuple[Schema, Writer]]:
    """A database with nothing in it yet, used once."""
    with fresh_schema(server) as schema, open_writer(schema.url) as writer:
        yield schema, writer


@contextmanager
def bare(server: str) -> Iterator[tuple[Schema, Plain[Any]]]:
    """Timeline's tables and indexes, without triggers."""
    import psycopg

    with empty(server) as (schema, _), closing(psycopg.connect(schema.url, autocommit=True)) as plain:
        plain_psycopg.drop_triggers(plain)
        yield schema, plain


def settle(schema: Schema) -> None:
    """Do what the server would by itself in a while, so that it is not done during a measurement."""
    schema.execute(f"VACUUM (ANALYZE) {', '.join(SETTLED)}")


def in_bulk(server: str) -> Iterator[Ratio]:
    """Batches of a thousand events, with the index of words and without; then what their tables take."""
    new = list(market(BULK // FACTS))
    ready = plain_psycopg.with_words(rivals.ready(prepared(new)))
    runs: dict[str, Callable[[], Spent]] = {
        "COPY": partial(raw, server, partial(plain_psycopg.copy, batches=ready, words=False)),
        "INSERT": partial(raw, server, partial(plain_psycopg.insert, batches=ready, words=False)),
        "COPY, words": partial(raw, server, partial(plain_psycopg.copy, batches=ready, words=True)),
        "append": partial(appended, server, new, words=False),
        "append, words": partial(appended, server, new, words=True),
    }
    taken = dict(zip(runs, spending_in_turn(ROUNDS, *runs.values()), strict=True))
    rows = f"{len(new):,} rows"
    yield from told("append", taken["append"], f"COPY of {rows}", taken["COPY"])
    yield from told("append", taken["append"], f"executemany of {rows}", taken["INSERT"], append.BULK_GOAL)
    yield from told("append, words", taken["append, words"], f"COPY of {rows}, words", taken["COPY, words"])
    yield from sizes(server, new, ready)


def prepared(new: list[Report]) -> rivals.Rows:
    """The rows that come of the reports, the same on every store."""
    with TemporaryDirectory() as folder:
        return append.prepared(Path(folder) / "prepared.db", new)


def raw(server: str, run: Callable[[Plain[Any]], None]) -> Spent:
    """What it takes on bare tables."""
    with bare(server) as (_, plain):
        return spent(partial(run, plain))


def appended(server: str, new: list[Report], *, words: bool) -> Spent:
    """What timeline takes."""
    with empty(server) as (_, writer):
        return spent(partial(append.append, writer, new, words=words))


def sizes(server: str, new: list[Report], ready: list[Ready]) -> Iterator[Ratio]:
    """Kilobytes of tables and indexes, told as if they were milliseconds: only their ratio counts."""
    with bare(server) as (schema, plain):
        plain_psycopg.copy(plain, ready, words=True)
        least, least_words = size(schema, "event", "body"), size(schema, "event", "body", "words")
    with empty(server) as (schema, writer):
        append.append(writer, new, words=True)
        yield Ratio("PG tables of the log, kB", size(schema, *MEASURED), "COPY, kB", least, reading.SIZE_GOAL)
        took = size(schema, *MEASURED, "words")
        yield Ratio("PG words too, kB", took, "COPY, words, kB", least_words, reading.SIZE_GOAL)
        Timeline.open(schema.url).rebuild()
        yield Ratio("PG read models too, kB", size(schema), "COPY, words, kB", least_words)


def size(schema: Schema, *tables: str) -> float:
    """Megabytes of these tables, or of all there are, which the table of ratios shows as kilobytes."""
    found = schema.execute(
        """SELECT relname, pg_total_relation_size(oid) FROM pg_class
           WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace"""
    )
    return sum(taken for name, taken in found if not tables or name in tables) / 1e6


def one_at_a_time(server: str) -> Iterator[Ratio]:
    """Each event in a transaction of its own, to a company of two hundred, read models and words included."""
    rows = iter(prepared(list(reports("company-0", append.SINGLES * (append.ROUNDS + 1) * 2))))
    with grown(server, FACTS, reports) as one, bare(server) as (_, plain):
        base, taken = spending_in_turn(
            append.ROUNDS,
            partial(spent, partial(plain_psycopg.insert_singly, plain, rows, append.SINGLES)),
            partial(spent, partial(append.singly, one, append.following(FACTS, reports), append.SINGLES)),
        )
    yield from told(f"{append.SINGLES} single events", taken, "INSERT, as many commits", base)


def in_order(server: str) -> Iterator[Ratio]:
    """The next result of a company that has many, and of one that has few."""
    with grown(server, SHORT, filings) as few, grown(server, LONG, filings) as many:
        base, taken = spending_in_turn(
            append.ROUNDS,
            *(
                partial(spent, partial(append.singly, writer, append.following(facts, filings), append.SINGLES))
                for writer, facts in ((few, SHORT), (many, LONG))
            ),
        )
    yield from told(f"{append.SINGLES} results, of {LONG:,}", taken, f"of {SHORT:,}", base, append.LENGTH_GOAL)


@contextmanager
def grown(server: str, facts: int, tell: append.Told) -> Iterator[Writer]:
    """A database of one company with its read models."""
    with empty(server) as (schema, writer):
        fill(writer, tell("company-0", facts, 0))
        Timeline.open(schema.url).rebuild()
        settle(schema)
        yield writer


def rebuilding(server: str) -> Iterator[Ratio]:
    """All read models, in one process and in two, and the least that any rebuild has to do."""
    import psycopg

    from benchmarks import rebuild

    companies = BULK // FACTS
    with empty(server) as (schema, writer), closing(psycopg.connect(schema.url, autocommit=True)) as plain:
        fill(writer, market(companies))
        settle(schema)
        base, one, two = spending_in_turn(
            ROUNDS,
            partial(spent, partial(plain_psycopg.read, plain)),
            *(partial(spent, partial(rebuild.rebuild, schema.url, companies, jobs)) for jobs in (1, 2)),
        )
    yield from told("rebuild", one, f"read and decode {BULK:,} rows", base)
    yield Ratio("PG rebuild, two processes", two.clock, "one process", one.clock)


def searching(server: str, events: int) -> Iterator[Ratio]:
    """Words among many events."""
    with empty(server) as (schema, writer):
        search.fill(writer, events)
        settle(schema)
        with closing(open_reader(schema.url)) as connection:
            sought = partial(connection.execute, "SELECT * FROM event WHERE id = ?", ("0" * 32,))
            for what, (text, options) in search.ASKED.items():
                search_for = partial(found, connection, text, options)
                base, taken = spending_in_turn(reading.ROUNDS, partial(spent, sought), partial(spent, search_for))
                yield from told(what, taken, "an event by its id", base)


def found(connection: Connection, text: str, options: dict[str, Any]) -> None:
    """As a command searches, at one moment."""
    with snapshot(connection):
        search.found(connection, text, options)


def among_many(server: str, events: int) -> Iterator[Ratio]:
    """A company's page, verification and memory, beside those of fewer events."""
    with settled(server, reading.FEW * FACTS) as few, settled(server, events) as many:
        yield from pages(few.url, many.url, events // FACTS)
        with closing(open_reader(many.url)) as connection:
            base, taken = spending_in_turn(
                ROUNDS,
                partial(spent, partial(dropped, connection)),
                partial(spent, partial(check, connection, structure=True)),
            )
        yield from told(f"verify {events:,}", taken, "reading the rows", base)
        with settled(server, events // TIMES) as fewer:
            for what in ("rebuild", "verify"):
                base_peak, most = (peak(what, schema.url) / 1000 for schema in (fewer, many))
                yield Ratio(
                    f"PG {what} {events:,}, peak kB", most, f"{events // TIMES:,} events, kB", base_peak, MEMORY_GOAL
                )
                yield Ratio(f"PG {what} {events:,}, peak kB", most, "200 MB", MOST / 1000, 1.0)


@contextmanager
def settled(server: str, events: int) -> Iterator[Schema]:
    """Companies with read models."""
    with empty(server) as (schema, writer):
        fill(writer, market(events // FACTS))
        settle(schema)
        reading.multiply(writer)
        settle(schema)
        yield schema


def pages(few: str, many: str, companies: int) -> Iterator[Ratio]:
    """A company of two hundred events, now and as of a day."""
    show = [*startup.program(), "--db"]
    base, among_few, among_many, then = startup.taking_turns(
        [
            [sys.executable, "-c", startup.BASE],
            [*show, few, "show", reading.COMPANY],
            [*show, many, "show", reading.COMPANY],
            [*show, many, "show", reading.COMPANY, "--as-of", reading.DAY],
        ]
    )
    yield Ratio(f"PG show, {companies:,} companies", among_many, f"python -c '{startup.BASE}'", base)
    yield Ratio(
        f"PG show, {companies:,} companies", among_many, f"{reading.FEW} companies", among_few, reading.AMONG_GOAL
    )
    yield Ratio(f"PG show --as-of, {companies:,} companies", then, f"python -c '{startup.BASE}'", base)
    with closing(open_reader(many)) as connection:
        least, taken = spending_in_turn(
            reading.ROUNDS,
            partial(spent, partial(reading.decode, connection)),
            partial(spent, partial(as_of, connection)),
        )
    yield from told(f"as of a day, {FACTS} events", taken, "read and decode its rows", least)
    yield Ratio(f"PG as of a day, {FACTS} events", taken.clock, "what nobody notices", reading.NOTICED)


def as_of(connection: Connection) -> None:
    """As a command reads, at one moment."""
    with snapshot(connection):
        reading.as_of(connection)


def dropped(connection: Connection) -> None:
    """Fetch the rows that verification goes through, and drop them."""
    from timeline.store.log import Reader

    assert sum(1 for _ in Reader(connection).rows())


def main(events: str) -> None:
    """Print what is measured with so many events."""
    for each in measure(int(events)):
        times = f"{1000 * each.seconds:,.1f} beside {1000 * each.base:,.1f} for {each.against}"
        print(f"{each.what}: {times}, {each.ratio:.2f}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
