"""Figures as sources print them."""

from contextlib import suppress

from timeline.digits import plain
from timeline.errors import ParseProblem
from timeline.intake.notation import Numbers
from timeline.render.words import amount_words, figure_words
from timeline.values import Measure, Quantity, short

SEEDS = (
    "5 million",
    "about HKD 190.6 million",
    "> 410,000",
    "HKD 38.04–38.16",
    "0.63 %",
    "$8bn-plus",
    "$31.00 ± 1.00",
    "between 5 and 7 million vehicles",
    "(1,234.5) million (USD 321 million)",
    "43 billion ± 2 %",
    "4.6万亿 per year",
)
WORDS = (
    "million",
    "bn",
    "lakh crore",
    "万",
    "亿",
    "USD",
    "¥",
    "%",
    "±",
    "–",
    " to ",
    "(",
    ")",
    "e999999999",
    "per ",
    "or more",
    "−",
    "٣",
)
LARGEST = 256
_MEASURES = [Measure(name) for name in ("money", "shares", "percent", "price", "count", "figure")]
_NUMBERS = Numbers(decimal=",", thousands=".")


def run(data: bytes) -> None:
    """A figure has exact bounds in order, and can be measured and shown."""
    text = data.decode("utf-8", "replace")
    with suppress(ParseProblem):
        _NUMBERS.number(text)
    for currency in ("", "USD"):
        quantity = Quantity.parse(text, currency)
        low, high = quantity.bounds
        assert low is None or high is None or low <= high
        assert len(plain(quantity.anchor)) + len(short(quantity)) < 10 * len(text) + 200
        assert all(measure.refuses(quantity) or measure.settle(quantity) for measure in _MEASURES)
        assert figure_words(text) is not None
        assert amount_words(plain(quantity.anchor))
