"""The README keeps its word: its Python runs, its commands exist, and every command stands in it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.readme import FIXTURES
from timeline.cli.commands import COMMANDS

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("example", blocks("python"))
def test_an_example_in_python_runs_as_it_stands(
    example: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "fixtures").symlink_to(FIXTURES)
    exec(compile(example, "README.md", "exec"), {})  # noqa: S102 - the point of the test
    printed = re.findall(r"# prints: (.*)$", example, re.MULTILINE)
    assert capsys.readouterr().out.splitlines() == printed


def test_there_is_an_example_in_python() -> None:
    assert blocks("python")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_in_the_reference(command: str) -> None:
    assert f"### timeline {command}\n" in README


def test_every_command_that_the_readme_types_exists() -> None:
    typed = re.findall(r"^(?:\$ )?timeline ([a-z-]+)", README, re.MULTILINE)
    assert typed
    assert set(typed) <= set(COMMANDS)


def test_every_make_target_that_the_readme_names_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = set(re.findall(r"`make ([a-z-]+)[` ]|^make ([a-z-]+)", README, re.MULTILINE))
    assert {name for pair in named for name in pair if name} <= targets


def test_every_file_that_the_readme_links_to_is_there() -> None:
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", README) if "://" not in link]
    assert all((ROOT / link).exists() for link in links)
