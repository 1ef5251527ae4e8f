"""Where the text of a draft is found."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

from tests.reviewable import TEXT
from timeline.app.drafting.reviewing.source_text import source_text
from timeline.app.drafting.texts import keep
from timeline.errors import InvalidInput
from timeline.prose.text import text_of

if TYPE_CHECKING:
    from pathlib import Path

SHA256 = hashlib.sha256(TEXT.encode()).hexdigest()


@pytest.mark.parametrize("name", ["article.txt", "halden.md", "halden"])
def test_a_text_beside_the_draft_is_found_by_its_hash(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.txt").write_text("another\n", "utf-8")
    (tmp_path / name).write_text(TEXT, "utf-8")
    found = source_text(str(tmp_path / "halden.draft.yaml"), SHA256, None, tmp_path)
    assert found is not None
    assert found.sha256 == SHA256


def test_a_page_is_read_where_it_has_the_drafts_name(tmp_path: Path) -> None:
    page = f"<html><body><article>{''.join(f'<p>{line}</p>' for line in TEXT.splitlines())}</article></body></html>"
    sha256 = text_of(page.encode(), "a.html").sha256
    (tmp_path / "other.html").write_text(page, "utf-8")
    draft = str(tmp_path / "halden.draft.yaml")
    assert source_text(draft, sha256, None, tmp_path) is None
    (tmp_path / "halden.draft.html").write_text(page.replace("pumps", "pipes"), "utf-8")
    assert source_text(draft, sha256, None, tmp_path) is None
    (tmp_path / "halden.html").write_text(page, "utf-8")
    found = source_text(draft, sha256, None, tmp_path)
    assert found is not None
    assert (found.form, found.sha256) == ("html", sha256)


def test_a_text_that_was_kept_comes_before_one_that_lies_there_unless_it_was_changed(tmp_path: Path) -> None:
    folder, draft = tmp_path / "x.db.texts", str(tmp_path / "halden.yaml")
    file = keep(folder, text_of(TEXT.encode(), "halden.txt"))
    found = source_text(draft, SHA256, None, folder)
    assert found is not None
    assert found.sha256 == SHA256
    file.write_text("another\n", "utf-8")
    assert source_text(draft, SHA256, None, folder) is None
    (tmp_path / "halden.txt").write_text(TEXT, "utf-8")
    assert source_text(draft, SHA256, None, folder) is not None


def test_a_named_text_is_taken_whatever_its_hash_is(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("another\n", "utf-8")
    draft = str(tmp_path / "halden.yaml")
    found = source_text(draft, SHA256, str(tmp_path / "a.txt"), tmp_path)
    assert found is not None
    assert found.paragraphs == ("another",)
    with pytest.raises(InvalidInput, match="no such file"):
        source_text(draft, SHA256, str(tmp_path / "b.txt"), tmp_path)


def test_without_a_hash_no_text_is_guessed(tmp_path: Path) -> None:
    (tmp_path / "halden.txt").write_text(TEXT, "utf-8")
    assert source_text(str(tmp_path / "halden.yaml"), None, None, tmp_path) is None
