"""How a typed fact is shown, asked about and recorded."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click
import pytest

from timeline.app.add import Addition
from timeline.errors import InvalidInput, Problem
from timeline.event import Report
from timeline.record import Source

if TYPE_CHECKING:
    from tests.cli.fake import FakeTimeline, Run

REPORT = Report(payload=Source(kind="news", title="Acme", published="2026-01-09"), key="k", source="wire")
WORDS = ("buyback.executed", "acme", "shares=5 million", "occurred=2026-01-08", "--source", "wire")
SHOWN = "  kind    buyback.executed\n  shares  5 million\n"
ASKED = ("buyback.executed", "acme", ("shares=5 million", "occurred=2026-01-08"))


@pytest.fixture(autouse=True)
def planned(fake: FakeTimeline) -> None:
    """The database has nothing against the fact."""
    fake.answers["add"] = addition(REPORT)


def addition(*reports: Report) -> Addition:
    fields = (("kind", "buyback.executed"), ("shares", "5 million"))
    return Addition(event="3b7c" * 8, fields=fields, reports=reports, published={})


def terminal(monkeypatch: pytest.MonkeyPatch, answer: str) -> None:
    """A person sits there and answers so."""
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("click.termui.visible_prompt_func", lambda _prompt: answer)


def dry_runs(fake: FakeTimeline) -> list[Any]:
    return [asked.get("dry_run", False) for name, _, asked in fake.asked if name == "add"]


def test_the_fact_is_shown_beside_the_data_and_recorded_where_nobody_need_be_asked(
    fake: FakeTimeline, run: Run
) -> None:
    assert run("add", *WORDS, "--key", "k", "--yes") == (0, "recorded event 3b7c3b7c3b7c\n", SHOWN)
    given = {"source": "wire", "key": "k"}
    assert fake.asked == [("add", ASKED, {**given, "dry_run": True}), ("add", ASKED, given)]


def test_on_a_terminal_a_person_is_asked(fake: FakeTimeline, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    terminal(monkeypatch, "y")
    code, out, err = run("add", *WORDS)
    assert (code, out) == (0, "recorded event 3b7c3b7c3b7c\n")
    assert err.startswith(SHOWN)
    assert dry_runs(fake) == [True, False]


def test_no_is_an_end_without_a_trace(fake: FakeTimeline, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    terminal(monkeypatch, "n")
    ended = run("add", *WORDS)
    assert (ended.code, ended.out) == (130, "")
    assert dry_runs(fake) == [True]


def test_without_a_terminal_it_has_to_be_said_that_nobody_is_asked(fake: FakeTimeline, run: Run) -> None:
    ended = run("add", *WORDS)
    assert (ended.code, ended.out) == (2, "")
    assert "add --yes" in ended.err
    assert dry_runs(fake) == [True]


def test_a_dry_run_only_shows(fake: FakeTimeline, run: Run) -> None:
    assert run("add", *WORDS, "--dry-run") == (0, "", SHOWN)
    assert dry_runs(fake) == [True]


def test_what_is_recorded_already_is_told_and_nobody_is_asked(fake: FakeTimeline, run: Run) -> None:
    fake.answers["add"] = addition()
    assert run("add", *WORDS) == (0, "nothing new: it is recorded already, event 3b7c3b7c3b7c\n", "")
    assert dry_runs(fake) == [True]


def test_words_that_are_wrong_end_with_4_and_a_caret_under_each(fake: FakeTimeline, run: Run) -> None:
    fake.answers["add"] = InvalidInput(
        [Problem("field-unknown", "no field 'shars'", "did you mean shares?", "", 0, 1, "shars=5", 5)]
    )
    ended = run("add", *WORDS)
    assert (ended.code, ended.out) == (4, "")
    assert ended.err.endswith("no field 'shars'\n  shars=5\n  ^^^^^\n  fix: did you mean shares?\n")


@pytest.mark.parametrize("words", [(), ("buyback.executed",), ("buyback.executed", "acme", "shares=5")])
def test_kind_company_and_source_are_needed(run: Run, words: tuple[str, ...]) -> None:
    ended = run("add", *words)
    assert (ended.code, ended.out) == (2, "")
    assert "Error: Missing " in click.unstyle(ended.err)
