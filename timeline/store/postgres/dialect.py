"""What only PostgreSQL says so; see `timeline.store.dialect`."""

from __future__ import annotations

from contextlib import contextmanager
from hashlib import sha256
from typing import TYPE_CHECKING, cast

from timeline.store.postgres import errors
from timeline.store.postgres import guards as standing_guards
from timeline.store.postgres import views as served_views

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from contextlib import AbstractContextManager
    from sqlite3 import Connection, Cursor

    from timeline.section import Layout
    from timeline.store.postgres.connection import Connection as Served
    from timeline.store.terms import Words

GUARDS = standing_guards.GUARDS

ELSEWHERE = "name another database with --db, or a schema of its own in this one: ?options=-csearch_path%3DNAME"

REBUILDING = "SELECT number FROM mark WHERE name = 'rebuilding'"

_COPIED = 8
"""Rows from which on COPY is quicker than an INSERT each."""


def place(connection: Connection) -> str:
    """The URL without a password."""
    return _served(connection).place


def usable(place: str) -> AbstractContextManager[None]:
    """See `timeline.store.postgres.errors`."""
    return errors.usable(place)


def begin_reading(connection: Connection) -> None:
    """The first statement decides the moment."""
    connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")


def begin_writing(connection: Connection) -> None:
    """Take the lock of all writers before anything is read.

    Each statement then sees what was committed before it (READ COMMITTED): a moment kept from before the lock was
    there would not have the events of the writer who held it, and so give positions twice.
    """
    served = _served(connection)
    served.begin("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE")
    served.execute("SELECT pg_advisory_xact_lock(?)", (lock_key(served.schema),)).fetchone()


def lock_key(schema: str) -> int:
    """The number of the lock that writers of a schema share; locks are of one database, so that is not in it."""
    return int.from_bytes(sha256(f"timeline {schema}".encode()).digest()[:8], signed=True)


def announce(connection: Connection, position: int) -> None:
    """By a notice on the channel that has the schema's name, so that a person may listen as well: `LISTEN timeline`."""
    connection.execute("SELECT pg_notify(?, ?)", (_served(connection).schema, str(position)))


def streamed(connection: Connection, sql: str, values: Sequence[object] = ()) -> Cursor:
    """By a cursor on the server."""
    return cast("Cursor", _served(connection).streamed(sql, values))


def insert(connection: Connection, table: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """By COPY where there are several."""
    if len(rows) >= _COPIED:
        _served(connection).copy(table, columns, rows)
    else:
        values = ", ".join("?" * len(columns))
        connection.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({values})", rows)  # noqa: S608


def exact(column: str, kind: str) -> str:
    """A column holds values of its own type only."""
    data = f"convert_to({column}, 'UTF8')" if kind == "text" else column
    return f"CASE WHEN {column} IS NULL THEN 'null' ELSE '{kind}' END, {data}"


def text_bytes(column: str) -> str:
    """A column of text holds nothing else."""
    return f"convert_to({column}, 'UTF8')"


def names(connection: Connection) -> set[str]:
    """Tables, indexes and views of the schema; none where there is no schema."""
    found = connection.execute("SELECT relname FROM pg_class WHERE relnamespace = to_regnamespace(current_schema())")
    return {name for (name,) in found}


def mark(connection: Connection) -> int:
    """It stands in a table."""
    if "mark" not in names(connection):
        return 0
    ((number,),) = connection.execute("SELECT number FROM mark WHERE name = 'application'")
    return int(number)


def guards(connection: Connection) -> dict[str, str]:
    """Triggers and constraints."""
    return standing_guards.standing(connection)


def rebuilding(connection: Connection) -> int:
    """It stands in a table."""
    ((number,),) = connection.execute(REBUILDING)
    return int(number)


def keep_rebuilding(connection: Connection, position: int) -> None:
    """It comes and goes with the transaction, as any row."""
    connection.execute("UPDATE mark SET number = ? WHERE name = 'rebuilding'", (position,))


def views_of(layout: Layout) -> dict[str, str]:
    """By its functions for JSON."""
    return served_views.views_of(layout)


def view_stands(connection: Connection, name: str, select: str) -> bool:
    """By what the server would do for either."""
    return served_views.stands(connection, name, select)


def has_words(connection: Connection) -> bool:
    """Every server has all that it takes."""
    del connection
    return True


def keeps_words(connection: Connection) -> bool:
    """It is made with the other tables, always."""
    del connection
    return True


def words() -> Words:
    """In a table of texts."""
    from timeline.store.postgres import words as served_words

    return served_words


def faults(connection: Connection, most: int) -> Iterator[str]:
    """Indexes that the server holds for unfinished or damaged, and pages whose checksums failed since it was made."""
    found = connection.execute(
        """SELECT 'the index ' || index.relname || ' is not valid: make it anew with REINDEX'
           FROM pg_index JOIN pg_class AS index ON index.oid = indexrelid
           WHERE index.relnamespace = current_schema()::regnamespace AND NOT (indisvalid AND indisready AND indislive)
           UNION ALL SELECT 'PostgreSQL counted ' || checksum_failures || ' damaged pages in this database'
           FROM pg_stat_database WHERE datname = current_database() AND checksum_failures > 0 LIMIT ?""",
        (most,),
    )
    return (line for (line,) in found)


def excess(connection: Connection) -> str:
    """See `timeline.store.postgres.roles`."""
    from timeline.store.postgres import roles

    return roles.excess(connection)


def erase_bodies(connection: Connection, positions: Iterable[int]) -> None:
    """By a function with the rights of the tables' owner, as writers have none to delete."""
    if erased := [(position,) for position in positions]:
        connection.executemany("SELECT erase_body(?)", erased)
        end = "(SELECT max(position) FROM event)"
        connection.execute(f"UPDATE mark SET number = {end} WHERE name = 'unscoured'")  # noqa: S608


def overwrite(connection: Connection) -> None:
    """What is deleted stands in its page until `scour` writes the table anew."""
    del connection


def scour(connection: Connection) -> str:
    """See `timeline.store.postgres.scouring`."""
    from timeline.store.postgres import scouring

    return scouring.scour(_served(connection))


def maker(connection: Connection) -> str:
    """The owner of the tables; a writer may only fill them."""
    owner = """SELECT CASE WHEN pg_has_role(relowner, 'USAGE') THEN '' ELSE pg_get_userbyid(relowner) END
               FROM pg_class WHERE oid = 'body'::regclass"""
    return str(connection.execute(owner).fetchone()[0])


def copies(connection: Connection) -> tuple[str, ...]:
    """What the server keeps, which no statement of a database rids of anything."""
    del connection
    return ("the server's write-ahead log, until its files are used again", "its replicas and backups")


@contextmanager
def small_cache(connection: Connection) -> Iterator[None]:
    """The cache is the server's."""
    del connection
    yield


def _served(connection: Connection) -> Served:
    return cast("Served", connection)
