"""Metrics have one name each, whatever a fixture calls them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from timeline.intake.fixture import read
from timeline.topics.results import Reported

if TYPE_CHECKING:
    from pathlib import Path

    from timeline.intake.fixture import Batch


def fixture(path: Path, metric: str) -> Batch:
    path.write_text(
        f"""\
schema: timeline/source/1
source: {{id: acme-results, kind: news, title: Results, published: "2026-01-10T09:00:00+01:00"}}
facts:
  - {{key: one, company: acme, kind: result.reported, occurred: 2025, metric: {metric}, period: 2025, value: 100}}
""",
        encoding="utf-8",
    )
    return read([str(path)])


@pytest.mark.parametrize("metric", ["EV deliveries", "vehicle deliveries", "Units Delivered"])
def test_an_alias_is_stored_under_the_canonical_name(tmp_path: Path, metric: str) -> None:
    batch = fixture(tmp_path / "a.yaml", metric)
    payload = batch.reports[0].payload
    assert isinstance(payload, Reported)
    assert (payload.metric, batch.problems, batch.notes) == ("EV deliveries", (), ())


def test_a_metric_that_is_nearly_a_known_one_is_taken_with_a_note(tmp_path: Path) -> None:
    batch = fixture(tmp_path / "a.yaml", "EV delivery")
    assert batch.problems == ()
    note = batch.notes[0]
    assert (note.rule, note.severity, note.line, note.column) == ("metric-new", "note", 4, 78)
    assert "did you mean EV deliveries?" in note.fix


def test_a_metric_like_no_other_is_taken_without_a_word(tmp_path: Path) -> None:
    assert fixture(tmp_path / "a.yaml", "zeppelin hangars").notes == ()
