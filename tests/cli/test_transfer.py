"""`timeline export` and `timeline import`: what goes to which stream, and files that are complete or not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from timeline.app.transfer.imports import ImportReport
from timeline.errors import InvalidInput, NotFound, Problem, TimelineError, Unverified

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.cli.fake import FakeTimeline, Run

LINES = ['{"schema":"timeline.export/1"}\n', '{"position":1,"actor":"Łukasz"}\n']
MERGED = ImportReport(
    files=2,
    restored=False,
    new=(("target.set", 1200), ("event.corrected", 3)),
    sources_new=1,
    unchanged=40,
    unreadable=0,
    companies=("acme", "byd", "ford", "gm"),
    position=1244,
    warnings=(),
    written=True,
)


def failing(error: TimelineError) -> Iterator[str]:
    yield LINES[0]
    raise error


def test_an_export_goes_to_standard_output_and_nothing_else_does(fake: FakeTimeline, run: Run) -> None:
    fake.answers["export"] = iter(LINES)
    assert run("export", "acme") == (0, "".join(LINES), "")
    assert fake.asked == [("export", ("acme",), {})]


def test_an_export_to_a_file_leaves_standard_output_alone(fake: FakeTimeline, run: Run, tmp_path: Path) -> None:
    fake.answers["export"] = iter(LINES)
    path = tmp_path / "two words.jsonl"
    ended = run("export", "--output", str(path))
    assert (ended.code, ended.out) == (0, "")
    assert f"1 event in {path}\nnext:\n  timeline --db other.db import '{path}'\n" in ended.err
    assert path.read_text(encoding="utf-8") == "".join(LINES)
    assert [file.name for file in tmp_path.iterdir()] == ["two words.jsonl"]


def test_a_file_that_exists_is_replaced_only_by_force(fake: FakeTimeline, run: Run, tmp_path: Path) -> None:
    fake.answers["export"] = iter(LINES)
    path = tmp_path / "log.jsonl"
    path.write_text("old")
    ended = run("export", "-o", str(path))
    assert (ended.code, path.read_text(), fake.asked) == (1, "old", [])
    assert f"error: {path} exists already\nfix: name another file, or add --force to replace it\n" in ended.err
    assert run("export", "-o", str(path), "--force").code == 0
    assert path.read_text(encoding="utf-8") == "".join(LINES)


def test_what_is_not_a_file_is_never_replaced(fake: FakeTimeline, run: Run, tmp_path: Path) -> None:
    fake.answers["export"] = iter(LINES)
    ended = run("export", "-o", str(tmp_path), "--force")
    assert ended.code == 1
    assert "is not a file" in ended.err


@pytest.mark.parametrize(("error", "code"), [(NotFound("company", "acne"), 3), (Unverified("the log is damaged"), 5)])
def test_an_export_that_fails_leaves_no_file_and_no_part_of_one(
    error: TimelineError, code: int, fake: FakeTimeline, run: Run, tmp_path: Path
) -> None:
    fake.answers["export"] = failing(error)
    ended = run("export", "-o", str(tmp_path / "log.jsonl"))
    assert (ended.code, ended.out) == (code, "")
    assert error.message in ended.err
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_told(fake: FakeTimeline, run: Run, tmp_path: Path) -> None:
    fake.answers["export"] = iter(LINES)
    ended = run("export", "-o", str(tmp_path / "nowhere" / "log.jsonl"))
    assert ended.code == 1
    assert "cannot be written: No such file or directory" in ended.err


def test_an_import_tells_what_is_new_and_what_to_do_next(fake: FakeTimeline, run: Run) -> None:
    fake.answers["import_"] = MERGED
    ended = run("import", "a.jsonl", "-")
    assert ended.code == 0
    assert ended.out.splitlines() == [
        "2 files merged: 1,203 events new, 40 already there",
        "  1,200  target.set",
        "      3  event.corrected",
        "1 source new; the log is at position 1,244",
        "next:",
        "  timeline show acme",
        "  timeline show byd",
        "  timeline show ford",
    ]
    assert fake.asked == [("import_", (("a.jsonl", "-"),), {"dry_run": False})]


def test_an_import_that_is_only_tried_says_so(fake: FakeTimeline, run: Run) -> None:
    fake.answers["import_"] = ImportReport(
        files=1,
        restored=True,
        new=(("target.set", 1),),
        sources_new=0,
        unchanged=0,
        unreadable=1,
        companies=("acme",),
        position=1,
        warnings=(Problem("source-duplicate", "one document twice", "", "a.jsonl", 2, severity="warning"),),
        written=False,
    )
    ended = run("import", "a.jsonl", "--dry-run")
    assert ended.out.splitlines() == [
        "1 file would be restored: 1 event would be new, 0 already there",
        "  1  target.set",
        "0 sources would be new; the log is at position 1",
        "1 event of these cannot be read by this program; a newer one may",
    ]
    assert "a.jsonl:2: warning[source-duplicate]: one document twice" in ended.err


def test_of_many_warnings_the_first_are_printed_and_the_others_counted(fake: FakeTimeline, run: Run) -> None:
    warnings = tuple(Problem("source-duplicate", "twice", "", "a", line, severity="warning") for line in range(2, 1024))
    fake.answers["import_"] = replace(MERGED, warnings=warnings)
    told = run("import", "a").err.splitlines()
    assert [line for line in told if line.startswith("a:")] == [
        f"a:{line}: warning[source-duplicate]: twice" for line in range(2, 22)
    ]
    assert told[-1] == "and 1,002 more warnings"


@pytest.mark.parametrize(
    ("error", "code", "told"),
    [
        (InvalidInput([Problem("export-line", "no event", "", "a.jsonl", 7)]), 4, "a.jsonl:7: error[export-line]"),
        (Unverified("a.jsonl is not the log that its first line names"), 5, "a.jsonl is not the log"),
    ],
)
def test_an_import_that_is_refused_ends_with_its_own_code(
    error: TimelineError, code: int, told: str, fake: FakeTimeline, run: Run
) -> None:
    fake.answers["import_"] = error
    ended = run("import", "a.jsonl")
    assert (ended.code, ended.out) == (code, "")
    assert told in ended.err


def test_an_import_of_nothing_is_usage(run: Run) -> None:
    assert run("import").code == 2
