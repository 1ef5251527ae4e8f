"""Figures as printed: the bounds that print leaves open, the texts that are refused, and arithmetic on intervals.

The laws are held against a little printer and against fractions, which share no code with the reader.
"""

import subprocess
import sys
import time
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import NamedTuple

import msgspec
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from timeline.currencies import CODES, SIGNS
from timeline.errors import ParseProblem
from timeline.values import (
    Bounds,
    Measure,
    Quantity,
    Shares,
    change_percent,
    difference,
    group,
    percent_text,
    plain,
    product,
    short,
    short_number,
    total,
)


def problem(text: str, currency: str = "") -> ParseProblem:
    with pytest.raises(ParseProblem) as caught:
        Quantity.parse(text, currency)
    return caught.value


def pair(low: str, high: str) -> Bounds:
    return (Decimal(low) if low else None, Decimal(high) if high else None)


# ---------------------------------------------------------------- what print leaves open


@pytest.mark.parametrize(
    ("text", "low", "high", "unit", "qualifier"),
    [
        # Full digits are exact.
        ("550,000 vehicles", "550000", "550000", "vehicles", ""),
        ("550,000-vehicle", "550000", "550000", "vehicle", ""),
        ("CNY 229,900", "229900", "229900", "CNY", ""),
        ("HKD 507,762,184", "507762184", "507762184", "HKD", ""),
        ("21 530 610 634 shares", "21530610634", "21530610634", "shares", ""),
        ("21\u202f530\u202f610", "21530610", "21530610", "", ""),
        ("4.5 GWh", "4.5", "4.5", "GWh", ""),
        ("1.5x", "1.5", "1.5", "x", ""),
        ("-5", "-5", "-5", "", ""),
        ("(5)", "-5", "-5", "", ""),
        ("0", "0", "0", "", ""),
        # A scale word or a percent sign leaves half a unit of the last printed place.
        ("5 million", "4500000", "5500000", "", ""),
        ("6.5 million", "6450000", "6550000", "", ""),
        ("5.0 million", "4950000", "5050000", "", ""),
        ("162 million shares", "161500000", "162500000", "shares", ""),
        ("5 million B-shares", "4500000", "5500000", "shares", ""),
        ("5 million Class B shares", "4500000", "5500000", "shares", ""),
        ("5B shares", "4500000000", "5500000000", "shares", ""),
        ("HKD 1.071 billion", "1070500000", "1071500000", "HKD", ""),
        ("RMB 200 billion", "199500000000", "200500000000", "CNY", ""),
        ("700 million yuan", "699500000", "700500000", "CNY", ""),
        ("USD 6 billion per share", "5500000000", "6500000000", "USD", ""),
        ("(123.4) million", "-123450000", "-123350000", "", ""),
        ("HKD (123.4) million", "-123450000", "-123350000", "HKD", ""),
        ("(HKD 123.4 million)", "-123450000", "-123350000", "HKD", ""),
        ("0.63 %", "0.625", "0.635", "%", ""),
        ("−0.42 %", "-0.425", "-0.415", "%", ""),
        ("5 percentage points", "4.5", "5.5", "pp", ""),
        ("25 basis points", "24.5", "25.5", "bp", ""),
        ("25bps", "24.5", "25.5", "bp", ""),
        ("5 crore", "45000000", "55000000", "", ""),
        ("₹ 5 lakh crore", "4500000000000", "5500000000000", "INR", ""),
        ("500万股", "4995000", "5005000", "shares", ""),
        ("10亿元", "950000000", "1050000000", "CNY", ""),
        ("1.5万亿港元", "1450000000000", "1550000000000", "HKD", ""),
        # "About" widens to a whole unit; without a scale the last digit other than 0 counts.
        ("about HKD 190.6 million", "190500000", "190700000", "HKD", "about"),
        ("approximately RMB 105 billion", "104000000000", "106000000000", "CNY", "about"),
        ("roughly HKD 247 million", "246000000", "248000000", "HKD", "about"),
        ("approx. 5 million", "4000000", "6000000", "", "about"),
        ("about 0.63%", "0.62", "0.64", "%", "about"),
        ("about 50 %", "49", "51", "%", "about"),
        ("~410,000", "400000", "420000", "", "about"),
        ("c. 38.00", "37.99", "38.01", "", "about"),
        ("about 0", "-1", "1", "", "about"),
        ("about 5–7 million", "4000000", "8000000", "", "about"),
        ("about 5–7.5 million", "4900000", "7600000", "", "about"),
        # "Nearly" stays below.
        ("nearly 20,000", "10000", "20000", "", "nearly"),
        ("just under 4.7 million", "4600000", "4700000", "", "nearly"),
        # One-sided figures stand at the printed number.
        ("> 410,000", "410000", "", "", "over"),
        ("over 410,000", "410000", "", "", "over"),
        ("more than HKD 4.68 billion", "4680000000", "", "HKD", "over"),
        ("at least 4.6m", "4600000", "", "", "at least"),
        ("US$8bn+", "8000000000", "", "USD", "at least"),
        (">= 5", "5", "", "", "at least"),
        ("410,000+ vehicles", "410000", "", "vehicles", "at least"),
        ("410,000 or more", "410000", "", "", "at least"),
        ("up to 2,594,916,968 shares", "", "2594916968", "shares", "at most"),
        ("at most 5", "", "5", "", "at most"),
        ("≤ 5 %", "", "5", "%", "at most"),
        ("under 5", "", "5", "", "under"),
        ("less than 5", "", "5", "", "under"),
        ("> (5) million", "-5000000", "", "", "over"),
        # A range is its printed ends, and what is printed once serves both.
        ("HKD 38.04–38.16", "38.04", "38.16", "HKD", "range"),
        ("HKD 38.04-38.16", "38.04", "38.16", "HKD", "range"),
        ("HKD 37.38 to HKD 38.1", "37.38", "38.1", "HKD", "range"),
        ("between HKD 38.04 and HKD 38.16 per share", "38.04", "38.16", "HKD", "range"),
        ("from 5 to 7 million", "5000000", "7000000", "", "range"),
        ("5–7 million", "5000000", "7000000", "", "range"),
        ("5m-7m", "5000000", "7000000", "", "range"),
        ("5–7.5 %", "5", "7.5", "%", "range"),
        ("500,000 to 1 million", "500000", "1000000", "", "range"),
        ("1,000–2,000 million yuan", "1000000000", "2000000000", "CNY", "range"),
        ("(7) to (5) million", "-7000000", "-5000000", "", "range"),
        ("-5–-3 %", "-5", "-3", "%", "range"),
        # A middle and its distance.
        ("US$31.00 ± 1.00", "30.00", "32.00", "USD", "plus-minus"),
        ("US$43 billion ± 2 %", "42140000000", "43860000000", "USD", "plus-minus"),
        ("US$31.0 billion ± 0.5 billion", "30500000000", "31500000000", "USD", "plus-minus"),
        ("43 +/- 1 million", "42000000", "44000000", "", "plus-minus"),
        ("5 % plus or minus 1 %", "4", "6", "%", "plus-minus"),
    ],
)
def test_print_leaves_these_bounds_open(text: str, low: str, high: str, unit: str, qualifier: str) -> None:
    quantity = Quantity.parse(text)
    assert (quantity.bounds, quantity.unit, quantity.qualifier) == (pair(low, high), unit, qualifier)
    assert quantity.printed == text


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("5 million", "1000000"),
        ("190.6 million", "100000"),
        ("550,000", "1"),
        ("about 550,000", "10000"),
        ("38.04", "0.01"),
        ("38.04–38.1", "0.01"),
        ("> 4.68 billion", "10000000"),
    ],
)
def test_the_step_is_one_unit_of_the_last_printed_place(text: str, step: str) -> None:
    assert str(Quantity.parse(text).step) == step


