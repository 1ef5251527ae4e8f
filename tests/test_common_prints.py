"""The commonest prints: what is read of them without the grammar is what the grammar reads."""

from __future__ import annotations

from decimal import Decimal, localcontext

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from timeline.currencies import CODES
from timeline.figures import Reading, parsed, read
from timeline.figures.common import common
from timeline.figures.wording import SCALES
from timeline.values import Quantity

CURRENCIES = st.sampled_from(["", *(f"{code} " for code in sorted(CODES)), "usd ", "ABC ", "$"])
NUMBERS = st.one_of(
    st.from_regex(r"-?[0-9]{1,3}(,[0-9]{3}){0,4}(\.[0-9]{1,4})?", fullmatch=True),
    st.from_regex(r"-?[0-9]{1,29}(\.[0-9]{1,9})?", fullmatch=True),
    st.text("0123456789.,-", max_size=12),
)
SCALE_WORDS = st.sampled_from(["", *(f" {word}" for word in SCALES), "m", "bn", " Million", " milion"])
UNITS = st.sampled_from(["", " %", "%", " shares", "shares", " vehicles", " pp", " per share"])
PRINTS = st.builds("".join, st.tuples(CURRENCIES, NUMBERS, SCALE_WORDS, UNITS))
"""Common ones among many that are nearly so, or no figures at all."""


@given(PRINTS, st.sampled_from(["", "USD", "CNY"]))
@example("-0.00", "")
@example("-0 million", "USD")
@example("USD 9,999,999,999,999.99 trillion", "")
@example("0 %", "")
@example("ALL 5", "")
def test_a_common_print_is_read_as_the_grammar_reads_it(text: str, default: str) -> None:
    if found := common(text):
        low, high, unit, step = found
        assert repr(Reading(low, high, unit, "", step, "")) == repr(parsed(text, default))
        assert repr(read(text, default)) == repr(parsed(text, default))


@pytest.mark.parametrize(
    "text",
    [
        *("1,234", "38.04", "-7", "USD 1,234.50", "EUR -3 billion", "5 million", "USD 5.2 million", "12.5 %", "12.5%"),
        *("1,234 shares", "2.5 million shares"),
    ],
)
def test_the_commonest_prints_need_no_grammar(text: str) -> None:
    assert common(text) is not None


@pytest.mark.parametrize(
    "text", ["01", "1,23", "1 234", "5 m", "USD 5 shares", "USD 5 %", "5 million %", "ABC 5", "$5", "5 million\n", "٣"]
)
def test_whatever_else_is_printed_is_the_grammars_to_read_or_to_refuse(text: str) -> None:
    assert common(text) is None


def test_a_common_print_is_exact_whatever_precision_the_caller_works_in() -> None:
    with localcontext() as context:
        context.prec = 3
        found = Quantity.parse("USD 1,234.5678 million")
    assert (found.low, found.high) == (Decimal(1234567750), Decimal(1234567850))
