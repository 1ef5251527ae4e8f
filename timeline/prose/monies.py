"""Currencies by the words and hundredths under which prose prints them: "crowns", "81 euro cents", "12.5p".

A word that several countries have is the currency of the one that the text speaks of, or else of the commonest with the
others beside it. Fixtures write codes, so what only prose has is turned into one.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from timeline.currencies import CODES, SIGNS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_COUNTRIES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "CZK": "Czech|Prague",
        "SEK": "Sweden|Swedish|Stockholm",
        "NOK": "Norway|Norwegian|Oslo",
        "DKK": "Denmark|Danish|Copenhagen",
        "ISK": "Iceland|Icelandic|Reykjav[ií]k",
        "CHF": "Switzerland|Swiss|Zurich|Geneva",
        "INR": "India|Indian|Mumbai|BSE|crores?|lakhs?",
        "PKR": "Pakistan|Pakistani|Karachi",
        "LKR": "Sri Lanka|Sri Lankan|Colombo",
        "NPR": "Nepal|Nepalese|Kathmandu",
        "MXN": "Mexico|Mexican",
        "PHP": "Philippines?|Philippine|Manila|Filipino",
        "ARS": "Argentina|Argentine|Buenos Aires",
        "CLP": "Chile|Chilean|Santiago",
        "COP": "Colombia|Colombian|Bogot[aá]",
        "AED": "Dubai|Abu Dhabi|UAE|Emirates|Emirati",
        "MAD": "Morocco|Moroccan|Casablanca",
        "SAR": "Saudi|Riyadh|Tadawul",
        "QAR": "Qatar|Qatari|Doha",
        "OMR": "Oman|Omani|Muscat",
        "KWD": "Kuwait|Kuwaiti",
        "BHD": "Bahrain|Bahraini",
        "JOD": "Jordan|Jordanian|Amman",
        "KES": "Kenya|Kenyan|Nairobi",
        "UGX": "Uganda|Ugandan|Kampala",
        "TZS": "Tanzania|Tanzanian",
        "JPY": "Japan|Japanese|Tokyo|yen",
        "CNY": "China|Chinese|Beijing|Shanghai|Shenzhen|yuan|RMB|renminbi",
        "MYR": "Malaysia|Malaysian|ringgit",
        "IDR": "Indonesia|Indonesian",
        "GBP": "£|UK|U\\.K\\.|Britain|British|London|pence|plc|PLC",
        "HKD": "HK\\$|HKD|HK cents?|SEHK|HKEX",
        "AUD": "A\\$|AUD|Australia|Australian|Sydney|ASX",
        "CAD": "C\\$|CAD|Canada|Canadian|Toronto|TSX",
        "NZD": "NZ\\$|NZD|New Zealand|Auckland|NZX",
        "SGD": "S\\$|SGD|Singapore|SGX",
        "ZAR": "South Africa|South African|Johannesburg|JSE|rand",
        "EUR": "€|EUR|euros?",
        "USD": "US\\$|U\\.S\\. dollars?|USD|NYSE|Nasdaq|NASDAQ|SEC",
    }
)
_HOME: Final = re.compile(
    r"(?<!\w)(?:" + "|".join(rf"(?P<{code}>{words})" for code, words in _COUNTRIES.items()) + r")(?!\w)"
)
_NATIONS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "crown crowns krona kronor krone kroner koruna korunas": {
            "czech": "CZK", "swedish": "SEK", "norwegian": "NOK", "danish": "DKK", "icelandic": "ISK",
        },
        "franc francs": {"swiss": "CHF"},
        "peso pesos": {
            "mexican": "MXN", "philippine": "PHP", "argentine": "ARS", "chilean": "CLP", "colombian": "COP",
        },
        "rupee rupees": {"indian": "INR", "pakistani": "PKR", "sri lankan": "LKR", "nepalese": "NPR"},
        "dollar dollars": {
            "hong kong": "HKD", "australian": "AUD", "canadian": "CAD", "singapore": "SGD", "new zealand": "NZD",
            "taiwan": "TWD", "new taiwan": "TWD", "american": "USD",
        },
        "dirham dirhams": {"uae": "AED", "emirati": "AED", "moroccan": "MAD"},
        "riyal riyals": {"saudi": "SAR", "qatari": "QAR"},
        "rial rials": {"omani": "OMR"},
        "dinar dinars": {"kuwaiti": "KWD", "bahraini": "BHD", "jordanian": "JOD"},
        "shilling shillings": {"kenyan": "KES", "ugandan": "UGX", "tanzanian": "TZS"},
        "real reais": {"brazilian": "BRL"},
        "yen": {"japanese": "JPY"},
        "won": {"korean": "KRW", "south korean": "KRW"},
        "lira liras": {"turkish": "TRY"},
        "zloty zlotys": {"polish": "PLN"},
        "lei leu": {"romanian": "RON"},
        "pound pounds": {"british": "GBP", "egyptian": "EGP"},
        "rand": {"south african": "ZAR"},
    }
)  # fmt: skip
_BARE: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    dict.fromkeys(("crown", "crowns"), ("CZK", "SEK", "NOK", "DKK", "ISK"))
    | dict.fromkeys(("krone", "kroner"), ("NOK", "DKK"))
    | dict.fromkeys(("krona", "kronor"), ("SEK", "ISK"))
    | dict.fromkeys(("koruna", "korunas", "kč"), ("CZK",))
    | dict.fromkeys(("franc", "francs"), ("CHF",))
    | dict.fromkeys(("peso", "pesos"), ("MXN", "PHP", "ARS", "CLP", "COP"))
    | dict.fromkeys(("dirham", "dirhams"), ("AED", "MAD"))
    | dict.fromkeys(("riyal", "riyals"), ("SAR", "QAR"))
    | dict.fromkeys(("dinar", "dinars"), ("KWD", "BHD", "JOD"))
    | dict.fromkeys(("shilling", "shillings"), ("KES", "UGX", "TZS"))
    | dict.fromkeys(("rupee", "rupees", "re."), SIGNS["rupees"])
    | dict.fromkeys(("lira", "liras"), ("TRY",))
    | dict.fromkeys(("zloty", "zlotys", "zł"), ("PLN",))
    | dict.fromkeys(("ringgit", "ringgits"), ("MYR",))
    | dict.fromkeys(("forint", "forints"), ("HUF",))
    | dict.fromkeys(("shekel", "shekels"), ("ILS",))
    | {"rupiah": ("IDR",), "hryvnia": ("UAH",), "tenge": ("KZT",), "naira": ("NGN",), "reais": ("BRL",)}
    | {"rand": ("ZAR",), "taka": ("BDT",), "dong": ("VND",)}
)
NAMES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    dict(_BARE)
    | {
        f"{nation} {name}": (code,)
        for names, of in _NATIONS.items()
        for name in names.split()
        for nation, code in of.items()
    }
)
"""What only prose has for a currency, in lower case: all that it may mean, the commonest first."""

_CENTS: Final = ("USD", "EUR", "HKD", "AUD", "CAD", "SGD", "NZD", "ZAR")
_NATIONS_CENTS: Final = {
    "euro": "EUR", "us": "USD", "u.s.": "USD", "hk": "HKD", "hong kong": "HKD", "australian": "AUD", "canadian": "CAD",
    "singapore": "SGD", "new zealand": "NZD", "nz": "NZD",
}  # fmt: skip
HUNDREDTHS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    dict.fromkeys(("cent", "cents", "¢"), _CENTS)
    | {f"{nation} {name}": (code,) for nation, code in _NATIONS_CENTS.items() for name in ("cent", "cents")}
    | dict.fromkeys(("eurocent", "eurocents"), ("EUR",))
    | dict.fromkeys(("pence", "penny", "p"), ("GBP",))
    | {"港仙": ("HKD",), "sen": ("MYR",), "paise": ("INR",), "paisa": ("INR",)}
)
"""Hundredths of currencies likewise."""

_SHARED: Final = frozenset({"kr", "rs", "rs.", "¥", "rupees"})
"""Signs of the parser's own that the country decides; "$" is none, since texts of any country have dollars."""
_UNSURE: Final = re.compile(
    r"(?i:\b(?:"
    + "|".join(re.escape(word) for word, codes in NAMES.items() if len(codes) > 1)
    + r"|rs|kr|cents?)\b)|¥|\d\s?¢"
)


