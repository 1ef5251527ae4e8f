"""Which files are meant by a path, and which cannot be read."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

import pytest

from timeline.errors import Problem
from timeline.intake import files
from timeline.intake.document import Document


@pytest.fixture(autouse=True)
def _in_a_directory_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def rules(*paths: str) -> list[tuple[str, str]]:
    return [(problem.rule, problem.file) for problem in files.find(paths)[1]]


def test_a_directory_stands_for_its_yaml_files_in_the_order_of_their_names(tmp_path: Path) -> None:
    for name in ("b/2.yml", "b/1.yaml", "a.yaml", "c.YAML", "b/readme.md", ".git/x.yaml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert files.find(["."]) == (("a.yaml", "b/1.yaml", "b/2.yml", "c.YAML"), ())


def test_a_named_file_is_taken_whatever_its_name(tmp_path: Path) -> None:
    (tmp_path / "facts.txt").touch()
    assert files.find(["facts.txt"]) == (("facts.txt",), ())


def test_a_loop_of_links_ends_and_each_file_counts_once(tmp_path: Path) -> None:
    (tmp_path / "deep" / "deeper").mkdir(parents=True)
    (tmp_path / "deep" / "deeper" / "up").symlink_to(tmp_path / "deep")
    (tmp_path / "deep" / "facts.yaml").touch()
    (tmp_path / "deep" / "same.yaml").symlink_to(tmp_path / "deep" / "facts.yaml")
    assert files.find(["deep", "deep/deeper/up", "deep/facts.yaml"]) == (("deep/facts.yaml",), ())


def test_a_link_to_itself_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "self.yaml").symlink_to(tmp_path / "self.yaml")
    assert rules(".") == [("file-unreadable", "self.yaml")]


def test_a_tree_deeper_than_python_recurses_is_walked(tmp_path: Path) -> None:
    depth = sys.getrecursionlimit() + 100
    try:
        for _ in range(depth):
            os.mkdir("d")  # noqa: PTH102  step by step, as a person with a script would
            os.chdir("d")
        Path("facts.yaml").touch()
        (found,), problems = files.find([str(tmp_path)])
        assert found.endswith("/d/d/facts.yaml")
        assert problems == ()
    finally:
        # pytest's own removal recurses.
        Path("facts.yaml").unlink()
        for _ in range(depth):
            os.chdir("..")
            Path("d").rmdir()


def test_a_directory_that_is_called_like_a_file_is_looked_into(tmp_path: Path) -> None:
    (tmp_path / "facts.yaml").mkdir()
    (tmp_path / "facts.yaml" / "inner.yaml").touch()
    assert files.find(["."]) == (("facts.yaml/inner.yaml",), ())


def test_a_directory_without_fixtures_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "empty" / "inner").mkdir(parents=True)
    (tmp_path / "empty" / "readme.md").touch()
    assert rules("empty") == [("no-fixtures", "empty")]


def test_a_directory_whose_fixtures_were_met_already_is_none(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "facts.yaml").touch()
    assert files.find(["a/b", "a"]) == (("a/b/facts.yaml",), ())


@pytest.mark.parametrize("path", ["nowhere.yaml", "", "nul\0.yaml"])
def test_a_path_to_nothing_is_missing(path: str) -> None:
    assert [rule for rule, _ in rules(path)] == ["file-missing"]


def test_a_broken_link_is_missing(tmp_path: Path) -> None:
    (tmp_path / "link.yaml").symlink_to("nowhere")
    assert rules(".") == [("file-missing", "link.yaml")]


def test_a_pipe_a_socket_and_a_device_are_refused_and_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket.yaml")
        assert rules(".", "/dev/null") == [
            ("file-not-regular", "pipe.yaml"),
            ("file-not-regular", "socket.yaml"),
            ("file-not-regular", "/dev/null"),
        ]


def test_what_may_not_be_read_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "facts.yaml").touch()

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.open", refuse)
    problem = files.read("facts.yaml")
    assert isinstance(problem, Problem)
    assert (problem.rule, problem.what) == ("file-unreadable", "it cannot be read: permission denied")


def test_a_directory_that_may_not_be_listed_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "closed").mkdir()

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.iterdir", refuse)
    assert rules("closed") == [("file-unreadable", "closed")]


def test_a_file_up_to_the_limit_is_read_and_a_larger_one_refused(tmp_path: Path) -> None:
    (tmp_path / "full.yaml").write_bytes(b"#" * files.LARGEST)
    (tmp_path / "over.yaml").write_bytes(b"#" * (files.LARGEST + 1))
    assert isinstance(files.read("full.yaml"), Document)
    problem = files.read("over.yaml")
    assert isinstance(problem, Problem)
    assert problem.rule == "file-too-large"


def test_bytes_that_are_no_utf8_are_pointed_at(tmp_path: Path) -> None:
    (tmp_path / "latin.yaml").write_bytes("schema: ü\r\ntitle: é".encode() + b"\xf6x\nmore: 1\n")
    problem = files.read("latin.yaml")
    assert isinstance(problem, Problem)
    assert (problem.line, problem.column, problem.excerpt) == (2, 9, "title: é�x")
    assert problem.what == "not UTF-8: byte 0xF6 at offset 21"


def test_a_byte_order_mark_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "bom.yaml").write_bytes(b"\xef\xbb\xbfa: 1")
    document = files.read("bom.yaml")
    assert isinstance(document, Document)
    assert document.text == "a: 1"


def test_a_name_that_is_no_utf8_can_be_shown(tmp_path: Path) -> None:
    name = os.fsdecode(b"\xff\x1b.yaml")
    (tmp_path / name).touch()
    (found,), _ = files.find(["."])
    assert files.display(found) == "\ufffd\ufffd.yaml"
