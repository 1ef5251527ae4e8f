"""What one would use instead of timeline: plain `sqlite3`, sqlite-utils, SQLModel's session and eventsourcing.

Each stores the same rows and reads them again, in the way its own documentation shows.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple
from uuid import NAMESPACE_URL, UUID, uuid5

import msgspec
from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event
from eventsourcing.persistence import StoredEvent
from eventsourcing.sqlite import SQLiteApplicationRecorder, SQLiteDatastore
from sqlalchemy import Engine, create_engine
from sqlalchemy import event as engine_event
from sqlite_utils import Database
from sqlmodel import Session, col, select

from benchmarks.reports import BATCH, batches
from timeline.store import driver, log
from timeline.store.tables import BodyRow, EventRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from sqlite3 import Connection

SETTINGS = ("foreign_keys = ON", "synchronous = FULL", "cache_size = -65536", "wal_autocheckpoint = 4000")
"""Those that timeline writes with."""

BODY = ("position", "salt", "body")
_EVENTS = f"INSERT INTO event VALUES ({', '.join('?' * len(log.COLUMNS))})"  # noqa: S608 - of question marks only
_BODIES = "INSERT INTO body VALUES (?, ?, ?)"
_WORDS = "INSERT INTO words (rowid, text) VALUES (?, ?)"


class Row(NamedTuple):
    """An event as it is stored.

    Attributes:
        log: its row of the log.
        text: what its words are taken from.
    """

    log: log.Row
    text: str

    @property
    def body(self) -> tuple[int, bytes, str]:
        """Its row of table `body`."""
        return self.log.envelope.position, self.log.salt or b"", (self.log.body or b"").decode()


Rows = list[Row]


def drop_triggers(connection: Connection) -> None:
    """Leave the tables and indexes as they are, and nothing else."""
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")


class Ready(NamedTuple):
    """A batch as `executemany` takes it."""

    events: list[tuple[object, ...]]
    bodies: list[tuple[int, bytes, str]]
    words: list[tuple[int, str]]


def ready(rows: Rows) -> list[Ready]:
    """Batches of rows."""
    return [
        Ready(
            [tuple(row.log.envelope) for row in batch],
            [row.body for row in batch],
            [(row.log.envelope.position, row.text) for row in batch],
        )
        for batch in batches(rows)
    ]


def insert(connection: Connection, rows: list[Ready], *, words: bool) -> None:
    """Plain sqlite3, a transaction a batch."""
    for batch in rows:
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(_EVENTS, batch.events)
        connection.executemany(_BODIES, batch.bodies)
        if words:
            connection.executemany(_WORDS, batch.words)
        connection.execute("COMMIT")


def insert_singly(connection: Connection, rows: Iterator[Row], events: int) -> None:
    """Plain sqlite3, a transaction an event."""
    for row in islice(rows, events):
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(_EVENTS, row.log.envelope)
        connection.execute(_BODIES, row.body)
        connection.execute("COMMIT")


def insert_all(connection: Connection, rows: Rows) -> None:
    """sqlite-utils, rows as dicts."""
    database = Database(connection)
    for batch in batches(rows):
        with database.atomic():
            database.table("event").insert_all((row.log.envelope._asdict() for row in batch), batch_size=BATCH)
            database.table("body").insert_all(
                (dict(zip(BODY, row.body, strict=True)) for row in batch), batch_size=BATCH
            )


def engine(path: Path) -> Engine:
    """SQLAlchemy's, with timeline's driver and settings."""
    made = create_engine(f"sqlite:///{path}", module=driver.sqlite)

    @engine_event.listens_for(made, "connect")
    def _set(connection: Connection, _: object) -> None:
        for setting in SETTINGS:
            connection.execute(f"PRAGMA {setting}")

    return made


def add_all(path: Path, rows: Rows) -> None:
    """SQLModel, objects of timeline's own tables."""
    made = engine(path)
    with Session(made) as session:
        for batch in batches(rows):
            session.add_all([EventRow(**row.log.envelope._asdict()) for row in batch])
            session.flush()
            session.add_all(
                [
                    BodyRow(position=position, salt=salt, body=body)
                    for position, salt, body in (row.body for row in batch)
                ]
            )
            session.commit()
    made.dispose()


def read_all(path: Path) -> int:
    """SQLModel: the rows as objects, streamed, each payload decoded; how many."""
    made, decode, found = engine(path), msgspec.json.Decoder().decode, 0
    with Session(made) as session:
        rows = select(EventRow, BodyRow).join(BodyRow, col(BodyRow.position) == col(EventRow.position))
        for _, body in session.exec(rows.order_by(col(EventRow.position)).execution_options(yield_per=BATCH)):
            decode(body.body)
            found += 1
    made.dispose()
    return found


class History(Aggregate):
    """A company as the eventsourcing library has it: one event a fact, and a fold that counts them."""

    def __init__(self, slug: str) -> None:
        self.slug = slug
        self.facts = 0

    @staticmethod
    def create_id(slug: str) -> UUID:
        """Found again by its slug."""
        return uuid5(NAMESPACE_URL, slug)

    @event("Reported")
    def report(self, envelope: dict[str, object], body: dict[str, object]) -> None:
        """A fact."""
        del envelope, body
        self.facts += 1


def stored(rows: Rows) -> list[list[StoredEvent]]:
    """Batches of what its recorder takes, the bytes ready: envelope and body as one JSON object."""
    versions: dict[UUID, int] = {}
    made = []
    for row in rows:
        originator = History.create_id(stream(row))
        versions[originator] = versions.get(originator, 0) + 1
        state = msgspec.json.encode((row.log.envelope, msgspec.Raw(row.log.body or b"{}")))
        made.append(StoredEvent(originator, versions[originator], row.log.envelope.kind, state))
    return [list(batch) for batch in batches(made)]


def record(path: Path, events: list[list[StoredEvent]]) -> None:
    """Its recorder, a transaction a batch."""
    recorder = SQLiteApplicationRecorder(SQLiteDatastore(str(path)))
    recorder.create_table()
    for batch in events:
        recorder.insert_events(batch)
    recorder.datastore.close()


def save(path: Path, rows: Rows) -> None:
    """Its application: companies and sources are aggregates, kept in memory, and saved a thousand facts at a time."""
    known: dict[str, History] = {}
    with application(path) as app:
        for batch in batches(rows):
            told: dict[str, History] = {}
            for row in batch:
                slug = stream(row)
                history = told[slug] = known[slug] if slug in known else known.setdefault(slug, History(slug))
                history.report(row.log.envelope._asdict(), msgspec.json.decode(row.log.body or b"{}"))
            app.save(*told.values())


def replay(path: Path, streams: Iterable[str]) -> int:
    """Its repository: each aggregate from its events; how many those were."""
    with application(path) as app:
        histories: Iterator[History] = (app.repository.get(History.create_id(slug)) for slug in streams)
        return sum(history.facts for history in histories)


def application(path: Path) -> Application[UUID]:
    """On a file, with its defaults: no cache and no snapshots."""
    return Application(env={"PERSISTENCE_MODULE": "eventsourcing.sqlite", "SQLITE_DBNAME": str(path)})


def stream(row: Row) -> str:
    """What it is about: a company, or else a source."""
    return row.log.envelope.company or row.log.envelope.source or ""
