"""Restoring loses nothing that was not told, brings nothing erased back, and keeps what it replaces."""

from __future__ import annotations

import os
import shutil
import signal
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from timeline import Timeline
from timeline.app.keeping.backup import backup
from timeline.app.keeping.restore import Consent, restore
from timeline.errors import DatabaseUnusable, TimelineError, Unverified
from timeline.store import copying
from timeline.store.driver import sqlite

if TYPE_CHECKING:
    from collections.abc import Callable

    from timeline.app.keeping.verified import Seal

    Alter = Callable[..., None]
    Sealed = Callable[[Path], Seal]

DATABASES = Path(__file__).parents[2] / "store" / "databases"
TRY, FORCE, DISCARD = Consent(dry_run=True), Consent(force=True), Consent(force=True, discard=True)


@pytest.fixture
def monday(path: Path, tmp_path: Path) -> str:
    """A backup of the shipped facts."""
    return backup(path, str(tmp_path / "monday.db")).file


def add(path: Path, key: str) -> None:
    words = [f"text={key}", "occurred=2026-01-09", "category=outlook"]
    Timeline.open(path).add("statement.made", "xiaomi", words, source="company-register", key=key)


def keys(path: Path) -> list[str]:
    return [row["key"] for row in Timeline.open(path).events().rows]


def log_holds(path: Path) -> bool:
    return not Timeline.open(path).audit(only=["log"]).findings


def test_into_a_new_place_it_makes_the_database(monday: str, tmp_path: Path, sealed: Sealed) -> None:
    path = tmp_path / "new" / "facts.db"
    report = restore(path, monday, Consent())
    assert (report.compared, report.lost, report.replaced) == ("new", 0, "")
    assert (report.events, report.root, report.recorded) == sealed(path) == sealed(Path(monday))
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert [file.name for file in path.parent.iterdir()] == ["facts.db"]
    add(path, "one more")
    assert log_holds(path)


def test_a_database_that_is_there_is_not_touched_unless_that_is_said(path: Path, monday: str) -> None:
    before = path.read_bytes()
    with pytest.raises(TimelineError, match=r"facts\.db exists already") as caught:
        restore(path, monday, Consent())
    assert "--dry-run tells what would be lost; --force replaces it" in caught.value.fix
    assert path.read_bytes() == before


def test_the_same_log_is_put_back_and_the_old_file_kept(path: Path, monday: str, alter: Alter) -> None:
    alter(path, "DELETE FROM read_model", "DELETE FROM read_item")
    report = restore(path, monday, FORCE)
    assert (report.compared, report.lost) == ("same", 0)
    assert Path(report.replaced).stat().st_mode & 0o777 == 0o600
    assert report.replaced.startswith(f"{path}.replaced-20")
    assert log_holds(path)
    with closing(sqlite.connect(report.replaced)) as kept:
        assert kept.execute("SELECT count(*) FROM event").fetchone() == (100,)
        assert kept.execute("SELECT count(*) FROM read_model").fetchone() == (0,)


def test_events_that_the_backup_does_not_hold_are_told_and_not_lost_unasked(path: Path, monday: str) -> None:
    add(path, "since")
    add(path, "since then")
    told = restore(path, monday, TRY)
    assert (told.compared, told.common, told.lost, told.dry_run) == ("shortens", 100, 2, True)
    with pytest.raises(TimelineError, match=r"facts\.db has 2 events that the backup does not hold") as caught:
        restore(path, monday, FORCE)
    assert "--discard" in caught.value.fix
    assert "since then" in keys(path)
    report = restore(path, monday, DISCARD)
    assert report.lost == 2
    assert "since" not in keys(path)
    assert log_holds(path)
    assert "since then" in keys(Path(report.replaced))


def test_a_backup_that_goes_on_from_the_database_loses_nothing(path: Path, tmp_path: Path) -> None:
    older = tmp_path / "older.db"
    shutil.copy(path, older)
    add(path, "since")
    report = restore(older, backup(path).file, FORCE)
    assert (report.compared, report.common, report.lost) == ("continues", 100, 0)
    assert "since" in keys(older)


