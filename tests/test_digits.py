"""Numbers as text, and arithmetic that no context of the caller's rounds."""

from __future__ import annotations

from decimal import Context, Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.digits import divided, minus, plain, plus, times

LONG = Decimal("1234567890123456789012345678901234567890.5")
NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**12), max_value=10**12)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("5000", "5000"),
        ("38.040", "38.040"),
        ("-0.00", "0.00"),
        ("1E+6", "1000000"),
        ("-0E+3", "0"),
        ("1.5E-9", "0.0000000015"),
    ],
)
def test_machines_read_digits_without_an_exponent_and_without_a_negative_zero(number: str, text: str) -> None:
    assert plain(Decimal(number)) == text


@given(NUMBERS, st.integers(-20, 20))
def test_digits_for_machines_are_those_of_a_format_whatever_the_exponent(number: Decimal, power: int) -> None:
    scaled = number.scaleb(power, Context(prec=60))
    assert plain(scaled) == format(scaled or abs(scaled), "f")


def test_no_digit_is_lost_in_the_context_of_a_caller_that_keeps_few() -> None:
    with localcontext(Context(prec=3, capitals=0)):
        assert plus(LONG, Decimal("0.25")) == Decimal("1234567890123456789012345678901234567890.75")
        assert minus(LONG, Decimal("0.25")) == Decimal("1234567890123456789012345678901234567890.25")
        assert times(LONG, Decimal(2)) == Decimal(2469135780246913578024691357802469135781)
        assert divided(LONG, Decimal(2)) == Decimal("617283945061728394506172839450617283945.25")
        assert plain(Decimal("1E+6")) == "1000000"