def test_decimals_have_no_exponent_and_only_the_zeros_that_were_printed() -> None:
    assert [str(Quantity.parse(text).low) for text in ("> 5 million", "38.00", "> 1.50 million", "(0.00)")] == [
        "5000000",
        "38.00",
        "1500000",
        "0.00",
    ]


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("HKD 38.02", "HKD"),
        ("HKD 38.02 per share", "HKD"),
        ("HKD 38.02/share", "HKD"),
        ("HKD 38.02 a share", "HKD"),
        ("CNY 229,900 per vehicle", "CNY"),
        ("CNY 229,900 each", "CNY"),
        ("CNY 40 billion a year", "CNY per year"),
        ("CNY 40 billion per annum", "CNY per annum"),
        ("5,000 vehicles per month", "vehicles per month"),
    ],
)
def test_a_price_stays_in_its_currency_and_a_rate_is_no_amount(text: str, unit: str) -> None:
    quantity = Quantity.parse(text)
    assert (quantity.unit, quantity.is_money) == (unit, unit in CODES)


@pytest.mark.parametrize(
    ("text", "default", "unit"),
    [
        ("$8bn-plus", "USD", "USD"),
        ("$8bn-plus", "HKD", "HKD"),
        ("¥5bn", "JPY", "JPY"),
        ("CN¥5bn", "", "CNY"),
        ("RMB5bn", "", "CNY"),
        ("HK$2.5B", "USD", "HKD"),
        ("US $5 million", "HKD", "USD"),
        ("$5 million HKD", "USD", "HKD"),
        ("5 million Hong Kong dollars", "", "HKD"),
        ("￥5", "CNY", "CNY"),
        ("8bn", "USD", ""),
    ],
)
def test_the_sources_default_decides_only_what_print_leaves_open(text: str, default: str, unit: str) -> None:
    assert Quantity.parse(text, default).unit == unit


