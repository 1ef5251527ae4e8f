"""Analysts: ratings in force and their history, forecasts, opinions."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

from tests.topics import build
from timeline.topics.analysts import TOPIC, Forecast, Opinion, Rating

if TYPE_CHECKING:
    from timeline.event import Event

START = build.event(
    Rating(by="Daiwa", rating="buy", target_price=build.figure("HKD 50.00"), action="initiated"), occurred="2025-06-01"
)
RAISE = build.event(Rating(by="Daiwa", target_price=build.figure("HKD 60.00")), occurred="2025-09-01")
OTHER = build.event(Rating(by="Citi", rating="neutral", previous="buy", action="downgraded"), occurred="2025-12-01")


def test_xiaomis_analysts_at_daiwa_expect_robust_orders() -> None:
    # The article of 2026-01-09, paragraph 14.
    opinion = Opinion(
        by="Daiwa", analysts=("Kelvin Lau",), subject="orders for the SU7 facelift", expectation="robust order intake"
    )
    section = build.section(TOPIC, build.event(opinion, occurred="../2026-01-09"))
    (row,) = section.tables["opinions"]
    assert (row["by"], row["analysts"], row["expectation"]) == ("Daiwa", "Kelvin Lau", "robust order intake")
    assert section.headlines == ()


def test_a_new_target_price_leaves_the_rating_in_force() -> None:
    for order in permutations((START, RAISE, OTHER)):
        section = build.section(TOPIC, *order)
        assert [(row["by"], row["rating"], row["target_price"]) for row in section.tables["ratings"]] == [
            ("Citi", "neutral", None),
            ("Daiwa", "buy", "60.00"),
        ]
        assert section.headlines[0].cells == ("Citi neutral", "Daiwa buy, target HKD 60.00")


def test_each_target_price_is_held_against_the_one_before() -> None:
    (row,) = build.section(TOPIC, START, RAISE).tables["ratings"]
    assert [item["change_percent_printed"] for item in row["history"]] == [None, "+20.0 %"]


def test_a_previous_target_price_serves_where_the_earlier_report_is_not_known() -> None:
    payload = Rating(by="Citi", target_price=build.figure("USD 11"), previous_target=build.figure("USD 10"))
    (row,) = build.section(TOPIC, build.event(payload)).tables["ratings"]
    assert row["history"][0]["change_percent_printed"] == "+10.0 %"


def test_nothing_is_in_force_once_coverage_is_dropped() -> None:
    dropped = build.event(Rating(by="Daiwa", rating="not rated", action="dropped"), occurred="2025-10-01")
    section = build.section(TOPIC, START, RAISE, dropped)
    (row,) = section.tables["ratings"]
    assert (row["rating"], row["target_price"], len(row["history"])) == (None, None, 3)
    assert section.headlines == ()


def forecast(value: str, occurred: str, by: str = "Citi", source: str = "s1") -> Event:
    payload = Forecast(by=by, metric="EV deliveries", period=build.when("2026"), value=build.figure(value))
    return build.event(payload, occurred=occurred, source=source)


def test_a_forecast_is_held_against_the_same_houses_before_it() -> None:
    section = build.section(
        TOPIC,
        forecast("500,000", "2025-11-01"),
        forecast("600,000", "2026-01-05"),
        forecast("450,000", "2025-12-01", by="Daiwa"),
    )
    assert [(row["by"], row["value"], row["change_percent_printed"]) for row in section.tables["forecasts"]] == [
        ("Citi", "500000", None),
        ("Citi", "600000", "+20.0 %"),
        ("Daiwa", "450000", None),
    ]


def test_a_forecast_told_by_two_sources_is_one_whatever_the_case_of_the_name() -> None:
    section = build.section(
        TOPIC, forecast("500,000", "2025-11-01"), forecast("500,000", "2025-11-01", by="CITI", source="s2")
    )
    assert [len(row["sources"]) for row in section.tables["forecasts"]] == [2]


def test_a_rating_says_what_to_do_or_what_a_share_is_worth() -> None:
    assert Rating.ONE_OF == ("rating", "target_price")


def test_a_house_that_gives_another_target_price_before_is_found() -> None:
    cut = Rating(by="Daiwa", target_price=build.figure("HKD 55"), previous_target=build.figure("HKD 66"))
    (finding,) = build.section(TOPIC, START, RAISE, build.event(cut, occurred="2025-11-01")).findings
    assert (finding.rule, finding.severity) == ("target-price-previous", "warning")
    assert finding.what == "Daiwa 1 Nov 2025: gives HKD 66 as the figure before, yet that was HKD 60.00 on 1 Sep 2025"
    same = Rating(by="Daiwa", target_price=build.figure("HKD 55"), previous_target=build.figure("HKD 60"))
    assert build.section(TOPIC, START, RAISE, build.event(same, occurred="2025-11-01")).findings == ()


def test_a_target_price_in_another_currency_than_the_one_before_is_found() -> None:
    dollars = Rating(by="Daiwa", target_price=build.figure("USD 55"))
    (finding,) = build.section(TOPIC, START, build.event(dollars, occurred="2025-11-01")).findings
    assert finding.rule == "target-price-currency"
    own = Rating(by="Citi", target_price=build.figure("USD 55"), previous_target=build.figure("HKD 50"))
    assert [one.rule for one in build.section(TOPIC, build.event(own)).findings] == ["target-price-currency"]


def test_a_forecast_before_is_that_of_the_same_house() -> None:
    def forecast(value: str, day: str, by: str, previous: str = "") -> Event:
        payload = Forecast(
            by=by,
            metric="revenue",
            period=build.when("2026"),
            value=build.figure(value),
            previous=build.figure(previous) if previous else None,
        )
        return build.event(payload, occurred=day)

    first = forecast("CNY 500 billion", "2025-06-01", "Daiwa")
    right, wrong, other = (
        forecast("CNY 550 billion", "2025-09-01", by, previous)
        for by, previous in (("Daiwa", "CNY 0.5 trillion"), ("Daiwa", "CNY 600 billion"), ("UBS", "CNY 600 billion"))
    )
    assert [one.rule for one in build.section(TOPIC, first, wrong).findings] == ["forecast-previous"]
    assert build.section(TOPIC, first, right, other).findings == ()
