"""Opening for reading: what may be named, what is refused and why, and that reading leaves no trace."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from timeline.errors import DatabaseUnusable
from timeline.store import driver, schema
from timeline.store.database import location
from timeline.store.driver import sqlite
from timeline.store.log import Reader
from timeline.store.opening import open_reader, open_writer, snapshot

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from timeline.event import Envelope
    from timeline.store.log import Entry
    from timeline.store.writer import Writer

    Append = Callable[..., list[Envelope]]
    Make = Callable[..., Entry]


@pytest.mark.parametrize(
    ("target", "file"),
    [
        ("facts.db", "facts.db"),
        ("a b/100%?#.db", "a b/100%?#.db"),
        (Path("facts.db"), "facts.db"),
        ("sqlite:///facts.db", "facts.db"),
        ("sqlite:////srv/facts.db", "/srv/facts.db"),
        ("sqlite+pysqlite:///facts.db", "facts.db"),
    ],
)
def test_a_database_is_named_by_a_path_or_a_url(target: str | Path, file: str) -> None:
    assert location(target) == Path(file)


def test_the_home_folder_may_be_written_as_a_tilde(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/lei")
    assert location("~/facts.db") == Path("/home/lei/facts.db")


@pytest.mark.parametrize(
    ("target", "why"),
    [
        ("", "the database has to be a file"),
        (":memory:", "the database has to be a file"),
        ("sqlite://", "sqlite:// is not of the form sqlite:///PATH"),
        ("sqlite:///", "the database has to be a file"),
        ("sqlite:///facts.db?mode=ro", "is not of the form sqlite:///PATH"),
        ("mysql+pymysql://lei:secret@db/facts", "mysql\\+pymysql:// databases are not supported"),
    ],
)
def test_what_names_no_file_is_refused_without_showing_a_password(target: str, why: str) -> None:
    with pytest.raises(DatabaseUnusable, match=why) as caught:
        open_reader(target)
    assert "secret" not in caught.value.message
    assert caught.value.fix.startswith("name an SQLite file: a path, or sqlite:///PATH")


def test_a_missing_file_is_not_made_by_reading(path: Path) -> None:
    with pytest.raises(DatabaseUnusable, match=r"no database at .*facts\.db") as caught:
        open_reader(path)
    assert caught.value.fix == "load something first: timeline load PATH, or try it out: timeline demo"
    assert not path.exists()


def test_an_empty_file_holds_nothing_yet(path: Path) -> None:
    path.touch()
    with pytest.raises(DatabaseUnusable, match=r"nothing was loaded into .*facts\.db yet"):
        open_reader(path)


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    for open_it in (open_reader, open_writer):
        with pytest.raises(DatabaseUnusable, match="is not a file"):
            open_it(tmp_path)


def test_a_file_cannot_be_a_folder_on_the_way(path: Path) -> None:
    path.touch()
    with pytest.raises(DatabaseUnusable, match="no database at"):
        open_reader(path / "facts.db")
    with pytest.raises(DatabaseUnusable, match=r"cannot be opened: (Not a directory|File exists)"):
        open_writer(path / "facts.db")


def test_a_text_file_is_no_database(path: Path) -> None:
    path.write_text("Dear diary, " * 100)
    with pytest.raises(DatabaseUnusable, match=r"facts\.db is not a database"):
        open_reader(path)


def test_another_programs_database_is_told_as_such(path: Path) -> None:
    with closing(sqlite.connect(path)) as other:
        other.execute("CREATE TABLE theirs (x)")
    with pytest.raises(DatabaseUnusable, match=r"facts\.db is a database of another program"):
        open_reader(path)


@pytest.mark.parametrize("statement", ["DELETE FROM alembic_version", "DROP TABLE alembic_version"])
def test_a_database_that_lost_its_revision_is_damaged(path: Path, writer: Writer, statement: str) -> None:
    writer.connection.execute(statement)
    for open_it in (open_reader, open_writer):
        with pytest.raises(DatabaseUnusable, match="is damaged: it does not say its revision"):
            open_it(path)


def test_a_newer_database_is_refused_for_reading_and_writing(path: Path, writer: Writer) -> None:
    writer.connection.execute("UPDATE alembic_version SET version_num = '9999'")
    for open_it in (open_reader, open_writer):
        with pytest.raises(DatabaseUnusable, match="of revision 9999, from a newer version of timeline"):
            open_it(path)


def test_an_older_database_is_left_to_the_next_writing_command(
    path: Path, writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert writer.log.count() == 0
    monkeypatch.setattr(schema, "REVISIONS", (schema.REVISION, "newer"))
    monkeypatch.setattr(schema, "REVISION", "newer")
    with pytest.raises(DatabaseUnusable, match="the next writing command upgrades it and keeps a copy") as caught:
        open_reader(path)
    assert str(path) in caught.value.fix


def test_damaged_pages_are_told_as_such(path: Path, append: Append, entry: Make, writer: Writer) -> None:
    append(*(entry(str(number), "x" * 500) for number in range(100)))
    writer.close()
    whole = path.read_bytes()
    path.write_bytes(whole[: 4096 * 2] + os.urandom(len(whole) - 4096 * 2))
    with (
        pytest.raises(DatabaseUnusable, match=r"facts\.db is damaged") as caught,
        closing(open_reader(path)) as reader,
        snapshot(reader),
    ):
        list(Reader(reader).rows())
    assert caught.value.fix == "restore a backup: timeline restore FILE"


@pytest.mark.usefixtures("impatient")
def test_a_database_that_is_locked_against_reading_is_told_as_such(path: Path, writer: Writer) -> None:
    writer.connection.execute("PRAGMA journal_mode = DELETE")
    writer.connection.execute("BEGIN EXCLUSIVE")
    with pytest.raises(DatabaseUnusable, match=r"is locked by another process \(waited 0.1 seconds\)"):
        open_reader(path)


@pytest.mark.usefixtures("writer")
def test_a_reader_cannot_write(path: Path) -> None:
    with closing(open_reader(path)) as reader, pytest.raises(sqlite.OperationalError, match="readonly"):
        reader.execute("INSERT INTO layout VALUES ('x', '1', '{}')")


@pytest.mark.usefixtures("writer")
def test_a_reader_waits_half_a_minute_for_a_lock(path: Path) -> None:
    with closing(open_reader(path)) as reader:
        assert reader.execute("PRAGMA busy_timeout").fetchone() == (30000,)


def test_a_snapshot_does_not_move_while_others_write(
    path: Path, writer: Writer, append: Append, entry: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(driver, "BUSY_SECONDS", 0.1)
    writer.connection.execute("PRAGMA journal_mode = WAL")
    append(entry("one"))
    with closing(open_reader(path)) as connection:
        reader = Reader(connection)
        with snapshot(connection):
            assert reader.head() == 1
            append(entry("two"))
            with snapshot(connection):
                assert reader.head() == 1
            assert reader.head() == 1
        assert reader.head() == 2


def test_a_snapshot_of_a_writer_lies_inside_its_transaction(writer: Writer, entry: Make, morning: datetime) -> None:
    with writer.transaction():
        writer.append([entry("one")], morning, "tester")
        with snapshot(writer.connection):
            assert writer.log.head() == 1
    assert writer.log.head() == 1


@pytest.mark.parametrize("mode", ["wal", "delete"])
def test_a_database_in_a_read_only_folder_can_be_read(
    shared_folder: Path, as_another_user: Callable[[], Any], mode: str
) -> None:
    path = shared_folder / "facts.db"
    with open_writer(path) as writer:
        writer.connection.execute(f"PRAGMA journal_mode = {mode}")
    path.chmod(0o444)
    shared_folder.chmod(0o555)
    with as_another_user(), closing(open_reader(path)) as reader:
        assert Reader(reader).head() == 0
    assert list(shared_folder.iterdir()) == [path]


def test_unfinished_writes_in_a_read_only_folder_are_not_passed_over(
    shared_folder: Path, path: Path, writer: Writer, as_another_user: Callable[[], Any], entry: Make, append: Append
) -> None:
    writer.connection.execute("PRAGMA journal_mode = WAL")
    append(entry("only in the write-ahead log"))
    copy = shared_folder / path.name
    for ending in ("", "-wal"):
        shutil.copy(f"{path}{ending}", f"{copy}{ending}")
        Path(f"{copy}{ending}").chmod(0o444)
    shared_folder.chmod(0o555)
    with as_another_user(), pytest.raises(DatabaseUnusable, match="unfinished writes of a process that ended early"):
        open_reader(copy)


def test_a_file_of_another_user_is_told_as_such(shared_folder: Path, as_another_user: Callable[[], Any]) -> None:
    path = shared_folder / "facts.db"
    with open_writer(path):
        pass
    path.chmod(0)
    with as_another_user(), pytest.raises(DatabaseUnusable, match=r"facts\.db cannot be opened") as caught:
        open_reader(path)
    assert caught.value.fix == "check that the file and its folder may be read and written"


def test_a_folder_of_another_user_is_told_as_such(shared_folder: Path, as_another_user: Callable[[], Any]) -> None:
    shared_folder.chmod(0)
    with as_another_user(), pytest.raises(DatabaseUnusable, match=r"facts\.db cannot be opened: Permission denied"):
        open_reader(shared_folder / "facts.db")


READ = """
import sys
from timeline.store import models, names, parts
from timeline.store.log import Reader
from timeline.store.opening import open_reader, snapshot
connection = open_reader(sys.argv[1])
with snapshot(connection):
    models.read(connection, "acme"), names.all_names(connection), Reader(connection).head()
heavy = {"alembic", "sqlalchemy", "sqlmodel", "pydantic", "dateutil", "timeline.event", "timeline.values"}
print(sorted(heavy & set(sys.modules)))
"""


@pytest.mark.usefixtures("writer")
def test_reading_loads_neither_sqlalchemy_nor_the_domain(path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", READ, path], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