@pytest.mark.parametrize(
    ("text", "high", "conversion"),
    [
        ("HK$2.5B ($321M)", 2_550_000_000, "$321M"),
        ("109 billion yuan (USD 15.1 billion)", 109_500_000_000, "USD 15.1 billion"),
        ("700 million yuan (about USD 98 million)", 700_500_000, "about USD 98 million"),
        ("HKD 38.02 (US$4.88) per share", Decimal("38.02"), "US$4.88"),
        ("HKD 5 (US$0.6) to HKD 6 (US$0.8)", 6, "US$0.6; US$0.8"),
    ],
)
def test_a_conversion_in_brackets_is_kept_and_not_counted(text: str, high: Decimal, conversion: str) -> None:
    quantity = Quantity.parse(text)
    assert (quantity.high, quantity.conversion) == (high, conversion)


@pytest.mark.parametrize("sign", SIGNS)
def test_every_sign_of_a_currency_reads_as_one_that_it_may_stand_for(sign: str) -> None:
    assert {Quantity.parse(f"{sign} 5", code).unit for code in SIGNS[sign]} == set(SIGNS[sign]) <= CODES


# ---------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    ("text", "rule", "where", "fix"),
    [
        ("", "quantity-empty", "", "5 million"),
        (" \n", "quantity-empty", " \n", "5 million"),
        ("million", "quantity-malformed", "million", "figure alone"),
        ("HKD", "quantity-malformed", "", "figure alone"),
        ("surpassed 410,000", "quantity-malformed", "surpassed", "'> 410,000'"),
        ("abuot 5", "quantity-malformed", "abuot", "'about'"),
        ("5 million shares at HKD 38.02", "quantity-malformed", "at HKD 38.02", "alone"),
        ("5 and 7", "quantity-malformed", "and 7", "alone"),
        ("between 5", "quantity-malformed", "", "between 5 and 7 million"),
        ("(5", "quantity-malformed", "", "')'"),
        ("((5))", "quantity-malformed", "(", "alone"),
        ("--5", "quantity-malformed", "-", "alone"),
        (".5", "quantity-malformed", ".", ""),
        ("1.071,5", "quantity-number", "1.071,5", "1,071.5"),
        ("12,34", "quantity-number", "12,34", "commas between thousands"),
        ("1,234 567", "quantity-number", "1,234 567", "commas"),
        ("12,345,67", "quantity-number", "12,345,67", "commas"),
        ("007", "quantity-number", "007", ""),
        ("HKD 19o million", "quantity-number", "19o", "did you mean 190?"),
        ("1l million", "quantity-number", "1l", "did you mean 11?"),
        ("1e5", "quantity-number", "1e", "all digits"),
        ("1" * 41, "quantity-too-long", "1" * 41, ""),
        ("5" + " " * 199 + "x", "quantity-too-long", "x", "alone"),
        ("5 milion", "quantity-scale", "milion", "'million'"),
        ("5 vehicles million", "quantity-scale", "vehicles million", "right after the number"),
        ("5 m", "quantity-scale", "m", "'5m'"),
        ("5 million brand new electric family cars", "quantity-unit", "brand new electric family cars", "alone"),
        ("HKD 38.02 per", "quantity-unit", "per", "per share"),
        ("5 vehicles a", "quantity-unit", "vehicles a", "per share"),
        ("5 more", "quantity-malformed", "more", "alone"),
        ("5 vehicles over", "quantity-malformed", "over", "alone"),
        ("HKD 5 apples", "quantity-unit", "HKD 5 apples", "without a currency"),
        ("5 % to 7 pp", "quantity-unit", "5 % to 7 pp", "one unit"),
        ("7–5 million", "quantity-backwards", "7–5", "smaller end first"),
        ("5 million to 7", "quantity-backwards", "5 million to 7", "at the end"),
        ("$5 million", "currency-ambiguous", "$", "USD"),
        ("about ¥5", "currency-ambiguous", "¥", "CNY, JPY"),
        ("HKD 5 USD", "currency-conflict", "USD", "brackets"),
        ("HKD 5 to USD 6", "currency-conflict", "HKD 5 to USD 6", "brackets"),
        ("hkd 5", "currency-unknown", "hkd", "'HKD'"),
        ("HKX 5", "currency-unknown", "HKX", "'HKD'"),
        ("HKD 5 (HKD 6)", "quantity-conversion", "HKD 5 (HKD 6)", "leave it out"),
        ("5 (USD 6)", "quantity-conversion", "5 (USD 6)", "currency"),
        ("HKD 5 (6)", "quantity-conversion", "(6)", "USD 321 million"),
        ("at least 5+", "quantity-ambiguous", "+", "one qualifier"),
        ("5 to about 7", "quantity-ambiguous", "about", "one qualifier"),
        ("over 5–7", "quantity-ambiguous", "over 5–7", "alone"),
        ("about 5 ± 1", "quantity-ambiguous", "about 5 ± 1", "alone"),
        ("5 ± -1", "quantity-ambiguous", "1", "without a sign"),
        ("over (5) million", "quantity-ambiguous", "over (5) million", "'< -5000000'"),
    ],
)
def test_what_is_no_single_figure_is_refused_at_its_place_with_a_remedy(
    text: str, rule: str, where: str, fix: str
) -> None:
    refused = problem(text)
    assert (refused.rule, text[refused.start : refused.end]) == (rule, where)
    assert fix in refused.fix


