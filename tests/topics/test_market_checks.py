"""What the market's figures say of one another: found where they cannot all be true, quiet however they are rounded."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Literal

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.topics import build
from timeline.check import findings
from timeline.claim import Flowed, Listed, Moved, Quoted, Rated, Traded
from timeline.digits import group, plain
from timeline.topics.capital import Changed
from timeline.topics.company import TOPIC as COMPANY
from timeline.topics.company import Identified
from timeline.topics.market import TOPIC, Flow, Observed, Rate, Trade
from timeline.topics.market.claims import last_session, session

if TYPE_CHECKING:
    from timeline.event import Event, Payload
    from timeline.section import Finding
    from timeline.topics.market.payloads import What
    from timeline.values import Quantity

# A day's block trade as the article of 2026-01-09 prints it, paragraph 5: 6.5m × 38.02 = 247.13m.
BLOCK = Trade(
    shares=build.figure("6.5 million shares"),
    price=build.figure("HKD 38.02"),
    value=build.figure("about HKD 247 million"),
    side="sell",
    form="block",
)


def found(*events: Event) -> list[Finding]:
    return list(findings(TOPIC.told(build.stream(*events)).verdicts))


def rules(*events: Event) -> list[str]:
    return [finding.rule for finding in found(*events)]


def passed(*events: Event) -> list[str]:
    """The rules whose comparisons found nothing."""
    verdicts = TOPIC.told(build.stream(*events)).verdicts
    return [verdict.rule.name for verdict in verdicts if not isinstance(verdict.rule, str)]


def trade(value: str, shares: str = "6.5 million", price: str = "HKD 38.02", source: str = "s1") -> Event:
    return build.event(
        msgspec.structs.replace(
            BLOCK, shares=build.figure(f"{shares} shares"), price=build.figure(price), value=build.figure(value)
        ),
        source=source,
    )


def price(what: What, printed: str, occurred: str = "2026-01-08", venue: str | None = "XHKG") -> Event:
    return build.event(Observed(what=what, price=build.figure(printed), venue=venue), occurred=occurred)


def rate(pair: str, printed: str, occurred: str = "2026-01-08") -> Event:
    return build.event(Rate(pair=pair, rate=build.figure(printed)), occurred=occurred)


def test_the_articles_block_trade_adds_up() -> None:
    event = build.event(BLOCK, occurred="2026-01-08?")
    assert (rules(event), passed(event)) == ([], ["trade-amount"])


def test_an_amount_beside_shares_times_price_is_found_with_its_figures() -> None:
    (finding,) = found(trade("about HKD 260 million"))
    assert (finding.rule, finding.severity, finding.topic) == ("trade-amount", "error", "market")
    # 6.45m × 38.015 = 245.19675m, 6.55m × 38.025 = 249.06375m
    assert finding.what == (
        "prints about HKD 260 million for 6.5 million shares at HKD 38.02, which come to HKD 245.197m–249.064m"
    )
    assert [(each.name, Decimal(each.low or 0), Decimal(each.high or 0)) for each in finding.figures] == [
        ("shares", 6450000, 6550000),
        ("price", Decimal("38.02"), Decimal("38.02")),
        ("value", 259000000, 261000000),
        ("shares × price", 245196750, 249063750),
    ]
    assert finding.events == (trade("about HKD 260 million").id,)


@pytest.mark.parametrize(
    ("value", "times"),
    [("HKD 247 billion", "1,000 times too much"), ("HKD 24.7 million", "10 times too little")],
)
def test_an_amount_off_by_a_power_of_ten_is_told_as_that_and_nothing_else(value: str, times: str) -> None:
    (finding,) = found(trade(value))
    assert (finding.rule, finding.what.rpartition("; that is ")[2]) == ("trade-magnitude", times)


def test_an_amount_in_another_currency_whose_number_is_that_of_the_first_is_unlikely() -> None:
    (finding,) = found(trade("CNY 247.13 million", shares="6,500,000"))
    assert (finding.rule, finding.severity) == ("trade-currency", "warning")
    assert "CNY and HKD do not stand near par" in finding.assumed
    assert rules(trade("USD 247.13 million", shares="6,500,000", price="EUR 38.02")) == []  # these two do
    assert rules(trade("CNY 227 million", shares="6,500,000")) == []  # a conversion, at a rate that is not known


def test_a_rate_on_record_decides_between_currencies() -> None:
    on_record = rate("HKD/CNY", "0.92")
    assert passed(on_record, trade("CNY 227 million")) == ["trade-amount"]
    (finding,) = found(on_record, trade("HKD 227 million"))  # 6.5m × 38.02 × 0.92 = CNY 227.4m
    assert (finding.rule, finding.severity) == ("trade-currency", "error")
    (finding,) = found(on_record, trade("CNY 247.1 million"))
    assert (finding.rule, finding.severity) == ("trade-currency", "error")
    assert rules(on_record, trade("CNY 2.27 billion")) == ["trade-magnitude"]
    assert rules(on_record, trade("CNY 300 million")) == ["trade-amount"]


def test_a_rate_of_another_time_decides_nothing() -> None:
    assert rules(rate("HKD/CNY", "0.92", "2025-01-08"), trade("HKD 227 million")) == ["trade-amount"]


def test_every_report_of_a_trade_is_checked() -> None:
    assert passed(trade("HKD 247 million"), trade("HKD 247.1 million", source="s2")) == [
        *("trade-amount", "trade-amount"),
        "reports-disagree",
    ]
    assert rules(trade("HKD 247 million"), trade("HKD 2.47 billion", source="s2")).count("trade-magnitude") == 1


@given(
    shares=st.integers(1, 10**9),
    cents=st.integers(1, 10**6),
    places=st.tuples(st.integers(0, 5), st.integers(0, 8)),
    word=st.sampled_from(["", "about ", "over ", "nearly "]),
)
@settings(max_examples=60)
def test_a_true_amount_is_never_found_however_it_is_rounded(
    shares: int, cents: int, places: tuple[int, int], word: str
) -> None:
    amount = shares * Decimal(cents) / 100
    event = trade(
        f"{word}HKD {millions(amount, places[1], word)}",
        shares=millions(Decimal(shares), places[0], ""),
        price=f"HKD {plain(Decimal(cents) / 100)}",
    )
    assert not {rule for rule in rules(event) if rule.startswith("trade")}


def millions(number: Decimal, places: int, word: str) -> str:
    """The number rounded to decimals of a million, down or up where the word says so; a small one in full."""
    step = Decimal(10**6).scaleb(-places)
    if number < 10 * step:
        return group(number)
    rounding = {"over ": "ROUND_FLOOR", "nearly ": "ROUND_CEILING"}.get(word, ROUND_HALF_UP)
    return f"{plain((number / step).quantize(Decimal(1), rounding=rounding) * step / 10**6)} million"


@given(shares=st.integers(10**6, 10**9), cents=st.integers(100, 10**5), power=st.sampled_from([-3, -1, 1, 3]))
@settings(max_examples=30)
def test_a_wrong_power_of_ten_is_always_found(shares: int, cents: int, power: int) -> None:
    amount = (shares * Decimal(cents) / 100).scaleb(power).quantize(Decimal("0.01"))
    event = trade(f"HKD {group(amount)}", shares=group(Decimal(shares)), price=f"HKD {plain(Decimal(cents) / 100)}")
    assert rules(event) == ["trade-magnitude"]


def test_a_close_above_the_high_of_its_day_is_found() -> None:
    (finding,) = found(price("close", "HKD 38.20"), price("high", "HKD 38.16"), price("low", "HKD 37.90"))
    assert (finding.rule, finding.what) == (
        "price-order",
        "the close of 8 Jan 2026, HKD 38.20, lies above the high, HKD 38.16",
    )
    assert len(finding.events) == 2


def test_a_low_above_the_average_or_the_high_is_found() -> None:
    assert rules(price("low", "HKD 38.10"), price("average", "HKD 38.00"), price("high", "HKD 38.05")) == [
        "price-order",
        "price-order",
    ]


def test_prices_of_other_days_venues_and_currencies_are_not_compared() -> None:
    high = price("high", "HKD 38.16")
    others = (
        price("close", "HKD 38.20", "2026-01-07"),
        price("close", "HKD 38.20", venue="XSHG"),
        price("close", "CNY 38.20"),
        price("close", "HKD 38.20", "2026-01"),
        price("resistance", "HKD 38.20"),
    )
    assert not any(passed(high, other) + rules(high, other) for other in others)


@given(
    st.lists(st.integers(100, 10**6), min_size=5, max_size=5).map(sorted),
    st.lists(st.integers(0, 2), min_size=5, max_size=5),
)
@settings(max_examples=40)
def test_prices_in_their_order_are_never_found_however_each_is_rounded(cents: list[int], places: list[int]) -> None:
    printed = [
        f"HKD {plain((Decimal(each) / 100).quantize(Decimal(1).scaleb(-place)))}"
        for each, place in zip(cents, places, strict=True)
    ]
    names: tuple[What, ...] = ("low", "open", "average", "close", "high")
    events = [price(what, text) for what, text in zip(names, printed, strict=True)]
    assert (rules(*events), passed(*events)) == ([], ["price-order"] * 7)


def flow(
    value: str,
    occurred: str = "2026-01-08",
    direction: Literal["inflow", "outflow"] = "inflow",
    streak: int | None = None,
    sessions: int | None = None,
    cumulative: Quantity | None = None,
) -> Event:
    payload = Flow(channel="ETF", value=build.figure(value), direction=direction)
    told = msgspec.structs.replace(payload, streak=streak, sessions=sessions, cumulative=cumulative)
    return build.event(told, occurred=occurred)


def test_a_sum_below_its_last_session_is_found() -> None:
    (finding,) = found(flow("HKD 500", streak=6, cumulative=build.figure("HKD 400")))
    assert (finding.rule, finding.severity) == ("flow-sum-short", "error")
    assert finding.what == "the sum, HKD 400, is less than its last session alone, HKD 500"


def test_a_sum_told_apart_is_compared_with_the_session_whose_streak_covers_it() -> None:
    last = flow("HKD 1.071 billion", streak=6)
    assert passed(last, flow("over HKD 4.68 billion", "../2026-01-08", sessions=6)) == ["flow-sum-short"]
    assert rules(last, flow("HKD 0.9 billion", "../2026-01-08", sessions=6)) == ["flow-sum-short"]


def test_a_sum_that_may_hold_sessions_of_the_other_direction_is_not_compared() -> None:
    last = flow("HKD 500", streak=2)
    for total in (
        flow("HKD 400", "../2026-01-08", sessions=6),  # four sessions may have lost money
        flow("HKD 400", "../2026-01-08", "outflow", sessions=2),
        flow("USD 400", "../2026-01-08", sessions=2),
        flow("HKD 400", "2026-01", sessions=2),  # up to which day?
    ):
        assert passed(last, total) + rules(last, total) == []
    beside = flow("HKD 500", streak=2, sessions=6, cumulative=build.figure("HKD 400"))
    assert passed(beside) + rules(beside) == []


def test_rates_of_a_pair_that_leap_within_a_week_are_found() -> None:
    (finding,) = found(rate("USD/CNY", "7.1", "2026-01-05"), rate("USD/CNY", "8.9"))
    assert (finding.rule, finding.severity) == ("rate-differs", "warning")
    assert finding.what == "USD/CNY 7.1 and USD/CNY 8.9 are more than 20 % apart (5 Jan 2026 and 8 Jan 2026)"


def test_a_rate_and_its_inverse_have_to_fit() -> None:
    assert passed(rate("USD/CNY", "7.1"), rate("CNY/USD", "0.14")) == ["rate-differs"]
    assert rules(rate("USD/CNY", "7.1"), rate("CNY/USD", "0.71")) == ["rate-differs"]
    assert rules(rate("USD/CNY", "7.1"), rate("CNY/USD", "7.1")) == ["rate-differs"]


def test_rates_of_other_pairs_of_later_weeks_and_of_whole_years_are_not_compared() -> None:
    first = rate("USD/CNY", "7.1", "2026-01-05")
    for other in (rate("EUR/CNY", "9.1"), rate("USD/CNY", "9.1", "2026-02-05"), rate("USD/CNY", "9.1", "2026")):
        assert passed(first, other) + rules(first, other) == []


@given(st.integers(2, 10**6), st.integers(0, 4))
@settings(max_examples=40)
def test_a_rate_and_its_own_inverse_always_fit(tenths: int, places: int) -> None:
    true = Decimal(tenths) / 10
    turned = (1 / true).quantize(Decimal(1).scaleb(-places - 1))
    events = (rate("USD/CNY", plain(true)), rate("CNY/USD", plain(turned)))
    assert rules(*events) == []


def claims(*payloads: Payload, occurred: str = "2026-01-08") -> list[str]:
    told = TOPIC.told(build.stream(*(build.event(each, occurred=occurred) for each in payloads)))
    return [type(claim).__name__ for claim in told.claims]


def test_what_needs_a_calendar_or_a_listing_is_claimed() -> None:
    close = Observed(what="close", price=build.figure("HKD 38"), change=build.figure("-0.42 %"))
    buying = Trade(shares=build.figure("10 shares"), form="open-market")
    assert claims(close, BLOCK, buying, Rate(pair="USD/CNY", rate=build.figure("7.1"))) == [
        *(Quoted.__name__, Moved.__name__),
        *(Traded.__name__, Rated.__name__),
    ]
    assert claims(close, buying, occurred="2026-01") == []
    assert claims(Observed(what="support", price=build.figure("HKD 38"))) == []
    assert claims(Observed(what="open", change=build.figure("-0.42 %"))) == []  # against what?


def test_a_day_in_doubt_is_no_session() -> None:
    assert session(build.when("2026-01-08")) == date(2026, 1, 8)
    assert [session(build.when(text)) for text in ("2026-01-08?", "2026-01-08~", "2026-01")] == [None] * 3
    assert last_session(build.when("../2026-01-08")) == date(2026, 1, 8)
    assert [last_session(build.when(text)) for text in ("../2026-01-08?", "2026-01", "2026-01-08/..")] == [None] * 3


def test_a_flow_is_claimed_with_its_day_where_that_is_sure() -> None:
    told = TOPIC.told(
        build.stream(flow("HKD 1"), flow("HKD 2", "../2026-01-08", sessions=6), flow("HKD 3", "2026-01-07?"))
    )
    days = {
        claim.value.printed: claim.day and claim.day.isoformat() for claim in told.claims if isinstance(claim, Flowed)
    }
    assert days == {"HKD 1": "2026-01-08", "HKD 2": "2026-01-08", "HKD 3": None}


def test_a_price_before_a_split_is_claimed_in_todays_shares() -> None:
    split = build.event(Changed(change="split", ratio="4:1", ex_day=build.when("2026-01-12")), occurred="2026-01-12")
    told = TOPIC.told(build.stream(price("close", "HKD 38.00"), split))
    (quoted,) = (claim for claim in told.claims if isinstance(claim, Quoted))
    assert quoted.price.anchor == Decimal("9.5")


def test_each_ticker_is_a_listing_and_nothing_else_is() -> None:
    ticker = Identified(scheme="ticker", value="1810", mic="XHKG", valid=build.when("2018-07-09/.."))
    isin = Identified(scheme="ISIN", value="KYG9830T1067")
    told = COMPANY.told(build.stream(build.event(ticker), build.event(isin)))
    assert [(claim.venue, claim.valid) for claim in told.claims if isinstance(claim, Listed)] == [
        ("XHKG", build.when("2018-07-09/.."))
    ]
