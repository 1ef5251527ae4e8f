"""`timeline why`: what is asked, and the answer in every form."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.render.test_why import WHY
from timeline.cli.commands import COMMANDS
from timeline.cli.why import why
from timeline.errors import NotFound

if TYPE_CHECKING:
    from tests.cli.fake import FakeTimeline, Run

PATH = "buybacks.executions[0].shares"


@pytest.fixture(autouse=True)
def answer(fake: FakeTimeline, monkeypatch: pytest.MonkeyPatch) -> None:
    fake.answers["why"] = WHY
    monkeypatch.setitem(COMMANDS, "why", why.short_help or "")


def test_company_path_and_both_clocks_are_asked_as_typed(fake: FakeTimeline, run: Run) -> None:
    assert run("why", "Acme", PATH, "--as-of", "2025-06-30", "--as-recorded", "4").code == 0
    assert fake.asked == [("why", ("Acme", PATH), {"as_of": "2025-06-30", "as_recorded": "4"})]


def test_a_person_sees_the_figure_first_and_a_program_gets_every_form(run: Run) -> None:
    assert run("why", "acme", PATH, "--width", "40").out.startswith(
        "ACME  buybacks.executions[0].shares\nshares: 5 mil"
    )
    document = json.loads(run("why", "acme", PATH, "--json").out)
    assert (document["schema"], document["value"]) == ("timeline.why/1", "5000000")
    assert [json.loads(line)["role"] for line in run("why", "acme", PATH, "--jsonl").out.splitlines()] == [
        "accepted",
        "correction",
    ]
    ended = run("why", "acme", PATH, "--format", "csv")
    assert ended.out.splitlines()[0].startswith("event,kind,occurred,role,summary,said_by,source,")
    assert ended.err == "as of 2026-01-09, log to position 1234\n"


@pytest.mark.parametrize("arguments", [(), ("acme",)])
def test_company_and_path_are_both_needed(run: Run, arguments: tuple[str, ...]) -> None:
    ended = run("why", *arguments)
    assert (ended.code, ended.out) == (2, "")


def test_what_is_not_there_ends_with_3(fake: FakeTimeline, run: Run) -> None:
    fake.answers["why"] = NotFound("row", "2027", ["2026"])
    assert run("why", "acme", "targets[2027]").code == 3


def test_the_help_fits_a_screen_and_ends_with_examples(run: Run) -> None:
    lines = run("why", "--help").out.splitlines()
    assert max(map(len, lines)) <= 80
    assert len(lines) <= 36
    assert lines[lines.index("  Examples:") + 1] == "    timeline why xiaomi buybacks.cumulative_shares"
