"""`timeline conflicts`: what is asked, and the answer in every form."""

from __future__ import annotations

import json

import pytest
from msgspec.structs import replace

from tests.cli.fake import BAD, FakeTimeline, Run
from timeline.app.conflicts import APART, CONFLICTS
from timeline.page import Basis, Listings

EVENT, OTHER = "a" * 32, "b" * 32
REPORTS = [
    {"printed": "5,012,400", "source": "filing-1", "accepted": True, "superseded": False, "event": EVENT},
    {"printed": "7 million", "source": "wire-1", "accepted": False, "superseded": True, "event": OTHER},
]
CONFLICT = {
    "company": "acme",
    "kind": "buyback.executed",
    "occurred": "2025-35",
    "subject": "B XHKG",
    "figure": "shares",
    "accepted": "5,012,400",
    "why": "highest rank: filing",
    "settled": True,
    "reports": REPORTS,
    "event": EVENT,
    "sources": ["filing-1", "wire-1"],
}
FOUND = Listings(
    schema="timeline.conflicts/1",
    basis=Basis(position=9, today="2026-01-09"),
    parts=((CONFLICTS, (CONFLICT,)), (APART, ({"company": "acme", "summary": "shares 5 million", "fits": "2"},))),
    empty="no reports disagree",
)


@pytest.fixture(autouse=True)
def answer(fake: FakeTimeline) -> None:
    fake.answers["conflicts"] = FOUND


@pytest.mark.parametrize("company", ["acme", None])
def test_one_company_or_all_are_asked_for_on_both_clocks(fake: FakeTimeline, run: Run, company: str | None) -> None:
    named = [company] if company else []
    assert run("conflicts", *named, "--as-of", "2025-06-30", "--as-recorded", "4").code == 0
    assert fake.asked == [("conflicts", (company,), {"as_of": "2025-06-30", "as_recorded": "4"})]


def test_a_person_sees_every_report_below_its_conflict(run: Run) -> None:
    assert run("conflicts", "--width", "110").out.splitlines() == [
        "Conflicts " + "─" * 100,
        "company  kind              occurred  what    figure     stands  why                   settled",
        "acme     buyback.executed  2025-Q3   B XHKG  shares  5,012,400  highest rank: filing  yes",
        "      printed  source  stands  superseded  event",
        "    5,012,400  filing  yes                 aaaaaaaa",
        "           7m  wire            yes         bbbbbbbb",
        "",
        "Apart, as they could be of one that is known " + "─" * 65,
        "company  summary           could be one of",
        "acme     shares 5 million                2",
        "",
        "Sources " + "─" * 102,
        "filing  filing-1",
        "wire    wire-1",
        "",
        "Conflicts: 1 · Apart, as they could be of one that is known: 1 · log to position 9",
    ]


def test_a_program_gets_the_reports_inside_their_conflict(run: Run) -> None:
    document = json.loads(run("conflicts", "--json").out)
    assert list(document) == ["schema", "as_of", "as_recorded", "position", "conflicts", "apart", "findings"]
    assert [report["printed"] for report in document["conflicts"][0]["reports"]] == ["5,012,400", "7 million"]


def test_csv_of_the_reports_repeats_what_they_disagree_on(run: Run) -> None:
    header, *rows = run("conflicts", "--format", "csv", "--table", "conflicts.reports").out.splitlines()
    assert header.split(",")[:5] == ["company", "kind", "occurred", "subject", "figure"]
    assert header.split(",")[-6:] == ["printed", "source", "published", "accepted", "superseded", "event"]
    assert len(rows) == 2
    assert run("conflicts", "--format", "csv").out.count("\n") == 2


def test_that_reports_agree_is_said(fake: FakeTimeline, run: Run) -> None:
    fake.answers["conflicts"] = replace(FOUND, parts=((CONFLICTS, ()), (APART, ())))
    assert run("conflicts").out == "no reports disagree\n\nlog to position 9\n"


def test_an_event_that_cannot_be_read_is_a_failure(fake: FakeTimeline, run: Run) -> None:
    fake.answers["conflicts"] = replace(FOUND, findings=(BAD,))
    assert run("conflicts").code == 1
