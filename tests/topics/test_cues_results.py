"""Sentences beside the results that are drafted of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest

from tests.topics.drafts import drafted
from timeline.topics.results.cues import CUES

if TYPE_CHECKING:
    from collections.abc import Mapping

_TOLD: Final[dict[str, list[dict[str, Any]]]] = {
    "Revenue for 2025 was $4.1 billion, up 7% from $3.8 billion a year ago.": [
        {
            "metric": "revenue",
            "period": "2025",
            "occurred": "2025",
            "value": "$ 4.1 billion",
            "change": "7 %",
            "prior": "$ 3.8 billion",
        }
    ],
    "Operating income fell 3% to $512 million in 2025.": [
        {
            "metric": "operating profit",
            "period": "2025",
            "occurred": "2025",
            "value": "$ 512 million",
            "change": "-3 %",
        }
    ],
    "Net income for 2025 was $44.2 million, or $0.89 per share ($0.88 per share on a diluted basis), compared with net "
    "income of $51.8 million, or $1.05 per share ($1.04 per share on a diluted basis) for 2024.": [
        {
            "metric": "net profit",
            "period": "2025",
            "occurred": "2025",
            "value": "$ 44.2 million",
            "prior": "$ 51.8 million",
        },
        {
            "metric": "earnings per share",
            "period": "2025",
            "occurred": "2025",
            "value": "$ 0.89 per share",
            "prior": "$ 1.05 per share",
        },
        {
            "metric": "diluted earnings per share",
            "period": "2025",
            "occurred": "2025",
            "value": "$ 0.88 per share",
            "prior": "$ 1.04 per share",
        },
    ],
    "The company posted a net loss of $35 million for 2025, compared with a profit of $20 million in 2024.": [
        {
            "metric": "net profit",
            "period": "2025",
            "occurred": "2025",
            "value": "$ -35 million",
            "prior": "$ 20 million",
        }
    ],
    "Gross margin widened to 44.5% in 2025 from 43.1%.": [
        {"metric": "gross margin", "period": "2025", "occurred": "2025", "value": "44.5 %", "prior": "43.1 %"}
    ],
    "Adjusted EBITA amounted to EUR 204 million in 2025, or 4.8% of sales.": [
        {
            "metric": "EBITA",
            "basis": "adjusted",
            "period": "2025",
            "occurred": "2025",
            "value": "EUR 204 million",
        }
    ],
    "Online sales decreased 9.2 percent to $128.0 million in 2025.": [
        {
            "metric": "revenue",
            "segment": "online",
            "period": "2025",
            "occurred": "2025",
            "value": "$ 128.0 million",
            "change": "-9.2 %",
        }
    ],
    "Acme delivered 1,024,000 vehicles in 2025, exceeding the original target of 900,000.": [
        {
            "metric": "EV deliveries",
            "period": "2025",
            "occurred": "2025",
            "value": "1,024,000 vehicles",
            "against": "900,000",
        }
    ],
    "The EV division itself crossed into profitability during the third quarter of 2025.": [
        {
            "metric": "profit",
            "segment": "EV division",
            "period": "2025-35",
            "occurred": "2025-35",
            "first": "first profit",
        }
    ],
}


@pytest.mark.parametrize(("sentence", "expected"), _TOLD.items())
def test_a_sentence_reports(sentence: str, expected: list[Mapping[str, Any]]) -> None:
    assert drafted(CUES, sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Acme expects revenue of $5 billion in 2026.",
        "Analysts forecast a profit of $2 billion for 2026.",
        "Revenue is recognised over 12 months.",
        "The block trade of 2025 indicated some profit-taking worth $2 million.",
    ],
)
def test_a_sentence_that_reports_no_result(sentence: str) -> None:
    assert drafted(CUES, sentence) == []


def test_a_period_that_the_sentence_does_not_tell_is_that_of_the_title() -> None:
    (fact,) = drafted(CUES, "Acme reports results for the third quarter of 2025", "Revenue rose to $4.1 billion.")
    assert (fact["period"], fact["value"]) == ("2025-35", "$ 4.1 billion")
