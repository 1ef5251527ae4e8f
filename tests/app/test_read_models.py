"""When a stored read model is shown, when it is not, and how damage to one is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.laws import bases
from timeline import Timeline
from timeline.app import fold, refresh, show
from timeline.cli import main
from timeline.errors import Unverified

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folds(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The companies that were folded from the log."""
    folded: list[str] = []
    original = fold.fold

    def counted(reader: object, company: str, *clock: object) -> object:
        folded.append(company)
        return original(reader, company, *clock)  # type: ignore[arg-type]

    monkeypatch.setattr(fold, "fold", counted)
    return folded


def test_a_current_read_model_is_shown_without_folding(path: Path, folds: list[str]) -> None:
    Timeline.open(path).show("xiaomi")
    assert folds == []


def test_a_read_model_that_other_code_made_is_folded_from_the_log_to_the_same_page(
    path: Path, folds: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    stored = Timeline.open(path).show("xiaomi")
    monkeypatch.setattr(show, "fingerprint", lambda: "made by other code")
    assert Timeline.open(path).show("xiaomi") == stored
    assert folds == ["xiaomi"]


def test_a_rebuild_by_other_code_stamps_what_it_makes(
    path: Path, folds: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (show, refresh):
        monkeypatch.setattr(module, "fingerprint", lambda: "made by other code")
    assert Timeline.open(path).rebuild().changed == 0
    folds.clear()
    Timeline.open(path).show("xiaomi")
    assert folds == []


def test_a_read_model_that_does_not_cover_the_last_event_is_folded_from_the_log(path: Path, folds: list[str]) -> None:
    stored = Timeline.open(path).show("xiaomi")
    with bases.opened(path) as connection:
        connection.execute("UPDATE read_model SET position = 50 WHERE company = 'xiaomi' AND topic = 'targets'")
    assert Timeline.open(path).show("xiaomi") == stored
    assert folds == ["xiaomi"]


def test_a_topic_that_is_not_stored_is_not_left_out(path: Path, folds: list[str]) -> None:
    stored = Timeline.open(path).show("xiaomi")
    with bases.opened(path) as connection:
        connection.execute("DELETE FROM read_model WHERE company = 'xiaomi' AND topic = 'targets'")
        connection.execute("DELETE FROM read_item WHERE company = 'xiaomi' AND topic = 'targets'")
    assert Timeline.open(path).show("xiaomi") == stored
    assert folds == ["xiaomi"]


TAMPERED = {
    "a value": "UPDATE read_item SET data = replace(data, '162000000', '163000000') WHERE topic = 'buybacks'",
    "a row removed": "DELETE FROM read_item WHERE topic = 'buybacks' AND part = 'table:executions' AND seq = 1",
    "a row added": "INSERT INTO read_item SELECT company, topic, partition, part, 9, data FROM read_item"
    " WHERE topic = 'buybacks' AND part = 'table:executions' AND seq = 1 AND company = 'xiaomi'",
    "a digest": "UPDATE read_model SET digest = 'x' WHERE topic = 'buybacks' AND company = 'xiaomi'",
}


@pytest.mark.parametrize("statement", TAMPERED.values(), ids=TAMPERED)
def test_a_read_model_that_was_tampered_with_is_not_shown_and_a_rebuild_mends_it(
    path: Path, statement: str, capsys: pytest.CaptureFixture[str]
) -> None:
    stored = Timeline.open(path).show("xiaomi")
    with bases.opened(path) as connection:
        assert connection.execute(statement).rowcount >= 1
    with pytest.raises(Unverified) as error:
        Timeline.open(path).show("xiaomi")
    assert error.value.message == "the read model buybacks of xiaomi is not what was stored"
    assert (error.value.fix, error.value.exit_code) == ("run: timeline rebuild", 5)
    assert main(["--db", str(path), "show", "xiaomi"]) == 5
    assert "timeline rebuild" in capsys.readouterr().err
    assert Timeline.open(path).show("xiaomi", as_recorded="100").parts == stored.parts
    Timeline.open(path).rebuild()
    assert Timeline.open(path).show("xiaomi") == stored


def test_a_rebuild_reports_what_it_made_and_what_had_changed(path: Path) -> None:
    with bases.opened(path) as connection:
        connection.execute(TAMPERED["a value"])
    told: list[tuple[str, int, int]] = []
    report = Timeline.open(path).rebuild(progress=lambda *step: told.append(step))
    assert (report.companies, report.changed) == (6, 1)
    assert [(name, of) for name, _, of in told][-1] == ("xiaomi", 6)
    assert Timeline.open(path).rebuild().changed == 0