def test_where_the_two_part_it_is_told_after_which_event(path: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    shutil.copy(path, other)
    add(path, "here")
    add(other, "there")
    add(other, "there too")
    file = backup(other).file
    with pytest.raises(TimelineError, match=r"they part after position 100, and 1 event there would be lost"):
        restore(path, file, FORCE)
    assert restore(path, file, DISCARD).compared == "forks"
    assert "there too" in keys(path)


def test_what_was_erased_since_is_erased_again_before_anyone_can_read_it(path: Path, monday: str) -> None:
    event = next(row["id"] for row in Timeline.open(path).events().rows if row["kind"] == "buyback.executed")
    kept = Timeline.open(path).event(event)
    assert kept.body is not None
    Timeline.open(path).erase(event, reason="we erred", note="asked for")
    told = restore(path, monday, TRY)
    assert told.erased == (event,)
    report = restore(path, monday, DISCARD)
    assert report.erased == (event,)
    gone = Timeline.open(path).event(event)
    assert gone.body is None
    assert dict(gone.fields)["erased"].endswith(": we erred; asked for")
    assert log_holds(path)
    assert Timeline.open(monday).event(event).body == kept.body
    salt = bytes.fromhex(kept.salt or "")
    assert salt in Path(monday).read_bytes()
    assert not [file for file in path.parent.iterdir() if salt in file.read_bytes() and file.name != "monday.db"]


def test_what_the_backup_has_erased_itself_is_not_erased_twice(path: Path) -> None:
    event = Timeline.open(path).events().rows[20]["id"]
    Timeline.open(path).erase(event, reason="legal")
    report = restore(path, backup(path).file, FORCE)
    assert (report.compared, report.erased) == ("same", ())
    assert len(keys(path)) == 101


@pytest.mark.parametrize("revision", ["0001", "0002"])
def test_a_backup_of_an_older_version_is_brought_up_to_date_and_stays_as_it_is(tmp_path: Path, revision: str) -> None:
    old, new = tmp_path / "old.db", tmp_path / "new.db"
    with closing(sqlite.connect(old)) as connection:
        connection.executescript((DATABASES / f"{revision}.sql").read_text(encoding="utf-8"))
    before = old.read_bytes()
    report = restore(new, str(old), Consent())
    assert (report.events, report.upgraded) == (4, revision)
    assert old.read_bytes() == before
    assert {file.name for file in tmp_path.iterdir()} == {"old.db", "new.db"}
    assert Timeline.open(new).events().basis.position == 4


def test_a_backup_of_a_newer_version_is_refused(monday: str, tmp_path: Path, alter: Alter) -> None:
    alter(Path(monday), "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(DatabaseUnusable, match=r"monday\.db is of revision 9999, from a newer version"):
        restore(tmp_path / "new.db", monday, Consent())
    assert [file.name for file in tmp_path.iterdir() if "new" in file.name] == []


def test_a_backup_that_was_tampered_with_is_refused(path: Path, monday: str, alter: Alter) -> None:
    alter(Path(monday), "DROP TRIGGER body_update", "UPDATE body SET body = replace(body, '5', '6')")
    before = path.read_bytes()
    with pytest.raises(Unverified, match=r"monday\.db does not verify: "):
        restore(path, monday, DISCARD)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("content", "what"),
    [(b"", "is empty"), (b"dear diary", "is not a database"), (b"SQLite format 3\0" * 300, "is not a database")],
)
def test_what_is_no_backup_is_refused(path: Path, tmp_path: Path, content: bytes, what: str) -> None:
    file = tmp_path / "file"
    file.write_bytes(content)
    with pytest.raises(DatabaseUnusable, match=what):
        restore(path, str(file), DISCARD)
    assert log_holds(path)


def test_a_backup_that_is_not_there_and_the_database_itself_are_refused(path: Path, tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnusable, match="no backup at"):
        restore(path, str(tmp_path / "none.db"), DISCARD)
    with pytest.raises(TimelineError, match="is the database itself"):
        restore(path, str(path), DISCARD)


@pytest.mark.parametrize("offset", [0, 16, 100, 4096, 40 * 4096])
def test_a_damaged_database_is_replaced_where_that_is_said_and_kept_as_it_was(
    path: Path, monday: str, offset: int
) -> None:
    damaged = bytearray(path.read_bytes())
    damaged[offset : offset + 3000] = b"\xa5" * 3000
    path.write_bytes(damaged)
    with suppress(TimelineError):  # whether what is there can be compared depends on which page it is
        assert restore(path, monday, TRY).replaced == ""
        restore(path, monday, FORCE)
    report = restore(path, monday, DISCARD)
    assert log_holds(path)
    assert Path(report.replaced).stat().st_size == len(damaged)


def test_another_programs_database_is_never_replaced(monday: str, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    with closing(sqlite.connect(other)) as connection:
        connection.execute("CREATE TABLE accounts (x)")
    before = other.read_bytes()
    with pytest.raises(DatabaseUnusable, match="is a database of another program"):
        restore(other, monday, DISCARD)
    assert other.read_bytes() == before


@pytest.mark.usefixtures("impatient")
def test_a_database_that_others_use_is_not_replaced(path: Path, monday: str) -> None:
    with closing(sqlite.connect(path)) as reader:
        reader.execute("SELECT count(*) FROM event").fetchone()
        with pytest.raises(DatabaseUnusable, match="is locked by another process"):
            restore(path, monday, DISCARD)
        assert reader.execute("SELECT count(*) FROM event").fetchone() == (100,)


@pytest.mark.parametrize("step", ["copying", "verifying", "keeping", "replacing"])
def test_killed_at_any_step_the_database_is_the_old_one_or_the_new_one(
    path: Path, monday: str, monkeypatch: pytest.MonkeyPatch, step: str, sealed: Sealed
) -> None:
    monkeypatch.setattr(copying, "_STEP_PAGES", 16)
    add(path, "since")
    old, new = sealed(path), sealed(Path(monday))

    def die(what: str, done: int, total: int) -> None:
        if what == step and done * 2 >= total:
            os.kill(os.getpid(), signal.SIGKILL)

    child = os.fork()
    if not child:
        with suppress(BaseException):
            restore(path, monday, DISCARD, die)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.WTERMSIG(status) == signal.SIGKILL
    assert log_holds(path)
    assert sealed(path) == old
    assert restore(path, monday, DISCARD).lost == 1
    assert sealed(path) == new


def test_a_dry_run_writes_nothing(path: Path, monday: str) -> None:
    def state() -> dict[str, Any]:
        files = (file for file in path.parent.iterdir() if not file.name.endswith(("-wal", "-shm")))
        return {file.name: file.read_bytes() for file in files}

    before = state()
    restore(path, monday, TRY)
    assert state() == before
