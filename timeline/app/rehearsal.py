"""Trying out what a write would do, without a trace: not even the database is made."""

from __future__ import annotations

from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from timeline.store.database import exists, location
from timeline.store.log import Reader
from timeline.store.opening import open_reader, open_writer, snapshot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.store.database import Target


def has_log(database: Target) -> bool:
    """Whether there is a database with something in it."""
    path = location(database)
    return exists(path) and path.stat().st_size > 0


@contextmanager
def rehearsal(database: Target) -> Iterator[Reader]:
    """The log as a write would find it; where there is no database yet, an empty one that is thrown away."""
    if has_log(database):
        with closing(open_reader(database)) as connection, snapshot(connection):
            yield Reader(connection)
    else:
        with TemporaryDirectory() as folder, closing(open_writer(Path(folder) / "timeline.db")) as writer:
            yield writer.log
