"""Looking into a database after a death: is the file sound, what does its log hold, and what is stored beside it.

Plain SQL, so that nothing of the program can hide what is there; whether the log verifies is the program's to say.
"""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from timeline.store.driver import sqlite

if TYPE_CHECKING:
    from sqlite3 import Connection

_EVENTS = """\
SELECT position, id, company, kind, source, key, target, published, actor, body
FROM event LEFT JOIN body USING (position) ORDER BY position"""
"""All but what two runs of one command never have in common: time, salt, and the commitment that is made with it."""

_MAGIC = b"SQLite format 3\0"

_STORED = {
    "read_item": "*",
    "company_name": "*",
    "source_mark": "*",
    "layout": "topic",
    "read_model": "company, topic",
    "tree_node": "level, number",
}


def look(database: str) -> dict[str, Any]:
    """What is there: events, sizes of the checkpoints, revision and stored rows; all empty before the first commit."""
    if not Path(database).exists():
        return _found([], [], "", {})
    content = Path(database).read_bytes()
    if content and not content.startswith(_MAGIC):
        return _found([], [], "", {"no database": [content.hex()]})
    with closing(sqlite.connect(database)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if not tables:
            return _found([], [], "", {})
        return _found(
            connection.execute(_EVENTS).fetchall(),
            [size for (size,) in connection.execute("SELECT size FROM checkpoint ORDER BY size")],
            connection.execute("SELECT version_num FROM alembic_version").fetchone()[0],
            {table: _rows(connection, table) for table in sorted(_STORED.keys() & tables)},
        )


def _found(events: list[Any], ends: list[int], revision: str, stored: dict[str, list[str]]) -> dict[str, Any]:
    return {"events": events, "ends": ends, "revision": revision, "stored": stored}


def _rows(connection: Connection, table: str) -> list[str]:
    return sorted(map(repr, connection.execute(f"SELECT {_STORED[table]} FROM {table}")))  # noqa: S608


def resize_pages(database: str) -> None:
    """Give a database pages of another size than the program does, and the journal that this takes."""
    with closing(sqlite.connect(database)) as connection:
        for statement in ("PRAGMA journal_mode = DELETE", "PRAGMA page_size = 8192", "VACUUM"):
            connection.execute(statement).fetchall()


def wreck(database: str) -> None:
    """Write over the beginning of a database."""
    with Path(database).open("r+b") as file:
        file.write(b"no database " * 10)


def leave_copy(database: str) -> None:
    """Leave what a restore or a backup does that is killed."""
    copy = Path(database).with_name(f".{Path(database).name}.0a1b2c3d.unfinished")
    shutil.copy(database, copy)
    copy.with_name(f"{copy.name}-lock").touch()


def restore_dump(dump: str, database: str) -> None:
    """Make the database of an earlier version, without the mark in it that no source has."""
    with closing(sqlite.connect(database)) as connection:
        connection.executescript(Path(dump).read_text(encoding="utf-8"))
        connection.execute("DELETE FROM source_mark")
        connection.commit()