def test_a_default_that_the_sign_cannot_mean_does_not_settle_it() -> None:
    assert problem("¥5 million", "USD").rule == "currency-ambiguous"


# ---------------------------------------------------------------- laws of reading

SCALE_WORDS = {0: "", 3: " thousand", 6: " million", 9: "bn", 12: " trillion"}


class Print(NamedTuple):
    """A true number and a text that rounds it."""

    number: Fraction
    text: str
    unit: str


def digits_of(value: int, places: int, separator: str) -> str:
    """The decimal print of value / 10**places, by string surgery alone."""
    padded = str(abs(value)).rjust(places + 1, "0")
    whole, decimals = padded[: len(padded) - places], padded[len(padded) - places :]
    backwards = [whole[::-1][at : at + 3] for at in range(0, len(whole), 3)]
    return separator.join(backwards)[::-1] + ("." + decimals if places else "")


@st.composite
def prints(draw: st.DrawFn) -> Print:
    """A number, rounded to a few places of some scale, with a currency before or after it, a unit or nothing."""
    scale, places = draw(st.sampled_from(list(SCALE_WORDS))), draw(st.integers(0, 4))
    number = Fraction(draw(st.integers(-(10**20), 10**20)), 10 ** draw(st.integers(0, 6)))
    shown = round(number * 10**places / 10**scale)
    if not scale:
        number = Fraction(shown, 10**places)  # full digits claim to be exact
    digits = digits_of(shown, places, draw(st.sampled_from(["", ",", " ", "\u202f"]))) + SCALE_WORDS[scale]
    before, after, unit = draw(
        st.sampled_from(
            [("", "", ""), ("HKD ", "", "HKD"), ("US$", "", "USD"), ("", " yuan", "CNY"), ("", " B-shares", "shares")]
        )
    )
    if shown >= 0:
        return Print(number, before + digits + after, unit)
    left, right = draw(st.sampled_from([("-", ""), ("−", ""), ("(", ")")]))
    return Print(number, before + left + digits + right + after, unit)


