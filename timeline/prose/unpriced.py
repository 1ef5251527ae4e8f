"""Prices without a currency: "at an average price of 218.8 per share" is in that of the last price before it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from timeline.currencies import CODES
from timeline.paragraphs import Span
from timeline.values import Quantity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from timeline.prose.spans import Printed

_PER_SHARE: Final = re.compile(r"\s(?:per|a)\s(?:ordinary\s|common\s)?(?:share|ADS|unit)\b", re.IGNORECASE)
_PRICE: Final = re.compile(r"\bprices?\b[^.;\d]{0,30}$", re.IGNORECASE)
_NEAR: Final = 60


def priced(printed: Iterable[Printed], texts: Sequence[str]) -> Iterator[Printed]:
    """The prints in order; those that are prices by the words round them alone get the currency of the one before."""
    last: Printed | None = None
    for each in printed:
        if last is not None and (found := _of_shares(each, texts[each.span.paragraph - 1])):
            yield _in_currency_of(last, each, found)
            continue
        if isinstance(each.value, Quantity) and each.what == "price" and each.value.unit in CODES:
            last = each
        yield each


def _of_shares(each: Printed, text: str) -> re.Match[str] | None:
    value = each.value
    if (
        not isinstance(value, Quantity)
        or value.unit
        or not _PRICE.search(text, max(each.span.start - _NEAR, 0), each.span.start)
    ):
        return None
    return _PER_SHARE.match(text, each.span.end)


def _in_currency_of(price: Printed, each: Printed, found: re.Match[str]) -> Printed:
    value, same = each.value, price.value
    if not isinstance(value, Quantity) or not isinstance(same, Quantity):
        return each
    return replace(
        each,
        what="price",
        quote=each.quote + found[0],
        span=Span(each.span.paragraph, each.span.start, found.end()),
        value=Quantity.parse(f"{value.printed} {same.unit} per share"),
        assumed=f"no currency is printed: {same.unit} is that of “{price.quote}”",
    )
