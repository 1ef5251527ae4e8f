"""`load` takes fixtures as JSONL and CSV by the same plan as YAML."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from timeline import Timeline
from timeline.errors import InvalidInput

if TYPE_CHECKING:
    from pathlib import Path

YAML = """\
schema: timeline/source/1
source: {id: register, kind: reference, title: Register, published: 2026-01-09Z}
defaults: {company: acme, occurred: 2026-01-08}
facts:
  - {key: acme, kind: company.registered, name: Acme}
  - {key: bought, kind: buyback.executed, shares: 5 million}
"""
JSONL = """\
{"schema": "timeline/source/1", "source": {"id": "register", "kind": "reference", "title": "Register", "published": "2026-01-09Z"}}
{"key": "acme", "kind": "company.registered", "company": "acme", "occurred": "2026-01-08", "name": "Acme"}
{"key": "bought", "kind": "buyback.executed", "company": "acme", "occurred": "2026-01-08", "shares": "5 million"}
"""  # noqa: E501  a head is one line
CSV = """\
source.id,source.kind,source.title,source.published,key,kind,company,occurred,name,shares
register,reference,Register,2026-01-09Z,acme,company.registered,acme,2026-01-08,Acme,
,,,,bought,buyback.executed,acme,2026-01-08,,5 million
"""


@pytest.mark.parametrize(("name", "text"), [("a.jsonl", JSONL), ("a.csv", CSV)])
def test_what_was_loaded_as_yaml_is_unchanged_in_another_format(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / "a.yaml").write_text(YAML, encoding="utf-8")
    (tmp_path / name).write_text(text, encoding="utf-8")
    timeline = Timeline.open(tmp_path / "facts.db")
    timeline.load([str(tmp_path / "a.yaml")])
    report = timeline.load([str(tmp_path / name)])
    assert (report.events_new, report.sources_new, report.unchanged) == (0, 0, 3)


def test_a_cell_that_differs_from_what_is_recorded_is_pointed_at(tmp_path: Path) -> None:
    timeline = Timeline.open(tmp_path / "facts.db")
    (tmp_path / "a.csv").write_text(CSV, encoding="utf-8")
    timeline.load([str(tmp_path)])
    (tmp_path / "a.csv").write_text(CSV.replace("5 million", "6 million"), encoding="utf-8")
    with pytest.raises(InvalidInput) as refused:
        timeline.load([str(tmp_path / "a.csv")])
    (problem,) = refused.value.problems
    assert (problem.rule, problem.line, problem.column) == ("event-differs", 3, 5)
