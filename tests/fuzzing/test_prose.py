"""Figures of more digits than any fact has: no trace, and no figure that is not the printed one."""

from decimal import Decimal

from timeline.prose.ends import End
from timeline.prose.finder import found
from timeline.prose.text import text_of
from timeline.values import Quantity


def test_a_number_of_a_million_digits_can_be_compared() -> None:
    long, short = (End(0, 0, 0, 0, number=number, scale="million") for number in ("1" * 1_000_001, "5"))
    assert long.size(short) > short.size(long) == 5_000_000


def test_hundredths_of_a_long_figure_are_not_rounded() -> None:
    (printed,) = found(["123456789012345678901234567890.12 euro cents"])
    assert isinstance(printed.value, Quantity)
    assert printed.value.low == Decimal("1234567890123456789012345678.9012")


def test_a_page_that_does_not_say_when_it_was_published_has_no_guessed_day() -> None:
    page = b"<html><body><p>Acme said that its deliveries rose 12.5% to 410,000 vehicles in Q4 2025.</p></body></html>"
    assert text_of(page, "page").published is None
