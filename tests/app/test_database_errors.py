"""A database that cannot be used is told by what is wrong with it and what to do, through every method alike."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.app.conftest import FIXTURES
from tests.laws import bases
from timeline import Timeline
from timeline.app import refresh
from timeline.errors import DatabaseUnusable
from timeline.store import schema
from timeline.store.driver import journal_mode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LOCK = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute(sys.argv[2])
print("locked", flush=True)
sys.stdin.read()
"""

READS: dict[str, Callable[[Timeline], object]] = {
    "show": lambda timeline: timeline.show("xiaomi"),
    "events": lambda timeline: timeline.events("xiaomi"),
    "event": lambda timeline: timeline.event("3994a9cd"),
    "audit": lambda timeline: timeline.audit(),
    "upcoming": lambda timeline: timeline.upcoming(today="2026-01-09"),
    "companies": lambda timeline: timeline.companies(),
    "sources": lambda timeline: timeline.sources(),
}
WRITES: dict[str, Callable[[Timeline], object]] = {
    "load": lambda timeline: timeline.load([str(FIXTURES)]),
    "rebuild": lambda timeline: timeline.rebuild(),
}

reads = pytest.mark.parametrize("call", READS.values(), ids=READS)
writes = pytest.mark.parametrize("call", WRITES.values(), ids=WRITES)
every = pytest.mark.parametrize("call", [*READS.values(), *WRITES.values()], ids=[*READS, *WRITES])


def unusable(path: Path, call: Callable[[Timeline], object]) -> DatabaseUnusable:
    with pytest.raises(DatabaseUnusable) as error:
        call(Timeline.open(path))
    assert error.value.exit_code == 1
    return error.value


@every
def test_a_text_file(tmp_path: Path, call: Callable[[Timeline], object]) -> None:
    path = tmp_path / "diary.txt"
    path.write_text("Dear diary, " * 100, encoding="utf-8")
    error = unusable(path, call)
    assert (error.message, error.fix) == (f"{path} is not a database", "name another file with --db")
    assert path.read_text(encoding="utf-8").startswith("Dear diary")


@every
def test_a_database_of_another_program(tmp_path: Path, call: Callable[[Timeline], object]) -> None:
    path = tmp_path / "theirs.db"
    with bases.opened(path) as theirs:
        theirs.execute("CREATE TABLE event (x)")
    assert "is a database of another program" in unusable(path, call).message
    with bases.opened(path) as theirs:
        assert theirs.execute("SELECT name FROM sqlite_master").fetchall() == [("event",)]


