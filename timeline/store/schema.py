"""What makes a file this program's database: its mark, its revisions and the triggers that keep the log append-only.

Light, since every reading command checks it. Tables are in `tables`, their history in `migrations/`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.errors import DatabaseUnusable

if TYPE_CHECKING:
    from pathlib import Path
    from sqlite3 import Connection

APPLICATION_ID = 0x54694D65
"""Stands in the header of each database: "TiMe"."""

REVISIONS = ("0001", "0002", "0003")
"""All revisions of the tables, oldest first, as Alembic knows them."""

REVISION = REVISIONS[-1]
"""The revision that this program reads and writes."""

# A REPLACE removes the row in its way without firing DELETE triggers, and an upsert turns an INSERT into an UPDATE, so
# both have to be stopped before the INSERT.
TRIGGERS = {
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


def fallen_triggers(connection: Connection) -> list[str]:
    """Names of the guards that are missing or changed."""
    standing = dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
    return [name for name, sql in TRIGGERS.items() if standing.get(name) != sql]


def revision_of(connection: Connection, path: Path | str) -> str:
    """The revision of a database; "" where the file is empty.

    Raises:
        DatabaseUnusable: it belongs to another program, or to a newer version of this one.
    """
    # The mark is read last: who sees the tables that another process has just made then sees its mark as well.
    names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    (mark,) = connection.execute("PRAGMA application_id").fetchone()
    if not names and mark in {0, APPLICATION_ID}:
        return ""
    if mark != APPLICATION_ID:
        raise DatabaseUnusable(f"{path} is a database of another program", "name another file with --db")
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
