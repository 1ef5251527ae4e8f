"""What texts say of products, sentence by sentence."""

from __future__ import annotations

from typing import Any

import pytest

from tests.topics.drafts import drafted, of_kind
from timeline.topics.products import TOPIC

STAGED = of_kind(TOPIC.cues, "product.staged")
DESCRIBED = of_kind(TOPIC.cues, "product.described")
FACELIFT = (
    (
        "Acme is entering the new year with the refreshed version of its SU7 sedan. Pre-orders for"
        " the updated model began in January, with a market launch scheduled for April 2026. The"
        " starting price is set at RMB 229,900."
    ),
    "This positions the model to compete directly with rivals like Tesla and BYD.",
)


def test_a_product_is_the_one_that_the_sentences_before_name() -> None:
    assert drafted(TOPIC.cues, *FACELIFT) == [
        {"occurred": "2026-01", "product": "SU7", "stage": "preorders", "certainty": "done"},
        {"occurred": "../2026-01-09", "product": "SU7", "stage": "launch", "certainty": "planned", "due": "2026-04"},
        {"occurred": "../2026-01-09", "product": "SU7", "price": "RMB 229,900", "price_basis": "starting price"},
        {"occurred": "2026-01-09", "product": "SU7", "rivals": ["Tesla", "BYD"]},
    ]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            (
                "Acme will deliver its first Model 3 sedans to the public on Jan. 17, a representative told"
                " Reuters on Thursday."
            ),
            {"product": "Model 3", "stage": "deliveries", "due": "2026-01-17"},
        ),
        (
            "Acme plans to launch the Galaxy S26 in February 2026.",
            {"product": "Galaxy S26", "stage": "launch", "due": "2026-02"},
        ),
        (
            "Acme will begin deliveries of the Cybertruck in March 2026.",
            {"product": "Cybertruck", "stage": "deliveries", "due": "2026-03"},
        ),
        ("Acme will unveil the Pixel 11 in May 2026.", {"product": "Pixel 11", "stage": "announced", "due": "2026-05"}),
    ],
)
def test_a_plan_was_stated_on_the_day_it_was_said(sentence: str, expected: dict[str, Any]) -> None:
    assert drafted(STAGED, sentence) == [{"occurred": "2026-01-09", "certainty": "planned", **expected}]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Acme launched the iPhone 15 in September 2025.",
            {"occurred": "2025-09", "product": "iPhone 15", "stage": "launch"},
        ),
        (
            "The company unveiled its new F-150 Lightning on January 7.",
            {"occurred": "2026-01-07", "product": "F-150 Lightning", "stage": "announced"},
        ),
        (
            "Employees were the first to receive their Model 3s on January 5.",
            {"occurred": "2026-01-05", "product": "Model 3", "stage": "deliveries"},
        ),
        (
            "Acme discontinued the Model S in December 2025.",
            {"occurred": "2025-12", "product": "Model S", "stage": "ended"},
        ),
        (
            "Acme halted deliveries of 737 MAX jets in March 2025.",
            {"occurred": "2025-03", "product": "737 MAX", "stage": "paused"},
        ),
        (
            "Acme introduced the Vision Pro in 2025.",
            {"occurred": "2025", "product": "Vision Pro", "stage": "launch"},
        ),
    ],
)
def test_what_is_done_has_its_own_day(sentence: str, expected: dict[str, Any]) -> None:
    assert drafted(STAGED, sentence) == [{"certainty": "done", **expected}]


def test_a_price_says_what_it_is_before_or_after() -> None:
    assert drafted(DESCRIBED, "The Model 3 is priced at 355,800 yuan ($50,000) before subsidies.") == [
        {
            "occurred": "2026-01-09",
            "product": "Model 3",
            "price": "yuan 355,800 ($50,000)",
            "price_basis": "before subsidies",
        }
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "Acme launched a $2 billion tender offer on Monday.",
        "The group launched operations in Poland in 2025.",
        "Acme launched its IPO in Hong Kong on Monday.",
        "Acme said in Phase 3 it will start deliveries in May 2026.",
        "Shares were priced at $25 in the offering.",
        "The company will unveil Q4 results in February.",
    ],
)
def test_offers_markets_and_periods_are_no_products(sentence: str) -> None:
    assert drafted(TOPIC.cues, sentence) == []
