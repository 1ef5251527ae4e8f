"""A database file as those see it who keep it safe.

A restore writes into the file that is there, as one transaction of SQLite's own, and never puts another file under its
name: processes that have the old one open would go on writing to it, and a write-ahead log that was left beside the
name would be taken for the new file's.
"""

from __future__ import annotations

from contextlib import closing, contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from timeline.errors import DatabaseUnusable
from timeline.store import copying, driver, schema
from timeline.store.database import create, exists, unreachable
from timeline.store.opening import open_any, open_reader
from timeline.store.tree import kept_checkpoint

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path
    from sqlite3 import Connection

    from timeline.store.keeper import Held, Seen

    Told = Callable[[int, int], None]


class FileKeeper:
    """See `timeline.store.keeper.Keeper`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.name = str(path)

    def is_there(self) -> bool:
        """An empty file is as good as none."""
        return exists(self.path) and self.path.stat().st_size > 0

    def write_copy(self, file: Path, told: Told | None = None) -> None:
        """Copy the pages, see `timeline.store.copying`."""
        with closing(open_reader(self.path)) as source:
            copying.copy_pages(source, file, told)

    def root_at(self, size: int) -> str | None:
        """From the checkpoints that were kept."""
        with closing(open_reader(self.path)) as source, driver.usable(self.path):
            found = kept_checkpoint(source, size)
        return found[1] if found else None

    @contextmanager
    def seen(self) -> Iterator[Seen]:
        """Read as any other command does."""
        with self._opened(lambda: open_any(str(self.path))) as found:
            yield found

    @contextmanager
    def held(self) -> Iterator[Held]:
        """Hold SQLite's own lock, or, where the file is no database that SQLite can open, only its name."""
        create(self.path)  # says where it may not be written
        with self._opened(lambda: _exclusive(self.path)) as found:
            yield found

    @contextmanager
    def _opened(self, connect: Callable[[], Connection]) -> Iterator[_Open | _Wreck]:
        """The file by a connection, or as what SQLite cannot open."""
        try:
            with driver.usable(self.path):
                connection = connect()
        except DatabaseUnusable as error:
            if not driver.is_damaged(error.__cause__):
                raise
            yield _Wreck(self.path, error.message)
            return
        with closing(connection):
            yield _Open(self.path, connection)

    def establish(self, file: Path) -> None:
        """Give the file its name; what a database of this name left beside it is put aside, not taken for its own."""
        kept = copying.name_beside(self.path, copying.REPLACED, datetime.now(UTC))
        _rename(zip(copying.sides(self.path), copying.sides(kept), strict=True))
        copying.publish(file, self.path, force=not self.is_there())


class _Open:
    """A file that SQLite can open; whoever changes it has to hold it.

    Raises:
        DatabaseUnusable: it is another program's.
    """

    def __init__(self, path: Path, connection: Connection) -> None:
        self._path = path
        self._connection = connection
        self.log: Connection | None = None
        self.why = ""
        try:
            with driver.usable(path):
                _refuse_stranger(connection, path)
        except DatabaseUnusable as error:
            if not driver.is_damaged(error.__cause__):
                raise
            self.why = error.message
            return
        try:
            with driver.usable(path):
                self.log = connection if schema.revision_of(connection, path) else None
        except DatabaseUnusable as error:
            self.why = error.message

    def keep(self, copy: Path, told: Told | None = None) -> None:
        """Copy the pages as they are, damaged ones among them."""
        with driver.usable(self._path), copying.unfinished(copy) as file:
            copying.copy_pages(self._connection, file, told)
            copying.publish(file, copy, force=False)

    def take(self, file: Path, told: Told | None = None) -> None:
        """Write the pages in one transaction: after a crash the old ones stand."""
        with driver.usable(self._path), closing(driver.connect(file, "ro")) as source:
            sizes = [each.execute("PRAGMA page_size").fetchone() for each in (source, self._connection)]
            if sizes[0] != sizes[1]:  # a write-ahead log holds pages of one size
                self._connection.execute("PRAGMA journal_mode = DELETE").fetchone()
            copying.copy(source, self._connection, told)


class _Wreck:
    """A file that SQLite cannot open at all, so that nobody can be using it."""

    def __init__(self, path: Path, why: str) -> None:
        self._path = path
        self.log: Connection | None = None
        self.why = why

    def keep(self, copy: Path, _told: Told | None = None) -> None:
        """Give it, and what belongs to it, another name."""
        copying.require_free(copy, force=False)
        files = zip((*copying.sides(self._path), self._path), (*copying.sides(copy), copy), strict=True)
        _rename(files)
        copying.sync(copy.parent)

    def take(self, file: Path, _told: Told | None = None) -> None:
        """The name is free by now."""
        copying.publish(file, self._path, force=False)


def _exclusive(path: Path) -> Connection:
    """A connection that reads and keeps all others out until it is closed.

    Raises:
        DatabaseUnusable: somebody has the file open and did not end in time.
    """
    connection = driver.connect(path, "rw")
    try:
        connection.execute("PRAGMA locking_mode = EXCLUSIVE").fetchone()
        connection.execute("PRAGMA synchronous = FULL").fetchone()
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("COMMIT")
    except BaseException:
        connection.close()
        raise
    return connection


def _refuse_stranger(connection: Connection, path: Path) -> None:
    (mark,) = connection.execute("PRAGMA application_id").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if tables and mark != schema.APPLICATION_ID:
        raise DatabaseUnusable(f"{path} is a database of another program", "name another file with --db")


def _rename(files: Iterable[tuple[Path, Path]]) -> None:
    """Give the first of each pair, as far as it is there, the name of the second."""
    for file, name in files:
        try:
            if file.exists():
                file.rename(name)
        except OSError as error:
            raise unreachable(file, error) from error
