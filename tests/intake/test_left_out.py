"""What a fixture leaves out on purpose: read, checked, described, and no event."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft202012Validator

from tests.intake.kinds import PAYLOADS
from tests.intake.test_schema import plain
from tests.intake.texts import HEAD
from timeline.intake.fixture import read
from timeline.intake.left_out import LeftOut
from timeline.intake.schema import json_schema, line_schema

if TYPE_CHECKING:
    from pathlib import Path

    from timeline.intake.fixture import Batch

ENTRY = "  - {quote: January 9, paragraph: 23, reason: an advertisement}\n"
ADVERTISEMENT = LeftOut("January 9", 23, "an advertisement")


def written(tmp_path: Path, text: str, name: str = "a.yaml") -> Batch:
    (tmp_path / name).write_text(text, "utf-8")
    return read([str(tmp_path / name)], payloads=PAYLOADS)


def test_it_is_read_by_source_and_makes_no_event(tmp_path: Path) -> None:
    batch = written(tmp_path, f"{HEAD}facts: []\nleft_out:\n{ENTRY}")
    assert (batch.problems, batch.reports) == ((), ())
    assert batch.left_out == {"acme-news": (ADVERTISEMENT,)}


def test_a_fixture_need_not_leave_anything_out(tmp_path: Path) -> None:
    assert written(tmp_path, f"{HEAD}facts: []\n").left_out == {}


def test_a_source_that_is_spread_over_files_leaves_out_what_each_says(tmp_path: Path) -> None:
    (tmp_path / "b.yaml").write_text(f"{HEAD}facts: []\nleft_out:\n{ENTRY.replace('23', '24')}", "utf-8")
    (tmp_path / "a.yaml").write_text(f"{HEAD}facts: []\nleft_out:\n{ENTRY}", "utf-8")
    found = read([str(tmp_path)], payloads=PAYLOADS).left_out["acme-news"]
    assert [entry.paragraph for entry in found] == [23, 24]


@pytest.mark.parametrize(
    ("entry", "rule", "at"),
    [
        ("{quote: January 9, paragraph: 23}", "field-missing", "quote: January 9"),
        ("{quote: January 9, paragraph: 0, reason: an ad}", "number-out-of-range", "0"),
        ("{quotes: January 9, paragraph: 2, reason: an ad}", "field-unknown", "quotes"),
        ("January 9", "shape-unexpected", "January 9"),
    ],
)
def test_a_mistake_in_an_entry_is_told_in_its_place(tmp_path: Path, entry: str, rule: str, at: str) -> None:
    (problem,) = written(tmp_path, f"{HEAD}facts: []\nleft_out:\n  - {entry}\n").problems
    assert problem.rule == rule
    assert problem.excerpt[problem.column - 1 :].startswith(at)


def test_it_has_to_be_a_list(tmp_path: Path) -> None:
    (problem,) = written(tmp_path, f"{HEAD}facts: []\nleft_out: January 9\n").problems
    assert (problem.rule, problem.what) == ("shape-unexpected", "`left_out` is a list")


def test_in_jsonl_it_stands_in_the_line_of_its_source(tmp_path: Path) -> None:
    document = plain(f"{HEAD}left_out:\n{ENTRY}")
    line = json.dumps({name: part for name, part in document.items() if name != "facts"})
    batch = written(tmp_path, line + "\n", "a.jsonl")
    assert (batch.problems, batch.left_out) == ((), {"acme-news": (ADVERTISEMENT,)})
    assert [*Draft202012Validator(line_schema(PAYLOADS)).iter_errors(json.loads(line))] == []


@pytest.mark.parametrize(
    ("entry", "sound"),
    [
        (ENTRY, True),
        (ENTRY.replace("paragraph: 23, ", ""), False),
        (ENTRY.replace("23", "0"), False),
        (ENTRY.replace("reason", "why"), False),
        (ENTRY.replace("January 9", "x" * 200), False),
    ],
)
def test_the_schema_says_the_same(entry: str, *, sound: bool) -> None:
    validator = Draft202012Validator(json_schema(PAYLOADS))
    assert validator.is_valid(plain(f"{HEAD}facts: []\nleft_out:\n{entry}")) is sound


@pytest.mark.parametrize("name", ["a.yaml", "a.jsonl"])
def test_candidates_of_a_draft_are_looked_over_and_make_nothing(tmp_path: Path, name: str) -> None:
    entry = {"paragraph": "23", "quote": "January 9", "reason": "nobody placed it"}
    head = {"schema": "timeline/source/1", "source": {"id": "acme-news", "kind": "news", "title": "Acme"}}
    head["source"] |= {"published": "2026-01-09", "zone": "UTC"}  # type: ignore[operator]
    lines = {"a.jsonl": json.dumps({**head, "candidates": [entry]}) + "\n"}
    lines["a.yaml"] = json.dumps({**head, "facts": [], "candidates": [entry]})
    (tmp_path / name).write_text(lines[name], "utf-8")
    batch = read([str(tmp_path / name)], payloads=PAYLOADS)
    assert (batch.problems, batch.reports, batch.left_out) == ((), (), {})
    (tmp_path / name).write_text(lines[name].replace("reason", "why"), "utf-8")
    assert {problem.rule for problem in read([str(tmp_path / name)], payloads=PAYLOADS).problems} >= {"field-unknown"}
