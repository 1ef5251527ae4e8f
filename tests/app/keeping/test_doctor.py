"""A check-up tells what is wrong and how to mend it, whatever state the database is in, and writes nothing."""

from __future__ import annotations

import os
import shlex
import shutil
from collections import namedtuple
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from timeline import Timeline
from timeline.app.keeping.backup import backup
from timeline.app.keeping.doctor import Checkup, Line, checkup
from timeline.app.keeping.doctor.checkup import CHECKS
from timeline.app.keeping.doctor.ground import bytes_text, filesystem
from timeline.errors import DatabaseUnusable
from timeline.store import copying, driver
from timeline.store.driver import sqlite

if TYPE_CHECKING:
    from collections.abc import Callable

    Alter = Callable[..., None]

DATABASES = Path(__file__).parents[2] / "store" / "databases"
DAMAGE = b"\xa5" * 3000


@pytest.fixture(autouse=True)
def on_a_plain_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the tests run on."""
    monkeypatch.setattr("timeline.app.keeping.doctor.ground.filesystem", lambda _folder: "ext4")


def wrong(found: Checkup) -> list[tuple[str, str]]:
    return [(line.check, line.status) for line in found.lines if line.status in {"warning", "error"}]


def line(found: Checkup, check: str) -> Line:
    (only,) = [line for line in found.lines if line.check == check]
    return only


@pytest.mark.parametrize("full", [False, True])
def test_a_sound_database_has_a_line_for_each_matter_and_nothing_wrong(path: Path, full: bool) -> None:  # noqa: FBT001
    path.chmod(0o600)
    found = checkup(path, full=full)
    assert [each.check for each in found.lines] == list(CHECKS)
    assert wrong(found) == []
    assert (found.failed, found.unverified) == (False, False)
    assert line(found, "log").what.startswith("100 events, ")


def test_no_check_writes_so_much_as_a_file_beside(path: Path) -> None:
    before = path.stat()
    checkup(path, full=True)
    assert list(path.parent.iterdir()) == [path]
    assert path.stat().st_mtime_ns == before.st_mtime_ns


def test_a_database_that_is_in_use_is_looked_at_as_it_stands(path: Path) -> None:
    with closing(sqlite.connect(path)) as other:
        other.execute("CREATE TABLE added (x)")
        other.execute("BEGIN IMMEDIATE")
        assert line(checkup(path), "log").status == "ok"


@pytest.mark.parametrize(
    ("content", "status", "what", "unverified"),
    [
        (None, "error", "there is none at", False),
        (b"", "note", "nothing was loaded into it yet", False),
        (b"dear diary " * 1000, "error", "is not a database", True),
        (b"SQLite format 3\0", "error", "is not a database", True),
    ],
)
def test_what_is_no_database_is_told(
    tmp_path: Path, content: bytes | None, status: str, what: str, *, unverified: bool
) -> None:
    path = tmp_path / "facts.db"
    if content is not None:
        path.write_bytes(content)
    found = checkup(path)
    told = line(found, "database")
    assert (told.status, found.unverified) == (status, unverified)
    assert what in told.what
    assert shlex.split(told.fix)[:3] == ["timeline", "--db", str(path)]
    assert (path.read_bytes() if path.exists() else None) == content


@pytest.mark.parametrize("offset", [0, 16, 100, 4096, 20 * 4096, 60 * 4096])
@pytest.mark.parametrize("full", [False, True])
def test_damage_is_a_line_and_never_an_exception(path: Path, offset: int, full: bool) -> None:  # noqa: FBT001
    damaged = bytearray(path.read_bytes())
    damaged[offset : offset + len(DAMAGE)] = DAMAGE
    path.write_bytes(damaged)
    found = checkup(path, full=full)
    assert found.unverified or not full
    assert path.read_bytes() == damaged


@pytest.mark.parametrize("share", [0.1, 0.5, 0.95])
def test_a_file_that_was_cut_off_is_damaged(path: Path, share: float) -> None:
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])
    assert checkup(path, full=True).unverified


def test_another_programs_database_a_newer_one_and_a_folder_are_told(path: Path, tmp_path: Path, alter: Alter) -> None:
    other = tmp_path / "other.db"
    alter(other, "CREATE TABLE accounts (x)")
    assert "is a database of another program" in line(checkup(other), "database").what
    alter(path, "UPDATE alembic_version SET version_num = '9999'")
    assert "from a newer version of timeline" in line(checkup(path), "database").what
    assert "is not a file" in line(checkup(tmp_path), "database").what
    with pytest.raises(DatabaseUnusable, match="mysql:// databases are not supported"):
        checkup("mysql://localhost/facts")


def test_an_older_database_is_told_and_what_upgrades_it(tmp_path: Path) -> None:
    path = tmp_path / "facts.db"
    with closing(sqlite.connect(path)) as connection:
        connection.executescript((DATABASES / "0001.sql").read_text(encoding="utf-8"))
    found = checkup(path, full=True)
    assert line(found, "revision").status == "warning"
    assert line(found, "revision").fix == f"timeline --db {path} rebuild"
    assert not found.failed


@pytest.mark.usefixtures("impatient")
def test_a_locked_database_is_told(path: Path, alter: Alter) -> None:
    alter(path, "PRAGMA journal_mode = DELETE")
    with closing(sqlite.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        found = checkup(path)
    assert "is locked by another process" in line(found, "database").what
    assert (found.failed, found.unverified) == (True, False)


def test_a_read_only_database_in_a_read_only_folder_is_looked_at(
    path: Path, shared_folder: Path, as_another_user: Callable[[], Any]
) -> None:
    copy = shared_folder / "facts.db"
    shutil.copy(path, copy)
    copy.chmod(0o644)
    shared_folder.chmod(0o555)
    with as_another_user():
        found = checkup(copy, full=True)
    assert not found.failed
    told = [each.what for each in found.lines if each.check == "permissions" and each.status == "note"]
    assert [what.rpartition(" is ")[2] for what in told] == [
        "read-only for you: the database can be read, not written",
        "read-only for you",
    ]


def test_a_file_that_may_not_be_read_is_told(
    path: Path, shared_folder: Path, as_another_user: Callable[[], Any]
) -> None:
    copy = shared_folder / "facts.db"
    shutil.copy(path, copy)
    copy.chmod(0o600)
    with as_another_user():
        found = checkup(copy)
    assert ("permissions", "error") in wrong(found)
    assert line(found, "database").status == "error"


def test_an_sqlite_whose_log_is_not_safe_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(driver, "wal_is_safe", lambda _version: False)
    found = checkup(path)
    assert line(found, "sqlite").status == "warning"
    assert line(found, "sqlite").fix == "python -m pip install pysqlite3"
    assert line(found, "journal").what == "wal, which this SQLite can corrupt; the next writing command leaves it"


def test_a_journal_that_makes_readers_wait_is_told(path: Path, alter: Alter) -> None:
    alter(path, "PRAGMA journal_mode = DELETE")
    assert line(checkup(path), "journal").status == "note"
    Timeline.open(path).rebuild()
    assert line(checkup(path), "journal").status == "ok"


@pytest.mark.parametrize("name", ["facts.db", "facts.db-wal", "facts.db.backup-20260101T000000Z", "facts.db.before-2"])
def test_files_that_others_may_read_are_told_with_what_closes_them(path: Path, name: str) -> None:
    path.chmod(0o600)
    file = path.with_name(name)
    if name != "facts.db":
        file.touch()
    file.chmod(0o644)
    told = line(checkup(path), "permissions")
    assert (told.status, told.what) == ("warning", f"others may read {name} (644)")
    assert told.fix == f"chmod 600 {file}"


def test_a_folder_in_which_others_may_replace_files_is_told(path: Path) -> None:
    path.chmod(0o600)
    path.parent.chmod(0o777)
    told = line(checkup(path), "permissions")
    assert told.fix == f"chmod go-w {path.parent}"
    path.parent.chmod(0o1777)
    assert line(checkup(path), "permissions").status == "ok"


Usage = namedtuple("Usage", "total used free")  # noqa: PYI024 - as shutil's own


@pytest.mark.parametrize(
    ("free", "status"), [(1024, "error"), (70 * 2**20, "ok"), (63 * 2**20, "error"), (2**40, "ok")]
)
def test_a_disk_that_is_nearly_full_is_told(
    path: Path, monkeypatch: pytest.MonkeyPatch, free: int, status: str
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: Usage(0, 0, free))
    assert line(checkup(path), "disk").status == status


def test_a_disk_without_room_for_a_backup_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.truncate(path, 50 * 2**20)
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: Usage(0, 0, 70 * 2**20))
    told = line(checkup(path), "disk")
    assert told.status == "warning"
    assert "a backup and an erasure each take as much as the database has, 50.0 MiB" in told.what


@pytest.mark.parametrize(
    ("kind", "status"), [("nfs4", "warning"), ("cifs", "warning"), ("tmpfs", "warning"), ("xfs", "ok")]
)
def test_a_disk_that_is_no_place_for_a_database_is_told(
    path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, status: str
) -> None:
    monkeypatch.setattr("timeline.app.keeping.doctor.ground.filesystem", lambda _folder: kind)
    assert line(checkup(path), "filesystem").status == status
    monkeypatch.setattr("timeline.app.keeping.doctor.ground.filesystem", lambda _folder: "")
    assert "filesystem" not in [each.check for each in checkup(path).lines]


def test_the_file_system_is_that_of_the_nearest_mount(tmp_path: Path) -> None:
    mounts, data = tmp_path / "mountinfo", tmp_path / "my data"
    (data / "sub").mkdir(parents=True)
    escaped = str(data).replace(" ", "\\040")
    mounts.write_text(
        f"2 1 0:1 / {escaped} rw shared:1 - nfs4 host:/x rw\n1 0 8:1 / / rw - ext4 /dev/a rw\n"
        f"3 1 0:2 / {escaped}-too rw - xfs /dev/b rw\n"
    )
    assert filesystem(data / "sub", mounts) == "nfs4"
    assert filesystem(data, mounts) == "nfs4"
    assert filesystem(tmp_path, mounts) == "ext4"
    assert filesystem(data, tmp_path / "none") == ""


def test_what_processes_left_is_told_with_what_removes_it(path: Path) -> None:
    left = path.with_name(f".facts.db.0a1b2c3d{copying.UNFINISHED}")
    left.write_bytes(b"x" * 2048)
    assert line(checkup(path), "leftovers").status == "note"
    found = checkup(path, now=datetime.now(UTC) + timedelta(days=2))
    told = line(found, "leftovers")
    assert (told.status, told.fix) == ("warning", f"rm {left}")
    assert f"{left.name} (2.0 KiB)" in told.what


def test_copies_beside_it_are_told(path: Path) -> None:
    assert line(checkup(path), "copies").what.startswith("no backup beside it")
    kept = path.with_name("facts.db.before-0003")
    kept.touch()
    name = Path(backup(path).file).name
    told = [each.what for each in checkup(path).lines if each.check == "copies"]
    assert told[0].startswith("facts.db.before-0003 (0 bytes): kept before upgrades and restores")
    assert told[1].startswith(f"1 backup beside it, the last {name}")


@pytest.mark.parametrize(
    ("statements", "check", "status"),
    [
        (["DROP TRIGGER event_update"], "guards", "error"),
        (["DROP TRIGGER event_delete", "DELETE FROM event WHERE position = 100"], "log", "error"),
        (["DROP TRIGGER body_update", "UPDATE body SET body = '{}' WHERE position = 3"], "log", "error"),
        (["UPDATE read_model SET position = 200 WHERE company = 'xiaomi'"], "models", "error"),
        (["UPDATE read_model SET position = 1 WHERE company = 'xiaomi'"], "models", "warning"),
        (["UPDATE read_model SET version = 'old'"], "models", "note"),
        (["DELETE FROM read_model WHERE company = 'xiaomi'"], "models", "warning"),
        (["DROP VIEW buyback_executions"], "views", "error"),
        (["DELETE FROM word_index"], "words", "warning"),
        (["PRAGMA user_version = 40"], "rebuild", "warning"),
    ],
)
def test_what_was_changed_or_is_behind_is_told(
    path: Path, alter: Alter, statements: list[str], check: str, status: str
) -> None:
    alter(path, *statements)
    found = checkup(path)
    told = line(found, check)
    assert told.status == status
    assert told.fix.startswith(f"timeline --db {path} ")
    assert found.unverified == (status == "error")


@pytest.mark.parametrize("statement", ["UPDATE read_model SET position = 1", "DELETE FROM word_index"])
def test_what_a_rebuild_mends_is_well_after_it(path: Path, alter: Alter, statement: str) -> None:
    path.chmod(0o600)
    alter(path, statement, "PRAGMA user_version = 40")
    assert wrong(checkup(path))
    Timeline.open(path).rebuild()
    assert wrong(checkup(path)) == []


def test_a_full_look_finds_what_a_quick_one_does_not(path: Path, alter: Alter) -> None:
    alter(path, "UPDATE read_item SET data = '{}' WHERE company = 'xiaomi' AND topic = 'buybacks' AND part = 'fields'")
    assert not checkup(path).unverified
    found = checkup(path, full=True)
    assert found.unverified
    told = next(each for each in found.lines if each.check == "log")
    assert told.what.startswith("[model-differs] ")
    assert told.fix == f"timeline --db {path} audit log"


def test_many_findings_are_told_by_their_number(path: Path, alter: Alter) -> None:
    alter(path, "DELETE FROM read_item")
    told = [each for each in checkup(path, full=True).lines if each.check == "log"]
    assert len(told) == 6
    assert told[-1].what.startswith("and ")


def test_an_event_recorded_in_the_future_is_told(path: Path) -> None:
    found = checkup(path, now=datetime.now(UTC) - timedelta(hours=3))
    assert line(found, "clock").status == "warning"
    assert line(checkup(path), "clock").status == "ok"


def test_without_full_text_search_that_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("timeline.store.words.has_module", lambda _connection: False)
    assert line(checkup(path), "words").status == "warning"


@pytest.mark.parametrize(
    ("number", "text"), [(0, "0 bytes"), (1023, "1,023 bytes"), (454656, "444.0 KiB"), (2**41, "2.0 TiB")]
)
def test_numbers_of_bytes_are_told_in_units(number: int, text: str) -> None:
    assert bytes_text(number) == text
