"""What only SQLite says so; see `timeline.store.dialect`."""

from __future__ import annotations

import os
from contextlib import contextmanager
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

from timeline.store import driver

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager
    from sqlite3 import Connection, Cursor

    from timeline.section import Layout
    from timeline.store.terms import Words

LARGE_CACHE = -64 * 1024
_SMALL_CACHE = -8 * 1024
"""Negative numbers are KiB."""

_ROWS = 50
"""In one statement: triggers make SQLite keep a way back from each, which for one row costs a fifth of writing it."""

# A REPLACE removes the row in its way without firing DELETE triggers, and an upsert turns an INSERT into an UPDATE, so
# both have to be stopped before the INSERT.
GUARDS: Mapping[str, str] = {
    "event_insert": """\
CREATE TRIGGER event_insert BEFORE INSERT ON event BEGIN
  SELECT RAISE(ABORT, 'the log is append-only: an event has this id already')
    WHERE EXISTS (SELECT 1 FROM event WHERE id = new.id);
  SELECT RAISE(ABORT, 'the log is append-only: the position is not the next one')
    WHERE new.position IS NOT (SELECT coalesce(max(position), 0) + 1 FROM event);
END""",
    "event_update": """\
CREATE TRIGGER event_update BEFORE UPDATE ON event BEGIN
  SELECT RAISE(ABORT, 'the log is append-only: events are never changed');
END""",
    "event_delete": """\
CREATE TRIGGER event_delete BEFORE DELETE ON event BEGIN
  SELECT RAISE(ABORT, 'the log is append-only: events are never deleted');
END""",
    "body_insert": """\
CREATE TRIGGER body_insert BEFORE INSERT ON body BEGIN
  SELECT RAISE(ABORT, 'the log is append-only: the event has a body already')
    WHERE EXISTS (SELECT 1 FROM body WHERE position = new.position);
  SELECT RAISE(ABORT, 'a body belongs to an event')
    WHERE NOT EXISTS (SELECT 1 FROM event WHERE position = new.position);
  SELECT RAISE(ABORT, 'the event was erased')
    WHERE EXISTS (
      SELECT 1 FROM event JOIN event AS erasure ON erasure.target = event.id
      WHERE event.position = new.position AND erasure.kind = 'event.erased');
END""",
    "body_update": """\
CREATE TRIGGER body_update BEFORE UPDATE ON body BEGIN
  SELECT RAISE(ABORT, 'the log is append-only: bodies are never changed');
END""",
    "body_delete": """\
CREATE TRIGGER body_delete BEFORE DELETE ON body BEGIN
  SELECT RAISE(ABORT, 'the log is append-only: a body is deleted only after its erasure is recorded')
    WHERE NOT EXISTS (
      SELECT 1 FROM event JOIN event AS erasure ON erasure.target = event.id
      WHERE event.position = old.position AND erasure.kind = 'event.erased');
END""",
    "checkpoint_insert": """\
CREATE TRIGGER checkpoint_insert BEFORE INSERT ON checkpoint BEGIN
  SELECT RAISE(ABORT, 'the log is append-only: a checkpoint is larger than those before it')
    WHERE new.size <= (SELECT max(size) FROM checkpoint);
END""",
    "checkpoint_update": """\
CREATE TRIGGER checkpoint_update BEFORE UPDATE ON checkpoint BEGIN
  SELECT RAISE(ABORT, 'the log is append-only: checkpoints are never changed');
END""",
    "checkpoint_delete": """\
CREATE TRIGGER checkpoint_delete BEFORE DELETE ON checkpoint BEGIN
  SELECT RAISE(ABORT, 'the log is append-only: checkpoints are never deleted');
END""",
}
"""The guards of the log by name, exactly as SQLite keeps their text."""


ELSEWHERE = "name another file with --db"

REBUILDING = "SELECT user_version FROM pragma_user_version"
"""From the number that the file's header keeps for programs."""


def place(connection: Connection) -> str:
    """The file; a name that is no UTF-8 is asked for as bytes, which may have to wait for a lock."""
    try:
        _, _, path = connection.execute("PRAGMA database_list").fetchone()
    except driver.sqlite.OperationalError:
        (path,) = connection.execute("SELECT CAST(file AS BLOB) FROM pragma_database_list").fetchone()
    return os.fsdecode(path)


def usable(place: str) -> AbstractContextManager[None]:
    """See `timeline.store.driver`."""
    return driver.usable(place)


def begin_reading(connection: Connection) -> None:
    """What is read first decides the moment."""
    connection.execute("BEGIN")