def holds(bounds: Bounds, number: Fraction) -> bool:
    low, high = bounds
    return (low is None or Fraction(low) <= number) and (high is None or number <= Fraction(high))


@given(prints())
def test_the_bounds_of_a_printed_number_hold_the_number(printed: Print) -> None:
    quantity = Quantity.parse(printed.text)
    assert holds(quantity.bounds, printed.number)
    assert quantity.unit == printed.unit


@given(prints(), st.sampled_from(["about ", "~", "approximately "]))
def test_about_holds_all_that_the_plain_figure_holds(printed: Print, word: str) -> None:
    plainly, about = Quantity.parse(printed.text), Quantity.parse(word + printed.text)
    assert about.low is not None
    assert plainly.low is not None
    assert about.low < plainly.low
    assert about.anchor == plainly.anchor


@given(prints(), prints())
def test_a_range_runs_from_its_first_number_to_its_second_or_is_refused(first: Print, second: Print) -> None:
    assume(first.unit == second.unit)
    low, high = Quantity.parse("> " + first.text).low, Quantity.parse("> " + second.text).low
    assert low is not None
    assert high is not None
    assume("t" in first.text or "m" in first.text or "bn" in first.text)  # a scale of its own
    text = f"{first.text} to {second.text}"
    if low <= high:
        assert Quantity.parse(text).bounds == (low, high)
    else:
        assert problem(text).rule == "quantity-backwards"


FRAGMENTS = [
    *("5", "0.63", "1,234", "12,34", " ", "-", "–", "to", "between", "and", "from", "(", ")", "%", "$", "HKD", "US$"),
    *("yuan", "million", "bn", "m", "about", "over", "nearly", "up to", "+", "plus", "±", "or", "more", "per", "share"),
    *("x", "万", "亿", ".", ",", "/", "'", "> ", "pp", "vehicles"),
]


def outcome(text: str) -> Quantity | ParseProblem:
    try:
        return Quantity.parse(text, "USD")
    except ParseProblem as refused:
        return refused


@given(st.one_of(st.text(max_size=210), st.lists(st.sampled_from(FRAGMENTS), max_size=30).map(" ".join)))
@example("１２３％")  # noqa: RUF001 - full width, as printed in Chinese
@example("5\u0661")
@example("Ⅷ million")
@example("5 ﬁ")
@example("5²")
@example("\ud800")
def test_any_text_is_a_sound_figure_or_refused_within_its_own_bounds(text: str) -> None:
    result = outcome(text)
    if isinstance(result, ParseProblem):
        end = len(text) if result.end is None else result.end
        assert 0 <= result.start <= end <= len(text)
        assert all((result.rule, result.what, result.fix))
    else:
        assert result.bounds != (None, None)
        assert result.width is None or result.width >= 0
        assert msgspec.json.decode(msgspec.json.encode(result), type=Quantity) == result
        assert short(result)


LOOPS = [
    "1",
    "1,",
    "1 ",
    "1 111",
    ",111",
    "(",
    "1(",
    "-",
    "a",
    "a-",
    "a ",
    "万",
    "about ",
    "1 million ",
    "million",
    "$",
    "/a",
]


@pytest.mark.parametrize("unit", LOOPS)
def test_reading_a_long_text_takes_no_time_to_speak_of(unit: str) -> None:
    start = time.perf_counter()
    for text in (unit * 200, "5 " + unit * 200, "HKD 5 (" + unit * 200):
        outcome(text[:199] + "!")
    assert time.perf_counter() - start < 0.5


def test_a_number_of_forty_digits_stays_exact_whatever_precision_the_caller_works_in() -> None:
    digits = "1234567890123456789012345678901234567.891"
    with localcontext(prec=3):
        quantity = Quantity.parse(f"HKD {digits}")
        twice = total([quantity, quantity])
        square = product(quantity, quantity)
    exactly = Fraction(digits)
    assert str(quantity.low) == str(quantity.anchor) == digits
    assert [Fraction(end) for end in (*twice, *square) if end is not None] == [2 * exactly] * 2 + [exactly**2] * 2


