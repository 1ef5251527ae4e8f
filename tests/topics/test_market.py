"""The market: latest prices, flows whose sums are never counted twice, trades and exchange rates."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

import msgspec
import pytest

from tests.topics import build
from timeline.topics.market import TOPIC, Flow, Observed, Rate, Trade

if TYPE_CHECKING:
    from timeline.event import Event

# The article of 2026-01-09, paragraphs 4 and 5.
CHANNEL = "Northbound Stock Connect"
CLOSE = build.event(Observed(what="close", price=build.figure("HKD 38.00"), change=build.figure("-0.42 %")))
SUPPORT = build.event(Observed(what="support", price=build.figure("HKD 38.00")), occurred="2026-01-09")
SESSION = build.event(Flow(channel=CHANNEL, value=build.figure("HKD 1.071 billion"), streak=6, direction="inflow"))
SUM = build.event(
    Flow(channel=CHANNEL, value=build.figure("over HKD 4.68 billion"), sessions=6, direction="inflow"),
    occurred="../2026-01-08",
)
BLOCK = build.event(
    Trade(
        shares=build.figure("6.5 million shares"),
        price=build.figure("HKD 38.02"),
        value=build.figure("about HKD 247 million"),
        side="sell",
        form="block",
    ),
    occurred="2026-01-08?",
)
XIAOMI = (CLOSE, SUPPORT, SESSION, SUM, BLOCK)


def test_xiaomis_market_of_8_january() -> None:
    assert [(line.label, line.cells) for line in build.section(TOPIC, *XIAOMI).headlines] == [
        ("Share price", ("HKD 38.00 close 8 Jan 2026", "-0.42 %", "support HKD 38.00")),
        ("Net inflow", ("HKD 1.071bn 8 Jan 2026", CHANNEL, "6th session in a row", ">HKD 4.68bn in 6 sessions")),
        ("Block sale", ("6.5m shares at HKD 38.02", "~HKD 247m")),
    ]


def test_the_order_of_loading_does_not_matter() -> None:
    expected = build.section(TOPIC, *XIAOMI)
    assert all(build.section(TOPIC, *order) == expected for order in permutations(XIAOMI))


def flow(value: str, occurred: str, source: str = "s1", **more: int) -> Event:
    payload = Flow(channel=CHANNEL, value=build.figure(value), direction="inflow")
    return build.event(msgspec.structs.replace(payload, **more), occurred=occurred, source=source)


def test_a_sum_is_shown_beside_the_sessions_that_it_contains_and_never_added_to_them() -> None:
    (row,) = build.section(TOPIC, flow("HKD 700 million", "2026-01-07"), SESSION, SUM).tables["flows"]
    assert (row["sum"], row["sum_sessions"], row["sum_as_of"]) == ("4680000000", "6", "2026-01-08")
    assert (row["itemised_sessions"], row["itemised_low"]) == ("2", "1770000000")  # 1,070.5 + 699.5 million
    assert (len(row["sessions"]), len(row["sums"])) == (2, 1)


def test_a_sum_told_with_its_last_session_is_shown_as_well() -> None:
    payload = Flow(
        channel=CHANNEL,
        value=build.figure("HKD 1.071 billion"),
        streak=6,
        cumulative=build.figure("over HKD 4.68 billion"),
        direction="inflow",
    )
    section = build.section(TOPIC, build.event(payload))
    (row,) = section.tables["flows"]
    assert (row["value"], row["sum_printed"], row["sum_sessions"]) == ("1071000000", "over HKD 4.68 billion", "6")
    assert section.headlines[0].cells[-1] == ">HKD 4.68bn in 6 sessions"


def test_outflows_are_taken_from_inflows() -> None:
    out = build.event(Flow(channel=CHANNEL, value=build.figure("HKD 300"), direction="outflow"), occurred="2026-01-07")
    (row,) = build.section(TOPIC, flow("HKD 1,000", "2026-01-08"), out).tables["flows"]
    assert (row["itemised_low"], row["itemised_high"]) == ("700", "700")


def test_two_sources_of_one_session_are_one_flow_and_a_sum_in_both_is_one_sum() -> None:
    again = flow("over HKD 4.68 billion", "2026-01-02/2026-01-08", "s2", sessions=6)
    (row,) = build.section(TOPIC, SESSION, SUM, flow("HKD 1.07 billion", "2026-01-08", "s2"), again).tables["flows"]
    assert [sorted(item["sources"]) for item in (*row["sessions"], *row["sums"])] == [["s1", "s2"], ["s1", "s2"]]


def test_a_sum_below_its_last_session_is_incoherent() -> None:
    payload = Flow(
        channel=CHANNEL, value=build.figure("HKD 500"), streak=6, cumulative=build.figure("HKD 400"), direction="inflow"
    )
    assert not payload.coherent()
    assert msgspec.structs.replace(payload, cumulative=build.figure("over HKD 400")).coherent()
    assert msgspec.structs.replace(payload, streak=2, sessions=6).coherent()  # four sessions may have lost money


def test_the_latest_price_leads_and_the_earlier_ones_draw_a_line() -> None:
    before = build.event(Observed(what="close", price=build.figure("HKD 38.16")), occurred="2026-01-07")
    section = build.section(TOPIC, CLOSE, before)
    (row,) = section.tables["prices"]
    assert (row["price"], len(row["observations"])) == ("38.00", 2)
    assert section.series[0].points == (("2026-01-07", "38.16"), ("2026-01-08", "38.00"))


def test_prices_of_two_venues_are_two_prices_and_one_without_a_venue_is_the_one_it_agrees_with() -> None:
    def close(price: str, venue: str | None, source: str) -> Event:
        return build.event(Observed(what="close", price=build.figure(price), venue=venue), source=source)

    section = build.section(
        TOPIC, close("HKD 38.00", "XHKG", "s1"), close("USD 4.88", "OTCM", "s2"), close("HKD 38.00", None, "s3")
    )
    assert [(row["venue"], row["sources"]) for row in section.tables["prices"]] == [
        ("OTCM", ["s2"]),
        ("XHKG", ["s1", "s3"]),
    ]


def test_two_support_levels_of_one_day_are_two_opinions() -> None:
    other = build.event(Observed(what="support", price=build.figure("HKD 36.50")), occurred="2026-01-09", source="s2")
    (row,) = build.section(TOPIC, SUPPORT, other).tables["prices"]
    assert [item["disputed"] for item in row["observations"]] == [None, None]


def test_two_blocks_of_one_day_are_two_trades() -> None:
    def block(shares: str, source: str) -> Event:
        return build.event(Trade(shares=build.figure(shares), form="block"), source=source)

    section = build.section(TOPIC, block("6.5 million", "s1"), block("2 million", "s2"), block("6,500,000", "s3"))
    assert sorted(row["sources"] for row in section.tables["trades"]) == [["s2"], ["s3", "s1"]]


def test_an_amount_that_shares_times_price_cannot_give_is_incoherent() -> None:
    payload = Trade(shares=build.figure("1,000"), price=build.figure("HKD 38.02"), value=build.figure("HKD 38,020"))
    assert payload.coherent()
    assert not msgspec.structs.replace(payload, value=build.figure("HKD 38,021")).coherent()


def test_a_rate_stands_for_a_pair_of_currencies() -> None:
    section = build.section(TOPIC, build.event(Rate(pair="USD/HKD", rate=build.figure("7.78"))))
    assert section.tables["rates"][0]["rate"] == "7.78"
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"pair": "dollar", "rate": {"printed": "7.78"}}, Rate)


def test_a_streak_is_at_least_one_session() -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"channel": CHANNEL, "value": {"printed": "HKD 1"}, "streak": 0}, Flow)
