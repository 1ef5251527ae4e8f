"""Currencies as data: the codes of ISO 4217 and the signs and names under which reports print them.

A sign that several currencies share ("$", "¥", "kr") stands for none of them by itself; it lists all that it may mean,
and the source's default or a second mention decides. Habits of print are settled here: RMB and yuan are CNY, and so is
元 without a country.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

# ISO 4217, list one (in use), without precious metals, bond units and testing codes.
CURRENT: Final = frozenset(
    """
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY
    COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR
    ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK
    MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF
    SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU
    UZS VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG
    """.split()  # noqa: SIM905 - likewise
)

# ISO 4217, list three: withdrawn, yet printed in reports that are still read.
FORMER: Final = frozenset(
    """
    ANG ATS BEF BGN BYR CYP DEM EEK ESP FIM FRF GRD HRK IEP ITL LTL LVL MTL NLG PTE SIT SKK SLL
    """.split()  # noqa: SIM905 - likewise
)

CODES: Final = CURRENT | FORMER

_DOLLARS: Final = ("USD", "HKD", "AUD", "CAD", "SGD", "NZD", "TWD", "MXN", "CLP", "COP", "ARS")
_KRONOR: Final = ("SEK", "NOK", "DKK", "ISK", "CZK")
_RUPEES: Final = ("INR", "PKR", "LKR", "NPR", "MUR")

# Keys in lower case, with single spaces; values list every currency that the print may mean, the commonest first.
SIGNS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "$": _DOLLARS,
        "dollar": _DOLLARS,
        "dollars": _DOLLARS,
        "us$": ("USD",),
        "us $": ("USD",),
        "us dollars": ("USD",),
        "美元": ("USD",),
        "hk$": ("HKD",),
        "hk $": ("HKD",),
        "hong kong dollars": ("HKD",),
        "港元": ("HKD",),
        "a$": ("AUD",),
        "au$": ("AUD",),
        "c$": ("CAD",),
        "ca$": ("CAD",),
        "s$": ("SGD",),
        "nz$": ("NZD",),
        "nt$": ("TWD",),
        "mx$": ("MXN",),
        "r$": ("BRL",),
        "¥": ("CNY", "JPY"),
        "cn¥": ("CNY",),
        "rmb": ("CNY",),
        "rmb¥": ("CNY",),
        "renminbi": ("CNY",),
        "yuan": ("CNY",),
        "chinese yuan": ("CNY",),
        "元": ("CNY",),
        "人民币": ("CNY",),
        "jp¥": ("JPY",),
        "yen": ("JPY",),
        "日元": ("JPY",),
        "€": ("EUR",),
        "euro": ("EUR",),
        "euros": ("EUR",),
        "£": ("GBP",),
        "pound": ("GBP",),
        "pounds": ("GBP",),
        "pounds sterling": ("GBP",),
        "₩": ("KRW",),
        "won": ("KRW",),
        "₹": ("INR",),
        "rs": _RUPEES,
        "rs.": _RUPEES,
        "rupees": _RUPEES,
        "swiss francs": ("CHF",),
        "kr": _KRONOR,
        "kronor": ("SEK",),
        "₽": ("RUB",),
        "roubles": ("RUB",),
        "rubles": ("RUB",),
        "₫": ("VND",),
        "₺": ("TRY",),
        "₪": ("ILS",),
        "฿": ("THB",),
        "baht": ("THB",),
        "rp": ("IDR",),
        "rm": ("MYR",),
    }
)
