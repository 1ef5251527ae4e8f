"""Sentences that tell what analysts advise and forecast, and what is drafted from them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.topics.drafts import drafted, of_kind
from timeline.topics.analysts import TOPIC
from timeline.topics.results import TOPIC as RESULTS

RATINGS = of_kind(TOPIC.cues, "rating.published")
FORECASTS = of_kind(TOPIC.cues, "forecast.published")
TODAY = "2026-01-09"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Goldman Sachs upgraded Acme to buy from neutral and raised its price target to $120 from $95.",
            {
                "by": "Goldman Sachs",
                "rating": "buy",
                "previous": "neutral",
                "action": "upgraded",
                "target_price": "$ 120",
            },
        ),
        ("Jefferies cut Acme to hold.", {"by": "Jefferies", "rating": "hold", "action": "downgraded"}),
        (
            "Morgan Stanley analyst Jane Roe reiterated an overweight rating on Acme with a target price of HK$55.",
            {
                "by": "Morgan Stanley",
                "analyst": "Jane Roe",
                "rating": "overweight",
                "action": "reiterated",
                "target_price": "HK$ 55",
            },
        ),
        (
            "Daiwa initiates coverage of Acme with an “outperform” rating and a $45 price target.",
            {"by": "Daiwa", "rating": "outperform", "action": "initiated", "target_price": "$ 45"},
        ),
        (
            "UBS raised its price target on Acme to $30 per share from $25.",
            {"by": "UBS", "target_price": "$ 30 per share", "previous_target": "$ 25"},
        ),
        (
            "Harbour Securities downgraded the stock from hold to sell.",
            {"by": "Harbour Securities", "rating": "sell", "previous": "hold", "action": "downgraded"},
        ),
        ("The target price was lifted to €80 by Berenberg.", {"by": "Berenberg", "target_price": "€ 80"}),
    ],
)
def test_what_a_house_advises_is_drafted(sentence: str, expected: dict[str, Any]) -> None:
    assert drafted(RATINGS, sentence) == [{"occurred": TODAY, **expected}]


@pytest.mark.parametrize(
    "sentence",
    [
        "Acme cut its delivery target to 500,000 vehicles.",
        "Goldman Sachs advised Acme on the sale.",
        "Shareholders should hold on to their buy orders.",
        "Moody’s affirmed the credit of Acme.",
        "UBS bought 1.2 million shares of Acme.",
    ],
)
def test_what_is_no_advice_on_the_share_tells_no_rating(sentence: str) -> None:
    assert drafted(RATINGS, sentence) == []


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Acme posted revenue of $1.25 billion for 2025, beating the $1.18 billion analysts had expected.",
            {"by": "analysts", "metric": "revenue", "value": "$ 1.18 billion", "period": "2025"},
        ),
        (
            "Analysts polled by LSEG expect revenue of $5.1 billion for 2026.",
            {"by": "LSEG", "metric": "revenue", "value": "$ 5.1 billion", "period": "2026"},
        ),
        (
            "Net profit was 200 million euros in 2025, compared with analysts’ average forecast of 190 million euros.",
            {"by": "analysts", "metric": "net profit", "value": "euros 190 million", "period": "2025"},
        ),
        (
            "Operating profit for 2025 beat the Visible Alpha consensus of 410 million pounds.",
            {"by": "Visible Alpha", "metric": "operating profit", "value": "pounds 410 million", "period": "2025"},
        ),
        (
            "Net income of $2 billion in 2025 fell short of the $2.3 billion expected by analysts.",
            {"by": "analysts", "metric": "net profit", "value": "$ 2.3 billion", "period": "2025"},
        ),
    ],
)
def test_what_analysts_expected_is_drafted(sentence: str, expected: dict[str, Any]) -> None:
    facts = drafted(FORECASTS, sentence)

    assert [{name: fact.get(name) for name in expected} for fact in facts] == [expected]
    assert facts[0]["consensus"] == "yes"


@pytest.mark.parametrize(
    "sentence",
    [
        "Acme expects revenue of $5.1 billion for 2026.",
        "Analysts expect revenue to grow 5% in 2026.",
        "Analysts praised the results for 2025 at the conference call.",
        "The consensus rating is a buy.",
    ],
)
def test_what_the_company_or_nobody_forecasts_is_no_view_of_analysts(sentence: str) -> None:
    assert drafted(FORECASTS, sentence) == []


def test_what_analysts_expected_is_not_what_was_earned_the_year_before() -> None:
    sentence = (
        "Revenue rose to 1,250 million euros in the third quarter of the fiscal year 2025, compared with the average of"
        " the analysts of 1,200 million euros."
    )

    assert [("prior" in fact, fact["metric"]) for fact in drafted(RESULTS.cues, sentence)] == [(False, "revenue")]
