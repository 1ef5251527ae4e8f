"""What `python -m evaluation` prints."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

import evaluation.__main__ as command
from evaluation.report import percent
from tests.evaluation import halden

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from evaluation.measuring import Drafter
    from timeline.app.drafting.drafted import Draft
    from timeline.prose.text import Text
    from timeline.record import Source

CLOSE = "price.observed halden close: 2026-01-09, what close, price HKD 42.00"
ASTER = "product.described (no cues) halden aster: 2026-01-10, product Aster 3, price HKD 900"
GOAL = "target.set halden drafted-goal: 2026-01-10, metric revenue, period 2026, action raised"
MISSED = [
    f"missed   {CLOSE}; “HKD 42.00” in paragraph 4; “January 9” in paragraph 4",
    f"missed   {ASTER}; “Aster 3” in paragraph 4; “HKD 900” in paragraph 4",
]
Run = Callable[..., Result]


@contextmanager
def drafting(registers: Sequence[str], *, blind: bool) -> Iterator[Drafter]:
    """Drafts `halden.draft` of whatever text."""
    del registers, blind

    def draft(text: Text, recorded: Source) -> Draft:
        del text, recorded
        return halden.draft()

    yield draft


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command on the annotation and the text of `halden`."""
    monkeypatch.setattr(command, "drafting", drafting)
    monkeypatch.setattr(command, "cued", lambda: halden.KINDS)
    file, texts = halden.written(tmp_path)

    def ran(*arguments: str) -> Result:
        return CliRunner().invoke(command.main, [file, "--texts", texts, *arguments])

    return ran


def rows(result: Result) -> dict[str, str]:
    """The rows of the table, up to the seconds, by their first word."""
    lines = [line.split() for line in result.stdout.partition("\n\n")[0].splitlines()]
    return {cells[0]: " ".join(cells[1:-1]) for cells in lines}


def test_the_table_has_a_row_a_text_and_one_in_all(run: Run) -> None:
    found = run()
    assert found.exit_code == 0
    counts = "6/9 66 % 2/3 66 % 2/4 50 % 1/3 33 % 1/3 33 % 1/3 33 %"
    assert rows(found)["halden"] == counts
    assert rows(found)["in"] == f"all {counts}"
    assert "kinds that have cues: buyback.executed, price.observed, result.reported, target.set" in found.stdout
    assert found.stdout.endswith("    1  result.reported        change\n    1  result.reported        said_by\n")


def test_it_says_what_was_told_of_a_text_beside_its_words(run: Run) -> None:
    assert "beside the companies: the day of publication" in run().stdout
    assert "beside the companies: nothing" in run("--blind").stdout


def test_with_verbose_each_fact_that_is_not_right_is_shown(run: Run) -> None:
    told = run("--verbose").stdout.partition("\n\n")[0].splitlines()
    assert [line.rstrip() for line in told] == [
        "== halden",
        "nowhere  “2025” in paragraph 3",
        "nowhere  “January 9” in paragraph 4",
        "nowhere  “900” in paragraph 4",
        "wrong    result.reported halden profit | drafted-profit",
        "           change         5 %  |  -5 %",
        "           said_by        Mira Holt  |  –",
        *MISSED,
        f"surplus  {GOAL}; “2026” in paragraph 1",
    ]


def test_json_has_all_counts_and_what_is_wrong(run: Run) -> None:
    told = json.loads(run("--format", "json").stdout)
    (text,) = told["texts"]
    assert told["schema"] == "timeline.evaluation/1"
    assert told["cued"] == sorted(halden.KINDS)
    assert (text["text"], text["figures"], text["in_facts"], text["in_candidates"]) == ("halden", 9, 5, 1)
    assert text["missed"] == [
        {"kind": "price.observed", "key": "close"},
        {"kind": "product.described", "key": "aster"},
    ]
    (wrong,) = text["wrong"]
    assert (wrong["annotated"], wrong["drafted"]) == ("profit", "drafted-profit")
    assert wrong["fields"][0] == {"field": "change", "annotated": "5 %", "drafted": "-5 %"}
    assert {**told["in_all"], "seconds": 0} == {name: text[name] for name in told["in_all"]} | {"seconds": 0}
    assert told["faults"][1] == {"kind": "result.reported", "field": "said_by", "facts": 1}


def test_without_any_text_it_says_which_are_missing_and_ends_with_1(run: Run, tmp_path: Path) -> None:
    (tmp_path / "texts" / "any-name.txt").unlink()
    found = run()
    assert (found.exit_code, found.stdout) == (1, "")
    assert found.stderr.startswith("halden: not measured: no file in ")


def test_an_annotation_with_a_mistake_is_told_with_its_place(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "halden.yaml"
    file.write_text(halden.ANNOTATION.replace("what: close", "what: shut"), "utf-8")
    found = run()
    line = 1 + halden.ANNOTATION[: halden.ANNOTATION.index("what: close")].count("\n")
    assert (found.exit_code, found.stdout) == (4, "")
    assert f"halden.yaml:{line}:" in found.stderr
    assert "error[" in found.stderr


def test_a_folder_that_is_not_there_is_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "texts" / "any-name.txt").unlink()
    (tmp_path / "texts").rmdir()
    assert run().exit_code == 4


@pytest.mark.parametrize(
    ("part", "whole", "expected"), [(2, 3, "66 %"), (999, 1000, "99 %"), (3, 3, "100 %"), (0, 0, "")]
)
def test_a_share_is_rounded_down_so_that_only_all_is_100(part: int, whole: int, expected: str) -> None:
    assert percent(part, whole) == expected
