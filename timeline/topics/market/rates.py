"""The words by which a text tells the exchange rates that it uses."""

from __future__ import annotations

from itertools import permutations
from typing import Final

from timeline.cue import Cue
from timeline.topics.market.payloads import Rate

_MONEY: Final = {
    "USD": (r"(?:\bUS|(?<![A-Za-z]))\$|\bUSD\b", r"\b(?:U\.?S\.?\s)?dollars?\b"),
    "EUR": (r"€|\bEUR\b", r"\beuros?\b"),
    "GBP": (r"£|\bGBP\b", r"\b(?:british\s)?pounds?\b"),
    "CNY": (r"\b(?:CNY|RMB)(?=[\d\s])", r"(?:chinese )?yuan\b|(?:chinese )?renminbi\b"),
    "JPY": (r"\bJPY\b", r"\byen\b"),
    "HKD": (r"HK\$|\bHKD\b", r"\bhong kong dollars?\b"),
    "INR": (r"₹|\bINR\b", r"\b(?:indian )?rupees?\b"),
    "CHF": (r"\bCHF\b", r"\bswiss francs?\b"),
    "CZK": (r"\bCZK\b", r"\bczech (?:crowns?|koruna)\b"),
    "SEK": (r"\bSEK\b", r"\bswedish (?:crowns?|kron[ao]r?)\b"),
    "NOK": (r"\bNOK\b", r"\bnorwegian (?:crowns?|kroner?)\b"),
    "DKK": (r"\bDKK\b", r"\bdanish (?:crowns?|kroner?)\b"),
    "PLN": (r"\bPLN\b", r"\b(?:polish )?zlot(?:ys?|ies)\b"),
    "HUF": (r"\bHUF\b", r"\b(?:hungarian )?forints?\b"),
    "KRW": (r"₩|\bKRW\b", r"\bwon\b"),
    "TWD": (r"NT\$|\bTWD\b", r"\btaiwan(?:ese)? dollars?\b"),
    "AUD": (r"A\$|\bAUD\b", r"\baustralian dollars?\b"),
    "NZD": (r"NZ\$|\bNZD\b", r"\bnew zealand dollars?\b"),
    "CAD": (r"C\$|\bCAD\b", r"\bcanadian dollars?\b"),
    "SGD": (r"S\$|\bSGD\b", r"\bsingapore dollars?\b"),
    "BRL": (r"R\$|\bBRL\b", r"\b(?:brazilian )?reais\b"),
    "RUB": (r"₽|\bRUB\b", r"\b(?:russian )?ro?ubles?\b"),
    "TRY": (r"\bTRY\b", r"\b(?:turkish )?liras?\b"),
    "ZAR": (r"\bZAR\b", r"\b(?:south african )?rand\b"),
    "MXN": (r"\bMXN\b", r"\bmexican pesos?\b"),
    "IDR": (r"\bIDR\b", r"\b(?:indonesian )?rupiahs?\b"),
    "THB": (r"\bTHB\b", r"\b(?:thai )?baht\b"),
    "MYR": (r"\bMYR\b", r"\b(?:malaysian )?ringgit\b"),
    "ILS": (r"₪|\bILS\b", r"\b(?:israeli )?(?:new )?shekels?\b"),
}
"""By code, the signs before a number and the words behind it; those of one country go before those of many."""
_LEADING: Final = ("USD", "EUR", "GBP", "CNY", "HKD")
"""One of each pair: rates between others are not printed in reports."""

_NUMBER: Final = r"\d[\d,]*(?:\.\d+)?"
_ONE: Final = r"1(?:\.0+)?"


def _amount(number: str, sign: str, words: str) -> str:
    return rf"(?:(?:{sign})\s?{number}(?![\d.]*\d)|(?<![\d.]){number}\s(?:{words}))"


def _pairs(before: str, between: str, behind: str) -> dict[str, str]:
    """By pair, base first, how the amounts of the first currency printed and the second are set equal.

    Args:
        before: the number that goes first, "1" for the base.
        between: what stands between the two.
        behind: the number that goes second.
    """
    found = {}
    for first, second in permutations(_MONEY, 2):
        if first in _LEADING or second in _LEADING:
            base, quote = (first, second) if before == _ONE else (second, first)
            found[f"{base}/{quote}"] = _amount(before, *_MONEY[first]) + between + _amount(behind, *_MONEY[second])
    return found


_ANY_SIGN: Final = "|".join(sign for sign, _ in _MONEY.values())
_ANY_WORDS: Final = "|".join(words for _, words in _MONEY.values())
_EQUALS: Final = r"\s?(?:=|equals|is\sequal\sto)\s?"
_TO: Final = r"\s?(?:=|to|per|for)\s(?:every\s)?"

RATES: Final = (
    Cue(
        payload=Rate,
        trigger=rf"{_amount(_ONE, _ANY_SIGN, _ANY_WORDS)}{_EQUALS}(?:{_ANY_SIGN})?\s?(?P<rate>{_NUMBER})",
        words={"pair": _pairs(_ONE, _EQUALS, _NUMBER)},
        occurred="said",
        confidence=90,
    ),
    Cue(
        payload=Rate,
        trigger=rf"(?:{_ANY_SIGN})\s?(?P<rate>{_NUMBER}){_TO}{_amount(_ONE, _ANY_SIGN, _ANY_WORDS)}",
        words={"pair": _pairs(_NUMBER, _TO, _ONE)},
        occurred="said",
        confidence=85,
    ),
)
