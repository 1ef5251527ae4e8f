"""Digits that are no figures."""

from __future__ import annotations

import pytest

from tests.prose.reading import all_in


@pytest.mark.parametrize(
    "text",
    [
        "the SU7 and the V6s-Plus motor",
        "an F-150 with 5G, 4K and 3D",
        "a Model 3 and a Model Y",
        "the Redmi Note and the Mate 60 phones",
        "It sells the Xiaomi 17 in Europe.",
        "on its Platform 2.0 as before",
        "in the S&P 500 and the Russell 2000",
        "under Chapter 11 it may",
        "see Form 8-K, Item 2.02, Section 13, Rule 10b5-1 and Note 11",
        "Exhibits 99.1 and 99.2 are attached",
        "the Securities Act of 1933 and the Reform Act of 1995",
        "call +852 2345 6789 or (212) 555-0199",
        "Tel: 010-8888 9999",
        "see https://halden.example/2026/01/08?id=55 or mail ir2026@halden.example.com",
        "shares (1810.HK, SEHK: 8123, NYSE: NIO) and file number 001-36743",
        "at 9:46 a.m. and 14:30:05",
        "version 10.2.1 and v3",
        "the first, 2nd and 3rd of them",
        "profits (1) and losses (2)",
        "Made in China 2025 goes on",
        "seen at CES 2026.",
        "a 3 min read and a 12-minute read",
        "at 06:54 PM IST, 0930 GMT and 9 AM",
        "at 1200 Halden Park Blvd., Suite 40, Norville, TX, 75201",
        "of 14 Mill Street, Norville",
        "it stands under 333-251999 there",
        "under 17 CFR 230.425, §240.12b-2 and Rule 10b5-1",
        "Item 5.03Amendments to it",
        "99.1 Press Release of Halden Motors",
        "call (852) 2345 6789 now",
    ],
)
def test_digits_of_names_places_and_codes_are_no_figures(text: str) -> None:
    assert [each.quote for each in all_in(text)] == []


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("It opened in China 25 stores.", "25 stores"),
        ("In 2026 it", "2026"),
        ("paid RMB229,900 for it", "RMB229,900"),
        ("worth HKD162 then", "HKD162"),
        ("Xiaomi’s 2026 goal", "2026"),
        ("Tesla 2025 deliveries", "2025"),
        ("All 12 plants run", "12 plants"),
        ("some 300K users", "some 300K users"),
        ("1. Revenue grew 5%", "5%"),
        ("Xiaomi 410,000 units", "410,000 units"),
        ("12 Wall Street analysts agree", "12 Wall Street analysts"),
        ("sold 300 Halden Road Racer cars", "300 Halden Road Racer cars"),
        ("3.5 Million units", "3.5 Million units"),
        ("a profit of Rs 829 cr then", "Rs 829 cr"),
    ],
)
def test_what_only_looks_like_a_name_is_a_figure(text: str, quote: str) -> None:
    assert [each.quote for each in all_in(text)] == [quote]