def test_values_load_without_the_reader_of_print() -> None:
    code = "import sys, timeline.values; sys.exit('timeline.figures' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# ---------------------------------------------------------------- when two figures agree


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("about HKD 190.6 million", "HKD 190,599,120", True),
        ("about HKD 190.6 million", "HKD 190,800,000", False),
        ("5 million shares", "5,000,000 shares", True),
        ("HKD 38.04–38.16", "HKD 38.12", True),
        ("HKD 38.04–38.16", "HKD 38.16–38.20", True),
        ("HKD 38.04–38.16", "HKD 38.17", False),
        ("HKD 5", "CNY 5", False),
        ("5 shares", "5", False),
        ("> 410,000", "411,837", True),
        ("> 410,000", "409,999", False),
        ("> 410,000", "over 410,000", True),
        ("> 410,000", "at least 410,000", True),
        ("> 410,000", "> 400,000", False),
        ("< 410,000", "< 400,000", False),
        ("> 400,000", "< 410,000", True),
        ("> 410,000", "< 400,000", False),
    ],
)
def test_figures_agree_where_they_may_report_one_value(one: str, other: str, agree: bool) -> None:  # noqa: FBT001
    left, right = Quantity.parse(one), Quantity.parse(other)
    assert (left.overlaps(right), right.overlaps(left)) == (agree, agree)


ENDS = st.integers(-20, 20)


@given(ENDS, ENDS, ENDS, ENDS)
def test_closed_figures_agree_where_a_whole_number_lies_in_both(a: int, b: int, c: int, d: int) -> None:
    one, other = sorted((a, b)), sorted((c, d))
    left, right = (Quantity("", Decimal(low), Decimal(high)) for low, high in (one, other))
    common = set(range(one[0], one[1] + 1)) & set(range(other[0], other[1] + 1))
    assert left.overlaps(right) == bool(common)


@pytest.mark.parametrize(
    ("text", "anchor", "width"),
    [
        ("5 million", "5000000", "1000000"),
        ("38.04–38.16", "38.1", "0.12"),
        ("38.00", "38.00", "0.00"),
        ("> 410,000", "410000", ""),
        ("at most 5", "5", ""),
        ("nearly 20,000", "20000", "10000"),
    ],
)
def test_the_anchor_is_the_number_that_stands_for_the_figure(text: str, anchor: str, width: str) -> None:
    quantity = Quantity.parse(text)
    assert str(quantity.anchor) == anchor
    assert str(quantity.width) == (width or "None")


def test_a_figure_without_any_end_has_no_anchor() -> None:
    with pytest.raises(ValueError, match="'several' has neither a low nor a high end"):
        _ = Quantity("several").anchor


# ---------------------------------------------------------------- what a field takes


@pytest.mark.parametrize(
    ("measure", "taken", "refused"),
    [
        (Measure("money"), ["HKD 5"], ["5", "5 %", "5 shares", "HKD 5 a year"]),
        (Measure("price"), ["HKD 38.02 per share", "CNY 229,900"], ["38.02", "5 %"]),
        (Measure("shares"), ["5 million", "5 B-shares"], ["HKD 5", "5 %", "5 vehicles"]),
        (Measure("percent"), ["0.63 %", "5 percentage points"], ["0.63", "HKD 5", "5 bps"]),
        (Measure("count"), ["550,000", "5 vehicles", "4.5 GWh", "5 shares"], ["HKD 5", "5 %", "5 bps"]),
        (Measure("figure"), ["HKD 5", "5 %", "5", "5 shares"], []),
    ],
)
def test_a_field_takes_the_units_of_its_measure_alone(measure: Measure, taken: list[str], refused: list[str]) -> None:
    assert [text for text in taken + refused if measure.refuses(Quantity.parse(text)) is None] == taken


def test_an_amount_without_a_currency_is_refused_with_examples_of_one() -> None:
    refused = Measure("money").refuses(Quantity.parse("about 190.6 million"))
    assert refused is not None
    assert (refused.rule, refused.what) == ("currency-missing", "'about 190.6 million' is an amount without a currency")
    assert all(f"{code} " in refused.fix for code in ("RMB", "HKD", "USD"))


