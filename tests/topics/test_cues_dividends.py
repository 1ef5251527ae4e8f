"""What texts say of dividends, sentence by sentence."""

from __future__ import annotations

from typing import Any

import pytest

from tests.topics.drafts import drafted
from timeline.topics.dividends import TOPIC


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            (
                "The board declared a quarterly cash dividend of $0.26 per share, payable on February 13,"
                " 2026 to shareholders of record as of February 10, 2026."
            ),
            {"amount": "$ 0.26 per share", "record_day": "2026-02-10", "pay_day": "2026-02-13"},
        ),
        (
            (
                "A special dividend of 15 pence per share will be paid on 3 March 2026 to shareholders on the"
                " register at the close of business on 6 February 2026."
            ),
            {
                "form": "special",
                "amount": "GBP 0.15 per share",
                "record_day": "2026-02-06",
                "pay_day": "2026-03-03",
            },
        ),
        (
            (
                "The shares will trade ex-dividend on January 29, 2026, and the interim dividend of HK$0.35"
                " per share is payable on March 2, 2026."
            ),
            {"amount": "HK$ 0.35 per share", "ex_day": "2026-01-29", "pay_day": "2026-03-02"},
        ),
        (
            (
                "The firm also declared a final dividend of ₹1 (100%) per equity share of face value of ₹1"
                " each for the financial year ended March 31, 2025."
            ),
            {"amount": "₹ 1", "share_class": "equity", "period": "2024-04-01/2025-03-31"},
        ),
        (
            (
                "On January 7, 2026, the Board of Directors declared a dividend of $0.35 per share of common"
                " stock, payable March 15, 2026, to stockholders of record at the close of business on"
                " February 27, 2026."
            ),
            {
                "occurred": "2026-01-07",
                "amount": "$ 0.35 per share",
                "share_class": "common",
                "record_day": "2026-02-27",
                "pay_day": "2026-03-15",
            },
        ),
        (
            "The company proposed a dividend of 1.20 euros per share for 2025.",
            {"amount": "euros 1.20 per share", "period": "2025"},
        ),
        ("Acme raised its quarterly dividend to $0.50 per share from $0.45.", {"amount": "$ 0.50 per share"}),
        ("Declares dividend of $0.10 a share", {"amount": "$ 0.10 per share"}),
    ],
)
def test_a_dividend_has_its_amount_its_days_and_what_it_is_for(sentence: str, expected: dict[str, Any]) -> None:
    assert drafted(TOPIC.cues, sentence) == [{"occurred": "2026-01-09", "form": "cash", **expected}]


def test_the_resolution_that_repeats_a_dividend_makes_no_second_one() -> None:
    news = "The firm declared a final dividend of ₹1 per equity share for the financial year ended March 31, 2025."
    resolution = (
        "“Declaration of final dividend of Re. 1/- per equity share for the financial year ended"
        " March 31, 2025,” it said."
    )
    assert len(drafted(TOPIC.cues, news, resolution)) == 1


@pytest.mark.parametrize(
    "sentence",
    [
        "The dividend yield is 3.4% and analysts expect a dividend of $2 per share.",
        "The Company paid dividends of $120 million in the quarter.",
        "The board may declare a dividend of $1 per share.",
        "Earnings per share were $2.10, against a price of $30 per share.",
        "It suspended the dividend, which had been $0.40 per share.",
    ],
)
def test_a_yield_a_sum_or_a_mere_expectation_is_no_declaration(sentence: str) -> None:
    assert drafted(TOPIC.cues, sentence) == []
