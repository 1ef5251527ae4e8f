"""Writing: a file for its owner only, one transaction at a time, and whole or not at all."""

from __future__ import annotations

import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from timeline.errors import DatabaseUnusable
from timeline.store import driver
from timeline.store.driver import sqlite
from timeline.store.opening import open_reader, open_writer

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from timeline.event import Envelope
    from timeline.store.log import Entry
    from timeline.store.writer import Writer

    Append = Callable[..., list[Envelope]]
    Make = Callable[..., Entry]


def test_the_first_use_makes_the_folder_and_a_file_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "facts 100%?#.db"
    with open_writer(path) as writer:
        assert writer.log.count() == 0
        assert {file.stat().st_mode & 0o777 for file in path.parent.iterdir()} == {0o600}
    assert [file.name for file in path.parent.iterdir()] == ["facts 100%?#.db"]


def test_nothing_acknowledged_is_lost_by_these_settings(writer: Writer) -> None:
    def setting(name: str) -> object:
        return writer.connection.execute(f"PRAGMA {name}").fetchone()[0]

    full, on = 2, 1
    assert (setting("synchronous"), setting("foreign_keys"), setting("mmap_size")) == (full, on, 0)
    assert setting("journal_mode") == driver.journal_mode()


def test_a_driver_with_the_wal_bug_gets_the_older_journal(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(driver, "wal_is_safe", lambda _: True)
    with open_writer(path) as writer:
        assert writer.connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    monkeypatch.setattr(driver, "wal_is_safe", lambda _: False)
    with open_writer(path) as writer:
        assert writer.connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)


