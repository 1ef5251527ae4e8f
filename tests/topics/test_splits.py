"""Splits: each topic shows figures as printed, what they are in today's shares beside them, and totals in today's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.topics import build
from timeline.catalog import catalog
from timeline.topics import buybacks, capital, dividends, market, results, targets

if TYPE_CHECKING:
    from timeline.event import Event
    from timeline.section import Section
    from timeline.topics.targets.payloads import Action

# Four new shares for an old one, from 1 July 2025 on.
SPLIT = build.event(
    capital.Changed(change="split", ratio="4:1", ex_day=build.when("2025-07-01")),
    source="split",
    occurred="2025-06-30",
    published="2025-06-02T09:00:00+00:00",
)


def told(payload: object, day: str, *, share_basis: str | None = None, occurred: str = "") -> Event:
    """A report that a source of its own publishes on a day."""
    return build.event(
        payload,  # type: ignore[arg-type]  # any payload
        source=f"{day} {type(payload).__name__}",
        occurred=occurred or day,
        published=f"{day}T20:00:00+00:00",
        share_basis=share_basis,
    )


def bought(shares: str, value: str, day: str, price: str = "") -> Event:
    payload = buybacks.Executed(
        shares=build.figure(shares), value=build.figure(value), price=build.figure(price) if price else None
    )
    return told(payload, day)


MANDATE = told(buybacks.Authorised(form="mandate", cap=build.figure("100 million shares")), "2025-06-05")
BEFORE = bought("5 million shares", "HKD 200 million", "2025-06-20", "HKD 39.80–40.20")
AFTER = bought("8 million shares", "HKD 80 million", "2025-07-03")
PURCHASES = (MANDATE, BEFORE, AFTER)


def test_purchases_across_a_split_add_up_in_todays_shares() -> None:
    section = build.section(buybacks.TOPIC, *PURCHASES, SPLIT)
    assert section.fields["cumulative_shares"] == "28000000"  # 5 million × 4 + 8 million
    assert (section.fields["cumulative_low"], section.fields["cumulative_high"]) == ("25500000", "30500000")
    assert section.fields["itemised_shares"] == "28000000"
    assert section.headlines[0].cells[0] == "28m shares to 3 Jul 2025, split-adjusted"
    assert section.series[0].points == (("2025-06-20", "20000000"), ("2025-07-03", "28000000"))
    assert [(row["month"], row["shares"], row["average"]) for row in section.tables["months"]] == [
        ("2025-06", "20000000", "10.00"),
        ("2025-07", "8000000", "10.00"),
    ]
    (spend,) = section.tables["spend"]
    assert (spend["shares"], spend["value"], spend["average"]) == ("28000000", "280000000", "10.00")
    assert build.section(buybacks.TOPIC, *PURCHASES).fields["cumulative_shares"] == "13000000"


def test_a_purchase_is_shown_as_printed_with_todays_shares_and_price_beside_it() -> None:
    before, after = build.section(buybacks.TOPIC, *PURCHASES, SPLIT).tables["executions"]
    assert (before["shares_printed"], before["shares"], before["price_printed"], before["average"]) == (
        "5 million shares",
        "5000000",
        "HKD 39.80–40.20",
        "40.00",
    )
    assert (before["shares_adjusted"], before["price_adjusted"], before["average_adjusted"]) == (
        "20000000",
        "10",
        "10.00",
    )
    assert {name: value for name, value in after.items() if name.endswith("_adjusted")} == {
        "shares_adjusted": None,
        "price_adjusted": None,
        "average_adjusted": None,
    }
    (programme,) = build.section(buybacks.TOPIC, *PURCHASES, SPLIT).tables["programmes"]
    assert (programme["cap_printed"], programme["cap_adjusted"]) == ("100 million shares", "400000000")


def test_a_cap_of_old_shares_is_told_in_todays() -> None:
    assert build.section(buybacks.TOPIC, MANDATE, SPLIT).headlines[0].cells[0] == (
        "up to 400m split-adjusted, none reported yet"
    )


def test_a_checkpoint_before_the_split_takes_purchases_after_it_in_the_same_shares() -> None:
    total = told(
        buybacks.Totalled(shares=build.figure("6,000,000 shares"), since=build.when("2025-06-05")), "2025-06-25"
    )
    section = build.section(buybacks.TOPIC, *PURCHASES, total, SPLIT)
    assert section.fields["cumulative_shares"] == "32000000"  # 6 million × 4 + 8 million
    assert section.fields["unitemised_shares"] == "4000000"  # 24 million less 20 million
    assert section.headlines[1].cells == ("20m itemised, 4m not", "last 8m at HKD 10.00")
    (row,) = section.tables["programmes"][0]["totals"]
    assert (row["shares"], row["shares_adjusted"]) == ("6000000", "24000000")


def test_numbers_of_shares_before_and_after_a_split_draw_one_line() -> None:
    def counted(shares: str, day: str) -> Event:
        return told(capital.Reported(share_class="B", shares=build.figure(shares)), day)

    early, late = counted("1,000,000 shares", "2025-05-30"), counted("4,100,000 shares", "2025-07-31")
    section = build.section(capital.TOPIC, early, late, SPLIT)
    assert section.series[0].points == (("2025-05-30", "4000000"), ("2025-07-31", "4100000"))
    (row,) = section.tables["classes"]
    assert [(each["shares"], each["shares_adjusted"]) for each in row["history"]] == [
        ("1000000", "4000000"),
        ("4100000", None),
    ]
    assert section.headlines[0].cells == ("4.1m of class B on 31 Jul 2025",)
    (line,) = build.section(capital.TOPIC, early, SPLIT).headlines
    assert line.cells == ("4m of class B on 30 May 2025, split-adjusted",)


def test_prices_before_and_after_a_split_draw_one_line() -> None:
    def close(price: str, day: str) -> Event:
        return told(market.Observed(what="close", price=build.figure(price)), day)

    early, late = close("HKD 40.00", "2025-06-30"), close("HKD 10.10", "2025-07-01")
    section = build.section(market.TOPIC, early, late, SPLIT)
    assert section.series[0].points == (("2025-06-30", "10"), ("2025-07-01", "10.10"))
    assert section.headlines[0].cells == ("HKD 10.10 close 1 Jul 2025",)
    assert build.section(market.TOPIC, early, SPLIT).headlines[0].cells == ("HKD 10 split-adjusted close 30 Jun 2025",)


def test_a_block_trade_told_again_in_new_shares_is_one_trade() -> None:
    def block(shares: str, price: str, day: str, share_basis: str | None = None) -> Event:
        payload = market.Trade(shares=build.figure(shares), price=build.figure(price), form="block")
        return told(payload, day, share_basis=share_basis, occurred="2025-06-27")

    again = block("26 million shares", "HKD 9.51", "2025-08-01", "2025-07-31")
    section = build.section(market.TOPIC, block("6.5 million shares", "HKD 38.02", "2025-06-27"), again, SPLIT)
    (row,) = section.tables["trades"]
    assert (len(row["sources"]), row["disputed"]) == (2, None)
    assert (row["shares_printed"], row["shares_adjusted"]) == ("6.5 million shares", "26000000")
    assert section.headlines[0].cells == ("26m shares at HKD 9.505", "split-adjusted")


def test_a_dividend_before_a_split_is_shown_with_what_it_is_for_a_share_of_today() -> None:
    section = build.section(
        dividends.TOPIC,
        told(dividends.Declared(amount=build.figure("USD 1.00"), form="cash"), "2025-05-01"),
        told(dividends.Declared(amount=build.figure("USD 0.26"), form="cash"), "2025-07-31"),
        SPLIT,
    )
    assert [(row["amount_printed"], row["amount_adjusted"]) for row in section.tables["dividends"]] == [
        ("USD 1.00", "0.25"),
        ("USD 0.26", None),
    ]


EPS = "earnings per share"


def target(value: str, action: Action, day: str) -> Event:
    payload = targets.Set(metric=EPS, period=build.when("2025"), action=action, value=build.figure(value))
    return told(payload, day)


def outcome(value: str, against: str = "", share_basis: str | None = None) -> Event:
    payload = results.Reported(
        metric=EPS,
        period=build.when("2025"),
        value=build.figure(value),
        against=build.figure(against) if against else None,
    )
    return told(payload, "2026-02-01", occurred="2025", share_basis=share_basis)


@pytest.mark.parametrize(
    ("value", "status"),
    [
        ("USD 2.60", "beat"),
        ("USD 2.40", "missed"),
        ("USD 2.50", "open"),  # a quarter of 10.00, yet the cent in print leaves room on both sides
    ],
)
def test_a_target_in_old_shares_is_held_against_an_outcome_in_new_ones(value: str, status: str) -> None:
    section = build.section(targets.TOPIC, target("USD 10.00", "initial", "2025-03-01"), outcome(value), SPLIT)
    assert section.tables["targets"][0]["status"] == status
    (unsplit,) = build.section(targets.TOPIC, target("USD 10.00", "initial", "2025-03-01"), outcome(value)).tables[
        "targets"
    ]
    assert unsplit["status"] == "missed"


def test_a_revision_after_a_split_is_measured_in_todays_shares() -> None:
    section = build.section(
        targets.TOPIC,
        target("USD 10.00", "initial", "2025-03-01"),
        target("USD 3.00", "raised", "2025-08-01"),
        outcome("USD 3.00"),
        SPLIT,
    )
    (row,) = section.tables["targets"]
    assert [(each["printed"], each["low"], each["value_adjusted"]) for each in row["revisions"]] == [
        ("USD 10.00", "10.00", "2.5"),
        ("USD 3.00", "3.00", None),
    ]
    assert row["revisions"][1]["change_percent_printed"] == "+20.0 %"
    assert (row["status"], row["outcome_on_first_percent_printed"]) == ("met", "+20.0 %")
    assert section.findings == ()  # no "raised, yet 3.00 follows 10.00"
    assert section.series[0].points[:2] == (("2025-03-01", "2.5"), ("2025-08-01", "3.00"))
    assert [line.cells for line in section.headlines] == [
        ("2025  USD 3.00  met USD 3.00",),
        ("first target USD 2.5 split-adjusted, raised once",),
    ]


def test_revisions_in_the_same_old_shares_are_measured_as_printed() -> None:
    third = build.event(
        capital.Changed(change="split", ratio="3:1", ex_day=build.when("2025-07-01")),
        source="split",
        occurred="2025-06-30",
        published="2025-06-02T09:00:00+00:00",
    )
    said = (target("USD 40.00", "initial", "2025-03-01"), target("USD 50.02", "raised", "2025-04-01"))
    (row,) = build.section(targets.TOPIC, *said, third).tables["targets"]
    assert row["revisions"][1]["change_percent_printed"] == "+25.1 %"  # 25.05 exactly, whatever the thirds of it are


def test_an_outcome_is_compared_with_the_target_that_its_source_restates() -> None:
    section = build.section(
        targets.TOPIC, target("USD 10.00", "initial", "2025-03-01"), outcome("USD 3.00", against="USD 2.50"), SPLIT
    )
    assert section.findings == ()


def test_the_first_of_its_kind_is_told_in_todays_shares() -> None:
    first = results.Reported(
        metric=EPS, period=build.when("2025-Q1"), value=build.figure("USD 10.00"), first="first dividend-bearing profit"
    )
    (line,) = build.section(results.TOPIC, told(first, "2025-05-01", occurred="2025-Q1"), SPLIT).headlines
    assert line.cells == ("first dividend-bearing profit in Q1 2025, USD 2.5 split-adjusted",)


def test_a_report_that_leaves_its_shares_open_is_a_finding_of_its_topic_alone() -> None:
    late = told(buybacks.Executed(shares=build.figure("1,000 shares")), "2025-09-01", occurred="2025-06-20")
    stream = build.stream(late, SPLIT)
    found = [finding for topic in catalog().topics for finding in topic.section(stream).findings]
    assert [(finding.rule, finding.topic, finding.sources) for finding in found] == [
        ("share-basis-unstated", "buybacks", (late.source,))
    ]
    assert build.section(buybacks.TOPIC, late, SPLIT).fields["cumulative_shares"] == "1000"


EVERY = (
    *PURCHASES,
    told(capital.Reported(share_class="B", shares=build.figure("1,000,000 shares")), "2025-05-30"),
    told(market.Observed(what="close", price=build.figure("HKD 40.00")), "2025-06-30"),
    told(dividends.Declared(amount=build.figure("USD 1.00")), "2025-05-01"),
    target("USD 10.00", "initial", "2025-03-01"),
    outcome("USD 3.00"),
)


def sections(*events: Event) -> list[Section]:
    stream = build.stream(*events)
    return [topic.section(stream) for topic in catalog().topics if topic.name != "capital"]


def test_a_split_before_all_figures_changes_no_section() -> None:
    old = build.event(
        capital.Changed(change="split", ratio="4:1", ex_day=build.when("2010-07-01")),
        source="split",
        occurred="2010-06-30",
        published="2010-06-02T09:00:00+00:00",
    )
    assert sections(*EVERY, old) == sections(*EVERY)
    assert sections(*EVERY, SPLIT) != sections(*EVERY)


def test_the_order_of_loading_does_not_matter() -> None:
    expected = sections(*EVERY, SPLIT)
    assert all(sections(*order) == expected for order in build.orders(*EVERY, SPLIT))
