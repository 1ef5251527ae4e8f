"""The mark of a rebuild that has begun and has not ended, so that the next one goes on where it stopped.

It comes and goes with the transactions that it is set and removed in. It is the log's last position when the rebuild
began. What was stored before is made to cover one position less, which takes nothing from it unless the event there is
its company's; so whatever covers the position, that one company aside, was stored since.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.store.dialect import dialect_of

if TYPE_CHECKING:
    from sqlite3 import Connection


def begun(connection: Connection) -> int:
    """The position at which a rebuild began that has not ended; 0 where there is none."""
    return dialect_of(connection).rebuilding(connection)


def begin(connection: Connection, position: int, company: str | None) -> None:
    """Set the mark inside a transaction; all that is stored stays as current as it was.

    Args:
        connection: to the database.
        position: the log's last.
        company: slug that stands for the company of the event there, whose sections have to cover it to be shown.
    """
    connection.execute(
        "UPDATE read_model SET position = ?1 - 1 WHERE position >= ?1 AND company <> ?2", (position, company or "")
    )
    dialect_of(connection).keep_rebuilding(connection, position)


def end(connection: Connection) -> None:
    """Remove the mark inside a transaction."""
    dialect_of(connection).keep_rebuilding(connection, 0)


def stored_since(connection: Connection, position: int, version: str, topics: int) -> dict[str, int]:
    """The companies with so many sections, all of a version and covering a position; by slug, what they all cover."""
    found = connection.execute(
        """SELECT company, min(position) FROM read_model GROUP BY company
           HAVING min(position) >= ? AND min(CASE version WHEN ? THEN 1 ELSE 0 END) = 1 AND count(*) = ?""",
        (position, version, topics),
    )
    return dict(found.fetchall())
