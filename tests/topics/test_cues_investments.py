"""What texts say of investments, sentence by sentence."""

from __future__ import annotations

from typing import Any

import pytest

from tests.topics.drafts import drafted, of_kind
from timeline.topics.investments import TOPIC

PLANNED = of_kind(TOPIC.cues, "investment.planned")
MADE = of_kind(TOPIC.cues, "investment.made")
PLAN = (
    "Its management has unveiled a sweeping RMB 200 billion investment plan for research and"
    " development over the next five years. The focus will be on the integration of proprietary"
    " chips, operating systems, and AI models by the end of 2026."
)


def test_a_plan_that_was_unveiled_some_day_has_the_focus_of_the_sentence_behind() -> None:
    assert drafted(PLANNED, PLAN) == [
        {
            "occurred": "../2026-01-09",
            "amount": "RMB 200 billion",
            "purpose": "R&D",
            "period": {"when": "2026/2030", "wording": "next five years"},
            "focus": ["proprietary chips", "operating systems", "AI models"],
        }
    ]


def test_what_a_company_publishes_itself_it_says_that_day() -> None:
    (plan,) = drafted(PLANNED, PLAN, kind="statement")
    assert plan["occurred"] == "2026-01-09"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Acme will invest $10 billion in a new chip factory in Arizona by 2030.",
            {"amount": "$ 10 billion", "purpose": "chip factory in Arizona", "period": "../2030-12-31"},
        ),
        (
            "Acme plans to spend 2 billion euros on electric vehicles between 2026 and 2030.",
            {"amount": "euros 2 billion", "purpose": "electric vehicles", "period": "2026/2030"},
        ),
        (
            "It said it would invest $500 million over the next three years to expand its plant in Ohio.",
            {
                "amount": "$ 500 million",
                "purpose": "expand its plant in Ohio",
                "period": {"when": "2026/2028", "wording": "next three years"},
            },
        ),
        (
            "The company pledged to invest Rs 5,000 crore in renewable energy over the next five years.",
            {
                "amount": "INR 5,000 crore",
                "purpose": "renewable energy",
                "period": {"when": "2026/2030", "wording": "next five years"},
            },
        ),
    ],
)
def test_a_plan_has_its_amount_its_purpose_and_its_years(sentence: str, expected: dict[str, Any]) -> None:
    assert drafted(PLANNED, sentence) == [{"occurred": "2026-01-09", **expected}]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "In the previous five-year period, the company invested approximately RMB 105 billion in R&D.",
            {
                "occurred": "2021/2025",
                "amount": "approximately RMB 105 billion",
                "purpose": "R&D",
                "period": {"when": "2021/2025", "wording": "previous five-year period"},
            },
        ),
        (
            "Acme spent $4.2 billion on research and development in 2025.",
            {"occurred": "2025", "amount": "$ 4.2 billion", "purpose": "R&D", "period": "2025"},
        ),
    ],
)
def test_what_was_spent_has_the_years_in_which_it_was(sentence: str, expected: dict[str, Any]) -> None:
    assert drafted(MADE, sentence) == [expected]


@pytest.mark.parametrize(
    "sentence",
    [
        "Investors spent $2 billion on shares in 2025.",
        "Acme will spend $300 million to buy back shares this year.",
        "It may invest $1 billion in the unit over the next five years.",
        "Acme invested $40 million.",
        "The fund, which invested $50 million in a stake in 2024, sold it.",
    ],
)
def test_purchases_of_shares_and_amounts_without_a_purpose_are_no_investments(sentence: str) -> None:
    assert drafted(TOPIC.cues, sentence) == []
