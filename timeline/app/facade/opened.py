"""The database that a facade stands for, opened for the length of a call."""

from __future__ import annotations

from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Self

from timeline.app.place import database
from timeline.store.opening import open_reader, snapshot

if TYPE_CHECKING:
    from collections.abc import Iterator
    from sqlite3 import Connection

    from timeline.store.database import Target


class Opened:
    """A database that was named; nothing of it is touched before the first call.

    Threads may share it: each call opens the database by itself. What comes bit by bit (`export`, `follow`) may pass
    from one thread to another, one at a time.
    """

    def __init__(self, db: Target | None = None) -> None:
        self.database = database(db)

    @classmethod
    def open(cls, db: Target | None = None) -> Self:
        """The database at a path or SQLAlchemy URL; without one that of `TIMELINE_DB`, else the user's own.

        Nothing is touched before the first call; the first load makes the file.
        """
        return cls(db)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        """A connection all of whose answers are of one moment."""
        with closing(open_reader(self.database)) as connection, snapshot(connection):
            yield connection
