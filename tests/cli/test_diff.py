"""`timeline diff`: what is asked, and the answer in every form."""

from __future__ import annotations

import json

import pytest
from msgspec.structs import replace

from tests.cli.fake import BAD, FakeTimeline, Run
from timeline.app.comparing.diff import ARRIVED, CHANGES
from timeline.errors import InvalidInput, Problem
from timeline.page import Basis, Listings

EVENT, OTHER = "a" * 32, "b" * 32
SINCE = Basis(position=9, today="2026-01-09", as_of="2025-06-30")
FOUND = Listings(
    schema="timeline.diff/1",
    slug="acme",
    name="Acme",
    since=SINCE,
    basis=replace(SINCE, as_of="2025-12-31"),
    parts=(
        (
            CHANGES,
            tuple(
                {"topic": topic, "part": part, "what": what, "column": None, "kind": kind, "events": [EVENT, OTHER]}
                | {"before": before, "after": after}
                for topic, part, what, kind, before, after in (
                    ("targets", "targets", "deliveries 2025, target", "figure", "350,000", "over 400,000"),
                    ("buybacks", "field", "shares bought back", "number", "40795400", "162000000"),
                    ("buybacks", "field", "as of", "when", None, "2025-35"),
                    ("buybacks", "field", "mandate inferred", "flag", True, None),
                )
            ),
        ),
        (ARRIVED, ({"change": "revised", "id": EVENT, "position": "4", "kind": "target.set", "summary": "=raised"},)),
    ),
)


@pytest.fixture(autouse=True)
def answer(fake: FakeTimeline) -> None:
    fake.answers["diff"] = FOUND


def test_two_moments_on_the_published_clock_are_asked_for(fake: FakeTimeline, run: Run) -> None:
    assert run("diff", "acme", "2025-06-30", "2025-12-31").code == 0
    assert fake.asked == [("diff", ("acme", "2025-06-30", "2025-12-31"), {"recorded": False, "fixed": None})]


@pytest.mark.parametrize(
    ("options", "asked"),
    [
        (["--recorded"], {"recorded": True, "fixed": None}),
        (["--recorded", "--as-of", "2025-06-30"], {"recorded": True, "fixed": "2025-06-30"}),
        (["--as-recorded", "40"], {"recorded": False, "fixed": "40"}),
    ],
)
def test_the_other_clock_stands_still(
    fake: FakeTimeline, run: Run, options: list[str], asked: dict[str, object]
) -> None:
    run("diff", "acme", "3", "5", *options)
    assert fake.asked == [("diff", ("acme", "3", "5"), asked)]


@pytest.mark.parametrize("options", [["--as-of", "2025-06-30"], ["--recorded", "--as-recorded", "4"]])
def test_a_third_moment_on_the_same_clock_is_refused(run: Run, options: list[str]) -> None:
    ended = run("diff", "acme", "3", "5", *options)
    assert (ended.code, ended.out) == (2, "")
    assert "are of one clock" in ended.err


def test_a_person_reads_dates_and_numbers_in_words_and_the_basis_of_both_ends(run: Run) -> None:
    assert run("diff", "acme", "2025-06-30", "2025-12-31").out.splitlines() == [
        "ACME",
        "",
        "Changes " + "─" * 72,
        "  what                     before      after         events",
        "targets",
        "  deliveries 2025, target  350,000     over 400,000  aaaaaaaa +1",
        "buybacks",
        "  shares bought back       40,795,400  162,000,000   aaaaaaaa +1",
        "  as of                                2025-Q3       aaaaaaaa +1",
        "  mandate inferred         yes                       aaaaaaaa +1",
        "",
        "Events " + "─" * 73,
        "  position  id        kind        summary",
        "revised",
        "         4  aaaaaaaa  target.set  =raised",
        "",
        "Changes: 4 · Events: 1 · published from 2025-06-30 to 2025-12-31",
        "log to position 9",
    ]


def test_a_program_gets_both_bases_and_values_as_they_are(run: Run) -> None:
    document = json.loads(run("diff", "acme", "2025-06-30", "2025-12-31", "--json").out)
    assert list(document) == ["schema", "company", "from", "to", "changes", "events", "findings"]
    assert (document["schema"], document["company"]) == ("timeline.diff/1", {"slug": "acme", "name": "Acme"})
    assert document["from"] == {"as_of": "2025-06-30", "as_recorded": None, "position": 9}
    assert document["to"]["as_of"] == "2025-12-31"
    assert [(row["before"], row["after"]) for row in document["changes"]][1:3] == [
        ("40795400", "162000000"),
        (None, "2025-35"),
    ]
    assert document["events"][0].keys() >= {"change", "of", "occurred", "recorded"}


def test_json_lines_name_their_table_and_the_basis_stands_beside_them(run: Run) -> None:
    ended = run("diff", "acme", "2025-06-30", "2025-12-31", "--format", "jsonl")
    assert [json.loads(line)["table"] for line in ended.out.splitlines()] == ["changes"] * 4 + ["events"]
    assert ended.err == "published from 2025-06-30 to 2025-12-31, log to position 9\n"


def test_csv_is_the_changes_or_the_table_that_is_named(run: Run) -> None:
    changes = run("diff", "acme", "2025-06-30", "2025-12-31", "--format", "csv").out.splitlines()
    assert changes[0] == "topic,part,what,column,kind,before,after,events"
    assert changes[2] == f"buybacks,field,shares bought back,,number,40795400,162000000,{EVENT} {OTHER}"
    events = run("diff", "acme", "2025-06-30", "2025-12-31", "--format", "csv", "--table", "events").out.splitlines()
    assert events[0].startswith("change,position,id,")
    assert "'=raised" in events[1]


def test_a_table_that_is_not_there_or_not_for_csv_is_a_wrong_use(run: Run) -> None:
    unknown = run("diff", "acme", "3", "5", "--format", "csv", "--table", "rows")
    assert unknown.code == 2
    assert "no table called 'rows'; there are: changes, events" in unknown.err
    assert run("diff", "acme", "3", "5", "--table", "events").code == 2


def test_nothing_changed_is_no_failure(fake: FakeTimeline, run: Run) -> None:
    fake.answers["diff"] = replace(FOUND, parts=((CHANGES, ()), (ARRIVED, ())), empty="nothing changed")
    ended = run("diff", "acme", "2025-06-30", "2025-12-31")
    assert (ended.code, ended.err) == (0, "")
    assert "nothing changed" in ended.out.splitlines()


def test_a_stopped_topic_is_a_failure(fake: FakeTimeline, run: Run) -> None:
    fake.answers["diff"] = replace(FOUND, findings=(BAD,))
    ended = run("diff", "acme", "2025-06-30", "2025-12-31")
    assert ended.code == 1
    assert "error[sum-off]: 3 + 4 is not 8" in ended.out


def test_moments_the_wrong_way_round_are_told_with_the_remedy(fake: FakeTimeline, run: Run) -> None:
    fake.answers["diff"] = InvalidInput([Problem("moments-reversed", "FROM 5 is after TO 3", "name the earlier first")])
    ended = run("diff", "acme", "5", "3", "--recorded")
    assert (ended.code, ended.out) == (4, "")
    assert ended.err == "error[moments-reversed]: FROM 5 is after TO 3\n  fix: name the earlier first\n"


def test_a_company_and_two_moments_are_needed(run: Run) -> None:
    assert run("diff", "acme", "2025-06-30").code == 2
