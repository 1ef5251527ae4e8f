"""Affairs: incidents, authorities and deals."""

from __future__ import annotations

import msgspec
import pytest

from tests.topics import build
from timeline.topics.affairs import TOPIC, Acted, Deal, Incident

# State Administration for Market Regulation, 19 September 2025: 116,887 standard SU7 are recalled.
RECALL = build.event(
    Incident(
        what="recall for assisted driving",
        product="SU7",
        units=build.figure("116,887 vehicles"),
        effect="remote update",
    ),
    occurred="2025-09-19",
)
ORDER = build.event(
    Acted(authority="SAMR", action="filed a recall", subject="assisted driving of the SU7"), occurred="2025-09-19"
)
AGREED = build.event(
    Deal(
        counterparty="Widget Co",
        type="acquisition",
        value=build.figure("USD 2 billion"),
        stage="agreed",
        due=build.when("2026-Q3"),
    ),
    occurred="2026-01-08",
)
COMPLETED = build.event(
    Deal(counterparty="Widget Co.", type="acquisition", stage="completed"),
    occurred="2026-07-20",
    published="2026-07-20T09:00:00+00:00",
    source="s2",
)


def test_each_kind_has_its_table() -> None:
    tables = build.section(TOPIC, RECALL, ORDER, AGREED).tables
    assert [(row["product"], row["units"], row["effect"]) for row in tables["incidents"]] == [
        ("SU7", "116887", "remote update")
    ]
    assert [(row["authority"], row["action"]) for row in tables["actions"]] == [("SAMR", "filed a recall")]
    assert [(row["counterparty"], row["stage"], row["value"]) for row in tables["deals"]] == [
        ("Widget Co", "agreed", "2000000000")
    ]


def test_a_deal_is_promised_until_it_is_completed() -> None:
    open_deal = build.section(TOPIC, AGREED)
    assert [(promise.what, promise.due) for promise in open_deal.promises] == [
        ("acquisition with Widget Co", "2026-35")
    ]
    assert open_deal.headlines[0].cells == ("acquisition with Widget Co", "USD 2bn", "agreed", "due Q3 2026")
    closed = build.section(TOPIC, AGREED, COMPLETED)
    assert (closed.promises, closed.headlines) == ((), ())


def test_the_steps_of_a_deal_are_one_row_that_keeps_what_the_last_one_leaves_out() -> None:
    (row,) = build.section(TOPIC, COMPLETED, AGREED).tables["deals"]
    assert (row["stage"], row["value"], row["due"]) == ("completed", "2000000000", "2026-35")
    assert [step["stage"] for step in row["steps"]] == ["agreed", "completed"]


def test_a_date_that_was_put_off_is_the_one_that_is_expected() -> None:
    later = build.event(
        Deal(counterparty="Widget Co", type="acquisition", due=build.when("2026-Q4")), occurred="2026-01-09"
    )
    assert [promise.due for promise in build.section(TOPIC, AGREED, later).promises] == ["2026-36"]


def test_the_order_of_loading_does_not_matter() -> None:
    events = (RECALL, ORDER, AGREED, COMPLETED)
    expected = build.section(TOPIC, *events)
    assert all(build.section(TOPIC, *order) == expected for order in build.orders(*events))


def test_an_unknown_type_of_deal_is_refused() -> None:
    with pytest.raises(msgspec.ValidationError, match="Invalid enum value 'handshake'"):
        msgspec.convert({"counterparty": "Widget Co", "type": "handshake"}, Deal)
