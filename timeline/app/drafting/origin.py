"""Where a text comes from, as far as it tells: by the ticker that it prints, its form, or the place in its dateline."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from timeline.app.drafting.venues import country_of, tickers

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from timeline.prose.text import Text

_FIRST_LINES: Final = 40
_DATELINES: Final = 8

ZONES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "AT": "Europe/Vienna", "AU": "Australia/Sydney", "BE": "Europe/Brussels", "BR": "America/Sao_Paulo",
        "CA": "America/Toronto", "CH": "Europe/Zurich", "CN": "Asia/Shanghai", "CZ": "Europe/Prague",
        "DE": "Europe/Berlin", "DK": "Europe/Copenhagen", "ES": "Europe/Madrid", "FI": "Europe/Helsinki",
        "FR": "Europe/Paris", "GB": "Europe/London", "HK": "Asia/Hong_Kong", "ID": "Asia/Jakarta",
        "IE": "Europe/Dublin", "IL": "Asia/Jerusalem", "IN": "Asia/Kolkata", "IT": "Europe/Rome", "JP": "Asia/Tokyo",
        "KR": "Asia/Seoul", "MX": "America/Mexico_City", "MY": "Asia/Kuala_Lumpur", "NL": "Europe/Amsterdam",
        "NO": "Europe/Oslo", "NZ": "Pacific/Auckland", "PL": "Europe/Warsaw", "PT": "Europe/Lisbon",
        "SA": "Asia/Riyadh", "SE": "Europe/Stockholm", "SG": "Asia/Singapore", "TH": "Asia/Bangkok",
        "TR": "Europe/Istanbul", "TW": "Asia/Taipei", "US": "America/New_York", "ZA": "Africa/Johannesburg",
    }
)  # fmt: skip
"""Zone of each country's stock exchange, by ISO 3166-1 code."""

_CITIES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "AMSTERDAM": "NL", "ATHENS": "", "AUCKLAND": "NZ", "BANGKOK": "TH", "BEIJING": "CN", "BENGALURU": "IN",
        "BERLIN": "DE", "BRUSSELS": "BE", "COPENHAGEN": "DK", "DUBLIN": "IE", "DÜSSELDORF": "DE", "FRANKFURT": "DE",
        "GDANSK": "PL", "HAMBURG": "DE", "HELSINKI": "FI", "HONG KONG": "HK", "JAKARTA": "ID", "JOHANNESBURG": "ZA",
        "KUALA LUMPUR": "MY", "LISBON": "PT", "LONDON": "GB", "MADRID": "ES", "MELBOURNE": "AU", "MEXICO CITY": "MX",
        "MILAN": "IT", "MUMBAI": "IN", "MUNICH": "DE", "NEW DELHI": "IN", "NEW YORK": "US", "OSLO": "NO", "PARIS": "FR",
        "PRAGUE": "CZ", "SAO PAULO": "BR", "SEOUL": "KR", "SHANGHAI": "CN", "SHENZHEN": "CN", "SINGAPORE": "SG",
        "STOCKHOLM": "SE", "STUTTGART": "DE", "SYDNEY": "AU", "TAIPEI": "TW", "TOKYO": "JP", "TORONTO": "CA",
        "VIENNA": "AT", "WARSAW": "PL", "WASHINGTON": "US", "WELLINGTON": "NZ", "ZURICH": "CH",
    }
)  # fmt: skip

