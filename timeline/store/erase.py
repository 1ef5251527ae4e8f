"""Deleting content so that its bytes are gone from the database's files, and not only its rows.

SQLite leaves what is deleted in free space, in pages that it moved and in the write-ahead log. So what is deleted is
overwritten, the file is written anew, and the write-ahead log is emptied.
"""

from __future__ import annotations

from glob import escape
from typing import TYPE_CHECKING

from timeline.store import copying, driver

if TYPE_CHECKING:
    from pathlib import Path
    from sqlite3 import Connection

_IN_USE = "another program has it open"


def overwrite(connection: Connection) -> None:
    """Overwrite with zeros whatever this connection deletes from now on; to be said outside a transaction."""
    connection.execute("PRAGMA secure_delete = ON").fetchone()


def scour(connection: Connection, path: Path) -> str:
    """Rid the files of all that was ever deleted; why that was not possible, "" where it was.

    Whoever reads meanwhile goes on, and what they see stays in the write-ahead log until they end. What backups and
    restores left beside the file that were stopped goes as well.
    """
    copying.sweep(path)
    try:
        connection.execute("VACUUM")
        busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except driver.sqlite.Error as error:
        return _IN_USE if driver.is_locked(error) else driver.unusable(path, error).message
    return _IN_USE if busy else ""


def copies_beside(path: Path) -> tuple[Path, ...]:
    """The copies of a database that were kept by name: before upgrades, as backups, and by what was restored.

    So are those that are not complete yet, or were left so by a process of whose end nobody can tell.
    """
    kept = tuple(f"{path.name}.{why}-" for why in ("before", "backup", "replaced"))
    begun = path.parent.glob(f".{escape(path.name)}.*{copying.UNFINISHED}")
    return tuple(sorted((*begun, *(file for file in path.parent.iterdir() if file.name.startswith(kept)))))
