"""The mark of a rebuild that has begun and has not ended, so that the next one goes on where it stopped.

It stands in the number that SQLite's header keeps for programs (`user_version`), and so comes and goes with the
transactions that it is set and removed in. It is the log's last position when the rebuild began. What was stored before
is made to cover one position less, which takes nothing from it unless the event there is its company's; so whatever
covers the position, that one company aside, was stored since.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite3 import Connection


def begun(connection: Connection) -> int:
    """The position at which a rebuild began that has not ended; 0 where there is none."""
    (position,) = connection.execute("PRAGMA user_version").fetchone()
    return int(position)


def begin(connection: Connection, position: int, company: str | None) -> None:
    """Set the mark inside a transaction; all that is stored stays as current as it was.

    Args:
        connection: to the database.
        position: the log's last.
        company: slug that stands for the company of the event there, whose sections have to cover it to be shown.
    """
    connection.execute(
        "UPDATE read_model SET position = ?1 - 1 WHERE position >= ?1 AND company IS NOT ?2", (position, company)
    )
    connection.execute(f"PRAGMA user_version = {position:d}")


def end(connection: Connection) -> None:
    """Remove the mark inside a transaction."""
    connection.execute("PRAGMA user_version = 0")


def stored_since(connection: Connection, position: int, version: str, topics: int) -> dict[str, int]:
    """The companies with so many sections, all of a version and covering a position; by slug, what they all cover."""
    found = connection.execute(
        """SELECT company, min(position) FROM read_model GROUP BY company
           HAVING min(position) >= ? AND min(version = ?) AND count(*) = ?""",
        (position, version, topics),
    )
    return dict(found.fetchall())
