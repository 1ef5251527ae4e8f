"""Governance: officers, pay and votes."""

from __future__ import annotations

from typing import Literal

import msgspec
import pytest

from tests.topics import build
from timeline.topics.governance import TOPIC, Awarded, Changed, Held

# Apple, 8 July 2025: Sabih Khan becomes chief operating officer later that month.
OFFICER = build.event(
    Changed(person="Sabih Khan", role="chief operating officer", change="appointed", effective=build.when("2025-07")),
    occurred="2025-07-08",
)
AWARD = build.event(
    Awarded(person="Jane Roe", item="base salary", value=build.figure("$3 million", "USD"), period=build.when("2025")),
    occurred="2025-03-01",
)
VOTE = build.event(
    Held(
        item="Election of Jane Roe",
        votes_for=build.figure("9,114,226,183"),
        votes_against=build.figure("145,116,041"),
        broker_non_votes=build.figure("3,142,331,518"),
        outcome="passed",
    ),
    occurred="2025-02-25",
)


def test_each_kind_has_its_table_with_exact_figures() -> None:
    tables = build.section(TOPIC, OFFICER, AWARD, VOTE).tables
    assert [(row["person"], row["change"], row["effective"]) for row in tables["officers"]] == [
        ("Sabih Khan", "appointed", "2025-07")
    ]
    assert [(row["item"], row["value"], row["unit"]) for row in tables["pay"]] == [("base salary", "3000000", "USD")]
    (vote,) = tables["votes"]
    assert (vote["votes_for"], vote["votes_against"], vote["broker_non_votes"]) == (
        "9114226183",
        "145116041",
        "3142331518",
    )
    assert vote["withheld"] is None


def test_the_head_tells_the_last_change_of_an_officer() -> None:
    earlier = build.event(Changed(person="John Doe", role="director", change="retired"), occurred="2024-05-01")
    (line,) = build.section(TOPIC, OFFICER, earlier).headlines
    assert line.cells == ("Sabih Khan appointed, chief operating officer", "Jul 2025")


def test_two_sources_of_one_vote_are_one_row() -> None:
    again = build.event(VOTE.payload, occurred="2025-02-25", source="s2")
    (row,) = build.section(TOPIC, VOTE, again).tables["votes"]
    assert sorted(row["sources"]) == ["s1", "s2"]


def test_the_order_of_loading_does_not_matter() -> None:
    events = (OFFICER, AWARD, VOTE)
    expected = build.section(TOPIC, *events)
    assert all(build.section(TOPIC, *order) == expected for order in build.orders(*events))


def test_a_change_that_is_none_is_refused() -> None:
    with pytest.raises(msgspec.ValidationError, match="Invalid enum value 'rumoured'"):
        msgspec.convert({"person": "Jane Roe", "role": "director", "change": "rumoured"}, Changed)


@pytest.mark.parametrize(
    ("in_favour", "against", "outcome", "rules"),
    [
        ("1,000", "1,001", "passed", ["vote-outcome"]),
        ("1,001", "1,000", "passed", []),
        ("1,001", "1,000", "failed", []),  # more than half may be needed
        ("1,000", "1,001", "failed", []),
        ("1.0 billion", "1,001,000,000", "passed", []),  # 1.0 billion may have been 1.04
        ("1,000", "", "passed", []),
    ],
)
def test_what_passed_had_no_fewer_votes_for_than_against(
    in_favour: str, against: str, outcome: Literal["passed", "failed"], rules: list[str]
) -> None:
    vote = Held(
        item="A proposal",
        votes_for=build.figure(in_favour),
        votes_against=build.figure(against) if against else None,
        outcome=outcome,
    )
    assert [one.rule for one in build.section(TOPIC, build.event(vote)).findings] == rules
