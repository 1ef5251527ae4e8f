"""Checks of buybacks: each bites on an example worked by hand, and is quiet on what is printed correctly."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import prints
from tests.topics import build
from timeline import Timeline
from timeline.check import Passed
from timeline.claim import Stake, Traded
from timeline.section import Finding
from timeline.topics.buybacks import TOPIC, Authorised, Executed, Totalled
from timeline.topics.buybacks.checks import RULES

if TYPE_CHECKING:
    from timeline.event import Event
    from timeline.values import Quantity

PUBLISHED = "2026-03-01T09:00:00+08:00"
FIXTURES = Path(__file__).parents[2] / "fixtures"
few = settings(max_examples=40)


def printed(text: str) -> Quantity | None:
    return build.figure(text) if text else None


def bought(  # noqa: PLR0913 - what a report may print
    shares: str,
    value: str = "",
    price: str = "",
    average: str = "",
    fees: str = "",
    *,
    occurred: str = "2026-01-08",
    source: str = "s1",
    percent: str = "",
    programme: str = "",
) -> Event:
    payload = Executed(
        shares=build.figure(shares),
        value=printed(value),
        price=printed(price),
        average=printed(average),
        fees=printed(fees),
        percent=printed(percent),
        programme=build.when(programme) if programme else None,
    )
    return build.event(payload, occurred=occurred, source=source, published=PUBLISHED)


def totalled(  # noqa: PLR0913 - what a report may print
    occurred: str,
    shares: str = "",
    value: str = "",
    trades: str = "",
    percent: str = "",
    *,
    since: str = "2025-06-05",
    programme: str = "",
) -> Event:
    payload = Totalled(
        since=build.when(since),
        shares=printed(shares),
        value=printed(value),
        trades=printed(trades),
        percent=printed(percent),
        programme=build.when(programme) if programme else None,
    )
    return build.event(payload, occurred=occurred, source=f"t{occurred}", published=PUBLISHED)


def mandate(cap: str, occurred: str = "2025-06-05", end: str = "", start: str = "") -> Event:
    payload = Authorised(
        form="mandate",
        cap=build.figure(cap),
        end=build.when(end) if end else None,
        start=build.when(start) if start else None,
    )
    return build.event(payload, occurred=occurred, source=f"m{occurred}", published="2025-06-05T18:00:00+08:00")


def found(*events: Event) -> list[Finding]:
    own = {rule.name for rule in RULES}
    verdicts = TOPIC.told(build.stream(*events)).verdicts
    return [each for each in verdicts if isinstance(each, Finding) and each.rule in own]


def rules(*events: Event) -> list[str]:
    return [finding.rule for finding in found(*events)]


def passed(*events: Event) -> Counter[str]:
    verdicts = TOPIC.told(build.stream(*events)).verdicts
    return Counter(each.rule.name for each in verdicts if isinstance(each, Passed))


# The seed: 5 million (4.5 to 5.5 million) × HKD 38.04–38.16 is HKD 171 to 210 million; about HKD 190.6 million paid.
SEED = ("5 million shares", "about HKD 190.6 million", "HKD 38.04–38.16")
# The return of 20 November: 13,500,000 × 37.61 is 507,735,000; 507,762,184 / 13,500,000 is 37.6120, printed 37.61.
RETURN = ("13,500,000 shares", "about HKD 507,762,184", "HKD 37.38–38.1", "HKD 37.61")


def test_the_seeds_amount_fits_its_shares_and_prices() -> None:
    assert (rules(bought(*SEED)), passed(bought(*SEED))) == ([], {"buyback-amount": 1})


def test_an_average_is_rounded_so_the_return_agrees_with_itself_three_times() -> None:
    assert rules(bought(*RETURN)) == []
    assert passed(bought(*RETURN)) == {"buyback-amount": 1, "buyback-average": 1, "buyback-average-range": 1}


def test_an_amount_beyond_shares_times_the_price_range_is_an_error() -> None:
    # 5,000,000 × 38.04 = 190,200,000 and × 38.16 = 190,800,000; 250,000,000 is 31 % more.
    (finding,) = found(bought("5,000,000 shares", "HKD 250 million", "HKD 38.04–38.16"))
    assert (finding.rule, finding.severity) == ("buyback-amount", "error")
    assert "5,000,000 shares at HKD 38.04–38.16 come to" in finding.what
    assert "but HKD 250 million was paid" in finding.what
    assert [(figure.name, figure.printed) for figure in finding.figures] == [
        ("amount", "HKD 250 million"),
        ("number of shares", "5,000,000 shares"),
        ("price", "HKD 38.04–38.16"),
        ("shares × price", ""),
    ]
    # The ends of the range are rounded to 0.01, so 5,000,000 × 38.035 and × 38.165.
    assert (finding.figures[-1].low, finding.figures[-1].high) == ("190175000.000", "190825000.000")


def test_an_average_outside_the_price_range_is_an_error() -> None:
    # 5,000,000 × 38.10 = 190,500,000 agrees with the range, so it is the average of 39.00 that does not.
    assert rules(bought("5,000,000 shares", "HKD 190,500,000", "HKD 38.04–38.16", "HKD 39.00")) == [
        "buyback-average-range"
    ]


def test_amount_shares_and_average_that_disagree_within_the_range_are_an_error() -> None:
    # 5,000,000 × 38.00 = 190,000,000; 200,000,000 / 5,000,000 = 40.00 lies in 37–41 as well.
    assert rules(bought("5,000,000 shares", "HKD 200,000,000", "HKD 37.00–41.00", "HKD 38.00")) == ["buyback-average"]


def test_fees_within_the_tolerance_are_a_note_and_beyond_it_an_error() -> None:
    # 1,000,000 × 38.00 = 38,000,000; 0.2 % more is 38,076,000; 0.8 % more is 38,304,000.
    (finding,) = found(bought("1,000,000 shares", "HKD 38,076,000", "HKD 37.90–38.10", "HKD 38.00"))
    assert (finding.rule, finding.severity) == ("buyback-fees", "note")
    assert rules(bought("1,000,000 shares", "HKD 38,304,000", "HKD 37.90–38.10", "HKD 38.00")) == ["buyback-amount"]


def test_an_amount_that_is_too_small_is_not_explained_by_fees() -> None:
    # 0.2 % less than 38,000,000 is 37,924,000.
    assert rules(bought("1,000,000 shares", "HKD 37,924,000", "HKD 37.90–38.10", "HKD 38.00")) == ["buyback-average"]


def test_stated_fees_count_for_what_they_are() -> None:
    # 38,000,000 + 300,000 of fees (0.8 %) = 38,300,000.
    assert rules(bought("1,000,000 shares", "HKD 38,300,000", "HKD 38.00–38.00", fees="HKD 300,000")) == [
        "buyback-fees"
    ]


def test_an_amount_in_another_currency_that_only_fits_the_prices_one() -> None:
    # 5,000,000 × 38.12 = 190.6 million Hong Kong dollars; in yuan that would be some 175 million.
    (finding,) = found(bought("5 million shares", "about CNY 190.6 million", "HKD 38.04–38.16"))
    assert finding.rule == "buyback-currency"
    assert "in HKD and not in CNY" in finding.what
    quiet = bought("5 million shares", "CNY 174.8 million", "HKD 38.04–38.16")
    assert (rules(quiet), passed(quiet)) == ([], {"buyback-currency": 1})


def test_a_number_of_shares_that_leaves_too_much_open_tells_nothing_of_a_currency() -> None:
    # "1 million" may be 0.5 to 1.5 million, so that 38 million may be yuan for 1.1 million shares as well.
    coarse = bought("1 million shares", "CNY 38 million", "HKD 38.00–38.10")
    assert (rules(coarse), passed(coarse)) == ([], {})


def test_an_average_in_another_currency_that_lies_in_the_range() -> None:
    # 37.61 lies between 37.38 and 38.1; in yuan it would be some 34.5.
    assert rules(bought("13,500,000 shares", "", "HKD 37.38–38.1", "CNY 37.61")) == ["buyback-currency"]


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        # 5 million × 38.1 = 190.5 million: a million printed as a billion.
        (("5 million shares", "HKD 190.6 billion", "HKD 38.04–38.16"), "the amount were HKD 190.6m"),
        # The amount and the average agree with 13,500,000 shares × 37.61, so the prices are ten times too low.
        (("13,500,000 shares", "HKD 507,762,184", "HKD 3.738–3.81", "HKD 37.61"), "the price were HKD 37.38–38.1"),
        # 13.5 billion printed for 13.5 million, in all three comparisons that shares take part in.
        (("13.5 billion shares", "HKD 507,762,184", "HKD 37.38–38.1", "HKD 37.61"), "the number of shares were 13.5m"),
        # Only the average is off: 376.1 instead of 37.61.
        (("13,500,000 shares", "HKD 507,762,184", "HKD 37.38–38.1", "HKD 376.1"), "the average price were HKD 37.61"),
    ],
)
def test_a_figure_off_by_a_power_of_ten_is_named_with_what_it_would_be(figures: tuple[str, ...], said: str) -> None:
    (finding,) = found(bought(*figures))
    assert finding.rule == "buyback-magnitude"
    assert said in finding.what


def test_two_figures_at_fault_give_two_findings() -> None:
    # 5,000,000 × 38.04–38.16 is 190.2 to 190.8 million, × 40 is 200 million; 300 million is neither, 40 no such price.
    assert rules(bought("5,000,000 shares", "HKD 300,000,000", "HKD 38.04–38.16", "HKD 40.00")) == [
        "buyback-average-range",
        "buyback-amount",
    ]


def test_a_report_that_is_not_the_accepted_one_is_found_and_named() -> None:
    good, bad = bought(*RETURN), bought("13,500,000 shares", "HKD 600,000,000", "HKD 37.38–38.1", source="s2")
    (finding,) = found(good, bad)
    assert (finding.rule, finding.events, finding.sources) == ("buyback-amount", (bad.id,), ("s2",))


def test_a_total_that_falls_is_an_error_and_rounding_is_no_fall() -> None:
    (finding,) = found(totalled("2025-11-20", "40,795,400 shares"), totalled("2025-12-20", "40,000,000 shares"))
    assert finding.rule == "buyback-total-falls"
    assert "40,000,000 shares to 20 Dec 2025 is less than the total of 40,795,400 shares" in finding.what
    # "41 million" may be as little as 40.5 million, less than 40.8 million, but it may be 40.9 million too.
    assert rules(totalled("2025-11-20", "40,795,400 shares"), totalled("2025-12-20", "41 million shares")) == []
    assert rules(totalled("2025-11-20", trades="12"), totalled("2025-12-20", trades="11")) == ["buyback-total-falls"]


# Thursday 8, Friday 9 and Monday 12 January 2026.
WEEK = ("2026-01-08", "2026-01-09", "2026-01-12")


def test_a_total_is_the_one_before_and_all_purchases_where_every_weekday_has_one() -> None:
    days = [bought("1,000,000 shares", occurred=day) for day in WEEK]
    # 40,000,000 + 3 × 1,000,000 = 43,000,000.
    right = [totalled("2026-01-07", "40,000,000 shares"), totalled("2026-01-12", "43,000,000 shares"), *days]
    assert (rules(*right), passed(*right)["buyback-total-differs"]) == ([], 1)
    (finding,) = found(right[0], totalled("2026-01-12", "44,000,000 shares"), *days)
    assert finding.rule == "buyback-total-differs"
    assert "43m shares" in finding.what
    assert "a total includes the purchases of its own day" in finding.assumed[0]


def test_a_missing_weekday_leaves_open_what_else_was_bought() -> None:
    days = [bought("1,000,000 shares", occurred=day) for day in WEEK[:1] + WEEK[2:]]
    more = [totalled("2026-01-07", "40,000,000 shares"), totalled("2026-01-12", "44,000,000 shares"), *days]
    assert (rules(*more), passed(*more)["buyback-total-differs"]) == ([], 0)
    # 40,000,000 + 2 × 1,000,000 = 42,000,000 at least.
    assert rules(more[0], totalled("2026-01-12", "41,500,000 shares"), *days) == ["buyback-total-short"]


def test_the_number_of_trades_tells_that_all_purchases_are_known() -> None:
    one = bought("1,000,000 shares", occurred="2026-01-09")
    before, after = totalled("2026-01-07", "40,000,000 shares", trades="9"), "2026-01-31"
    # 10 − 9 = 1 purchase, of 1,000,000 shares.
    assert rules(before, one, totalled(after, "42,000,000 shares", trades="10")) == ["buyback-total-differs"]
    assert rules(before, one, totalled(after, "42,000,000 shares", trades="11")) == []


def test_a_total_ten_times_too_large_is_told_with_what_would_fit() -> None:
    days = [bought("1,000,000 shares", occurred=day) for day in WEEK]
    (finding,) = found(totalled("2026-01-07", "40,000,000 shares"), totalled("2026-01-12", "430,000,000 shares"), *days)
    assert "43m would be" in finding.what


def test_a_wrong_total_is_found_once() -> None:
    days = [bought("1,000,000 shares", occurred=day) for day in WEEK]
    wrong = [
        totalled("2026-01-07", "40,000,000 shares"),
        totalled("2026-01-08", "410,000,000 shares"),
        totalled("2026-01-09", "42,000,000 shares"),
        totalled("2026-01-12", "43,000,000 shares"),
    ]
    assert rules(*wrong, *days) == ["buyback-total-differs"]


def test_amounts_and_first_totals_include_what_is_on_record() -> None:
    paid = bought("1,000,000 shares", "HKD 38,000,000", occurred="2026-01-08")
    assert rules(totalled("2026-01-08", value="HKD 30 million"), paid) == ["buyback-total-short"]
    assert rules(totalled("2026-01-08", value="HKD 40 million"), paid) == []
    # The 0.1 % that the purchase's amount is more, 38,000 of 38,000,000, may be fees that the total leaves out.
    assert rules(totalled("2026-01-08", value="HKD 37,962,000"), paid) == []


def test_a_purchase_of_a_week_and_those_of_its_days_are_not_added_up() -> None:
    week = bought("3,000,000 shares", occurred="2026-01-08/2026-01-12", source="w")
    days = [bought("1,000,000 shares", occurred=day) for day in WEEK]
    # 3,000,000 in all; added up they would be 6,000,000.
    assert rules(totalled("2026-01-12", "3,000,000 shares"), week, *days) == []


def test_totals_since_other_days_and_vague_ones_without_a_programme_are_not_compared() -> None:
    year = totalled("2026-02-01", "5,000,000 shares", since="2026-01-01")
    assert rules(mandate("90,000,000 shares"), totalled("2026-01-07", "40,000,000 shares"), year) == []
    vague = [
        totalled("2026-01-07", "40,000,000 shares", since="../2026-01-07"),
        totalled("2026-02-07", "2,000,000 shares", since="../2026-02-07"),
    ]
    assert rules(*vague) == []
    # With a mandate both belong to it by inference, which is named.
    (finding,) = found(mandate("90,000,000 shares"), *vague)
    assert "which not every report names" in finding.assumed[1]


def test_more_than_the_mandate_allows_is_an_error_once() -> None:
    over = [totalled("2026-01-07", "91,000,000 shares"), totalled("2026-01-31", "92,000,000 shares")]
    (finding,) = found(mandate("90,000,000 shares"), *over)
    assert finding.rule == "buyback-beyond-cap"
    assert "91,000,000 shares to 7 Jan 2026, is more than the 90,000,000 shares" in finding.what
    assert rules(mandate("91 million shares"), over[0]) == []
    # 3 × USD 40 million is more than 100 million; USD 100.4 million may be 100 million and fees of 0.4 %.
    paid = [bought("1,000,000 shares", "USD 40 million", occurred=day) for day in WEEK]
    assert rules(mandate("USD 100 million"), *paid) == ["buyback-beyond-cap"]
    assert rules(mandate("USD 100,000,000"), totalled("2026-01-07", value="USD 100,400,000")) == []


def test_nothing_is_bought_before_the_mandate_or_after_its_end() -> None:
    early = bought("1,000,000 shares", occurred="2025-06-01", programme="2025-06-05")
    late = bought("1,000,000 shares", occurred="2026-06-05")
    granted = mandate("90,000,000 shares", end="2026-06-01")
    assert [finding.what.partition(" lies ")[2] for finding in found(granted, early, late)] == [
        "before the mandate began on 2025-06-05",
        "after the mandate ended on 2026-06-01",
    ]
    assert rules(granted, bought("1,000,000 shares", occurred="2026-06-01")) == []
    renewed = mandate("80,000,000 shares", occurred="2026-06-02")
    assert rules(granted, renewed, late) == []


def test_percentages_of_one_programme_are_of_one_capital() -> None:
    # 40,795,400 / 0.16 % (0.155 to 0.165) is 24.7 to 26.3 billion; 13,500,000 / 0.052 % is 25.7 to 26.2 billion.
    same = (mandate("2,594,916,968 shares"), totalled("2025-11-20", "40,795,400 shares", percent="0.16 %"))
    day = {"occurred": "2025-11-20"}
    assert rules(*same, bought("13,500,000 shares", percent="0.052 %", **day)) == []
    # 13,500,000 / 0.063 % is 21.4 billion, 13 % less than 24.7; 162 million / 6.3 % is 2.6 billion.
    (finding,) = found(*same, bought("13,500,000 shares", percent="0.063 %", **day))
    assert (finding.rule, finding.severity) == ("buyback-percent-base", "warning")
    january = totalled("2026-01-08", "162 million shares", percent="about 6.3 %")
    assert rules(*same, bought("13,500,000 shares", percent="0.052 %", **day), january) == ["buyback-percent-base"]


def test_percentages_and_purchases_of_a_day_are_claimed() -> None:
    events = (
        mandate("2,594,916,968 shares"),
        bought("13,500,000 shares", percent="0.052 %"),
        bought("1 million shares", price="HKD 38.00", occurred="2026-02", source="vague"),
        totalled("2025-11-20", "40,795,400 shares", percent="0.16 %"),
    )
    claims = TOPIC.told(build.stream(*events)).claims
    stakes = [claim for claim in claims if isinstance(claim, Stake)]
    assert [(stake.shares.printed, stake.percent.printed, stake.series) for stake in stakes] == [
        ("40,795,400 shares", "0.16 %", "buybacks 2025-06-05"),
        ("13,500,000 shares", "0.052 %", "buybacks 2025-06-05"),
    ]
    assert [claim.day for claim in claims if isinstance(claim, Traded)] == [date(2026, 1, 8)]


def test_the_shipped_facts_are_quiet(tmp_path: Path) -> None:
    from timeline.app.fold import fold
    from timeline.store.log import Reader
    from timeline.store.opening import open_reader

    Timeline.open(tmp_path / "facts.db").load([str(FIXTURES)])
    connection = open_reader(tmp_path / "facts.db")
    try:
        stream, _ = fold(Reader(connection), "xiaomi")
    finally:
        connection.close()
    verdicts = TOPIC.told(stream).verdicts
    made = Counter(each.rule.name for each in verdicts if isinstance(each, Passed))
    assert not [each for each in verdicts if isinstance(each, Finding)]
    assert {name: count for name, count in made.items() if name.startswith("buyback-")} == {
        "buyback-amount": 2,
        "buyback-average": 1,
        "buyback-average-range": 1,
        "buyback-total-falls": 1,
        "buyback-total-short": 2,
        "buyback-beyond-cap": 3,
        "buyback-outside-mandate": 2,
        "buyback-percent-base": 2,
    }


@dataclass(frozen=True)
class Purchase:
    """What truly happened on a day: single trades at prices in tenths of a cent."""

    trades: tuple[tuple[int, int], ...]

    @property
    def shares(self) -> Decimal:
        return Decimal(sum(count for count, _ in self.trades))

    @property
    def value(self) -> Decimal:
        return sum((count * Decimal(price).scaleb(-3) for count, price in self.trades), Decimal(0))

    @property
    def prices(self) -> tuple[Decimal, Decimal]:
        prices = [Decimal(price).scaleb(-3) for _, price in self.trades]
        return min(prices), max(prices)


def purchases() -> st.SearchStrategy[Purchase]:
    trades = st.lists(st.tuples(st.integers(1_000, 90_000_000), st.integers(0, 50)), min_size=1, max_size=4)
    return st.builds(
        lambda price, items: Purchase(tuple((count, price + price * more // 1000) for count, more in items)),
        st.integers(1_000, 500_000),
        trades,
    )


def price_range(purchase: Purchase, places: int) -> Quantity:
    low, high = (prints.rounded(price, places) for price in purchase.prices)
    return build.figure(f"HKD {low}–{high}")


@few
@given(st.data(), purchases(), st.integers(2, 3))
def test_what_is_printed_correctly_never_alarms(data: st.DataObject, true: Purchase, places: int) -> None:
    average = prints.rounded(true.value / true.shares, places)
    payload = Executed(
        shares=data.draw(prints.numbers(true.shares)),
        value=data.draw(prints.numbers(true.value, unit="HKD")),
        price=price_range(true, places),
        average=build.figure(f"HKD {average}"),
    )
    assert found(build.event(payload)) == []


@few
@given(purchases(), st.sampled_from([-6, -3, -2, -1, 1, 2, 3, 6]))
def test_an_amount_off_by_a_power_of_ten_is_always_found(true: Purchase, power: int) -> None:
    wrong = build.figure(f"HKD {true.value.scaleb(power):,f}")
    payload = Executed(shares=build.figure(f"{true.shares:,f}"), value=wrong, price=price_range(true, 3))
    (finding,) = found(build.event(payload))
    assert finding.rule == "buyback-magnitude"


@few
@given(purchases())
def test_an_amount_in_the_wrong_currency_is_always_found(true: Purchase) -> None:
    each = prints.rounded(true.value / true.shares, 3)
    payload = Executed(
        shares=build.figure(f"{true.shares:,f}"),
        value=build.figure(f"CNY {true.value:,f}"),
        average=build.figure(f"HKD {each}"),
    )
    (finding,) = found(build.event(payload))
    assert finding.rule == "buyback-currency"


@few
@given(st.data(), purchases(), st.sampled_from(["0.14", "0.65", "1.4", "7.8"]))
def test_an_amount_that_is_converted_never_alarms(data: st.DataObject, true: Purchase, rate: str) -> None:
    payload = Executed(
        shares=data.draw(prints.numbers(true.shares)),
        value=data.draw(prints.numbers(true.value * Decimal(rate), unit="CNY")),
        price=price_range(true, 3),
    )
    assert found(build.event(payload)) == []


def days(first: date, counts: list[int]) -> list[tuple[date, int]]:
    weekdays = (day for day in (first + timedelta(n) for n in range(40)) if day.weekday() < 5)
    return list(zip(weekdays, counts, strict=False))


@few
@given(st.data(), st.lists(st.integers(100_000, 20_000_000), min_size=1, max_size=8))
def test_totals_that_include_every_purchase_never_alarm(data: st.DataObject, counts: list[int]) -> None:
    events, running = [mandate("900,000,000 shares")], Decimal(0)
    capital = Decimal(26_000_000_000)
    for day, count in days(date(2025, 6, 5), counts):
        running += count
        events.append(bought(f"{count:,}", occurred=day.isoformat()))
        if data.draw(st.booleans()):
            percent = data.draw(prints.percentages(running * 100 / capital))
            shares = data.draw(prints.numbers(running))
            payload = Totalled(since=build.when("2025-06-05"), shares=shares, percent=percent)
            events.append(build.event(payload, occurred=day.isoformat(), source=f"t{day}", published=PUBLISHED))
    assert found(*events) == []


@few
@given(st.lists(st.integers(100_000, 20_000_000), min_size=2, max_size=8), st.sampled_from([-2, -1, 1, 2]))
def test_a_last_total_off_by_a_power_of_ten_is_always_found(counts: list[int], power: int) -> None:
    bought_on = days(date(2025, 6, 5), counts)
    (first, start), (last, _) = bought_on[0], bought_on[-1]
    wrong = int(Decimal(sum(counts)).scaleb(power))
    events = [bought(f"{count:,}", occurred=day.isoformat()) for day, count in bought_on]
    totals = [totalled(first.isoformat(), f"{start:,}"), totalled(last.isoformat(), f"{wrong:,}")]
    assert len(rules(*events, *totals)) == 1