_STATES: Final = (
    "AL|AK|AZ|AR|CA|CO|CT|DE|FL|GA|HI|IA|ID|IL|IN|KS|KY|LA|MA|MD|ME|MI|MN|MO|MS|MT|NC|ND|NE|NH|NJ|NM|NV|NY|OH|OK|OR|PA|RI"
    r"|SC|SD|TN|TX|UT|VA|VT|WA|WI|WV|WY|Calif\.|Conn\.|Fla\.|Ga\.|Ill\.|Mass\.|Mich\.|Minn\.|N\.J\.|N\.Y\.|Ohio|Pa\.|Tex(?:as|\.)"
    r"|Va\.|Wash\."
)
_STATE: Final = re.compile(rf"^[A-Z][A-Za-z. ]{{2,30}}, (?P<state>{_STATES})(?:\s?[,–—-]|\s\()")
_CITY: Final = re.compile(r"^(?P<city>[A-ZÄÖÜ]{3,}(?: [A-Z]{3,})?)(?:/[A-Z ]+)?(?:,|\s?\(|\s[–—-])")
_AMERICAN: Final = re.compile(
    r"Securities Exchange Act of 1934|^FORM (?:8-K|10-K|10-Q)\b|^\s*UNITED STATES\s*$", re.IGNORECASE
)
_INDIAN: Final = re.compile(r"(?:₹|\bRs\.?)\s?[\d.,]+\s(?:crore|lakh)", re.IGNORECASE)
_STATE_ZONES: Final[Mapping[str, str]] = MappingProxyType(
    {
        state: zone
        for zone, states in (
            ("America/Chicago", "AL|AR|IA|IL|KS|LA|MN|MO|MS|ND|NE|OK|SD|TN|TX|WI|Ill.|Minn.|Tex.|Texas"),
            ("America/Denver", "CO|ID|MT|NM|UT|WY"),
            ("America/Los_Angeles", "CA|NV|OR|WA|Calif.|Wash."),
            ("America/Phoenix", "AZ"),
            ("America/Anchorage", "AK"),
            ("Pacific/Honolulu", "HI"),
        )
        for state in states.split("|")
    }
)
"""By state of the United States; the others keep New York's."""


class Origin(NamedTuple):
    """Where a text comes from.

    Attributes:
        country: ISO 3166-1 code; empty where nothing tells.
        why: what tells it, in words.
        countries: all that its tickers and its company's listing speak of.
        state: of the United States, where the dateline names one.
    """

    country: str = ""
    why: str = ""
    countries: tuple[str, ...] = ()
    state: str = ""

    @property
    def zone(self) -> str:
        """The zone that is likely kept there; empty where none is known."""
        return _STATE_ZONES.get(self.state) or ZONES.get(self.country, "")


def origin(text: Text, listed: str = "", *, own: bool = False) -> Origin:
    """The country of a dateline, of a form that only one country has, or of the exchange that is named first.

    Args:
        text: the text.
        listed: country in which the company is listed; empty where it is not known.
        own: whether the company itself published the text, most likely where it is listed.
    """
    found = _told(text)
    countries = tuple(dict.fromkeys((*found.countries, *filter(None, [listed]))))
    if not found.country and own and listed:
        return Origin(listed, "the company is listed there", countries)
    return found._replace(countries=countries)


def _told(text: Text) -> Origin:
    printed = tuple(dict.fromkeys(_printed(text)))
    countries = tuple(dict.fromkeys(country for country, _ in printed))
    for line in text.paragraphs[1:_DATELINES]:
        if found := _STATE.match(line):
            return Origin("US", f"the dateline names {found['state']}", countries, found["state"])
        if (found := _CITY.match(line)) and (country := _CITIES.get(found["city"], "")):
            return Origin(country, f"the dateline is {found['city'].title()}", countries)
    if any(map(_AMERICAN.search, text.paragraphs[:_FIRST_LINES])):
        return Origin("US", "it is a form of the Securities and Exchange Commission", countries)
    if printed:
        return Origin(*printed[0], countries)
    if any(map(_INDIAN.search, text.paragraphs)):
        return Origin("IN", "it counts in rupees and crores")
    return Origin()


def _printed(text: Text) -> Iterator[tuple[str, str]]:
    for line in text.paragraphs[:_FIRST_LINES]:
        for ticker in sorted(tickers(line), key=lambda each: each.start):
            if country := country_of(ticker.mic):
                yield country, f"its ticker is {ticker.mic}:{ticker.value}"
