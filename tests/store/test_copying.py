"""A copy of a database is of one moment, whole or not there, and for its owner only, whoever writes meanwhile."""

from __future__ import annotations

import os
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from timeline.errors import DatabaseUnusable, TimelineError
from timeline.store import copying, driver
from timeline.store.log import Reader
from timeline.store.opening import open_any, open_reader, open_writer
from timeline.store.verify import verify

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from sqlite3 import Connection

    from timeline.event import Envelope
    from timeline.section import Finding
    from timeline.store.log import Entry
    from timeline.store.writer import Writer

    Append = Callable[..., list[Envelope]]
    Make = Callable[..., Entry]


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "copy.db"


@pytest.fixture
def small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Copy a page at a time, so that others come in between."""
    monkeypatch.setattr(copying, "_STEP_PAGES", 1)


@pytest.fixture
def without_log(monkeypatch: pytest.MonkeyPatch) -> None:
    """As with an SQLite whose write-ahead log is not safe."""
    monkeypatch.setattr(driver, "journal_mode", lambda: "delete")


@pytest.mark.usefixtures("small_steps")
def test_with_a_log_writers_pass_by_a_copy_that_is_of_the_moment_it_began(
    append: Append, entry: Make, path: Path, target: Path
) -> None:
    append(entry("before"))
    written = []
    with copying.unfinished(target) as file, closing(open_reader(path)) as source:
        copying.copy_pages(source, file, lambda done, _: written.extend(append(entry(f"meanwhile {done}"))))
        with closing(open_any(str(file))) as copy:
            assert [row.envelope.key for row in Reader(copy).rows()] == ["before"]
            assert errors(copy) == []
    assert len(written) > 20


@pytest.mark.parametrize("every", [1, 8])
@pytest.mark.usefixtures("without_log", "impatient")
def test_without_a_log_a_copy_that_is_disturbed_again_and_again_ends_all_the_same(
    entry: Make, path: Path, target: Path, morning: datetime, monkeypatch: pytest.MonkeyPatch, every: int
) -> None:
    # More than SQLite keeps in memory before it writes to the copy, whose first attempts are thrown away.
    large = [entry(f"before {number}", body=f'"{number:0>4000}"') for number in range(1500)]
    monkeypatch.setattr(copying, "_STEP_PAGES", 100)
    written, refused = 0, 0

    def disturb(done: int, _total: int) -> None:
        nonlocal written, refused
        if not done or done // 100 % every:
            return
        try:
            with open_writer(path) as other, other.transaction():
                other.connection.execute(f"PRAGMA user_version = {written + 1}")  # the file does not grow by it
            written += 1
        except DatabaseUnusable:
            refused += 1

    with open_writer(path) as first, first.transaction():
        first.append(large, morning, "tester")
    with copying.unfinished(target) as file, closing(open_reader(path)) as source:
        assert source.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        copying.copy_pages(source, file, disturb)
        with closing(open_any(str(file))) as copy:
            assert errors(copy) == []
            assert copy.execute("PRAGMA user_version").fetchone() == (written,)
    assert written > copying._RESTARTS
    assert refused > 0


@pytest.mark.usefixtures("without_log", "impatient")
def test_a_copy_waits_for_a_lock_only_so_long(path: Path, target: Path, writer: Writer) -> None:
    with closing(open_reader(path)) as source, copying.unfinished(target) as file:
        writer.connection.execute("BEGIN EXCLUSIVE")
        with pytest.raises(DatabaseUnusable, match=r"is locked by another process \(waited 0\.1 seconds\)"):
            copying.copy_pages(source, file)


def test_a_copy_is_one_file_for_its_owner_only_whatever_the_umask(path: Path, target: Path, writer: Writer) -> None:
    assert writer.connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    before = os.umask(0)
    try:
        with copying.unfinished(target) as file, closing(open_reader(path)) as source:
            copying.copy_pages(source, file)
            assert file.stat().st_mode & 0o777 == 0o600
            copying.publish(file, target, force=False)
    finally:
        os.umask(before)
    with closing(open_any(str(target))) as copy:
        assert copy.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    assert target.stat().st_mode & 0o777 == 0o600
    assert {each.name for each in target.parent.iterdir()} - {"facts.db", "facts.db-wal", "facts.db-shm"} == {"copy.db"}


def test_what_sqlite_keeps_beside_a_database_is_for_its_owner_only_whatever_the_umask(
    path: Path, entry: Make, morning: datetime
) -> None:
    before = os.umask(0)
    try:
        with open_writer(path) as writer, writer.transaction():
            writer.append([entry("one")], morning, "tester")
            modes = {each.name: each.stat().st_mode & 0o777 for each in path.parent.iterdir()}
    finally:
        os.umask(before)
    assert modes == {"facts.db": 0o600, "facts.db-wal": 0o600, "facts.db-shm": 0o600}


def test_nothing_is_left_of_a_copy_that_was_stopped(path: Path, target: Path, writer: Writer) -> None:
    def stop(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    writer.close()
    with (
        pytest.raises(KeyboardInterrupt),
        copying.unfinished(target) as file,
        closing(open_reader(path)) as source,
    ):
        copying.copy_pages(source, file, stop)
    assert not [each for each in target.parent.iterdir() if "copy.db" in each.name]


def test_a_name_that_is_taken_is_refused_unless_forced(target: Path) -> None:
    target.write_text("another file")
    with copying.unfinished(target) as file:
        with pytest.raises(TimelineError, match=r"copy\.db exists already"):
            copying.publish(file, target, force=False)
        assert target.read_text() == "another file"
        copying.publish(file, target, force=True)
    assert target.read_bytes() == b""


def test_a_database_in_use_is_never_replaced_by_name(path: Path, append: Append, entry: Make) -> None:
    append(entry("in the log of the file only"))
    with copying.unfinished(path) as file, pytest.raises(DatabaseUnusable, match=r"facts\.db is a database that is in"):
        copying.publish(file, path, force=True)


def test_copies_have_the_time_in_their_names_and_never_the_same_one(tmp_path: Path) -> None:
    moment, path = datetime(2026, 1, 9, 9, 46, 4, tzinfo=UTC), tmp_path / "facts.db"
    first = copying.name_beside(path, copying.BACKUP, moment)
    assert first.name == "facts.db.backup-20260109T094604Z"
    first.touch()
    assert copying.name_beside(path, copying.BACKUP, moment).name == "facts.db.backup-20260109T094604Z-2"


def errors(connection: Connection) -> list[Finding]:
    return [found for found in verify(connection) if getattr(found, "severity", "") == "error"]  # type: ignore[misc]
