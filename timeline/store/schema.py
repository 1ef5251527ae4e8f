"""What makes a file this program's database: its mark, its revisions and the triggers that keep the log append-only.

Light, since every reading command checks it. Tables are in `tables`, their history in `migrations/`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.errors import DatabaseUnusable
from timeline.store import sqlite_dialect
from timeline.store.dialect import dialect_of

if TYPE_CHECKING:
    from pathlib import Path
    from sqlite3 import Connection

APPLICATION_ID = 0x54694D65
"""Stands in the header of each database: "TiMe"."""

REVISIONS = ("0001", "0002", "0003", "0004", "0005")
"""All revisions of the tables, oldest first, as Alembic knows them."""

REVISION = REVISIONS[-1]
"""The revision that this program reads and writes."""

TRIGGERS = sqlite_dialect.GUARDS
"""The guards of the log by name, exactly as SQLite keeps their text."""


def fallen_triggers(connection: Connection) -> list[str]:
    """Names of the guards that are missing or changed."""
    dialect = dialect_of(connection)
    standing = dialect.guards(connection)
    return [name for name, made in dialect.GUARDS.items() if standing.get(name) != made]


def revision_of(connection: Connection, path: Path | str) -> str:
    """The revision of a database; "" where the file is empty.

    Raises:
        DatabaseUnusable: it belongs to another program, or to a newer version of this one.
    """
    # The mark is read last: who sees the tables that another process has just made then sees its mark as well.
    dialect = dialect_of(connection)
    names = dialect.names(connection)
    mark = dialect.mark(connection)
    if not names and mark in {0, APPLICATION_ID}:
        return ""
    if mark != APPLICATION_ID:
        raise DatabaseUnusable(f"{path} is a database of another program", dialect.ELSEWHERE)
    stated = "SELECT version_num FROM alembic_version"
    revision = "".join(row[0] for row in connection.execute(stated)) if "alembic_version" in names else ""
    if not revision:
        raise DatabaseUnusable(f"{path} is damaged: it does not say its revision", "restore a backup")
    if revision not in REVISIONS:
        raise DatabaseUnusable(
            f"{path} is of revision {revision}, from a newer version of timeline; this one knows up to {REVISION}",
            "install the newer version",
        )
    return revision
