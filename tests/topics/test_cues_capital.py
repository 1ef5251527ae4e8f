"""What texts say of the number of shares, sentence by sentence."""

from __future__ import annotations

from typing import Any

import pytest

from tests.topics.drafts import drafted, of_kind
from timeline.topics.capital import TOPIC

REPORTED = of_kind(TOPIC.cues, "capital.reported")
CHANGED = of_kind(TOPIC.cues, "capital.changed")


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "In total, Acme has acquired 9.01 million shares under the programme, out of 310.2 million outstanding.",
            {"occurred": "../2026-01-09", "share_class": "ordinary", "shares": "310.2 million"},
        ),
        (
            "As of January 5, 2026, the registrant had 182,345,678 shares of common stock outstanding.",
            {"occurred": "2026-01-05", "share_class": "common", "shares": "182,345,678 shares"},
        ),
        (
            (
                "Following the purchase, the total number of ordinary shares in issue (excluding treasury"
                " shares) is 171,222,888."
            ),
            {"occurred": "../2026-01-09", "share_class": "ordinary", "shares": "171,222,888"},
        ),
        (
            (
                "Following the cancellation of these shares, the Company will have 171,222,888 ordinary"
                " shares in issue, and 7,006,782 ordinary shares are held in treasury."
            ),
            {
                "occurred": "../2026-01-09",
                "share_class": "ordinary",
                "shares": "171,222,888 shares",
                "treasury": "7,006,782 shares",
            },
        ),
        (
            "Acme had 21,530,610,634 Class B ordinary shares in issue on December 31, 2025.",
            {"occurred": "2025-12-31", "share_class": "B", "shares": "21,530,610,634 shares"},
        ),
        (
            "There were 45.6 million shares outstanding as of December 31, 2025.",
            {"occurred": "2025-12-31", "share_class": "ordinary", "shares": "45.6 million shares"},
        ),
    ],
)
def test_the_number_of_shares_has_its_class_and_its_day(sentence: str, expected: dict[str, Any]) -> None:
    assert drafted(REPORTED, sentence) == [expected]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "The board approved a 10-for-1 stock split on January 5.",
            {"occurred": "2026-01-05", "change": "split", "ratio": "10:1"},
        ),
        (
            "Acme carried out a 1-for-20 reverse stock split on December 1, 2025.",
            {"occurred": "2025-12-01", "change": "consolidation", "ratio": "1:20"},
        ),
        (
            "Acme announced a three-for-two share split.",
            {"occurred": "2026-01-09", "change": "split", "ratio": "3:2"},
        ),
        (
            "Shares will begin trading on a split-adjusted basis on January 20, 2026, after the 4-for-1 stock split.",
            {"occurred": "2026-01-09", "change": "split", "ratio": "4:1", "ex_day": "2026-01-20"},
        ),
        (
            "The company issued 5 million new shares at $12.50 per share on January 6.",
            {"occurred": "2026-01-06", "change": "issue", "shares": "5 million shares", "price": "$ 12.50 per share"},
        ),
        (
            "Acme cancelled 3,200,000 treasury shares on December 30.",
            {"occurred": "2025-12-30", "change": "cancellation", "shares": "3,200,000 shares"},
        ),
    ],
)
def test_a_change_of_the_number_has_its_sort_and_its_ratio_new_to_old(sentence: str, expected: dict[str, Any]) -> None:
    assert drafted(CHANGED, sentence) == [expected]


@pytest.mark.parametrize(
    "sentence",
    [
        "The weighted average number of shares outstanding was 45 million.",
        "Notes with a principal of $500 million are outstanding.",
        "The company may issue up to 5 million new shares.",
        "Acme issued $500 million of bonds on January 6.",
        "It will split the group into two companies.",
    ],
)
def test_averages_debts_and_what_may_come_change_no_number_of_shares(sentence: str) -> None:
    assert drafted(TOPIC.cues, sentence) == []
