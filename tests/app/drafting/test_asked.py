"""Drafts as a command asks for them: with what the database knows, beside texts that are kept, and sent to others."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

import pytest

from timeline import Timeline
from timeline.app.drafting.asked import Asked
from timeline.app.drafting.texts import folder_of, kept_hashes
from timeline.errors import InvalidInput, NotFound

if TYPE_CHECKING:
    from pathlib import Path

BODY = "\n".join(" ".join(f"{word}{line}" for word in ("ala", "beri", "cilo", "donu", "efre") * 6) for line in range(9))
ORIGINAL = f"Halden (NYSE: HLD) rises\n9 January 2026\nHalden bought back 5 million shares on January 8.\n{BODY}\n"
REPRINT = (
    f"Halden is rising\n10 January 2026\nHalden bought back 5 million shares on January 8.\n{BODY}\nBy a newspaper.\n"
)


@pytest.fixture
def asked(tmp_path: Path) -> Asked:
    return Asked(database=str(tmp_path / "facts.db"), keep_text=True)


@pytest.fixture
def original(tmp_path: Path) -> str:
    return written(tmp_path, "original", ORIGINAL)


def written(folder: Path, name: str, body: str) -> str:
    file = folder / f"{name}.txt"
    file.write_text(body, encoding="utf-8")
    return str(file)


def load(asked: Asked, tmp_path: Path, fixture: str) -> None:
    file = tmp_path / "draft.yaml"
    file.write_text(fixture, encoding="utf-8")
    Timeline.open(asked.database).load([str(file)])


def test_a_text_is_kept_only_where_that_is_wished(asked: Asked, original: str) -> None:
    Asked(database=asked.database).draft(original)
    assert kept_hashes(folder_of(asked.database)) == frozenset()
    sha256 = asked.draft(original).text.sha256
    assert kept_hashes(folder_of(asked.database)) == {sha256}


def test_what_is_recorded_of_the_text_and_of_its_original_is_told(asked: Asked, original: str, tmp_path: Path) -> None:
    load(asked, tmp_path, asked(original))
    again = asked.draft(original)
    name = "halden-2026-01-09-nyse-hld-rises"
    assert again.source["id"] == name
    assert again.remarks[0].startswith(f"sha256: {name} is recorded of the very same text")
    assert "derives_from" not in again.source
    reprint = asked.draft(written(tmp_path, "reprint", REPRINT))
    assert reprint.source["derives_from"] == name


def test_the_company_is_found_by_any_name_that_the_database_has(asked: Asked, original: str, tmp_path: Path) -> None:
    load(asked, tmp_path, asked(original))
    other = written(tmp_path, "other", "Goals are raised\n11 January 2026\nSales rose 5%.\n")
    assert Asked(database=asked.database, company="HLD").draft(other).company == "halden"
    with pytest.raises(NotFound):
        Asked(database=asked.database, company="Fjord").draft(other)
    with pytest.raises(InvalidInput):
        Asked(database=asked.database).draft(other)


def test_what_a_batch_proposes_as_its_origin_stands_in_the_fixture(asked: Asked, original: str) -> None:
    fixture = pickle.loads(pickle.dumps(asked))(original, "paper-2026")  # noqa: S301 - as other processes get it
    assert "  derives_from: paper-2026\n" in fixture
    assert "# derives_from: taken for a reprint of paper-2026, which was drafted with it\n" in fixture
    assert "derives_from" not in asked(original)
