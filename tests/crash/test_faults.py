"""Disks that are full, faulty or read-only: a clear message with a remedy, and nothing lost."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.crash.deaths import ERROR, FULL, Death
from tests.crash.nursery import ROOT
from tests.laws import bases
from tests.laws.worlds import REGISTER
from timeline import Timeline
from timeline.errors import DatabaseUnusable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.crash.conftest import Try

GROWING = ["load", "restore of an export", "import of a table", "upgrade from 0001"]
FAULTY = "the disk reports an error\nfix: check the disk, then restore a backup if the file is damaged"
FIXTURES = str(ROOT / "fixtures")
PAGE = 4096


@pytest.mark.parametrize("name", GROWING)
def test_a_full_disk_is_told_and_loses_nothing(attempt: Try, name: str) -> None:
    court = attempt(name)
    pages = court.undisturbed.size // PAGE
    told = court.fail(Death(FULL, pages - 1))
    assert "the disk is full\nfix: make room" in told


@pytest.mark.parametrize("name", GROWING)
def test_a_disk_that_fails_in_the_middle_is_told_and_loses_nothing(attempt: Try, name: str) -> None:
    court = attempt(name)
    assert FAULTY in court.fail(Death(ERROR, 10 * PAGE))


def test_on_a_disk_that_is_really_full_nothing_is_lost(tmp_path: Path) -> None:
    with small_disk(tmp_path, "size=2m") as disk:
        path = disk / "facts.db"
        bases.load(path, [REGISTER])
        before = bases.content(path)
        room = os.statvfs(disk)
        (disk / "ballast").write_bytes(bytes((room.f_bavail - 20) * room.f_bsize))
        with pytest.raises(DatabaseUnusable, match="cannot grow: the disk is full") as caught:
            Timeline.open(path).load([FIXTURES])
        assert caught.value.fix == "make room, then run the command again; nothing is half written"
        assert bases.content(path) == before
        assert Timeline.open(path).audit(only=["log"]).findings == ()


def test_on_a_disk_that_became_read_only_reading_goes_on(tmp_path: Path) -> None:
    with small_disk(tmp_path, "size=2m") as disk:
        path = disk / "facts.db"
        bases.load(path, [REGISTER])
        mount("-o", "remount,ro", str(disk))
        assert len(Timeline.open(path).companies().rows) == 2
        with pytest.raises(DatabaseUnusable, match=r"facts\.db is read-only") as caught:
            Timeline.open(path).load([FIXTURES])
        assert caught.value.fix == "make it and its folder writable, or name another database with --db"
        with pytest.raises(DatabaseUnusable, match="cannot be opened: Read-only file system"):
            Timeline.open(disk / "new.db").load([FIXTURES])


def test_in_a_folder_that_may_not_be_written_a_write_is_refused_and_reading_goes_on(
    shared_folder: Path, as_another_user: Callable[[], Any]
) -> None:
    path = shared_folder / "facts.db"
    bases.load(path, [REGISTER])
    Timeline.open(path).rebuild()  # another user may not be able to import what this takes
    for leftover in shared_folder.glob("facts.db-*"):
        leftover.unlink()
    path.chmod(0o666)
    shared_folder.chmod(0o555)
    with as_another_user():
        assert len(Timeline.open(path).companies().rows) == 2
        with pytest.raises(DatabaseUnusable) as caught:
            Timeline.open(path).rebuild()
    assert caught.value.message == f"{path} is read-only"
    assert caught.value.fix == "make it and its folder writable, or name another database with --db"
    assert [file.name for file in shared_folder.iterdir()] == ["facts.db"]


@pytest.mark.parametrize("command", ["companies", "export", "load"])
def test_an_output_that_cannot_be_written_is_told(tmp_path: Path, command: str) -> None:
    path = tmp_path / "facts.db"
    bases.load(path, [REGISTER])
    more = [FIXTURES] if command == "load" else []
    words = [sys.executable, "-m", "timeline.cli", "--db", str(path), command, *more]
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run(words, cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert (ended.returncode, ended.stderr.splitlines()) == (
        1,
        [
            "error: the output cannot be written: no space left on device",
            "fix: make room or mend that, then run the command again; what it recorded stays",
        ],
    )


def test_a_pipe_that_no_temporary_file_has_room_for_is_told(tmp_path: Path) -> None:
    path = tmp_path / "facts.db"
    bases.load(path, [REGISTER])
    export = "".join(Timeline.open(path).export()).encode()
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))"
    program = f"import sys; {limit}; from timeline.cli import main; sys.exit(main())"
    words = [sys.executable, "-c", program, "--db", str(tmp_path / "new.db"), "import", "-"]
    ended = subprocess.run(words, cwd=ROOT, input=export, capture_output=True, check=False)
    assert ended.returncode == 1
    assert ended.stderr.decode().splitlines() == [
        "error: what comes through the pipe cannot be kept in a temporary file: file too large",
        "fix: name a folder with room in TMPDIR, or import from a file",
    ]
    assert not (tmp_path / "new.db").exists()


@contextmanager
def small_disk(folder: Path, options: str) -> Iterator[Path]:
    """A disk of its own; only the superuser of a machine that allows it can have one."""
    disk = folder / "disk"
    disk.mkdir()
    if not mount("-t", "tmpfs", "-o", options, "none", str(disk)):
        pytest.skip("no disk can be mounted here; limits on files and pages stand for it in the tests above")
    try:
        yield disk
    finally:
        subprocess.run(["umount", str(disk)], check=True)  # noqa: S607 - wherever the system has it


def mount(*words: str) -> bool:
    """Whether it was possible."""
    if os.geteuid():
        return False
    try:
        return not subprocess.run(["mount", *words], check=False, capture_output=True).returncode  # noqa: S607
    except FileNotFoundError:
        return False
