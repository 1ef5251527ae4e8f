"""The stores that the contract holds for, each as a place for databases, seen by the program and by an outsider."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from timeline import Timeline
from timeline.store.driver import sqlite
from timeline.store.opening import open_reader, open_writer, snapshot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from sqlite3 import Connection

    from timeline.store.writer import Writer

FIXTURES = Path(__file__).parents[2] / "fixtures"
"""What is shipped."""

Rows = list[tuple[Any, ...]]


class Store(NamedTuple):
    """A database that is not made yet.

    Attributes:
        name: of the database system.
        target: names it to the program.
        outside: runs statements as any other tool would; the rows of the last one.
        refusal: what such a tool is told where the database itself refuses.
        unguarded: what an outsider has to run, to be let change a table, by the name of the table.
    """

    name: str
    target: str
    outside: Callable[..., Rows]
    refusal: type[Exception]
    unguarded: Callable[[str], list[str]]

    def timeline(self) -> Timeline:
        """Through the facade."""
        return Timeline.open(self.target)

    def writer(self) -> Writer:
        """For writing; to be closed."""
        return open_writer(self.target)

    def reader(self) -> closing[Connection]:
        """For reading."""
        return closing(open_reader(self.target))

    def forge(self, table: str, *statements: str) -> None:
        """Change a guarded table all the same."""
        self.outside(*self.unguarded(table), *statements)


def lite(path: Path) -> Store:
    """A file."""

    def outside(*statements: str) -> Rows:
        with closing(sqlite.connect(path, isolation_level=None)) as connection:
            return [connection.execute(statement).fetchall() for statement in statements][-1]

    def unguarded(table: str) -> list[str]:
        return [f"DROP TRIGGER {table}_{event}" for event in ("insert", "update", "delete")]

    return Store("sqlite", str(path), outside, sqlite.IntegrityError, unguarded)


def loaded(store: Store) -> Timeline:
    """With all that is shipped in it."""
    timeline = store.timeline()
    timeline.load([str(FIXTURES)])
    return timeline


def lines(exported: Iterator[str]) -> list[dict[str, Any]]:
    """An export as objects."""
    return [json.loads(line) for line in "".join(exported).splitlines()]


def roots(store: Store) -> Rows:
    """Size, root and text of each checkpoint."""
    with store.reader() as connection, snapshot(connection):
        return list(connection.execute("SELECT size, root, text FROM checkpoint ORDER BY size"))


def findings(store: Store) -> dict[str, str]:
    """What the audit of the log finds, by rule."""
    return {each.rule: each.what for each in store.timeline().audit(only=["log"]).findings if each.severity != "note"}
