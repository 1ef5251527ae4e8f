"""Trying out what a write would do, without a trace: not even the database is made."""

from __future__ import annotations

from contextlib import closing, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from timeline.store.log import Reader
from timeline.store.opening import is_there, open_reader, open_writer, snapshot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.store.database import Target
    from timeline.store.writer import Writer


def has_log(database: Target) -> bool:
    """Whether there is a database with something in it."""
    return is_there(database)


@contextmanager
def trial(database: Target) -> Iterator[Writer]:
    """The database to be written in `undone`, neither made nor upgraded; where there is none, one that is thrown away.

    Raises:
        DatabaseUnusable: it can only be tried before it is upgraded, or not be written.
    """
    with TemporaryDirectory() as folder:
        if has_log(database):
            open_reader(database).close()
        else:
            database = Path(folder) / "timeline.db"
        with closing(open_writer(database)) as writer:
            yield writer


@contextmanager
def undone(writer: Writer) -> Iterator[None]:
    """A transaction that is undone at its end."""
    with suppress(_OnlyTriedError), writer.transaction():
        yield
        raise _OnlyTriedError


class _OnlyTriedError(Exception):
    """Undoes what was tried."""


@contextmanager
def rehearsal(database: Target) -> Iterator[Reader]:
    """The log as a write would find it; where there is no database yet, an empty one that is thrown away."""
    if has_log(database):
        with closing(open_reader(database)) as connection, snapshot(connection):
            yield Reader(connection)
    else:
        with trial(database) as writer:
            yield writer.log
