"""The commonest prints, read without the grammar: "1,234", "USD 5.2 million", "1,000 shares", "12.5 %".

Tables hold figures by the million, nearly all of them of these forms. For each text that this module takes, the
grammar says the same; all other texts are the grammar's, and so is every refusal.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Final

from timeline.currencies import CODES
from timeline.digits import plain
from timeline.figures.wording import SCALES

LONGEST: Final = 32
"""Characters: fewer digits than the grammar would refuse."""

_WORDS: Final = "|".join(sorted((word for word in SCALES if word.isascii() and len(word) > 1), key=len, reverse=True))
_PRINT: Final = re.compile(
    r"(?:(?P<currency>[A-Z]{3}) )?"
    r"(?P<number>-?(?:0|[1-9][0-9]*|[1-9][0-9]{0,2}(?:,[0-9]{3})+)(?:\.(?P<decimals>[0-9]+))?)"
    rf"(?: (?P<scale>{_WORDS}))?"
    r"(?: (?P<shares>shares)| ?(?P<percent>%))?"
)


def common(text: str) -> tuple[Decimal, Decimal, str, Decimal] | None:
    """Low end, high end, unit and step of a common print; None for any other text."""
    found = _PRINT.fullmatch(text) if len(text) <= LONGEST else None
    if found is None:
        return None
    currency, number, decimals, scale, shares, percent = found.groups()
    # An amount of shares and a scaled percentage are the grammar's to judge.
    if (currency and (currency not in CODES or shares or percent)) or (scale and percent):
        return None
    digits, last = number.replace(",", ""), -len(decimals or "")
    unit = currency or shares or percent or ""
    if not scale and not percent:
        exact = _expanded(Decimal(digits))
        return exact, exact, unit, _step(last)
    place = last + (SCALES[scale] if scale else 0)
    return *_half_a_unit_around(int(digits.replace(".", "")), place), unit, _step(place)


def _half_a_unit_around(units: int, place: int) -> tuple[Decimal, Decimal]:
    """Both ends, of a number of units of the last printed place, which is this power of ten.

    In whole numbers, since sums of Decimals are rounded as the caller's context says.
    """
    low, high = (Decimal(f"{units * 10 + half}E{place - 1}") for half in (-5, 5))
    return _expanded(low), _expanded(high)


def _expanded(number: Decimal) -> Decimal:
    return Decimal(plain(number))


@lru_cache(maxsize=64)
def _step(place: int) -> Decimal:
    return _expanded(Decimal((0, (1,), place)))