def begin_writing(connection: Connection) -> None:
    """Take the lock before anything is read."""
    connection.execute("BEGIN IMMEDIATE")


def announce(connection: Connection, position: int) -> None:
    """Whoever follows a file looks for changes of it."""
    del connection, position


def streamed(connection: Connection, sql: str, values: Sequence[object] = ()) -> Cursor:
    """Every cursor reads row by row."""
    return connection.execute(sql, values)


def insert(connection: Connection, table: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Many in a statement as long as there are as many."""
    few = len(rows) % _ROWS
    many = len(rows) - few
    for start in range(0, many, _ROWS):
        values = tuple(chain.from_iterable(rows[start : start + _ROWS]))
        connection.execute(_insert(table, tuple(columns), _ROWS), values)
    if few:
        connection.executemany(_insert(table, tuple(columns), 1), rows[many:])


@cache
def _insert(table: str, columns: tuple[str, ...], rows: int) -> str:
    values = ", ".join([f"({', '.join('?' * len(columns))})"] * rows)
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES {values}"  # noqa: S608 - the program's own names


def exact(column: str, kind: str) -> str:
    """A column holds values of any type, whatever it was declared as."""
    del kind
    return f"typeof({column}), CAST({column} AS BLOB)"


def text_bytes(column: str) -> str:
    """The cast is done to text only: it would hide another type."""
    return f"CASE typeof({column}) WHEN 'text' THEN CAST({column} AS BLOB) END"


def names(connection: Connection) -> set[str]:
    """Of the whole file."""
    return {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}


def mark(connection: Connection) -> int:
    """It stands in the file's header."""
    (number,) = connection.execute("PRAGMA application_id").fetchone()
    return int(number)


def guards(connection: Connection) -> dict[str, str]:
    """The triggers."""
    return dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name"))


def rebuilding(connection: Connection) -> int:
    """It stands in the file's header."""
    (position,) = connection.execute(REBUILDING).fetchone()
    return int(position)


def keep_rebuilding(connection: Connection, position: int) -> None:
    """It comes and goes with the transaction, as any page of the file."""
    connection.execute(f"PRAGMA user_version = {position:d}")


def views_of(layout: Layout) -> dict[str, str]:
    """By its functions for JSON."""
    from timeline.store import views as lite

    return lite.views_of(layout)


def view_stands(connection: Connection, name: str, select: str) -> bool:
    """By the text of the statement that made it."""
    from timeline.store.views import quoted

    made = connection.execute("SELECT sql FROM sqlite_master WHERE type = 'view' AND name = ?", (name,)).fetchone()
    return bool(made == (f"CREATE VIEW {quoted(name)} AS {select}",))


def has_words(connection: Connection) -> bool:
    """By its module FTS5."""
    (number,) = connection.execute("SELECT count(*) FROM pragma_module_list WHERE name = 'fts5'").fetchone()
    return bool(number)


def keeps_words(connection: Connection) -> bool:
    """Where it was not made without them."""
    return "words" in names(connection)


def words() -> Words:
    """In tables of that module."""
    from timeline.store import fts5

    return fts5


def faults(connection: Connection, most: int) -> Iterator[str]:
    """By SQLite's check of the whole file."""
    for (line,) in connection.execute(f"PRAGMA integrity_check({most})"):
        if line != "ok":
            yield f"SQLite says: {line.strip()}"


def excess(connection: Connection) -> str:
    """A file knows no users: what its system lets somebody do, the database cannot bar."""
    del connection
    return ""


def erase_bodies(connection: Connection, positions: Iterable[int]) -> None:
    """Guarded by a trigger."""
    connection.executemany("DELETE FROM body WHERE position = ?", ((position,) for position in positions))


def overwrite(connection: Connection) -> None:
    """With zeros."""
    from timeline.store import erase

    erase.overwrite(connection)


def scour(connection: Connection) -> str:
    """By writing the file anew."""
    from pathlib import Path

    from timeline.store import erase

    return erase.scour(connection, Path(place(connection)))


def maker(connection: Connection) -> str:
    """Whoever may write the file."""
    del connection
    return ""


def copies(connection: Connection) -> tuple[str, ...]:
    """Those of the file that this program kept."""
    from pathlib import Path

    from timeline.store import erase

    return tuple(map(str, erase.copies_beside(Path(place(connection)))))


@contextmanager
def small_cache(connection: Connection) -> Iterator[None]:
    """Few pages."""
    connection.execute(f"PRAGMA cache_size = {_SMALL_CACHE}")
    connection.execute("PRAGMA shrink_memory")
    try:
        yield
    finally:
        connection.execute(f"PRAGMA cache_size = {LARGE_CACHE}")
