"""The same amount in another currency, as texts print it: in brackets right after it, or after "or"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from timeline.currencies import SIGNS
from timeline.errors import ParseProblem
from timeline.prose import marks
from timeline.prose.ends import read_end
from timeline.prose.monies import in_codes
from timeline.values import Quantity

if TYPE_CHECKING:
    from timeline.prose.monies import Money

_BRACKETS: Final = re.compile("\\s?[(\uff08](?P<inner>[^()\uff08\uff09]{2,60})[)\uff09]")
_OR: Final = re.compile(
    r",?\s(?:or|equivalent to|that is)\s(?=(?:(?:about|approximately|around|roughly|some)\s)?[A-Z]{0,3}\s?[$€£¥])"
)
_AHEAD: Final = 40
_AMERICAN: Final = re.compile(r"U\.S\.\s?(?P<sign>\$|dollars?)", re.IGNORECASE)


class Converted(NamedTuple):
    """A conversion.

    Attributes:
        amount: as a fixture writes it in brackets.
        end: offset past it.
    """

    amount: str
    end: int


def conversion_after(text: str, at: int, currency: str, money: Money) -> Converted | None:
    """The conversion of an amount in a currency that ends at an offset; None where none stands there."""
    if found := _BRACKETS.match(text, at):
        inner = in_codes(_AMERICAN.sub(_plain, found["inner"]).strip(), money)
        return Converted(inner, found.end()) if _is_amount(inner) and not _is_in(inner, currency) else None
    if (found := _OR.match(text, at)) and (number := marks.NUMBER.search(text, found.end(), found.end() + _AHEAD)):
        other = read_end(text, number)
        if other.currency and not _is_in(other.currency, currency):
            return Converted(_AMERICAN.sub(_plain, text[found.end() : other.end]).strip(), other.end)
    return None


def _plain(found: re.Match[str]) -> str:
    return "US$" if found["sign"] == "$" else f"US {found['sign'].lower()}"


def _is_amount(text: str) -> bool:
    """Whether the words in brackets are an amount in a currency and no more."""
    try:
        return Quantity.parse(text, "USD").is_money
    except ParseProblem:
        return False


def _is_in(amount: str, currency: str) -> bool:
    """Whether an amount is in that very currency, or printed with the same sign, and so converts nothing."""
    if amount.casefold() == currency.casefold():
        return True
    try:
        unit = Quantity.parse(amount if any(map(str.isdigit, amount)) else f"{amount} 1").unit
    except ParseProblem:
        return False
    return SIGNS.get(currency.casefold(), (currency,)) == (unit,)