def test_a_unit_that_the_field_does_not_take_is_named() -> None:
    refused = Measure("percent").refuses(Quantity.parse("HKD 5"))
    assert refused is not None
    assert (refused.rule, refused.what) == ("quantity-unit", "'HKD 5' is a figure in HKD, where percent is wanted")


@pytest.mark.parametrize(
    ("measure", "text", "unit"),
    [("shares", "5 million", "shares"), ("shares", "5 shares", "shares"), ("count", "5 million", "")],
)
def test_only_a_field_of_shares_fills_in_a_unit(measure: str, text: str, unit: str) -> None:
    quantity = Quantity.parse(text)
    settled = msgspec.convert({"name": measure}, Measure).settle(quantity)
    assert settled == msgspec.structs.replace(quantity, unit=unit)


def test_a_payload_field_round_trips_with_its_decimals_as_text() -> None:
    class Executed(msgspec.Struct, frozen=True):
        shares: Shares

    executed = Executed(Quantity.parse("5 million"))
    written = msgspec.json.encode(executed)
    assert written == b'{"shares":{"printed":"5 million","low":"4500000","high":"5500000","step":"1000000"}}'
    assert msgspec.json.decode(written, type=Executed) == executed


# ---------------------------------------------------------------- arithmetic


def test_a_sum_adds_both_ends_and_is_open_where_a_part_is() -> None:
    exact, rounded, floor = (Quantity.parse(text) for text in ("13,500,000", "5 million", "> 1,000"))
    assert total([exact, rounded]) == pair("18000000", "19000000")
    assert total([exact, rounded, floor]) == pair("18001000", "")
    assert total([]) == pair("0", "0")


def test_figures_of_different_units_do_not_add_up() -> None:
    with pytest.raises(ValueError, match="figures in CNY, HKD do not add up"):
        total([Quantity.parse("HKD 5"), Quantity.parse("CNY 5")])


@pytest.mark.parametrize(
    ("new", "old", "change", "text"),
    [
        ("350,000", "300,000", pair("16.6666666666", "16.6666666667"), "+16.7 %"),
        ("over 410,000", "300,000", pair("36.6666666666", ""), "> +36.7 %"),
        ("550,000", "over 410,000", pair("", "34.1463414635"), "< +34.1 %"),
        ("400,000–405,000", "300,000", pair("33.3333333333", "35"), "+33.3 to +35.0 %"),
        ("RMB 200 billion", "about RMB 105 billion", pair("88.2075471698", "92.7884615385"), "+88.2 to +92.8 %"),
        ("270,000", "300,000", pair("-10", "-10"), "-10.0 %"),
        ("300,000", "300,000", pair("0", "0"), "0.0 %"),
        ("(5)", "10–20", pair("-150", "-125"), "-150.0 to -125.0 %"),
        ("over 410,000", "over 300,000", pair("", ""), "unknown"),
        ("5", "(5)", pair("", ""), "unknown"),
        ("5", "0", pair("", ""), "unknown"),
        ("5", "at most 5", pair("", ""), "unknown"),
        ("1,250,000", "100", pair("1249900", "1249900"), "+1,249,900.0 %"),
    ],
)
def test_growth_in_percent_keeps_the_bounds_of_both_figures(new: str, old: str, change: Bounds, text: str) -> None:
    low, high = change_percent(Quantity.parse(new), Quantity.parse(old))
    assert ((low, high), percent_text(low, high)) == (change, text)


OPEN = st.one_of(st.none(), st.decimals(-1000, 1000, places=2))


@st.composite
def interval_and_point(draw: st.DrawFn) -> tuple[Bounds, Fraction]:
    """An interval, perhaps open, and a number in it."""
    first, second = draw(OPEN), draw(OPEN)
    low, high = (first, second) if first is None or second is None or first <= second else (second, first)
    start = Fraction(low) if low is not None else Fraction(high or 0) - 2000
    end = Fraction(high) if high is not None else start + 2000
    return (low, high), start + (end - start) * draw(st.fractions(0, 1, max_denominator=7))


