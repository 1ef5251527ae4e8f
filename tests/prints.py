"""True numbers as sources print them: in full digits or rounded to any precision, about, over and nearly."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from timeline.values import Quantity

if TYPE_CHECKING:
    from collections.abc import Sequence

SCALES = {"billion": 9, "million": 6, "thousand": 3}
ROUNDING = {"": ROUND_HALF_UP, "about": ROUND_HALF_UP, "over": ROUND_FLOOR, "nearly": ROUND_CEILING}


def numbers(
    true: Decimal, *, unit: str = "", qualifiers: Sequence[str] = tuple(ROUNDING)
) -> st.SearchStrategy[Quantity]:
    """A true number of one or more, printed correctly; a currency stands before it."""
    fitting = [word for word, power in SCALES.items() if true >= 10**power]
    ways = [_scaled(true, word, qualifiers) for word in fitting]
    return st.one_of(st.just(f"{true:,f}"), *ways).map(lambda text: Quantity.parse(_with(text, unit)))


def rounded(true: Decimal, places: int) -> str:
    """A number to so many decimals."""
    return f"{_quantized(true, places, ROUND_HALF_UP):f}"


def percentages(true: Decimal) -> st.SearchStrategy[Quantity]:
    """A true percentage, printed to at least one digit other than 0."""
    first = max(0, -true.adjusted())
    texts = st.integers(first, first + 4).map(lambda places: rounded(true, places))
    return st.builds(lambda text, word: Quantity.parse(f"{word}{text} %"), texts, st.sampled_from(("", "about ")))


def _scaled(true: Decimal, word: str, qualifiers: Sequence[str]) -> st.SearchStrategy[str]:
    def text(qualifier: str, places: int) -> str:
        number = _quantized(true.scaleb(-SCALES[word]), places, ROUNDING[qualifier])
        return f"{qualifier} {number:,f} {word}".strip()

    return st.builds(text, st.sampled_from(qualifiers), st.integers(0, 4))


def _quantized(true: Decimal, places: int, rounding: str) -> Decimal:
    return true.quantize(Decimal(1).scaleb(-places), rounding, Context(prec=60))


def _with(text: str, unit: str) -> str:
    """With the currency before the number, and so behind the qualifier."""
    *qualifier, number = text.split(" ", 1) if text[0].isalpha() else (text,)
    return " ".join([*qualifier, *([unit] if unit else []), number])
