"""Share capital: how many shares of each class there are, and what changed their number."""

from __future__ import annotations

from typing import Literal

import pytest

from tests.topics import build
from timeline.topics.capital import TOPIC, Changed, Reported

# Next day disclosure return of 20 November 2025: Class B shares 21,530,610,634 on 12 November and 21,531,652,634 on
# 20 November; 1,042,000 issued in between under share schemes.
NOVEMBER = "2025-11-20T18:00:00+08:00"
BEFORE = build.event(
    Reported(share_class="B", shares=build.figure("21,530,610,634 shares")), occurred="2025-11-12", published=NOVEMBER
)
AFTER = build.event(
    Reported(share_class="B", shares=build.figure("21,531,652,634 shares")), occurred="2025-11-20", published=NOVEMBER
)
ISSUE = build.event(
    Changed(change="issue", shares=build.figure("1,042,000 shares"), share_class="B"),
    occurred="2025-11-13/2025-11-20",
    published=NOVEMBER,
)


def test_the_latest_number_of_a_class_stands_with_the_earlier_one_below_it() -> None:
    section = build.section(TOPIC, AFTER, ISSUE, BEFORE)
    (row,) = section.tables["classes"]
    assert (row["share_class"], row["as_of"], row["shares"]) == ("B", "2025-11-20", "21531652634")
    assert [(each["occurred"], each["shares"]) for each in row["history"]] == [
        ("2025-11-12", "21530610634"),
        ("2025-11-20", "21531652634"),
    ]
    assert section.series[0].points == (("2025-11-12", "21530610634"), ("2025-11-20", "21531652634"))
    assert section.headlines[0].cells == ("21.5bn of class B on 20 Nov 2025",)


def test_a_change_over_several_days_keeps_its_days() -> None:
    (row,) = build.section(TOPIC, ISSUE).tables["changes"]
    assert (row["occurred"], row["change"], row["shares"], row["ratio"]) == (
        "2025-11-13/2025-11-20",
        "issue",
        "1042000",
        None,
    )


def test_classes_are_never_added_up() -> None:
    other = build.event(Reported(share_class="A", shares=build.figure("4,519,000,000 shares")), occurred="2025-11-20")
    assert [row["share_class"] for row in build.section(TOPIC, AFTER, other).tables["classes"]] == ["A", "B"]


def test_a_vague_number_of_the_month_does_not_displace_that_of_the_day() -> None:
    vague = build.event(
        Reported(share_class="B", shares=build.figure("21.5 billion shares")), occurred="2025-11", source="s2"
    )
    (row,) = build.section(TOPIC, BEFORE, AFTER, vague).tables["classes"]
    assert (row["as_of"], len(row["history"])) == ("2025-11-20", 3)


def test_the_order_of_loading_does_not_matter() -> None:
    split = build.event(Changed(change="split", ratio="20:1", ex_day=build.when("2026-01-05")), occurred="2025-12-01")
    events = (BEFORE, AFTER, ISSUE, split)
    expected = build.section(TOPIC, *events)
    assert all(build.section(TOPIC, *order) == expected for order in build.orders(*events))


def test_a_split_makes_more_shares_and_a_consolidation_fewer() -> None:
    with pytest.raises(ValueError, match="a split of 1:20: write new shares to old"):
        Changed(change="split", ratio="1:20")
    with pytest.raises(ValueError, match="a consolidation of 10:1"):
        Changed(change="consolidation", ratio="10:1")
    with pytest.raises(ValueError, match="has a number of shares"):
        Changed(change="issue", ratio="2:1")


@pytest.mark.parametrize("change", ["split", "consolidation"])
def test_one_to_one_changes_nothing(change: Literal["split", "consolidation"]) -> None:
    with pytest.raises(ValueError, match="1:1"):
        Changed(change=change, ratio="1:1")
