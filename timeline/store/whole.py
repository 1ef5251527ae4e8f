"""All of a database written into another one that holds nothing: the log, and what is stored beside it, row by row.

Words are left out: how an index of them is kept differs by system, and the next writing command makes it.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import msgspec

from timeline.section import Layout
from timeline.store import unfinished
from timeline.store.append import insert_rows
from timeline.store.dialect import dialect_of
from timeline.store.layouts import write_layouts
from timeline.store.log import Reader
from timeline.store.replica import replicate
from timeline.store.tables import CompanyNameRow, PartitionRow, ReadItemRow, ReadModelRow, SourceMarkRow

if TYPE_CHECKING:
    from collections.abc import Callable
    from sqlite3 import Connection

    from sqlmodel import SQLModel

DERIVED: tuple[type[SQLModel], ...] = (ReadModelRow, ReadItemRow, PartitionRow, CompanyNameRow, SourceMarkRow)
"""What follows from the log, and is copied as it stands."""

_BATCH = 1000


def write_whole(source: Connection, target: Connection, told: Callable[[int, int], None] | None = None) -> None:
    """Write all that a database holds.

    Args:
        source: all of whose answers are of one moment.
        target: inside a transaction, with empty tables.
        told: called with the number of events that are written, and of all.

    Raises:
        Unverified: a root of the source's log is not that of its rows.
    """
    end, last = Reader(source).head(), 0
    while last < end:
        last = replicate(source, target, lambda done: told(done, end) if told else None).last
    for table in DERIVED:
        _write_rows(source, target, table)
    layouts = source.execute("SELECT topic, version, data FROM layout").fetchall()
    write_layouts(target, [(msgspec.json.decode(data, type=Layout), version) for _, version, data in layouts])
    dialect_of(target).keep_rebuilding(target, unfinished.begun(source))


def _write_rows(source: Connection, target: Connection, table: type[SQLModel]) -> None:
    columns = ", ".join(column.name for column in table.__table__.columns)  # type: ignore[attr-defined]  # SQLModel's
    select = f"SELECT {columns} FROM {table.__tablename__}"  # noqa: S608 - the program's own names
    rows = iter(dialect_of(source).streamed(source, select))
    while batch := list(islice(rows, _BATCH)):
        insert_rows(target, table, batch)
