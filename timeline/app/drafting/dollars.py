"""Which currency a text means by a sign that several share, such as a bare `$`; told only where the text tells it."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from timeline.app.drafting.patterns import any_literal
from timeline.currencies import CURRENT, SIGNS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from timeline.app.drafting.origin import Origin
    from timeline.prose.text import Text

_SHARED: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {sign: codes for sign, codes in SIGNS.items() if len(codes) > 1 and sign not in {"dollar", "dollars", "rupees"}}
)
_PLAIN: Final[Mapping[str, str]] = MappingProxyType(
    {sign: codes[0] for sign, codes in SIGNS.items() if len(codes) == 1}
)
_BY_COUNTRY: Final[Mapping[str, str]] = MappingProxyType(
    {
        "AU": "AUD", "CA": "CAD", "CN": "CNY", "CZ": "CZK", "DK": "DKK", "HK": "HKD", "IN": "INR", "JP": "JPY",
        "MX": "MXN", "NO": "NOK", "NZ": "NZD", "SE": "SEK", "SG": "SGD", "TW": "TWD", "US": "USD",
    }
)  # fmt: skip


_SHARED_PRINT: Final = re.compile(
    rf"(?<![\w$¥])(?:(?P<before>{any_literal(_SHARED)})\s?(?=[\d.])|(?<=\d)\s?(?P<after>kr)\b)", re.IGNORECASE
)
_RATE: Final = re.compile(r"\(\$1\s?=\s?[\d.,]+\s")
_PLAIN_PRINT: Final = re.compile(
    rf"(?<!\w)(?:(?P<sign>{any_literal(_PLAIN)})(?=[\s\d])|(?P<code>{'|'.join(sorted(CURRENT))})\b)", re.IGNORECASE
)


def shared_sign(text: Text) -> str:
    """The first sign beside a figure that several currencies share; empty where the text has none."""
    for line in text.paragraphs:
        if found := _SHARED_PRINT.search(line):
            return (found["before"] or found["after"]).lower()
    return ""


def currency_of(text: Text, origin: Origin) -> tuple[str, str]:
    """What a shared sign means, as an ISO 4217 code, and what tells it; or no code, and why it cannot be told.

    Both are empty where there is no such sign.
    """
    sign = shared_sign(text)
    if not sign:
        return "", ""
    told = _told(text, origin, _SHARED[sign])
    if len({code for code, _ in told}) == 1:
        return told[0]
    if not told and sign == "$":
        return "USD", "nothing tells otherwise: assumed, as it is meant most often"
    if not told:
        return "", f"currency: nothing tells what {sign} means: {', '.join(_SHARED[sign][:5])}, …"
    return "", f"currency: {sign} may mean {' or '.join(f'{code} ({why})' for code, why in told)}"


def _told(text: Text, origin: Origin, possible: tuple[str, ...]) -> list[tuple[str, str]]:
    """Each currency that something speaks for, with what does."""
    told = dict[str, str]()
    if "USD" in possible and any(map(_RATE.search, text.paragraphs)):
        return [("USD", "the text gives its rate of exchange")]
    for country in dict.fromkeys((origin.country, *origin.countries)):
        if (code := _BY_COUNTRY.get(country, "")) in possible:
            told.setdefault(code, origin.why if country == origin.country else "another ticker")
    for code in _printed(text):
        if code in possible:
            told.setdefault(code, "printed with its own sign elsewhere")
    return list(told.items())


def _printed(text: Text) -> tuple[str, ...]:
    """Currencies that the text prints by a sign or code of their own, in order."""
    found = dict[str, None]()
    for line in text.paragraphs:
        for match in _PLAIN_PRINT.finditer(line):
            if match["code"]:
                found.update({match["code"]: None} if match["code"].isupper() else {})
            else:
                found[_PLAIN[match["sign"].lower()]] = None
    return tuple(found)
