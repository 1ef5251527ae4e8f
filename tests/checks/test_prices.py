"""Prices of a trade against those that were quoted on its exchange that day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from hypothesis import given, settings
from hypothesis import strategies as st

from tests import prints
from tests.checks.claims import found, passed
from tests.topics import build
from timeline.check import findings
from timeline.checks.prices import prices
from timeline.claim import Quoted, Traded
from timeline.topics.buybacks import TOPIC as BUYBACKS
from timeline.topics.buybacks import Executed
from timeline.topics.market import TOPIC as MARKET
from timeline.topics.market import Observed

if TYPE_CHECKING:
    from timeline.check import Verdict

DAY = date(2026, 1, 8)
What = Literal["open", "close", "high", "low", "average"]


def traded(price: str, venue: str | None = "XHKG", day: date = DAY) -> Traded:
    payload = Executed(shares=build.figure("5 million shares"), price=build.figure(price), venue=venue)
    (item,) = build.stream(build.event(payload, occurred=day.isoformat())).of(Executed)
    return Traded(topic="buybacks", occurrence=item, what="buyback", day=day, venue=venue, price=item.payload.price)


def quoted(what: What, price: str, venue: str | None = "XHKG", day: date = DAY) -> Quoted:
    payload = Observed(what=what, price=build.figure(price), venue=venue)
    (item,) = build.stream(build.event(payload, occurred=day.isoformat(), source="m")).of(Observed)
    return Quoted(topic="market", occurrence=item, what=what, day=day, price=build.figure(price), venue=venue)


def verdicts(*claims: Traded | Quoted) -> list[Verdict]:
    return list(prices(claims))


# The seed: bought back at HKD 38.04–38.16 on 8 January.
SEED = traded("HKD 38.04–38.16")


def test_prices_within_the_days_low_and_high_are_quiet() -> None:
    assert (
        passed(verdicts(SEED, quoted("low", "HKD 37.90"), quoted("high", "HKD 38.16"))) == ["traded-outside-range"] * 2
    )


def test_a_lowest_price_below_the_low_is_found_once() -> None:
    # 38.04 < 38.10, and 38.16 > 38.12.
    (finding,) = findings(verdicts(SEED, quoted("low", "HKD 38.10"), quoted("high", "HKD 38.12")))
    assert (finding.rule, finding.severity, finding.topic) == ("traded-outside-range", "warning", "buybacks")
    assert finding.what == "buyback of 2026-01-08 on XHKG: HKD 38.04–38.16 is below the low of HKD 38.10 that day"
    assert [(figure.name, figure.printed) for figure in finding.figures] == [
        ("price", "HKD 38.04–38.16"),
        ("low", "HKD 38.10"),
    ]


def test_a_highest_price_above_the_high_is_found() -> None:
    (finding,) = findings(verdicts(SEED, quoted("high", "HKD 38.12")))
    assert "above the high of HKD 38.12" in finding.what


def test_prices_far_from_the_close_are_found_and_those_of_a_lively_day_are_not() -> None:
    # 38.04 is 14 % above 33.4 and 52 % above 25.
    assert found(verdicts(SEED, quoted("close", "HKD 33.4"))) == []
    assert found(verdicts(SEED, quoted("close", "HKD 25.00"))) == ["traded-outside-range"]
    assert found(verdicts(SEED, quoted("close", "HKD 380.4"))) == ["traded-outside-range"]


def test_other_exchanges_days_and_currencies_tell_nothing() -> None:
    assert verdicts(SEED, quoted("low", "HKD 60.00", venue="XSHG")) == []
    assert verdicts(SEED, quoted("low", "HKD 60.00", day=date(2026, 1, 9))) == []
    assert verdicts(SEED, quoted("low", "USD 60.00")) == []


def test_a_price_that_names_no_exchange_is_taken_by_its_currency_and_that_is_said() -> None:
    (finding,) = findings(verdicts(SEED, quoted("low", "HKD 60.00", venue=None)))
    assert "both are of one exchange, as they are in one currency" in finding.assumed


def test_the_claims_of_both_topics_meet() -> None:
    bought = Executed(shares=build.figure("5 million shares"), price=build.figure("HKD 38.04–38.16"), venue="XHKG")
    observed = Observed(what="low", price=build.figure("HKD 38.10"), venue="XHKG")
    stream = build.stream(build.event(bought), build.event(observed, source="m"))
    claims = [claim for topic in (BUYBACKS, MARKET) for claim in topic.told(stream).claims]
    assert found(prices(claims)) == ["traded-outside-range"]


cents = st.integers(100_000, 500_000)


@settings(max_examples=50)
@given(st.lists(cents, min_size=4, max_size=4), st.integers(1, 3), st.integers(1, 3))
def test_prices_within_the_session_never_alarm_however_they_are_rounded(
    each: list[int], places: int, other_places: int
) -> None:
    low, least, most, high = (Decimal(price).scaleb(-4) for price in sorted(each))
    bought = traded(f"HKD {prints.rounded(least, places)}–{prints.rounded(most, places)}")
    session = (
        quoted("low", f"HKD {prints.rounded(low, other_places)}"),
        quoted("high", f"HKD {prints.rounded(high, other_places)}"),
    )
    assert found(verdicts(bought, *session)) == []


@settings(max_examples=50)
@given(cents, st.sampled_from([-3, -2, -1, 1, 2, 3]))
def test_a_price_off_by_a_power_of_ten_is_always_found(price: int, power: int) -> None:
    true = Decimal(price).scaleb(-4)
    bought = traded(f"HKD {true.scaleb(power):f}")
    assert found(verdicts(bought, quoted("close", f"HKD {true:f}"))) == ["traded-outside-range"]
