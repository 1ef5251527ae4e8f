"""What one would use instead of timeline on a PostgreSQL server: psycopg with COPY, and with INSERT.

Rows go into timeline's own tables, with their keys and indexes, without triggers.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import msgspec

from benchmarks.reports import BATCH
from timeline.store.log import COLUMNS
from timeline.store.words import split

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Any

    from psycopg import Connection

    from benchmarks.rivals import Ready, Row

TABLES = {
    "event": COLUMNS,
    "body": ("position", "salt", "body"),
    "words": ("generation", "position", "text"),
}
_ROWS = f"""\
SELECT {", ".join(f"event.{name}" for name in COLUMNS)}, convert_to(body.body, 'UTF8')
FROM event JOIN body ON body.position = event.position ORDER BY event.position"""  # noqa: S608 - of the names above


def drop_triggers(connection: Connection[Any]) -> None:
    """Leave the tables, keys and indexes as they are, and nothing else."""
    found = connection.execute(
        """SELECT tgname, relname FROM pg_trigger JOIN pg_class AS class ON class.oid = tgrelid
           WHERE NOT tgisinternal AND relnamespace = current_schema()::regnamespace"""
    )
    for name, table in found.fetchall():
        connection.execute(f"DROP TRIGGER {name} ON {table}".encode())
    connection.commit()


def with_words(batches: Iterable[Ready]) -> list[Ready]:
    """The batches with the text of each event as timeline's index of words keeps it."""
    return [
        batch._replace(words=[(position, f" {' '.join(split(text))} ") for position, text in batch.words])
        for batch in batches
    ]


def copy(connection: Connection[Any], batches: Iterable[Ready], *, words: bool) -> None:
    """COPY, a transaction a batch."""
    for batch in batches:
        with connection.transaction(), connection.cursor() as cursor:
            for table, rows in _tables(batch, words=words):
                with cursor.copy(f"COPY {table} ({', '.join(TABLES[table])}) FROM STDIN".encode()) as copying:
                    for row in rows:
                        copying.write_row(row)


def insert(connection: Connection[Any], batches: Iterable[Ready], *, words: bool) -> None:
    """INSERT by `executemany`, a transaction a batch."""
    for batch in batches:
        with connection.transaction(), connection.cursor() as cursor:
            for table, rows in _tables(batch, words=words):
                cursor.executemany(_insert(table), rows)


def insert_singly(connection: Connection[Any], rows: Iterator[Row], events: int) -> None:
    """INSERT, a transaction an event."""
    for row in islice(rows, events):
        with connection.transaction():
            connection.execute(_insert("event"), row.log.envelope)
            connection.execute(_insert("body"), row.body)


def read(connection: Connection[Any]) -> int:
    """Stream the rows by a cursor on the server, decode each payload and drop it; how many."""
    decode = msgspec.json.Decoder().decode
    with connection.transaction(), connection.cursor("rows", binary=True) as cursor:
        cursor.itersize = BATCH
        return sum(1 for *_, body in cursor.execute(_ROWS.encode()) if decode(body))


def _tables(batch: Ready, *, words: bool) -> Iterator[tuple[str, Sequence[Sequence[object]]]]:
    yield "event", batch.events
    yield "body", batch.bodies
    if words:
        yield "words", [(1, *row) for row in batch.words]


def _insert(table: str) -> bytes:
    columns = TABLES[table]
    values = ", ".join(["%s"] * len(columns))
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({values})".encode()  # noqa: S608 - of the names above
