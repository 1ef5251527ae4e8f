"""The marks of sources: what no two of them may share, so that one document is not recorded under two ids."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from sqlite3 import Connection


def mark_source(connection: Connection, source: str, marks: Iterable[str]) -> None:
    """Remember the marks of a source; one that is taken stays with the source that had it first."""
    connection.executemany(
        "INSERT INTO source_mark (mark, source) VALUES (?, ?) ON CONFLICT (mark) DO NOTHING",
        ((mark, source) for mark in marks),
    )


def unmark_source(connection: Connection, source: str) -> None:
    """Forget the marks that a source has."""
    connection.execute("DELETE FROM source_mark WHERE source = ?", (source,))


def sources_marked(connection: Connection, marks: Iterable[str]) -> dict[str, str]:
    """The source that has a mark, for those marks that one has."""
    sought = "SELECT source FROM source_mark WHERE mark = ?"
    found = ((mark, connection.execute(sought, (mark,)).fetchone()) for mark in marks)
    return {mark: row[0] for mark, row in found if row}
