"""Tickers: the ways in which one ticker is written, by exchange, and the one that is shown."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class Exchange(NamedTuple):
    """How others write the tickers of an exchange.

    Attributes:
        reuters: suffix behind the dot of a Reuters code: `1810.HK`.
        bloomberg: market code behind the ticker: `1810 HK Equity`.
        portal: prefix before the colon on news pages and web portals: `HKG:1810`.
    """

    reuters: str
    bloomberg: str
    portal: str


EXCHANGES: Final[Mapping[str, Exchange]] = MappingProxyType(
    {
        "XAMS": Exchange("AS", "NA", "AMS"),
        "XASX": Exchange("AX", "AU", "ASX"),
        "XBOM": Exchange("BO", "IN", "BOM"),
        "XBRU": Exchange("BR", "BB", "EBR"),
        "XETR": Exchange("DE", "GY", "ETR"),
        "XFRA": Exchange("F", "GF", "FRA"),
        "XHKG": Exchange("HK", "HK", "HKG"),
        "XKRX": Exchange("KS", "KS", "KRX"),
        "XLON": Exchange("L", "LN", "LON"),
        "XMAD": Exchange("MC", "SM", "BME"),
        "XMIL": Exchange("MI", "IM", "BIT"),
        "XNAS": Exchange("O", "US", "NASDAQ"),
        "XNSE": Exchange("NS", "IN", "NSE"),
        "XNYS": Exchange("N", "US", "NYSE"),
        "XOTC": Exchange("PK", "US", "OTCMKTS"),
        "XPAR": Exchange("PA", "FP", "EPA"),
        "XSES": Exchange("SI", "SP", "SGX"),
        "XSHE": Exchange("SZ", "CH", "SHE"),
        "XSHG": Exchange("SS", "CH", "SHA"),
        "XSTO": Exchange("ST", "SS", "STO"),
        "XSWX": Exchange("S", "SW", "SWX"),
        "XTAI": Exchange("TW", "TT", "TPE"),
        "XTKS": Exchange("T", "JP", "TYO"),
        "XTSE": Exchange("TO", "CN", "TSE"),
    }
)
"""By ISO 10383 MIC; a ticker of another exchange is found by itself and behind its MIC."""

# Hong Kong numbers its shares: Reuters pads the number to four digits, the exchange to five, Bloomberg not at all.
_WIDTHS: Final[Mapping[str, tuple[int, ...]]] = MappingProxyType({"XHKG": (4, 5, 0)})


def spellings(scheme: str, value: str, mic: str | None = None) -> tuple[str, ...]:
    """All spellings under which an identifier is found, each once, the one to show first.

    Args:
        scheme: as in `company.identified`; only a ticker has spellings besides itself.
        value: the identifier.
        mic: exchange of a ticker.
    """
    if scheme != "ticker" or not mic:
        return (value,)
    return tuple(dict.fromkeys(text for form in _forms(value, mic) for text in _written(form, mic)))


def displayed(scheme: str, value: str, mic: str | None = None) -> str:
    """The spelling that is shown: `1810.HK`, or `XHKG:1810` where no code of the exchange is known."""
    return spellings(scheme, value, mic)[0]


def _forms(value: str, mic: str) -> list[str]:
    """The ticker itself; where it is a number, with every padding."""
    widths = _WIDTHS.get(mic, ()) if value.isdigit() else ()
    return [value.lstrip("0").zfill(width) for width in widths] or [value]


def _written(ticker: str, mic: str) -> Iterator[str]:
    if exchange := EXCHANGES.get(mic):
        yield f"{ticker}.{exchange.reuters}"
        yield f"{ticker} {exchange.bloomberg}"
        yield f"{ticker} {exchange.bloomberg} Equity"
        yield f"{exchange.portal}:{ticker}"
    yield f"{mic}:{ticker}"
    yield ticker
