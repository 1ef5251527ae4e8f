"""Currencies by name and by hundredth, prices without one, and amounts that are losses."""

from __future__ import annotations

import pytest

from tests.prose.reading import all_in, only, told
from timeline.values import Quantity


@pytest.mark.parametrize(
    ("text", "quote", "written"),
    [
        ("of 12 billion won in", "12 billion won", "won 12 billion"),
        ("of 5 million ringgit in", "5 million ringgit", "MYR 5 million"),
        ("of 20 Swiss francs in", "20 Swiss francs", "CHF 20"),
        ("of 3 Norwegian kroner in", "3 Norwegian kroner", "NOK 3"),
        ("of 5 million Kč in", "5 million Kč", "CZK 5 million"),
        ("S$5 million of it", "S$5 million", "S$ 5 million"),
        ("A$6 million of it", "A$6 million", "A$ 6 million"),
        ("NT$7 billion of it", "NT$7 billion", "NT$ 7 billion"),
        ("of 81 euro cents in", "81 euro cents", "EUR 0.81"),
        ("of 12.5p a share", "12.5p a share", "GBP 0.125 per share"),
        ("of 5 U.S. cents in", "5 U.S. cents", "USD 0.05"),
        ("of ₹829 cr in", "₹829 cr", "₹ 829 cr"),
        ("of ₹12,34,567 in", "₹12,34,567", "₹ 1,234,567"),
        ("有105億至近111億元的", "105億至近111億元", "105億 to 元 111億"),
        ("of half a billion euros in", "half a billion euros", "euros 0.5 billion"),
        ("of ₹1 each for", "₹1 each", "₹ 1 each"),
    ],
)
def test_a_currency_by_name_or_hundredth_needs_no_guess(text: str, quote: str, written: str) -> None:
    printed = only(text)
    assert (*told(printed)[1:], printed.assumed) == (quote, written, "")


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("The Prague firm paid 5 million crowns.", "CZK"),
        ("The Swedish firm paid 5 million crowns.", "SEK"),
        ("The Mumbai firm paid Rs. 0.50/- there.", "INR"),
        ("The Karachi firm paid Rs 5 million.", "PKR"),
        ("The Manila firm paid 5 million pesos.", "PHP"),
        ("The Tokyo firm paid ¥5 million.", "JPY"),
    ],
)
def test_a_word_of_several_countries_is_that_of_the_one_spoken_of(text: str, unit: str) -> None:
    printed = only(text)
    assert isinstance(printed.value, Quantity)
    assert (printed.value.unit, printed.alternatives) == (unit, ())
    assert f"taken for {unit}, of whose country the text speaks" in printed.assumed


def test_without_a_country_the_others_stay_beside_it() -> None:
    printed = only("It paid 5 million crowns.")
    assert [each.printed for each in printed.alternatives if isinstance(each, Quantity)] == [
        "SEK 5 million",
        "NOK 5 million",
        "DKK 5 million",
        "ISK 5 million",
    ]


def test_bare_cents_are_of_the_source_s_own_currency() -> None:
    assert told(only("35 to 40 cents a share", currency="AUD"))[2] == "AUD 0.35 to 0.40 per share"
    assert only("35 cents a share").assumed.startswith("“cents” is taken for USD; it may be EUR")


def test_an_amount_of_india_ends_in_a_slash_and_a_dash() -> None:
    printed = only("It pays Re. 1/- each.", currency="INR")
    assert told(printed) == ("price", "Re. 1/- each", "INR 1 each")


def test_a_price_and_its_conversion_are_one_figure_for_each_share() -> None:
    printed = only("The Prague firm paid 223.5 crowns ($9.67) per share.")
    assert told(printed) == ("price", "223.5 crowns ($9.67) per share", "CZK 223.5 ($9.67) per share")
    assert printed.conversion == "$9.67"


def test_a_conversion_can_be_in_a_named_currency() -> None:
    assert only("$48 million (1.1 billion Czech crowns)", currency="USD").conversion == "1.1 billion CZK"


def test_a_share_behind_brackets_still_makes_a_price() -> None:
    assert [each.what for each in all_in("a dividend of ₹2 (200%) per equity share")] == ["price", "percent"]


def test_a_price_without_a_currency_has_that_of_the_one_before() -> None:
    text = "It paid HKD 41.80 per share.\nAn average price of 40.5 per share was paid before."
    printed = all_in(text)[-1]
    assert told(printed) == ("price", "40.5 per share", "40.5 HKD per share")
    assert printed.assumed == "no currency is printed: HKD is that of “HKD 41.80 per share”"
    assert told(only("An average price of 40.5 per share was paid."))[2] == "40.5"


@pytest.mark.parametrize(
    "text",
    [
        "a net loss of HKD 3 million",
        "a HKD 3 million net loss",
        "its loss widened to HKD 3 million",
        "it lost about HKD 3 million",
        "Net loss: HKD 3 million",
        "a loss per share of HKD 3",
        "a deficit of HKD 3 million",
    ],
)
def test_an_amount_that_words_call_a_loss_is_negative(text: str) -> None:
    printed = only(text)
    assert printed.negative
    assert isinstance(printed.value, Quantity)
    assert (printed.value.low or 0) > 0


@pytest.mark.parametrize(
    "text",
    [
        "a profit of HKD 3 million",
        "a loss on sale, and revenue of HKD 3 million",
        "an impairment loss of HKD 3 million",
        "after a loss, cash of HKD 3 million",
        "a loss of -HKD 3 million",
        "a loss-making unit worth HKD 3 million",
    ],
)
def test_what_is_no_loss_or_has_its_own_sign_is_not(text: str) -> None:
    assert not only(text).negative


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("a two-digit growth", "two-digit"),
        ("a mid-single-digit rise", "mid-single-digit"),
        ("low double-digit percentage growth", "low double-digit percentage"),
    ],
)
def test_a_number_of_digits_is_a_percentage_without_a_value(text: str, quote: str) -> None:
    printed = only(text)
    assert (printed.what, printed.quote, printed.value, printed.alternatives) == ("percent", quote, None, ())
    assert "says how many digits" in printed.assumed


def test_a_number_in_words_and_again_in_digits_is_one() -> None:
    assert told(only("a period of twelve (12) months")) == ("period", "twelve (12) months", "12 months")
    assert told(only("a period of one (1) year")) == ("period", "one (1) year", "1 year")
