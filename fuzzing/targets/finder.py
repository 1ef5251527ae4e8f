"""What is printed in a text; its length says on which day it was published."""

from itertools import pairwise

from fuzzing import prose
from fuzzing.prose import ARTICLE, DAYS, SHORT, YEAR_ENDS
from timeline.dates import When
from timeline.paragraphs import paragraphs
from timeline.prose.finder import found
from timeline.values import Quantity

SEEDS = (ARTICLE, *SHORT)
WORDS = prose.WORDS
_CURRENCIES = ("", "HKD")


def run(data: bytes) -> None:
    """Each print stands in the text as it is quoted, in order, and its value can be read back."""
    lines = [line.text for line in paragraphs(data.decode("utf-8", "replace"))]
    day, currency = DAYS[len(data) % len(DAYS)], _CURRENCIES[len(data) % len(_CURRENCIES)]
    printed = found(lines, day, currency, YEAR_ENDS[len(data) % len(YEAR_ENDS)])
    for each in printed:
        (number, start, end), core = each.span, each.core
        assert lines[number - 1][start:end] == each.quote, each
        assert core.paragraph == number, each
        assert start <= core.start < core.end <= end, each
        assert each.value is not None or each.assumed, each
        for value in (each.value, *each.alternatives):
            _read_again(value)
    for before, behind in pairwise(printed):
        assert before.span[0] < behind.span[0] or before.span.end <= behind.span.start, (before, behind)


def _read_again(value: Quantity | When | int | None) -> None:
    if isinstance(value, When):
        assert When.parse(value.edtf).same_days(value), value
    elif isinstance(value, Quantity) and not value.conversion:
        low, high = value.bounds
        assert low is None or high is None or low <= high, value
        assert Quantity.parse(value.printed, value.unit[:3]).bounds == value.bounds, value
