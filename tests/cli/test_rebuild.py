"""`timeline rebuild`: what it passes on, how it ends, and what it says of what it could not do."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from timeline.app.rebuilding.rebuild import Failed

if TYPE_CHECKING:
    from tests.cli.fake import FakeTimeline, Run


@pytest.mark.parametrize(
    ("options", "passed"),
    [
        ((), {"jobs": None, "anew": False}),
        (("--jobs", "3"), {"jobs": 3, "anew": False}),
        (("--all",), {"jobs": None, "anew": True}),
    ],
)
def test_the_number_of_processes_and_where_to_begin_are_passed_on(
    fake: FakeTimeline, run: Run, options: tuple[str, ...], passed: dict[str, object]
) -> None:
    assert run("rebuild", *options).code == 0
    assert fake.asked == [("rebuild", (), passed)]


def test_no_process_is_none_too_few(run: Run) -> None:
    assert run("rebuild", "--jobs", "0").code == 2


def test_a_company_that_could_not_be_rebuilt_is_named_and_the_command_fails(fake: FakeTimeline, run: Run) -> None:
    failed = Failed("dyno", "targets", "0123", "targets of dyno cannot be worked out: ValueError", "please report it")
    fake.answers["rebuild"] = SimpleNamespace(companies=3, sections=48, changed=2, resumed=0, failed=(failed,))
    ended = run("rebuild")
    assert ended.code == 1
    assert ended.out == "48 sections of 3 companies rebuilt, 2 changed; 1 could not be rebuilt\n"
    assert ended.err == "error: targets of dyno cannot be worked out: ValueError\nfix: please report it\n"


def test_what_was_done_before_an_interruption_is_told(fake: FakeTimeline, run: Run) -> None:
    fake.answers["rebuild"] = SimpleNamespace(companies=3, sections=48, changed=0, resumed=2, failed=())
    assert "2 companies were done before it was interrupted" in run("rebuild").out


def test_whoever_interrupts_it_is_told_that_it_can_go_on(fake: FakeTimeline, run: Run) -> None:
    fake.answers["rebuild"] = KeyboardInterrupt()
    ended = run("rebuild")
    assert ended.code == 130
    assert ended.err.split("\n\n") == ["what is done stays; the next rebuild goes on with the rest", "interrupted\n"]