@given(interval_and_point(), interval_and_point())
@example(((None, Decimal(5)), Fraction(-1)), ((Decimal(0), Decimal(0)), Fraction(0)))
def test_no_true_value_falls_out_of_the_bounds_of_a_result(
    one: tuple[Bounds, Fraction], other: tuple[Bounds, Fraction]
) -> None:
    (left, x), (right, y) = one, other
    assert holds(difference(left, right), x - y)
    assert holds(product(left, right), x * y)
    if y > 0:
        assert holds(change_percent(left, right), (x - y) * 100 / y)


@given(*[st.decimals(-100, 100, places=1)] * 4)
def test_the_bounds_of_a_product_are_reached(a: Decimal, b: Decimal, c: Decimal, d: Decimal) -> None:
    low, high = product((min(a, b), max(a, b)), (min(c, d), max(c, d)))
    with localcontext(prec=50):
        corners = {x * y for x in (a, b) for y in (c, d)}
    assert (low, high) == (min(corners), max(corners))


def test_a_price_range_times_a_rounded_count_bounds_the_amount_paid() -> None:
    shares, price = Quantity.parse("5 million shares"), Quantity.parse("HKD 38.04–38.16")
    assert product(shares, price) == pair("171180000", "209880000")


# ---------------------------------------------------------------- numbers as text


@pytest.mark.parametrize(
    ("text", "shortened"),
    [
        ("5 million", "5m"),
        ("162 million shares", "162m"),
        ("> 410,000", ">410,000"),
        ("RMB 200 billion", "CNY 200bn"),
        ("HKD 38.04–38.16", "HKD 38.04–38.16"),
        ("HKD 38.00", "HKD 38.00"),
        ("about HKD 190.6 million", "~HKD 190.6m"),
        ("about 0.63 %", "~0.63 %"),
        ("at least 4.6m", "≥4.6m"),
        ("up to 2,594,916,968", "≤2,594,916,968"),
        ("under 5", "<5"),
        ("nearly 20,000", "nearly 20,000"),
        ("US$31.00 ± 1.00", "USD 31.00 ± 1.00"),
        ("5–7 million", "5m–7m"),
        ("about 5–7 million", "~5m–7m"),
        ("-5–-3 %", "-5 to -3 %"),
        ("HKD (123.4) million", "HKD -123.4m"),
        ("4.5 GWh", "4.5 GWh"),
        ("1.5x", "1.5x"),
        ("CNY 40 billion a year", "CNY 40bn per year"),
    ],
)
def test_a_figure_is_shortened_without_losing_what_was_printed(text: str, shortened: str) -> None:
    assert short(Quantity.parse(text)) == shortened


@given(prints())
def test_a_shortened_figure_reads_back_as_the_same_number(printed: Print) -> None:
    quantity = Quantity.parse(printed.text)
    assert Quantity.parse(short(quantity)).anchor == quantity.anchor


def test_a_figure_without_bounds_is_shown_as_printed() -> None:
    assert short(Quantity("several")) == "several"


@pytest.mark.parametrize(
    ("number", "digits", "shortened"),
    [
        ("5000000", None, "5m"),
        ("18500000", None, "18.5m"),
        ("143500000", None, "143.5m"),
        ("1071000000", None, "1.071bn"),
        ("1071000000", 3, "1.07bn"),
        ("999999999", 3, "1bn"),
        ("1200000000000", None, "1.2tn"),
        ("550000", None, "550,000"),
        ("40795400", None, "40,795,400"),
        ("40795400", 3, "40.8m"),
        ("-5000000", None, "-5m"),
        ("38.120", None, "38.12"),
        ("0.00", None, "0"),
    ],
)
def test_a_number_is_shortened_only_where_no_digit_is_lost_unless_asked(
    number: str, digits: int | None, shortened: str
) -> None:
    assert short_number(Decimal(number), digits) == shortened


def test_machines_get_plain_digits_and_people_get_separators() -> None:
    number = Decimal("-1.2345678E+6")
    assert (plain(number), group(number)) == ("-1234567.8", "-1,234,567.8")
    assert (plain(Decimal("-0.0")), group(Decimal("-0"))) == ("0.0", "0")
    assert plain(Decimal("1E+3")) == "1000"