@pytest.mark.usefixtures("impatient")
def test_a_driver_with_the_wal_bug_waits_for_others_before_it_switches(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(driver, "wal_is_safe", lambda _: True)
    with open_writer(path):
        monkeypatch.setattr(driver, "wal_is_safe", lambda _: False)
        with pytest.raises(DatabaseUnusable, match="is locked by another process"):
            open_writer(path)


def test_the_journal_is_switched_as_soon_as_others_let_go(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(driver, "wal_is_safe", lambda _: True)
    other = open_writer(path)
    monkeypatch.setattr(driver, "wal_is_safe", lambda _: False)
    monkeypatch.setattr("timeline.store.writer.time.sleep", lambda _: other.close())
    with open_writer(path) as writer:
        assert writer.connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)


def test_an_exception_undoes_the_whole_transaction(writer: Writer, entry: Make, morning: datetime) -> None:
    def half_a_load() -> None:
        with writer.transaction():
            writer.append([entry("one")], morning, "tester")
            writer.connection.execute("INSERT INTO layout VALUES ('buybacks', '1', '{}')")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        half_a_load()
    assert (writer.log.count(), list(writer.log.checkpoints())) == (0, [])
    assert writer.connection.execute("SELECT count(*) FROM layout").fetchone() == (0,)


def test_an_event_twice_in_one_load_undoes_all_of_it(writer: Writer, entry: Make, append: Append) -> None:
    with pytest.raises(sqlite.IntegrityError, match="has this id already"):
        append(entry("one"), entry("two"), entry("one"))
    assert writer.log.count() == 0


def test_appending_outside_a_transaction_is_a_mistake_of_the_caller(
    writer: Writer, entry: Make, morning: datetime
) -> None:
    with pytest.raises(RuntimeError, match="inside"):
        writer.append([entry("one")], morning, "tester")
    assert writer.log.count() == 0


@pytest.mark.usefixtures("impatient")
def test_a_second_writer_waits_and_then_says_that_the_database_is_locked(path: Path, writer: Writer) -> None:
    with writer.transaction(), pytest.raises(DatabaseUnusable, match=r"facts\.db is locked .* \(waited 0.1 seconds\)"):
        open_writer(path)
    with open_writer(path) as second:
        with writer.transaction(), pytest.raises(DatabaseUnusable, match="is locked"), second.transaction():
            pytest.fail("two transactions at once")
        with second.transaction():
            pass


def test_readers_see_no_load_before_it_is_whole(path: Path, writer: Writer, entry: Make, morning: datetime) -> None:
    with closing(open_reader(path)) as reader:
        with writer.transaction():
            writer.append([entry("one")], morning, "tester")
            assert reader.execute("SELECT count(*) FROM event").fetchone() == (0,)
        assert reader.execute("SELECT count(*) FROM event").fetchone() == (1,)


def test_a_full_disk_is_said_and_undone(writer: Writer, entry: Make, append: Append) -> None:
    append(entry("before"))
    (pages,) = writer.connection.execute("PRAGMA page_count").fetchone()
    writer.connection.execute(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(DatabaseUnusable, match="cannot grow: the disk is full"):
        append(*(entry(str(number), "x" * 1000) for number in range(100)))
    assert writer.log.count() == 1


def test_a_read_only_file_is_said(shared_folder: Path, as_another_user: Callable[[], Any]) -> None:
    path = shared_folder / "facts.db"
    with open_writer(path):
        pass
    path.chmod(0o444)
    with as_another_user(), pytest.raises(DatabaseUnusable, match=r"facts\.db is read-only"):
        open_writer(path)


def test_a_folder_that_may_not_be_written_is_said(shared_folder: Path, as_another_user: Callable[[], Any]) -> None:
    shared_folder.chmod(0o555)
    with as_another_user():
        with pytest.raises(DatabaseUnusable, match=r"facts\.db cannot be opened: Permission denied"):
            open_writer(shared_folder / "facts.db")
        with pytest.raises(DatabaseUnusable, match=r"facts\.db cannot be opened: Permission denied"):
            open_writer(shared_folder / "new" / "facts.db")


def test_another_programs_database_is_left_alone(path: Path) -> None:
    with closing(sqlite.connect(path)) as other:
        other.execute("CREATE TABLE theirs (x)")
        other.commit()
    before = path.read_bytes()
    with pytest.raises(DatabaseUnusable, match="a database of another program"):
        open_writer(path)
    assert path.read_bytes() == before


def test_a_text_file_is_left_alone(path: Path) -> None:
    path.write_text("Dear diary, " * 100)
    with pytest.raises(DatabaseUnusable, match=r"facts\.db is not a database"):
        open_writer(path)
    assert path.read_text().startswith("Dear diary")


LOAD = """
import sys
from datetime import UTC, datetime
from timeline.event import event_id
from timeline.store.log import Entry
from timeline.store.opening import open_writer

path, name = sys.argv[1:]
with open_writer(path) as writer:
    for load in range(20):
        keys = [f"{name} {load} {number}" for number in range(5)]
        with writer.transaction():
            entries = [Entry(event_id(None, key), name, "date.scheduled", None, key, None, None, b"{}") for key in keys]
            writer.append(entries, datetime.now(UTC), name)
"""


@pytest.mark.parametrize("safe", [True, False], ids=["wal", "delete"])
def test_processes_that_make_and_write_one_database_at_once_leave_no_gap(path: Path, *, safe: bool) -> None:
    switch = f"import timeline.store.driver as driver; driver.wal_is_safe = lambda _: {safe}\n"
    loads = [
        subprocess.Popen([sys.executable, "-c", switch + LOAD, path, name], stderr=subprocess.PIPE, text=True)
        for name in ("acme", "bolt", "core")
    ]
    assert [load.communicate()[1] for load in loads] == ["", "", ""]
    with open_writer(path) as writer:
        envelopes = [row.envelope for row in writer.log.rows()]
        assert [envelope.position for envelope in envelopes] == list(range(1, 301))
        assert writer.log.companies() == {"acme": 100, "bolt": 100, "core": 100}
        assert [envelope.recorded for envelope in envelopes] == sorted(envelope.recorded for envelope in envelopes)
        assert len(list(writer.log.checkpoints())) == 60
