"""`timeline coverage`: what reaches the program, each form, and the exit code."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from timeline.app.drafting.coverage import Coverage, Line
from timeline.section import Finding

if TYPE_CHECKING:
    from tests.cli.fake import FakeTimeline, Run

QUOTED = Line(
    paragraph=2,
    what="money",
    quote="HKD 52.5 million",
    value="HKD 52.5 million",
    assumed="",
    status="quoted",
    by="bought",
)
AD = replace(QUOTED, paragraph=23, what="date", quote="January 9", value="2026-01-09", status="left out", by="an ad")
MISSED = replace(AD, paragraph=24, status="missing", by="", assumed="the year is not printed")
FINDING = Finding("figure-missing", "error", "acme-news: no fact has the date “January 9” in paragraph 24")
SOUND = Coverage(source="acme-news", title="Acme", sha256="ab" * 32, facts=1, lines=(QUOTED, AD))
SHORT = replace(SOUND, lines=(QUOTED, AD, MISSED), findings=(FINDING,))
NOTE = Finding("quote-long", "note", "acme-news: “a b” is a whole sentence")


def test_everything_that_is_printed_is_told_with_what_became_of_it(fake: FakeTimeline, run: Run) -> None:
    fake.answers["coverage"] = SOUND
    code, out, err = run("coverage", "a.yaml", "--text", "a.txt")
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "   2  money     quoted    “HKD 52.5 million”: bought",
        "  23  date      left out  “January 9”: an ad",
        "",
        "acme-news: 1 fact cover 2 of 2 printed figures and dates (100.0 %): 1 quoted, 1",
        "left out",
    ]
    assert fake.asked == [("coverage", ("a.yaml", "a.txt"), {})]


def test_what_is_missing_ends_with_1_and_is_told_once(fake: FakeTimeline, run: Run) -> None:
    fake.answers["coverage"] = SHORT
    code, out, _ = run("coverage", "a.yaml", "--text", "-", "--missing")
    assert code == 1
    assert out.splitlines()[:2] == ["  24  date      missing   “January 9” = 2026-01-09", ""]
    assert "no fact has" not in out
    assert "2 of 3 printed figures and dates (66.6 %)" in out


def test_other_findings_stand_below(fake: FakeTimeline, run: Run) -> None:
    fake.answers["coverage"] = replace(SOUND, findings=(NOTE,))
    ended = run("coverage", "a.yaml", "--text", "a.txt")
    assert ended.code == 0
    assert "note[quote-long]: acme-news: “a b” is a whole sentence" in ended.out


def test_data_have_every_print_and_the_counts(fake: FakeTimeline, run: Run) -> None:
    fake.answers["coverage"] = SHORT
    told = json.loads(run("coverage", "a.yaml", "--text", "a.txt", "--json").out)
    assert list(told)[:3] == ["schema", "source", "title"]
    assert (told["schema"], told["percent"], told["covered"], told["total"]) == ("timeline.coverage/1", "66.6", 2, 3)
    assert [each["status"] for each in told["printed"]] == ["quoted", "left out", "missing"]
    assert told["findings"][0]["rule"] == "figure-missing"
    rows = [*csv.DictReader(io.StringIO(run("coverage", "a.yaml", "--text", "a.txt", "--format", "csv").out))]
    assert [row["paragraph"] for row in rows] == ["2", "23", "24"]
    lines = run("coverage", "a.yaml", "--text", "a.txt", "--jsonl").out.splitlines()
    assert json.loads(lines[-1])["quote"] == "January 9"


@pytest.mark.parametrize("words", [("coverage",), ("coverage", "a.yaml"), ("coverage", "--text", "a.txt")])
def test_both_the_fixture_and_the_text_are_needed(run: Run, words: tuple[str, ...]) -> None:
    assert run(*words).code == 2


def test_what_would_act_on_a_terminal_is_shown_as_a_sign(fake: FakeTimeline, run: Run) -> None:
    fake.answers["coverage"] = replace(SOUND, lines=(replace(QUOTED, quote="5\x1b[2J"),))
    assert "“5␛[2J”" in run("coverage", "a.yaml", "--text", "a.txt").out
