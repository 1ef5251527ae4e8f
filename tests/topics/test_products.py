"""Products: milestones as planned, moved and reached, with price, features and rivals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pytest

from tests.topics import build
from timeline.topics.products import TOPIC, Described, Specification, Staged
from timeline.topics.products.milestones import is_later

if TYPE_CHECKING:
    from timeline.event import Event
    from timeline.section import Row
    from timeline.topics.products.payloads import Stage

SU7 = "SU7 facelift"


def planned(
    stage: Stage, due: str | None, occurred: str, source: str = "s1", published: str = "2026-01-09T09:00:00+00:00"
) -> Event:
    payload = Staged(product=SU7, stage=stage, certainty="planned", due=build.when(due) if due else None)
    return build.event(payload, occurred=occurred, source=source, published=published)


def done(stage: Stage, occurred: str, source: str = "s1", published: str = "2026-01-09T09:00:00+00:00") -> Event:
    payload = Staged(product=SU7, stage=stage, certainty="done")
    return build.event(payload, occurred=occurred, source=source, published=published)


# The article of 9 January 2026: "Pre-orders for the updated model began in January, with a market launch scheduled for
# April 2026. The starting price is set at RMB 229,900."
PREORDERS = done("preorders", "2026-01")
LAUNCH = planned("launch", "2026-04", "2026-01-09")
PRICE = build.event(
    Described(
        product=SU7,
        price=build.figure("RMB 229,900"),
        price_basis="starting price",
        features=("LiDAR as standard", "Hyper Autonomous Driving"),
        rivals=("Tesla", "BYD"),
    ),
    occurred="2026-01-09",
)


def milestone(*events: Event, stage: str = "launch") -> Row:
    (product,) = build.section(TOPIC, *events).tables["products"]
    found: Row = next(row for row in product["milestones"] if row["stage"] == stage)
    return found


def test_the_article_gives_milestones_price_features_and_rivals() -> None:
    (row,) = build.section(TOPIC, LAUNCH, PRICE, PREORDERS).tables["products"]
    assert [(each["stage"], each["when"], each["certainty"], each["slipped"]) for each in row["milestones"]] == [
        ("preorders", "2026-01", "done", False),
        ("launch", "2026-04", "planned", False),
    ]
    assert (row["product"], row["price"], row["currency"], row["price_basis"]) == (
        SU7,
        "229900",
        "CNY",
        "starting price",
    )
    assert row["features"] == ["LiDAR as standard", "Hyper Autonomous Driving"]
    assert row["rivals"] == ["Tesla", "BYD"]


def test_the_head_tells_what_was_reached_what_is_next_and_the_price() -> None:
    (line,) = build.section(TOPIC, LAUNCH, PRICE, PREORDERS).headlines
    assert line.label == SU7
    assert line.cells == ("pre-orders since Jan 2026", "launch planned Apr 2026", "CNY 229,900")


def test_the_head_leaves_out_a_product_of_which_nothing_is_expected() -> None:
    old = build.event(Staged(product="SU7", stage="deliveries", certainty="done"), occurred="2024-04")
    assert [line.label for line in build.section(TOPIC, LAUNCH, old).headlines] == [SU7]
    assert [line.cells for line in build.section(TOPIC, old).headlines] == [("deliveries since Apr 2024",)]


def test_the_latest_plan_stands_and_the_earlier_one_stays_below_it() -> None:
    row = milestone(planned("launch", "2026-06", "2025-11-20"), LAUNCH)
    assert (row["when"], row["certainty"], row["first_planned"], row["slipped"]) == (
        "2026-04",
        "planned",
        "2026-06",
        False,
    )
    assert [each["due"] for each in row["statements"]] == ["2026-06", "2026-04"]


def test_a_plan_that_was_put_off_has_slipped() -> None:
    row = milestone(
        LAUNCH, planned("launch", "2026-06", "2026-03-01", published="2026-03-01T09:00:00+00:00", source="s2")
    )
    assert (row["when"], row["slipped"]) == ("2026-06", True)


def test_what_was_reached_after_the_planned_month_has_slipped() -> None:
    row = milestone(LAUNCH, done("launch", "2026-05-02", published="2026-05-02T09:00:00+00:00", source="s2"))
    assert (row["when"], row["certainty"], row["slipped"]) == ("2026-05-02", "done", True)


def test_a_later_report_of_an_old_plan_does_not_displace_the_newer_plan() -> None:
    late = planned("launch", "2026-06", "2025-11-20", source="s2", published="2026-02-01T09:00:00+00:00")
    assert milestone(LAUNCH, late)["when"] == "2026-04"


def test_a_plan_without_a_date_stays_visible_and_moves_nothing() -> None:
    row = milestone(LAUNCH, planned("launch", None, "2026-01-20", source="s2", published="2026-01-20T09:00:00+00:00"))
    assert row["when"] == "2026-04"
    assert [each["due"] for each in row["statements"]] == ["2026-04", None]


def test_a_plan_that_may_repeat_either_of_two_others_displaces_neither() -> None:
    earlier = planned("launch", "2026-03", "2026-01-05", source="s2")
    vague = planned("launch", "2026-03/2026-04", "2026-01", source="s3", published="2026-01-20T09:00:00+00:00")
    row = milestone(earlier, LAUNCH, vague)
    assert (row["when"], len(row["statements"])) == ("2026-04", 3)


def test_only_stages_that_are_still_planned_and_dated_are_promised() -> None:
    undated = planned("deliveries", None, "2026-01-09")
    (promise,) = build.section(TOPIC, PREORDERS, LAUNCH, undated).promises
    assert (promise.what, promise.due, promise.first, promise.last) == (
        "SU7 facelift launch",
        "2026-04",
        "2026-04-01",
        "2026-04-30",
    )


def test_two_sources_of_one_launch_are_one_milestone_with_two_sources() -> None:
    filing = {"s2": build.source("filing")}
    reports = (done("launch", "2026-04-16"), done("launch", "2026-04-15", source="s2"))
    (product,) = build.section(TOPIC, *reports, sources=filing).tables["products"]
    (row,) = product["milestones"]
    assert (row["when"], row["sources"], len(row["statements"])) == ("2026-04-15", ["s2", "s1"], 1)


def test_each_region_has_a_milestone_of_its_own() -> None:
    abroad = Staged(product=SU7, stage="launch", certainty="planned", due=build.when("2027"), region="Europe")
    section = build.section(TOPIC, LAUNCH, build.event(abroad))
    (row,) = section.tables["products"]
    assert [(each["region"], each["when"]) for each in row["milestones"]] == [(None, "2026-04"), ("Europe", "2027")]
    assert [promise.what for promise in section.promises] == ["SU7 facelift launch", "SU7 facelift launch (Europe)"]


def test_the_latest_price_and_the_latest_value_of_a_specification_stand() -> None:
    old = Described(
        product="su7 Facelift",
        price=build.figure("RMB 215,900"),
        specifications=(Specification(name="range", value="830 km"), Specification(name="seats", value="5")),
    )
    new = Described(product=SU7, specifications=(Specification(name="Range", value="902 km"),))
    (row,) = build.section(TOPIC, build.event(old, occurred="2025-12-01"), build.event(new), PRICE).tables["products"]
    assert row["price"] == "229900"
    assert row["specifications"] == [{"name": "Range", "value": "902 km"}, {"name": "seats", "value": "5"}]
    assert [each["price"] for each in row["descriptions"]] == ["215900", None, "229900"]


def test_the_order_of_loading_does_not_matter() -> None:
    events = (LAUNCH, PREORDERS, PRICE, planned("launch", "2026-06", "2025-11-20"), done("announced", "2025-10-01"))
    expected = build.section(TOPIC, *events)
    assert all(build.section(TOPIC, *order) == expected for order in build.orders(*events))


@pytest.mark.parametrize(
    ("before", "after", "later"),
    [
        ("2026-04", "2026-06", True),
        ("2026-06", "2026-04", False),
        ("2026-04", "2026-Q2", True),  # it may still come in April, but is no longer said to
        ("2026-04", "2026", False),  # vaguer, not later
        ("2025", "2025-H2", False),  # narrower
        ("../2026-12-31", "../2027-12-31", True),
        ("../2026-12-31", "2027-Q1", True),
        ("2026/..", "2027", False),
    ],
)
def test_a_date_is_put_off_when_its_end_moves_back_and_its_start_does_not_move_forward(
    before: str,
    after: str,
    later: bool,  # noqa: FBT001 - the expected answer
) -> None:
    assert is_later(build.when(after), build.when(before)) is later


def test_what_is_done_takes_no_due_date() -> None:
    certainty: Literal["done"] = "done"
    with pytest.raises(ValueError, match="launch is done and so has no due date"):
        Staged(product=SU7, stage="launch", certainty=certainty, due=build.when("2026-04"))
