"""`timeline draft` on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.fake import Ended
from timeline.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

BOUGHT = "Halden Corp. buys back shares\nOn January 8, Halden Corp. repurchased {0} shares at $45.10 each.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, shares in (("a", "500,000"), ("b", "7,000,000")):
        (tmp_path / f"{name}.txt").write_text(BOUGHT.format(shares), encoding="utf-8")
    return tmp_path


@pytest.fixture
def draft(folder: Path, capfd: pytest.CaptureFixture[str]) -> Callable[..., Ended]:
    def ended(*words: str) -> Ended:
        code = main(("--db", str(folder / "facts.db"), "draft", *words, "--published", "2026-01-09"))
        return Ended(code, *capfd.readouterr())

    return ended


def test_the_fixture_goes_to_standard_output_and_what_was_made_to_standard_error(
    folder: Path, draft: Callable[..., Ended]
) -> None:
    ended = draft(str(folder / "a.txt"))
    assert ended.code == 0
    assert "kind: buyback.executed" in ended.out
    assert ended.err.startswith("halden: ")
    assert "fact" not in ended.out.splitlines()[-1]


def test_a_file_that_is_there_is_not_replaced_unless_told(folder: Path, draft: Callable[..., Ended]) -> None:
    output = folder / "a.yaml"
    output.write_text("mine", encoding="utf-8")
    assert draft(str(folder / "a.txt"), "-o", str(output)).code == 1
    assert output.read_text(encoding="utf-8") == "mine"
    ended = draft(str(folder / "a.txt"), "-o", str(output), "--force")
    assert "timeline review" in ended.err
    assert "buyback.executed" in output.read_text(encoding="utf-8")


def test_a_folder_of_texts_becomes_a_folder_of_drafts_and_one_that_fails_is_named(
    folder: Path, draft: Callable[..., Ended]
) -> None:
    (folder / "c.txt").write_text("It rained for two days.\n", encoding="utf-8")
    drafts = folder / "drafts"
    ended = draft(str(folder), "-o", str(drafts), "--jobs", "1")
    assert ended.code == 1
    assert "c.txt" in ended.err
    assert "2 drafted, 0 drafted before, 1 failed" in ended.err
    assert sorted(file.name for file in drafts.iterdir()) == ["a.yaml", "b.yaml"]
    assert "0 drafted, 2 drafted before, 1 failed" in draft(str(folder), "-o", str(drafts)).err


def test_several_texts_need_a_folder(folder: Path, draft: Callable[..., Ended]) -> None:
    ended = draft(str(folder / "a.txt"), str(folder / "b.txt"))
    assert ended.code == 1
    assert "--output FOLDER" in ended.err


def test_a_text_is_kept_where_that_is_asked_for(folder: Path, draft: Callable[..., Ended]) -> None:
    draft(str(folder / "a.txt"), "--keep-text")
    (kept,) = (folder / "facts.db.texts").glob("*.txt")
    assert kept.read_text(encoding="utf-8") == BOUGHT.format("500,000")


def test_a_model_that_nobody_named_is_asked_for(
    folder: Path, draft: Callable[..., Ended], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TIMELINE_LLM_URL", raising=False)
    ended = draft(str(folder / "a.txt"), "--model")
    assert ended.code == 1
    assert "TIMELINE_LLM_URL" in ended.err
