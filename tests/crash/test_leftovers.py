"""What processes leave that were killed: the next one goes on, and removes what nobody works on any more."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

import pytest

from tests.crash.deaths import limit_size
from tests.laws import bases
from tests.laws.worlds import REGISTER
from timeline import Timeline
from timeline.errors import DatabaseUnusable, TimelineError
from timeline.store import claims, copying
from timeline.store.driver import connect
from timeline.store.opening import open_writer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from sqlite3 import Connection

if not hasattr(os, "fork"):
    pytest.skip("needs fork", allow_module_level=True)


def killed(do: Callable[[], object]) -> None:
    """Do it in a process that is killed before it can give up what this returns."""
    child = os.fork()
    if not child:
        try:
            kept = do()
            os.kill(os.getpid(), signal.SIGKILL)
            del kept
        finally:
            os._exit(1)
    assert os.WTERMSIG(os.waitpid(child, 0)[1])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    bases.load(tmp_path / "facts.db", [REGISTER])
    return tmp_path / "facts.db"


def test_reading_rolls_back_what_a_killed_process_left_in_a_journal(path: Path) -> None:
    companies = Timeline.open(path).companies().rows

    def write() -> Connection:
        connection = connect(path, "rw")
        for statement in ("PRAGMA journal_mode = DELETE", "PRAGMA cache_size = 1", "BEGIN IMMEDIATE"):
            connection.execute(statement).fetchone()
        connection.execute("DELETE FROM company_name")
        connection.execute("CREATE TABLE filler AS SELECT randomblob(100000)")
        return connection

    killed(write)
    assert path.with_name("facts.db-journal").stat().st_size
    assert Timeline.open(path).companies().rows == companies


def test_a_journal_of_the_first_write_leaves_nothing_loaded(tmp_path: Path) -> None:
    path = tmp_path / "facts.db"

    def write() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
        limit_size(1104)
        open_writer(path)

    killed(write)
    assert path.with_name("facts.db-journal").exists()
    with pytest.raises(DatabaseUnusable, match=r"nothing was loaded into .*facts\.db yet"):
        Timeline.open(path).companies()


def test_the_next_backup_removes_what_a_killed_one_left(path: Path, tmp_path: Path) -> None:
    def begin() -> object:
        unfinished = copying.unfinished(tmp_path / "backup.db")
        unfinished.__enter__().write_bytes(b"half of it")
        return unfinished

    killed(begin)
    assert len(list(tmp_path.glob(".backup.db.*"))) == 2
    Timeline.open(path).backup(str(tmp_path / "backup.db"))
    assert not list(tmp_path.glob(".*"))


def test_what_somebody_is_at_work_on_stays(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "facts.db"
    with copying.unfinished(target) as file:
        file.write_bytes(b"half of it")
        killed(lambda: copying.sweep(path))
        assert file.read_bytes() == b"half of it"
    assert list(tmp_path.glob(".*")) == []


def test_another_name_is_taken_where_a_claim_was_removed_before_it_was_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, removed = claims._lock, []  # type: ignore[var-annotated]

    def late(descriptor: int, *, wait: bool = True) -> bool:
        if not removed:
            removed.extend(tmp_path.glob(".*-lock"))
            removed[0].unlink()
        return real(descriptor, wait=wait)

    monkeypatch.setattr(claims, "_lock", late)
    with copying.unfinished(tmp_path / "facts.db") as file:
        lock = file.with_name(f"{file.name}-lock")
        assert removed != [lock]
        assert lock.exists()


def test_nothing_is_removed_where_nobody_can_tell_who_is_at_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = tmp_path / ".facts.db.0a1b2c3d.unfinished"
    for file in (left, left.with_name(f"{left.name}-lock")):
        file.touch()
    with monkeypatch.context() as patched:
        patched.setattr(claims, "_locks", None)
        with copying.unfinished(tmp_path / "facts.db"):
            assert left.exists()
    copying.sweep(tmp_path / "facts.db")
    assert list(tmp_path.iterdir()) == []


def test_an_erasure_removes_copies_that_were_left_and_tells_of_those_that_somebody_is_at_work_on(path: Path) -> None:
    def begin() -> object:
        unfinished = copying.unfinished(path)
        unfinished.__enter__()
        return unfinished

    killed(begin)
    timeline = Timeline.open(path)
    with copying.unfinished(path.with_name("facts.db.backup-now")) as file:
        done = timeline.erase(timeline.events().rows[0]["id"], reason="legal")
        assert done.copies == (str(file),)
    assert not list(path.parent.glob(".*"))


def test_a_restore_that_is_refused_removes_what_a_killed_one_left_all_the_same(path: Path, tmp_path: Path) -> None:
    Timeline.open(path).backup(str(tmp_path / "backup.db"))

    def begin() -> object:
        unfinished = copying.unfinished(path)
        staged = unfinished.__enter__()
        upgrading = copying.unfinished(staged.with_name(f"{staged.name}.before-0003"))
        upgrading.__enter__()
        return unfinished, upgrading

    killed(begin)
    assert len(list(tmp_path.glob(".*"))) == 4
    with pytest.raises(TimelineError, match="exists already"):
        Timeline.open(path).restore(str(tmp_path / "backup.db"))
    assert list(tmp_path.glob(".*")) == []
