"""Answers written to files, and forms that are no text."""

from __future__ import annotations

import io
import json
import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from pyarrow import parquet

import timeline
from tests.render.acme import BASIS
from timeline import Timeline
from timeline.cli import main

if TYPE_CHECKING:
    from tests.cli.fake import Run

ROOT = Path(timeline.__file__).parent.parent


def about(book: Any) -> dict[str, str]:  # noqa: ANN401 - a workbook
    return dict(book["about"].iter_rows(min_row=2, values_only=True))


@pytest.mark.parametrize(
    ("arguments", "sheet"),
    [
        (["show", "acme"], "targets"),
        (["show", "acme", "targets", "--table", "targets.revisions"], "targets.revisions"),
        (["events"], "events"),
        (["event", "3b"], "fields"),
        (["why", "acme", "buybacks.executions[0].shares"], "evidence"),
        (["audit"], "targets"),
        (["upcoming"], "events"),
        (["companies"], "events"),
        (["sources"], "events"),
    ],
)
def test_every_answer_is_a_workbook_whose_first_sheet_is_the_answer(
    run: Run, tmp_path: Path, arguments: list[str], sheet: str
) -> None:
    file = tmp_path / "answer.xlsx"
    ended = run(*arguments, "-o", str(file))
    assert (ended.code, ended.out, ended.err) == (0, "", f"written: {file}\n")
    book = openpyxl.load_workbook(file)
    assert book.sheetnames[0] == sheet
    assert about(book)["command"].split()[:2] == ["timeline", arguments[0]]
    assert f"log to position {BASIS.position}" in about(book)["basis"]


def test_the_command_in_a_file_asks_for_the_same_again(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "answer.xlsx"
    run(
        "--db",
        "secret.db",
        "events",
        "acme",
        "--kind",
        "target.set",
        "--as-of",
        "2026-01-01",
        "-o",
        str(file),
        "--force",
    )
    assert about(openpyxl.load_workbook(file))["command"] == (
        "timeline events acme --kind target.set --as-of 2026-01-01"
    )


def test_a_parquet_file_holds_one_table(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "targets.parquet"
    assert run("show", "acme", "targets", "--table", "targets", "-o", str(file)).code == 0
    assert parquet.read_table(file).schema.names[0] == "metric"
    ended = run("show", "acme", "--format", "parquet", "-o", str(tmp_path / "page.parquet"))
    assert ended.code == 2
    assert "name a TOPIC and --table" in ended.err


@pytest.mark.parametrize("form", ["json", "jsonl", "csv", "text"])
def test_text_goes_to_a_file_as_it_would_to_a_pipe(run: Run, tmp_path: Path, form: str) -> None:
    file = tmp_path / "answer"
    assert run("events", "--format", form, "-o", str(file)).code == 0
    assert file.read_bytes().decode() == run("events", "--format", form).out


def test_the_ending_of_a_file_says_its_form(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "answer.json"
    run("events", "-o", str(file))
    assert json.loads(file.read_text())["schema"] == "timeline.events/1"
    run("events", "--format", "csv", "-o", str(file), "--force")
    assert file.read_text().startswith("position,")
    assert run("events", "-o", "-").out == run("events").out


def test_a_file_takes_the_place_of_another_only_when_told_to(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "answer.xlsx"
    file.write_text("mine")
    ended = run("events", "-o", str(file))
    assert (ended.code, file.read_text()) == (1, "mine")
    assert "--force" in ended.err
    assert run("events", "-o", str(file), "--force").code == 0
    assert openpyxl.load_workbook(file).sheetnames == ["events", "about"]


def test_a_failure_leaves_no_file(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert run("events", "-o", str(tmp_path / "events.parquet")).code == 1
    assert list(tmp_path.iterdir()) == []


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("facts") / "facts.db"
    Timeline.open(path).load([str(ROOT / "fixtures" / "companies.yaml")])
    return str(path)


def command(facts: str, form: str) -> list[str]:
    code = "import sys; from timeline.cli import main; sys.exit(main())"
    return [sys.executable, "-c", code, "--db", facts, "companies", "--format", form]


@pytest.mark.parametrize("form", ["xlsx", "parquet"])
def test_a_pipe_takes_what_is_no_text(facts: str, form: str) -> None:
    piped = subprocess.run(command(facts, form), cwd=ROOT, capture_output=True, check=True).stdout
    if form == "xlsx":
        assert openpyxl.load_workbook(io.BytesIO(piped)).sheetnames == ["companies", "about"]
    else:
        assert parquet.read_table(io.BytesIO(piped)).num_rows == len(listed(facts))


@pytest.mark.parametrize("form", ["xlsx", "parquet"])
def test_a_terminal_is_spared_what_is_no_text(facts: str, form: str) -> None:
    ours, theirs = pty.openpty()
    ended = subprocess.run(
        command(facts, form), cwd=ROOT, stdout=theirs, stderr=subprocess.PIPE, text=True, check=False
    )
    os.close(theirs)
    os.close(ours)
    assert ended.returncode == 2
    assert f"--format {form} is no text for a terminal; add -o FILE." in ended.stderr


def listed(facts: str) -> list[str]:
    return [row["company"] for row in Timeline.open(facts).companies().rows]


def test_a_workbook_of_a_screen_has_its_rows(facts: str, tmp_path: Path) -> None:
    file = tmp_path / "overdue.xlsx"
    assert main(["--db", facts, "screen", "overdue", "-o", str(file)]) == 0
    assert openpyxl.load_workbook(file).sheetnames == ["overdue", "about"]
