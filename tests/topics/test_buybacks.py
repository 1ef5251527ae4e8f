"""Buybacks: checkpoints, purchases after them, programmes, and what an imprecise day leaves open."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

import pytest

from tests.topics import build
from timeline.topics.buybacks import TOPIC, Authorised, Executed, Totalled

if TYPE_CHECKING:
    from timeline.event import Event

SOURCES = {
    # The summary of the return of 2025-11-20, and the article of 2026-01-09 (paragraph 3).
    "filing": build.source("filing", published="2025-11-20T18:00:00+08:00"),
    "article": build.source(published="2026-01-09T09:46:04+01:00"),
}
MANDATE = build.event(
    Authorised(form="mandate", cap=build.figure("2,594,916,968 shares")),
    source="filing",
    occurred="2025-06-05",
    published="2025-11-20T18:00:00+08:00",
)
NOVEMBER = build.event(
    Executed(
        shares=build.figure("13,500,000 shares"),
        value=build.figure("about HKD 507,762,184"),
        price=build.figure("HKD 37.38–38.1"),
        average=build.figure("HKD 37.61"),
        share_class="B",
        venue="XHKG",
        programme=build.when("2025-06-05"),
    ),
    source="filing",
    occurred="2025-11-20",
    published="2025-11-20T18:00:00+08:00",
)
NOVEMBER_TOTAL = build.event(
    Totalled(
        shares=build.figure("40,795,400 shares"),
        since=build.when("2025-06-05"),
        percent=build.figure("0.16 %"),
        programme=build.when("2025-06-05"),
    ),
    source="filing",
    occurred="2025-11-20",
    published="2025-11-20T18:00:00+08:00",
)
JANUARY = build.event(
    Executed(
        shares=build.figure("5 million shares"),
        value=build.figure("about HKD 190.6 million"),
        price=build.figure("HKD 38.04–38.16"),
        share_class="B",
        venue="XHKG",
    ),
    source="article",
    published="2026-01-09T09:46:04+01:00",
)
JANUARY_TOTAL = build.event(
    Totalled(
        shares=build.figure("162 million shares"),
        since=build.when("../2026-01-08"),
        percent=build.figure("about 0.63 %"),
    ),
    source="article",
    published="2026-01-09T09:46:04+01:00",
)
XIAOMI = (MANDATE, NOVEMBER, NOVEMBER_TOTAL, JANUARY, JANUARY_TOTAL)


def bought(shares: str, occurred: str, source: str) -> Event:
    payload = Executed(shares=build.figure(shares))
    return build.event(payload, occurred=occurred, source=source, published="2026-02-01T09:00:00+00:00")


def counted(shares: str, occurred: str, since: str = "2025-06-05/..", programme: str = "") -> Event:
    payload = Totalled(
        shares=build.figure(shares), since=build.when(since), programme=build.when(programme) if programme else None
    )
    return build.event(payload, occurred=occurred, source="total", published="2026-02-01T09:00:00+00:00")


def test_xiaomis_checkpoint_of_january_belongs_by_inference_to_the_mandate_of_june() -> None:
    section = build.section(TOPIC, *XIAOMI, sources=SOURCES)
    assert section.fields == {
        "cumulative_shares": "162000000",
        "cumulative_low": "161500000",
        "cumulative_high": "162500000",
        "cumulative_as_of": "2026-01-08",
        "percent_of_capital": "0.63",
        "itemised_shares": "18500000",
        "unitemised_shares": "143500000",
        "programme": "2025-06-05",
        "programme_inferred": True,
    }
    assert [line.cells for line in section.headlines] == [
        ("162m shares to 8 Jan 2026", "~0.63 % of capital", "mandate of 2025-06-05?"),
        ("18.5m itemised, 143.5m not", "last 5m at HKD 38.12"),
    ]
    totals = section.tables["programmes"][0]["totals"]
    assert [(row["occurred"], row["shares"]) for row in totals] == [
        ("2025-11-20", "40795400"),
        ("2026-01-08", "162000000"),
    ]
    assert section.series[0].points == (("2025-11-20", "40795400"), ("2026-01-08", "162000000"))


def test_the_reported_average_is_kept_and_a_missing_one_is_amount_by_shares() -> None:
    section = build.section(TOPIC, *XIAOMI, sources=SOURCES)
    assert [row["average"] for row in section.tables["executions"]] == ["37.61", "38.12"]  # 190.6 / 5
    spend = section.tables["spend"]
    assert [(row["currency"], row["purchases"], row["value"]) for row in spend] == [("HKD", "2", "698362184")]
    assert [row["month"] for row in section.tables["months"]] == ["2025-11", "2026-01"]


def test_the_order_of_loading_does_not_matter() -> None:
    expected = build.section(TOPIC, *XIAOMI, sources=SOURCES)
    assert all(build.section(TOPIC, *order, sources=SOURCES) == expected for order in permutations(XIAOMI))


THREE = (
    bought("5 million shares", "2026-01-08", "s1"),
    bought("5 million shares", "2026-01-09", "s2"),
    bought("5 million shares", "2026-01", "s3"),
)


@pytest.mark.parametrize("order", list(permutations(THREE)))
def test_a_purchase_in_january_that_may_be_either_of_two_stands_apart(order: tuple[Event, ...]) -> None:
    section = build.section(TOPIC, *order)
    assert section.fields["cumulative_shares"] == "10000000"
    assert [(row["occurred"], row["fits"]) for row in section.tables["apart"]] == [("2026-01", "2")]


def test_a_purchase_in_january_that_can_only_be_one_is_that_one() -> None:
    section = build.section(TOPIC, THREE[0], THREE[2])
    assert section.fields["cumulative_shares"] == "5000000"
    assert section.tables["executions"][0]["sources"] == ["s1", "s3"]


def test_later_purchases_add_to_a_checkpoint_and_earlier_ones_do_not() -> None:
    section = build.section(
        TOPIC,
        counted("100,000 shares", "2026-01-10"),
        bought("1,000 shares", "2026-01-08", "s1"),
        bought("2,000 shares", "2026-01-10", "s1"),
        bought("4,000 shares", "2026-01-12", "s1"),
    )
    assert section.fields["cumulative_shares"] == "104000"
    assert section.fields["itemised_shares"] == "3000"
    assert section.series[0].points == (("2026-01-10", "100000"), ("2026-01-12", "104000"))


def test_an_imprecise_checkpoint_leaves_open_what_it_includes() -> None:
    fields = build.section(
        TOPIC, counted("100,000 shares", "2026-01"), bought("4,000 shares", "2026-01-12", "s1")
    ).fields
    assert (fields["cumulative_low"], fields["cumulative_high"]) == ("100000", "104000")
    assert fields["cumulative_as_of"] == "2026-01-31"


def test_a_total_since_new_year_is_no_checkpoint_of_a_mandate_of_june() -> None:
    section = build.section(
        TOPIC, *XIAOMI, counted("5,000,000 shares", "2026-01-08", since="2026-01-01"), sources=SOURCES
    )
    assert section.fields["cumulative_shares"] == "162000000"
    (programme,) = section.tables["programmes"]
    assert {row["since"]: row["checkpoint"] for row in programme["totals"]} == {
        "2025-06-05": True,
        "2026-01-01": False,
        "../2026-01-08": True,
    }


def test_renewal_starts_another_programme() -> None:
    renewed = build.event(
        Authorised(form="mandate", cap=build.figure("2.5 billion shares")), occurred="2026-06-04", source="agm"
    )
    section = build.section(TOPIC, *XIAOMI, renewed, sources=SOURCES)
    assert [row["mandate"] for row in section.tables["programmes"]] == ["2025-06-05", "2026-06-04"]
    assert section.headlines[0].cells == ("up to 2.5bn, none reported yet", "mandate of 2026-06-04")
    assert section.fields["cumulative_low"] == "0"


def test_an_imprecise_approval_is_the_one_whose_day_another_report_names() -> None:
    vague = build.event(
        Authorised(form="mandate", cap=build.figure("2.6 billion shares")), occurred="2025-06", source="news"
    )
    (programme,) = build.section(TOPIC, vague, NOVEMBER, sources=SOURCES).tables["programmes"]
    assert (programme["mandate"], programme["cap_printed"]) == ("2025-06-05", "2.6 billion shares")


def test_an_imprecise_approval_alone_keeps_its_imprecise_date() -> None:
    vague = build.event(Authorised(form="programme", cap=build.figure("USD 1 billion")), occurred="2025-10")
    section = build.section(TOPIC, vague, bought("1,000 shares", "2025-12-01", "s1"))
    assert section.fields["programme"] == "2025-10"
    assert section.headlines[0].cells == ("1,000 shares to 1 Dec 2025", "mandate of 2025-10?")


def test_an_amount_that_shares_times_price_cannot_give_is_incoherent() -> None:
    assert JANUARY.payload.coherent()
    payload = Executed(
        shares=build.figure("5,000 shares"), value=build.figure("HKD 300,000"), price=build.figure("HKD 38.04–38.16")
    )
    assert not payload.coherent()


def test_nothing_known_says_nothing() -> None:
    assert build.section(TOPIC).empty


def test_a_total_that_names_the_mandate_joins_the_one_that_does_not() -> None:
    again = counted("162 million shares", "2026-01-08", programme="2025-06-05")
    section = build.section(TOPIC, *XIAOMI, again, sources=SOURCES)
    assert section.headlines[0].sources == 2
    assert len(section.tables["programmes"][0]["totals"]) == 2


def test_an_imprecise_approval_that_can_be_either_of_two_mandates_takes_no_report_from_them() -> None:
    vague = build.event(
        Authorised(form="mandate", cap=build.figure("1 billion shares")), occurred="2025", source="news"
    )
    other = counted("90,000 shares", "2025-12-31", programme="2025-10-01")
    section = build.section(TOPIC, vague, NOVEMBER, NOVEMBER_TOTAL, other, sources=SOURCES)
    assert [(row["mandate"], row["shares"]) for row in section.tables["programmes"]] == [
        ("2025-06-05", "40795400"),
        ("2025-10-01", "90000"),
        ("2025", "0"),
    ]


def test_a_total_of_no_known_mandate_says_from_which_day_it_counts() -> None:
    total = build.event(
        Totalled(shares=build.figure("93 million"), since=build.when("2025-09-28")), occurred="2025-12-27"
    )
    (line, *_) = build.section(TOPIC, total).headlines
    assert line.cells == ("93m shares to 27 Dec 2025", "since 28 Sep 2025")
