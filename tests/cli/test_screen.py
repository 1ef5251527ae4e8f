"""`timeline screen` as it is typed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.cli.fake import BAD, LISTING, listing_with

if TYPE_CHECKING:
    from tests.cli.fake import FakeTimeline, Run

NOTHING = {
    "since": None,
    "metric": None,
    "raised": False,
    "cut": False,
    "beats": False,
    "by": None,
    "currency": None,
    "today": None,
    "sort": None,
    "limit": None,
    "as_of": None,
    "as_recorded": None,
}


@pytest.fixture(autouse=True)
def screened(fake: FakeTimeline) -> None:
    fake.answers["screen"] = LISTING


def test_choices_reach_the_program(fake: FakeTimeline, run: Run) -> None:
    run(
        "screen",
        "targets",
        "--raised",
        "--cut",
        "--since",
        "2025-06-30",
        "--metric",
        "revenue",
        "--as-of",
        "2026-01-01",
    )
    run("screen", "buybacks", "--by", "value", "--currency", "HKD", "--sort", "-value", "--limit", "5")
    run("screen", "misses", "--beats", "--as-recorded", "7")
    run("screen", "overdue", "--today", "2026-05-01")
    targets = {"since": "2025-06-30", "metric": "revenue", "raised": True, "cut": True, "as_of": "2026-01-01"}
    assert fake.asked == [
        ("screen", ("targets",), NOTHING | targets),
        ("screen", ("buybacks",), NOTHING | {"by": "value", "currency": "HKD", "sort": "-value", "limit": 5}),
        ("screen", ("misses",), NOTHING | {"beats": True, "as_recorded": "7"}),
        ("screen", ("overdue",), NOTHING | {"today": "2026-05-01"}),
    ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("overdue", "--raised"), "--raised goes with: targets."),
        (("targets", "--beats"), "--beats goes with: misses."),
        (("overdue", "--metric", "revenue"), "--metric goes with: targets, guidance, misses, firsts."),
        (("misses", "--currency", "USD"), "--currency goes with: buybacks, charges."),
        (
            ("overdue", "--since", "2025-01-01"),
            "--since goes with: targets, guidance, misses, buybacks, firsts, charges.",
        ),
        (
            ("target",),
            "No screen called 'target'; there are: targets, guidance, misses, buybacks, overdue, firsts, charges.",
        ),
        (("buybacks", "--by", "size"), "'size' is not one of 'shares', 'value', 'percent'."),
        ((), "Missing argument 'SCREEN'."),
    ],
)
def test_what_a_screen_does_not_go_by_is_usage(run: Run, arguments: tuple[str, ...], message: str) -> None:
    ended = run("screen", *arguments)
    assert (ended.code, ended.out) == (2, "")
    assert message in " ".join(ended.err.split())


def test_an_answer_comes_in_every_form_and_ends_with_1_where_companies_are_missing(
    fake: FakeTimeline, run: Run
) -> None:
    assert json.loads(run("screen", "misses", "--json").out)["events"]
    assert run("screen", "misses").code == 0
    fake.answers["screen"] = listing_with(BAD)
    assert run("screen", "misses").code == 1
