"""Amounts: what belongs to a number, and what it means."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.prose.reading import all_in, only, told
from timeline.values import Quantity

READ = [
    ("It bought 5 million B-shares.", "count", "5 million B-shares", "5 million shares"),
    (
        "worth approximately HKD 190.6 million then",
        "money",
        "approximately HKD 190.6 million",
        "approximately HKD 190.6 million",
    ),
    ("in inflows of 1.071 billion yuan", "money", "1.071 billion yuan", "yuan 1.071 billion"),
    (
        "prices between HKD 41.80 and HKD 42.10 per share",
        "price",
        "HKD 41.80 and HKD 42.10 per share",
        "HKD 41.80 to 42.10 per share",
    ),
    ("a range of $9.50 to $10.50", "money", "$9.50 to $10.50", "$ 9.50 to 10.50"),
    ("about 25,000-26,000 units", "count", "about 25,000-26,000 units", "about 25,000 to 26,000 units"),
    ("sales surpassed 410,000 units", "count", "surpassed 410,000 units", "over 410,000 units"),
    ("nearly 91,500 cars", "count", "nearly 91,500 cars", "nearly 91,500 cars"),
    ("some 300 people left", "count", "some 300 people", "some 300 people"),
    ("a $8bn-plus programme", "money", "$8bn-plus", "at least $ 8 bn"),
    ("as many as 12 plants", "count", "as many as 12 plants", "at most 12 plants"),
    ("a margin of -10.9 percent", "percent", "-10.9 percent", "-10.9 %"),
    ("a margin of negative 6.0%", "percent", "negative 6.0%", "-6.0 %"),
    ("a loss of (0.42)%", "percent", "(0.42)%", "-0.42 %"),
    ("by 9 percentage points", "percent", "9 percentage points", "9 pp"),
    ("by 25 basis points", "percent", "25 basis points", "25 bp"),
    ("a 100-basis-point fall", "percent", "100-basis-point", "100 bp"),
    ("a growth of 7.5 to 9.5 percent", "percent", "7.5 to 9.5 percent", "7.5 to 9.5 %"),
    ("a dividend of 0.24 HK cent", "money", "0.24 HK cent", "HKD 0.0024"),
    ("20.6 percent to 25.1 percent of it", "percent", "20.6 percent to 25.1 percent", "20.6 to 25.1 %"),
    ("a dividend of US$0.65 per ADS", "price", "US$0.65 per ADS", "US$ 0.65 per ads"),
    ("it sold twenty-five trucks", "count", "twenty-five trucks", "25 trucks"),
    ("half a million riders", "count", "half a million riders", "0.5 million riders"),
    ("a US$3.2T company", "money", "US$3.2T", "US$ 3.2 trillion"),
    ("the 550,000-vehicle forecast", "count", "550,000-vehicle", "550,000 vehicle"),
    ("a battery of 101 kWh", "quantity", "101 kWh", "101 kWh"),
    ("one hundred thousand orders", "count", "one hundred thousand orders", "100 thousand orders"),
    ("收入約171億元", "money", "約171億元", "about 元 171億"),
    ("毛利率升3.6個百分點", "percent", "3.6個百分點", "3.6 pp"),
    ("3.1萬至3.3萬部", "count", "3.1萬至3.3萬部", "3.1萬 to 3.3萬 部"),
    ("sales more than doubled", "quantity", "more than doubled", "more than 2 x"),
    ("two-thirds of its revenue", "percent", "two-thirds", "66.7 %"),
    ("1.5x as much", "quantity", "1.5x", "1.5 x"),
    ("a two-year contract", "period", "two-year", "2 year"),
    ("after more than 30 days", "period", "more than 30 days", "more than 30 days"),
]


@pytest.mark.parametrize(("text", "what", "quote", "written"), READ)
def test_an_amount_is_found_with_what_belongs_to_it(text: str, what: str, quote: str, written: str) -> None:
    assert told(only(text, currency="USD")) == (what, quote, written)


@pytest.mark.parametrize("written", [row[3] for row in READ])
def test_the_value_is_spelled_as_a_fixture_takes_it(written: str) -> None:
    assert Quantity.parse(written, "USD").printed == written


@pytest.mark.parametrize(
    ("text", "quote", "conversion"),
    [
        ("worth HK$2.5B ($321M) now", "HK$2.5B ($321M)", "$321M"),
        (
            "of 2.848 bln yuan (404 million U.S. dollars) in",
            "2.848 bln yuan (404 million U.S. dollars)",
            "404 million US dollars",
        ),
        (
            "RMB9,900.7 million (approximately US$1,553.6 million)",
            "RMB9,900.7 million (approximately US$1,553.6 million)",
            "approximately US$1,553.6 million",
        ),
        (
            "RMB 3 billion, or about US$420 million, in",
            "RMB 3 billion, or about US$420 million",
            "about US$420 million",
        ),
    ],
)
def test_the_same_amount_in_another_currency_is_no_second_figure(text: str, quote: str, conversion: str) -> None:
    printed = only(text)
    assert (printed.quote, printed.conversion) == (quote, conversion)
    assert isinstance(printed.value, Quantity)
    assert printed.value.conversion == conversion


def test_an_amount_after_or_with_the_same_sign_is_a_figure_of_its_own() -> None:
    printed = all_in("earned $25.5 million or $0.44 per share", currency="USD")
    assert [(each.what, each.quote, each.conversion) for each in printed] == [
        ("money", "$25.5 million", ""),
        ("price", "$0.44 per share", ""),
    ]


def test_an_amount_in_brackets_in_the_same_currency_is_a_figure_of_its_own() -> None:
    assert [each.quote for each in all_in("US$5 million (US$4 million)")] == ["US$5 million", "US$4 million"]


@pytest.mark.parametrize(
    "text",
    [
        "raised its target from 7,000 to 8,000 units",
        "rose from 7,000 to 8,000 units",
        "sales from 7,000 to 8,000 units",
    ],
)
def test_from_one_to_another_is_what_was_and_what_is(text: str) -> None:
    assert [told(each)[1:] for each in all_in(text)] == [("7,000", "7,000"), ("8,000 units", "8,000 units")]


@pytest.mark.parametrize(
    "text", ["prices ranging from 7,000 to 8,000", "between 7,000 and 8,000", "of 7,000–8,000", "of 7,000 to 8,000"]
)
def test_a_range_is_one_figure(text: str) -> None:
    assert told(only(text))[2] == "7,000 to 8,000"


def test_two_amounts_with_and_between_them_are_no_range() -> None:
    assert [told(each)[1] for each in all_in("cars of 5 million and 7 million units")] == [
        "5 million",
        "7 million units",
    ]


def test_a_year_ago_is_no_price_for_each_year() -> None:
    assert [told(each)[:2] for each in all_in("from RMB 3.88 billion a year ago")] == [
        ("money", "RMB 3.88 billion"),
        ("period", "a year ago"),
    ]


def test_a_change_and_what_it_led_to_are_two_figures() -> None:
    fell, price = all_in("It fell 0.42% to HKD 38.00 in Hong Kong.")
    assert (fell.what, fell.trend, price.what, told(price)[2]) == ("percent", "down", "price", "HKD 38.00")


@pytest.mark.parametrize(
    ("text", "trend"),
    [
        ("sales rose 3 percent", "up"),
        ("a decline of 3%", "down"),
        ("a margin of 3%", ""),
        ("cut costs; a margin of 3%", ""),
        ("an adjusted margin of 3%", ""),
    ],
)
def test_the_trend_is_that_of_the_word_right_before(text: str, trend: str) -> None:
    assert only(text).trend == trend


def test_a_sign_that_several_currencies_share_carries_them_all() -> None:
    printed = only("It cost $4.5 billion.")
    assert isinstance(printed.value, Quantity)
    assert printed.value.unit == "USD"
    assert printed.assumed.startswith("“$” is taken for USD; it may be HKD, AUD")
    assert [value.unit for value in printed.alternatives if isinstance(value, Quantity)][:2] == ["HKD", "AUD"]
    assert only("It cost $4.5 billion.", currency="HKD").assumed == ""


def test_the_core_is_the_figure_without_the_words_round_it() -> None:
    text = "worth approximately HKD 190.6 million to more than 30 holders"
    amount, holders = all_in(text)
    assert [text[each.core.start : each.core.end] for each in (amount, holders)] == ["HKD 190.6 million", "30"]


def test_bounds_are_those_of_the_parser_of_figures() -> None:
    value = only("roughly HKD 247 million").value
    assert isinstance(value, Quantity)
    assert value.bounds == (Decimal(246_000_000), Decimal(248_000_000))


def test_a_figure_that_the_parser_refuses_is_told_and_not_dropped() -> None:
    printed = only(f"It has {'9' * 60} things.")
    assert printed.value is None
    assert printed.assumed == "not read: a number of more than 40 digits"


def test_a_word_alone_is_no_figure() -> None:
    assert all_in("One of them said a third party was at one point among the few.") == []
