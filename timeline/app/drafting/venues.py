"""Tickers as texts print them, with the exchange that is named beside: (NYSE: BKE), 1810.HK, 1810 HK Equity."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from timeline.app.drafting.patterns import any_literal
from timeline.topics.company.tickers import EXCHANGES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_NAMED: Final[Mapping[str, str]] = MappingProxyType(
    {
        "NYSE AMERICAN": "XASE",
        "NYSE MKT": "XASE",
        "NEW YORK STOCK EXCHANGE": "XNYS",
        "NASDAQ": "XNAS",
        "NASDAQ STOCK MARKET": "XNAS",
        "NASDAQGS": "XNAS",
        "NASDAQGM": "XNAS",
        "NASDAQCM": "XNAS",
        "HKEX": "XHKG",
        "HKSE": "XHKG",
        "SEHK": "XHKG",
        "LSE": "XLON",
        "AIM": "XLON",
        "AEX": "XAMS",
        "EURONEXT AMSTERDAM": "XAMS",
        "EURONEXT BRUSSELS": "XBRU",
        "EURONEXT PARIS": "XPAR",
        "XETRA": "XETR",
        "TSX": "XTSE",
        "BSE": "XBOM",
        "NZX": "XNZE",
        "SSE": "XSHG",
        "SZSE": "XSHE",
        "TWSE": "XTAI",
        "SIX": "XSWX",
        "OTCQX": "XOTC",
        "OTCQB": "XOTC",
        "OMX STOCKHOLM": "XSTO",
        **{exchange.portal: mic for mic, exchange in EXCHANGES.items()},
        **{mic: mic for mic in EXCHANGES},
    }
)
"""MIC by what stands before the colon, in capitals."""

_REUTERS: Final[Mapping[str, str]] = MappingProxyType(
    {
        **{exchange.reuters: mic for mic, exchange in EXCHANGES.items()},
        "OQ": "XNAS",
        "BK": "XBKK",
        "CO": "XCSE",
        "HE": "XHEL",
        "IS": "XIST",
        "JK": "XIDX",
        "JO": "XJSE",
        "KL": "XKLS",
        "KQ": "XKOS",
        "LS": "XLIS",
        "MX": "XMEX",
        "NZ": "XNZE",
        "OL": "XOSL",
        "PR": "XPRA",
        "SA": "BVMF",
        "SR": "XSAU",
        "TA": "XTAE",
        "VI": "XWBO",
        "WA": "XWAR",
    }
)
"""MIC by the suffix of a Reuters code."""

_BLOOMBERG: Final[Mapping[str, str]] = MappingProxyType(
    {exchange.bloomberg: mic for mic, exchange in EXCHANGES.items() if exchange.bloomberg not in {"US", "IN", "CH"}}
)
"""MIC by the market code of Bloomberg; codes that several exchanges share tell none."""

_COUNTRIES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "BVMF": "BR", "XAMS": "NL", "XASE": "US", "XASX": "AU", "XBKK": "TH", "XBOM": "IN", "XBRU": "BE", "XCSE": "DK",
        "XETR": "DE", "XFRA": "DE", "XHEL": "FI", "XHKG": "HK", "XIDX": "ID", "XIST": "TR", "XJSE": "ZA", "XKLS": "MY",
        "XKOS": "KR", "XKRX": "KR", "XLIS": "PT", "XLON": "GB", "XMAD": "ES", "XMEX": "MX", "XMIL": "IT", "XNAS": "US",
        "XNSE": "IN", "XNYS": "US", "XNZE": "NZ", "XOSL": "NO", "XOTC": "US", "XPAR": "FR", "XPRA": "CZ", "XSAU": "SA",
        "XSES": "SG", "XSHE": "CN", "XSHG": "CN", "XSTO": "SE", "XSWX": "CH", "XTAE": "IL", "XTAI": "TW", "XTKS": "JP",
        "XTSE": "CA", "XWAR": "PL", "XWBO": "AT",
    }
)  # fmt: skip
"""ISO 3166-1 code of where an exchange is, by MIC."""

_SIGNS: Final = r"[A-Z0-9][A-Z0-9&-]{0,9}(?:\.[A-Z])?"


_LABELLED: Final = re.compile(
    rf"(?<![\w.])(?P<venue>(?i:{any_literal(_NAMED)}))\s?(?:symbol)?[:\uff1a]\s?[“\"]?(?P<ticker>{_SIGNS})(?!\w)"
)
_CODED: Final = re.compile(
    r"(?:(?i:stock code|HKEX stock code)|股份代[號号]|股票代[碼码號号])\s?[:\uff1a]?\s?(?P<ticker>\d{1,5})(?!\d)"
)
_CODE: Final = re.compile(
    rf"(?<![\w.$])(?P<ticker>[A-Z0-9]{{2,9}}[a-z]?|(?<=[<(])[A-Z])\.(?P<suffix>{any_literal(_REUTERS)})(?![\w]|\.\w)"
)
_MARKET: Final = re.compile(
    rf"(?<![\w.$])(?P<open>\()?(?P<ticker>[A-Z0-9]{{1,9}})\s(?P<market>{any_literal(_BLOOMBERG)})"
    r"(?(open)(?:\sEquity)?(?=\))|\sEquity\b)"
)
_LISTED: Final = re.compile(
    r"(?<![\w.$])(?P<ticker>[A-Z]{1,5})\s(?:[Tt]he\s)?(?P<venue>(?i:Nasdaq Stock Market|New York Stock Exchange))"
)
_BARE: Final = re.compile(r"(?:\((?P<bracketed>[A-Z][A-Z.]{0,5})\)|(?<![\w$])\$(?P<tagged>[A-Z]{1,5})\b)")


class Ticker(NamedTuple):
    """A ticker that a paragraph prints.

    Attributes:
        value: without padding and exchange.
        mic: of the exchange; empty where none is named.
        start: offset of its first character, that of the exchange's name included.
        end: offset past its last.
    """

    value: str
    mic: str
    start: int
    end: int


def tickers(text: str) -> Iterator[Ticker]:
    """The tickers that a paragraph prints where nothing but a ticker can stand."""
    for match in _LABELLED.finditer(text):
        yield _made(match, _mic_named(match["venue"], match["ticker"]))
    for match in _CODED.finditer(text):
        yield _made(match, "XHKG")
    for match in _CODE.finditer(text):
        yield _made(match, _REUTERS[match["suffix"]])
    for match in _MARKET.finditer(text):
        yield _made(match, _BLOOMBERG[match["market"]])
    for match in _LISTED.finditer(text):
        yield Ticker(match["ticker"], _NAMED[match["venue"].upper()], match.start(), match.end("ticker"))
    for match in _BARE.finditer(text):
        group = "bracketed" if match["bracketed"] else "tagged"
        yield Ticker(match[group], "", *match.span(group))


def country_of(mic: str) -> str:
    """Where an exchange is, as ISO 3166-1 has it; empty where it is not known."""
    return _COUNTRIES.get(mic, "")


def _made(match: re.Match[str], mic: str) -> Ticker:
    value, start = match["ticker"], match.start() + match[0].startswith("(")
    return Ticker((value.lstrip("0") or value) if value.isdigit() else value, mic, start, match.end())


def _mic_named(venue: str, ticker: str) -> str:
    """TSE is Toronto's, but Tokyo's where the ticker is a number."""
    if venue.upper() == "TSE" and ticker[:1].isdigit():
        return "XTKS"
    return _NAMED[venue.upper()]