@every
def test_a_database_of_a_newer_version(path: Path, call: Callable[[Timeline], object]) -> None:
    with bases.opened(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    error = unusable(path, call)
    assert (
        f"is of revision 9999, from a newer version of timeline; this one knows up to {schema.REVISION}"
        in error.message
    )
    assert error.fix == "install the newer version"


@reads
def test_a_database_that_is_not_there_is_not_made_by_reading(
    tmp_path: Path, call: Callable[[Timeline], object]
) -> None:
    error = unusable(tmp_path / "none.db", call)
    assert error.message == f"no database at {tmp_path / 'none.db'}"
    assert "timeline load PATH" in error.fix
    assert list(tmp_path.iterdir()) == []


@every
def test_a_folder(tmp_path: Path, call: Callable[[Timeline], object]) -> None:
    assert unusable(tmp_path, call).message == f"{tmp_path} is not a file"


@every
def test_another_kind_of_database(call: Callable[[Timeline], object]) -> None:
    with pytest.raises(DatabaseUnusable, match="mysql:// databases are not supported") as error:
        call(Timeline.open("mysql://lei:secret@host/facts"))
    assert "secret" not in str(error.value)


@reads
def test_a_read_only_file_in_a_read_only_folder_is_read_and_leaves_no_trace(
    shared_folder: Path, path: Path, as_another_user: Callable[[], Any], call: Callable[[Timeline], object]
) -> None:
    copy = readable(path, shared_folder)
    expected = call(Timeline.open(path))
    with as_another_user():
        assert call(Timeline.open(copy)) == expected
    assert list(shared_folder.iterdir()) == [copy]


@pytest.fixture
def reachable_fixtures(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let another user reach what is loaded, wherever the checkout is."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        monkeypatch.setattr(sys.modules[__name__], "FIXTURES", shutil.copytree(FIXTURES, Path(name) / "fixtures"))
        yield


@pytest.mark.usefixtures("reachable_fixtures")
@writes
def test_a_read_only_file_is_not_written(
    shared_folder: Path, path: Path, as_another_user: Callable[[], Any], call: Callable[[Timeline], object]
) -> None:
    call(Timeline.open(path))
    copy = readable(path, shared_folder)
    with as_another_user():
        error = unusable(copy, call)
    assert error.message == f"{copy} is read-only"
    assert error.fix == "make it and its folder writable, or name another database with --db"


@pytest.mark.usefixtures("reachable_fixtures")
@writes
def test_a_writable_file_in_a_read_only_folder_is_not_written(
    shared_folder: Path, path: Path, as_another_user: Callable[[], Any], call: Callable[[Timeline], object]
) -> None:
    call(Timeline.open(path))
    copy = readable(path, shared_folder, mode=0o666)
    before = copy.read_bytes()
    with as_another_user():
        error = unusable(copy, call)
    assert error.fix
    assert copy.read_bytes() == before


def readable(path: Path, folder: Path, mode: int = 0o444) -> Path:
    """A copy that everybody may read, in a folder where nobody may make a file."""
    copy = folder / path.name
    copy.write_bytes(path.read_bytes())
    copy.chmod(mode)
    folder.chmod(0o555)
    return copy


@pytest.mark.usefixtures("impatient")
@writes
def test_a_database_that_another_process_writes_is_not_written_and_is_told_as_locked(
    path: Path, call: Callable[[Timeline], object]
) -> None:
    with locked(path, "BEGIN IMMEDIATE"):
        error = unusable(path, call)
    assert error.message == f"{path} is locked by another process (waited 0.1 seconds)"
    assert error.fix == "let the other process end, then try again"
    call(Timeline.open(path))


@pytest.mark.usefixtures("impatient")
@reads
def test_a_database_that_another_process_writes_can_be_read(path: Path, call: Callable[[Timeline], object]) -> None:
    expected = call(Timeline.open(path))
    with locked(path, "BEGIN IMMEDIATE"):
        assert call(Timeline.open(path)) == expected


@contextmanager
def locked(path: Path, statement: str) -> Iterator[None]:
    """Let another process hold a lock."""
    arguments = [sys.executable, "-c", LOCK, str(path), statement]
    with subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "locked\n"
        yield
        other.communicate("")


def test_while_a_load_is_under_way_readers_see_the_state_before_it(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fresh = path.with_name("fresh.db")
    Timeline.open(fresh).load(
        [str(FIXTURES / "companies.yaml"), str(FIXTURES / "xiaomi" / "2025-03-19-ev-target-350000.yaml")]
    )
    before = Timeline.open(fresh).show("xiaomi")
    seen = []
    renew = refresh.renew

    def spied(*arguments: Any, **options: Any) -> Any:  # noqa: ANN401 - whatever the function takes and gives
        seen.append(Timeline.open(fresh).show("xiaomi"))
        return renew(*arguments, **options)

    monkeypatch.setattr(refresh, "renew", spied)
    Timeline.open(fresh).load([str(FIXTURES)])
    assert seen
    assert all(page == before for page in seen)
    assert Timeline.open(fresh).show("xiaomi").parts == Timeline.open(path).show("xiaomi").parts


def test_the_journal_mode_is_the_one_that_the_driver_is_safe_in(path: Path) -> None:
    Timeline.open(path).rebuild()
    with bases.opened(path) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == (journal_mode(),)
