"""A backup is verified before it has its name, is its owner's only, and never costs another file."""

from __future__ import annotations

import threading
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from timeline import Timeline
from timeline.app.keeping.backup import backup
from timeline.app.keeping.verified import Seal, verified
from timeline.errors import DatabaseUnusable, TimelineError, Unverified
from timeline.store import copying, schema
from timeline.store.opening import open_reader
from timeline.store.tree import kept_checkpoint

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Alter = Callable[..., None]
    Sealed = Callable[[Path], Seal]


def test_a_backup_holds_what_the_database_holds(path: Path, tmp_path: Path, sealed: Sealed) -> None:
    report = backup(path, str(tmp_path / "monday.db"))
    assert (report.events, report.root, report.recorded) == sealed(path)
    assert report.bytes == (tmp_path / "monday.db").stat().st_size
    mine, copied = Timeline.open(path), Timeline.open(report.file)
    assert copied.events().rows == mine.events().rows
    assert copied.show("xiaomi") == mine.show("xiaomi")
    assert copied.audit(only=["log"]).findings == ()


def test_without_a_name_it_stands_beside_the_database_with_the_time(path: Path) -> None:
    first, second = backup(path), backup(path)
    assert first.file.startswith(f"{path}.backup-20")
    assert first.file != second.file


def test_in_a_folder_it_has_the_name_with_the_time(path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "disk"
    folder.mkdir()
    assert backup(path, str(folder)).file.startswith(f"{folder}/facts.db.backup-20")


def test_another_file_is_replaced_only_where_that_is_said(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "monday.db"
    target.write_text("dear diary")
    with pytest.raises(TimelineError, match=r"monday\.db exists already"):
        backup(path, str(target))
    assert target.read_text() == "dear diary"
    assert backup(path, str(target), force=True).events == 100


def test_the_database_is_never_its_own_backup(path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(TimelineError, match="is the database itself"):
        backup(path, str(path), force=True)
    assert path.read_bytes() == before


def test_a_folder_that_is_not_there_is_told(path: Path, tmp_path: Path) -> None:
    with pytest.raises(TimelineError, match=r"gone/monday\.db cannot be written: no such file or directory"):
        backup(path, str(tmp_path / "gone" / "monday.db"))


def test_without_a_database_there_is_no_backup(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnusable, match="no database at"):
        backup(tmp_path / "none.db")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("trigger", "forgery", "what"),
    [
        ("event_update", "UPDATE event SET actor = 'another' WHERE position = 7", "checkpoint of size 100"),
        ("body_update", "UPDATE body SET body = '{}' WHERE position = 7", "position 7"),
        ("event_update", "", "the trigger event_update, which guards the log, is missing"),
    ],
)
def test_what_does_not_verify_is_no_backup(path: Path, alter: Alter, trigger: str, forgery: str, what: str) -> None:
    alter(path, f"DROP TRIGGER {trigger}", *([forgery, schema.TRIGGERS[trigger]] if forgery else []))
    with pytest.raises(Unverified, match=f"the copy does not verify: .*{what}") as caught:
        backup(path, str(path.with_name("monday.db")))
    assert caught.value.fix == "timeline doctor --full tells what is wrong with the database"
    assert not [file for file in path.parent.iterdir() if "monday" in file.name]


def test_a_copy_that_says_another_root_than_the_database_is_no_backup(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("timeline.store.file_keeper.FileKeeper.root_at", lambda *_: "00" * 32)
    with pytest.raises(Unverified, match="the database has another root at 100 events"):
        backup(path, str(tmp_path / "monday.db"))


def test_progress_is_told_of_both_parts(path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    backup(path, progress=lambda *step: told.append(step))
    assert {what for what, _, _ in told} == {"copying", "verifying"}
    assert all(0 <= done <= total for _, done, total in told)
    assert ("verifying", 100, 100) in told


def test_while_others_record_every_backup_is_a_state_that_there_was(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying, "_STEP_PAGES", 2)
    recording, failures = threading.Event(), []

    def record() -> None:
        number = 0
        try:
            while not recording.is_set():
                number += 1
                words = ["text=written meanwhile", "occurred=2026-01-09", "category=outlook"]
                Timeline.open(path).add(
                    "statement.made", "xiaomi", words, source="company-register", key=f"meanwhile-{number}"
                )
        except Exception as error:  # noqa: BLE001 - whatever it is fails the test
            failures.append(error)

    thread = threading.Thread(target=record)
    thread.start()
    reports = [backup(path, str(tmp_path / f"{number}.db")) for number in range(6)]
    recording.set()
    thread.join()
    assert failures == []
    assert reports[0].events < reports[-1].events
    with closing(open_reader(path)) as connection:
        for report in reports:
            kept = kept_checkpoint(connection, report.events)
            assert kept is not None
            assert kept[1] == report.root
            assert verified(tmp_path / report.file, "it").root == report.root