class Money(NamedTuple):
    """What the currencies of a text are told by.

    Attributes:
        default: what a bare "$" or "¥" means, as a code; empty where nobody says.
        homes: the currencies of the countries that the text speaks of.
    """

    default: str = ""
    homes: frozenset[str] = frozenset()


class Chosen(NamedTuple):
    """A currency.

    Attributes:
        code: ISO 4217, or the print itself where the parser of figures has to tell.
        assumed: why it is this one, in words; empty where it can be no other.
        others: that it can be as well, the commonest first.
    """

    code: str
    assumed: str = ""
    others: tuple[str, ...] = ()


def money_of(texts: Sequence[str], default: str = "") -> Money:
    """What tells the currencies of a text; its countries only where a print needs them."""
    if not any(map(_UNSURE.search, texts)):
        return Money(default)
    homes = {found.lastgroup or "" for text in texts for found in _HOME.finditer(text)}
    return Money(default, frozenset(homes))


def chosen(printed: str, money: Money) -> Chosen:
    """The currency that a word, sign or hundredth stands for."""
    word = " ".join(printed.split()).casefold()
    codes = NAMES.get(word) or HUNDREDTHS.get(word) or (SIGNS.get(word) if word in _SHARED else None)
    if codes is None or printed in CODES:
        return Chosen(printed)
    if len(codes) == 1:
        return Chosen(codes[0])
    if money.default in codes:
        return Chosen(money.default)
    homes = [code for code in codes if code in money.homes]
    if len(homes) == 1:
        return Chosen(homes[0], f"“{printed}” is taken for {homes[0]}, of whose country the text speaks")
    first, *others = [*homes, *(code for code in codes if code not in homes)]
    return Chosen(first, f"“{printed}” is taken for {first}; it may be {', '.join(others)}", tuple(others))


def in_codes(text: str, money: Money) -> str:
    """The same text with the names that only prose has as codes."""
    return _SPOKEN.sub(lambda found: chosen(found[0], money).code, text)


def _any(words: Iterable[str]) -> str:
    return "|".join(
        r"\s".join(map(re.escape, word.split())) for word in sorted(words, key=lambda word: (-len(word), word))
    )


_SPOKEN: Final = re.compile(rf"(?<![A-Za-z])(?i:{_any(word for word in NAMES if word[-1].isalpha())})(?![A-Za-z])")
