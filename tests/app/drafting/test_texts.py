"""Texts that are kept beside the database: private, whole, and quick to compare with."""

from __future__ import annotations

import os
import stat
import time
from typing import TYPE_CHECKING

import pytest

from timeline.app.drafting import texts
from timeline.app.drafting.texts import folder_of, keep, kept_hashes, kept_text, sketches
from timeline.errors import TimelineError, Unverified
from timeline.prose.shingles import shingles, sketch
from timeline.prose.text import text_of

if TYPE_CHECKING:
    from pathlib import Path

    from timeline.prose.text import Text


def text(body: str) -> Text:
    return text_of(body.encode(), "made-up.txt")


def long_text(number: int, words: int = 400) -> Text:
    return text("Orlo buys\n" + " ".join(f"word{number * 1000 + at}" for at in range(words)))


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_text_is_kept_under_its_hash_for_its_owner_only(tmp_path: Path) -> None:
    told = text("Orlo buys\r\n\r\nIt bought “more”.\n")
    file = keep(folder_of(tmp_path / "facts.db"), told)
    assert file == tmp_path / "facts.db.texts" / f"{told.sha256}.txt"
    assert file.read_bytes() == "Orlo buys\r\n\r\nIt bought “more”.\n".encode()
    assert mode(file.parent) == 0o700
    assert {mode(each) for each in file.parent.iterdir()} == {0o600}
    assert kept_text(file.parent, told.sha256) == told
    assert kept_hashes(file.parent) == {told.sha256}


def test_the_folder_of_a_server_tells_no_password_and_is_the_same_for_all_who_write_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    one, other, elsewhere = map(
        folder_of,
        ("postgresql://u:secret@host/facts", "postgresql://u:password@host/facts", "postgresql://u@host/others"),
    )
    assert one == other != elsewhere
    assert one.parent.parent == tmp_path
    assert "secret" not in str(one)


def test_a_kept_page_is_not_taken_for_a_page_again(tmp_path: Path) -> None:
    told = text_of(b"Orlo buys\nIt bought.", "x.txt")
    body = "<html> is how it begins\nIt bought."
    page = text_of(body.encode("utf-16"), "x.txt")
    keep(tmp_path, page)
    assert kept_text(tmp_path, page.sha256).paragraphs == ("<html> is how it begins", "It bought.")  # type: ignore[union-attr]
    assert kept_text(tmp_path, told.sha256) is None


def test_what_was_changed_is_not_given_for_the_text(tmp_path: Path) -> None:
    told = text("Orlo buys\nIt bought.")
    keep(tmp_path, told).write_text("Orlo sells\n", encoding="utf-8")
    with pytest.raises(Unverified, match="it is not the text that was kept"):
        kept_text(tmp_path, told.sha256)


def test_keeping_twice_is_keeping_once(tmp_path: Path) -> None:
    keep(tmp_path, long_text(1))
    before = {each.name: (each.stat().st_mtime_ns, each.read_bytes()) for each in tmp_path.iterdir()}
    keep(tmp_path, long_text(1))
    assert {each.name: (each.stat().st_mtime_ns, each.read_bytes()) for each in tmp_path.iterdir()} == before


def test_nothing_half_is_left_where_writing_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(TimelineError, match="no space left on device"):
        keep(tmp_path, long_text(1))
    assert list(tmp_path.iterdir()) == []


def test_the_sketches_are_those_of_the_texts(tmp_path: Path) -> None:
    told = [long_text(1), long_text(2, 2_000), text("Orlo buys")]
    for each in told:
        keep(tmp_path, each)
    assert dict(sketches(tmp_path)) == {each.sha256: sketch(shingles(each.paragraphs)) for each in told}
    assert sketches(tmp_path / "nowhere") == {}


@pytest.mark.parametrize("damage", ["missing", "cut", "flipped", "another text's"])
def test_an_index_that_is_damaged_is_made_again(tmp_path: Path, damage: str) -> None:
    told = [long_text(1), long_text(2), long_text(3)]
    for each in told:
        keep(tmp_path, each)
    expected, index = dict(sketches(tmp_path)), tmp_path / "shingles.1"
    data = index.read_bytes()
    match damage:
        case "missing":
            index.unlink()
        case "cut":
            index.write_bytes(data[:-5])
        case "flipped":
            index.write_bytes(data[:100] + bytes([data[100] ^ 1]) + data[101:])
        case _:
            index.write_bytes(data[: len(data) // 3])
    assert dict(sketches(tmp_path)) == expected
    assert texts._indexed(tmp_path) == (expected, True)


def test_a_text_that_was_deleted_is_compared_with_no_more(tmp_path: Path) -> None:
    gone = keep(tmp_path, long_text(1))
    keep(tmp_path, long_text(2))
    gone.unlink()
    assert set(sketches(tmp_path)) == {long_text(2).sha256}


def test_a_thousand_kept_texts_are_compared_in_no_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", lambda _: None)
    for number in range(1_000):
        keep(tmp_path, long_text(number, 600))
    sample = sketch(shingles(long_text(7, 600).paragraphs))
    begun = time.perf_counter()
    alike = [sha256 for sha256, other in sketches(tmp_path).items() if sample.may_derive(other)]
    seconds = time.perf_counter() - begun
    assert alike == [long_text(7, 600).sha256]
    assert seconds < 1, f"{seconds:.3f} s; about 0.03 s where nothing else runs"
