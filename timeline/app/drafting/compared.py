"""What a figure can be compared with: one of its own unit and size, and of a plan no outcome."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from timeline.values import Quantity

if TYPE_CHECKING:
    from timeline.app.drafting.passages import Passage
    from timeline.prose.spans import Printed

_SIZES: Final = 10_000
"""How many times the smaller the larger of two like figures can be: earnings are more of those of one share."""

_YEAR_BEFORE: Final = re.compile(
    r"\s(?:in\s|for\s|during\s)?(?:the\s)?"
    r"(?:a\syear|last\syear|(?:prior|previous|same|year)\b|fiscal\b|FY|(?:19|20)\d\d\b)",
    re.IGNORECASE,
)


def are_alike(one: Printed, other: Printed) -> bool:
    """Whether two figures are of one unit and of like size."""
    mine, yours = one.value, other.value
    if not isinstance(mine, Quantity) or not isinstance(yours, Quantity):
        return False
    small, large = sorted((_size(mine), _size(yours)))
    return mine.unit == yours.unit and (small == 0 or large <= small * _SIZES)


def _size(figure: Quantity) -> Decimal:
    return abs(figure.high or figure.low or Decimal())


def is_of_year_before(passage: Passage, each: Printed) -> bool:
    """Whether the words right behind a figure say that it was reached in another year, so that nobody planned it."""
    return passage.paragraph == each.span.paragraph and _YEAR_BEFORE.match(passage.after(each)) is not None
