"""What is found in a sentence, in few words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.prose.article import PUBLISHED
from timeline.dates import When
from timeline.prose.finder import found
from timeline.values import Quantity

if TYPE_CHECKING:
    import datetime as dt

    from timeline.prose.spans import Printed


def all_in(
    text: str,
    published: dt.date | None = PUBLISHED,
    currency: str = "",
    year_end: tuple[int, int] | None = None,
) -> list[Printed]:
    """What a text prints; its lines are paragraphs."""
    return list(found(text.split("\n"), published, currency, year_end))


def only(
    text: str,
    published: dt.date | None = PUBLISHED,
    currency: str = "",
    year_end: tuple[int, int] | None = None,
) -> Printed:
    printed = all_in(text, published, currency, year_end)
    assert len(printed) == 1, [each.quote for each in printed]
    return printed[0]


def told(printed: Printed) -> tuple[str, str, str]:
    """What it is, its quote, and its value as a fixture writes it."""
    match printed.value:
        case When(edtf=edtf):
            return printed.what, printed.quote, edtf
        case Quantity(printed=written):
            return printed.what, printed.quote, written
        case value:
            return printed.what, printed.quote, str(value)
