"""A database that is replaced keeps everybody out, is kept itself, and is whole wherever the process is killed."""

from __future__ import annotations

import os
import signal
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from timeline.errors import DatabaseUnusable
from timeline.store import copying
from timeline.store.driver import connect, sqlite
from timeline.store.file_keeper import FileKeeper
from timeline.store.log import Reader
from timeline.store.opening import open_any, open_reader, open_writer

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from timeline.store.log import Entry

    Make = Callable[..., Entry]
    Filled = Callable[[str, str], Path]


@pytest.fixture
def filled(tmp_path: Path, entry: Make, morning: datetime) -> Filled:
    """Make a database with one event of this key."""

    def make(name: str, key: str) -> Path:
        with open_writer(tmp_path / name) as writer, writer.transaction():
            writer.append([entry(key)], morning, "tester")
        return tmp_path / name

    return make


def keys(path: Path) -> list[str]:
    with closing(open_any(str(path))) as connection:
        return [row.envelope.key for row in Reader(connection).rows()]


def test_whoever_has_it_open_sees_the_new_content_and_the_old_is_kept(filled: Filled, tmp_path: Path) -> None:
    old, new, kept = filled("old.db", "old"), filled("new.db", "new"), tmp_path / "kept.db"
    with FileKeeper(old).held() as held:
        assert held.log is not None
        held.keep(kept)
        held.take(new)
    with open_writer(old) as writer:
        assert [row.envelope.key for row in writer.log.rows()] == ["new"]
    assert keys(kept) == ["old"]
    assert kept.stat().st_mode & 0o777 == 0o600


@pytest.mark.usefixtures("impatient")
def test_nobody_reads_or_writes_meanwhile(filled: Filled) -> None:
    path = filled("old.db", "old")
    with FileKeeper(path).held():
        with pytest.raises(DatabaseUnusable, match="is locked by another process"):
            open_reader(path)
        with pytest.raises(DatabaseUnusable, match="is locked by another process"):
            open_writer(path)
    assert keys(path) == ["old"]


@pytest.mark.usefixtures("impatient")
def test_a_database_that_others_have_open_is_not_held(filled: Filled) -> None:
    path = filled("old.db", "old")
    with (
        closing(open_reader(path)),
        pytest.raises(DatabaseUnusable, match="is locked by another process"),
        FileKeeper(path).held(),
    ):
        pytest.fail("held all the same")


@pytest.mark.parametrize("mode", ["WAL", "DELETE"])
def test_pages_of_another_size_and_either_journal_are_taken(filled: Filled, mode: str) -> None:
    old, new = filled("old.db", "old"), filled("new.db", "new")
    with closing(connect(old, "rw")) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("PRAGMA page_size = 8192")
        connection.execute("VACUUM")
        connection.execute(f"PRAGMA journal_mode = {mode}")
    with FileKeeper(old).held() as held:
        held.take(new)
    assert keys(old) == ["new"]


@pytest.mark.parametrize("mode", ["WAL", "DELETE"])
def test_killed_while_it_is_replaced_the_old_one_stands(
    filled: Filled, monkeypatch: pytest.MonkeyPatch, mode: str
) -> None:
    old, new = filled("old.db", "old"), filled("new.db", "new")
    monkeypatch.setattr(copying, "_STEP_PAGES", 4)
    with closing(connect(old, "rw")) as connection:
        connection.execute(f"PRAGMA journal_mode = {mode}")
    child = os.fork()
    if not child:
        with FileKeeper(old).held() as held:
            held.take(new, lambda done, _: os.kill(os.getpid(), signal.SIGKILL) if done >= 12 else None)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.WTERMSIG(status) == signal.SIGKILL
    with open_writer(old) as writer:
        assert [row.envelope.key for row in writer.log.rows()] == ["old"]
        assert writer.connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_another_programs_database_is_never_held(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite.connect(path)) as connection:
        connection.execute("CREATE TABLE accounts (x)")
    with pytest.raises(DatabaseUnusable, match="is a database of another program"), FileKeeper(path).held():
        pytest.fail("held all the same")


def test_what_is_no_database_is_put_aside(filled: Filled, tmp_path: Path) -> None:
    path, new, kept = tmp_path / "facts.db", filled("new.db", "new"), tmp_path / "kept.db"
    path.write_bytes(b"no database" * 100)
    with FileKeeper(path).held() as held:
        assert held.log is None
        assert held.why.endswith("facts.db is not a database")
        held.keep(kept)
        held.take(new)
    assert keys(path) == ["new"]
    assert kept.read_bytes().startswith(b"no database")


def test_a_log_that_was_left_without_its_file_is_not_taken_for_the_new_ones(filled: Filled, tmp_path: Path) -> None:
    path, left = tmp_path / "facts.db", filled("left.db", "left")
    writer = open_writer(left)
    with writer.transaction():
        writer.connection.execute("PRAGMA user_version = 7")
    path.with_name("facts.db-wal").write_bytes(left.with_name("left.db-wal").read_bytes())
    writer.close()
    new = filled("new.db", "new")
    FileKeeper(path).establish(new)
    assert keys(path) == ["new"]
    assert [file.name for file in tmp_path.glob("facts.db.replaced-*-wal")]
