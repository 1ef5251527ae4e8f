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
    "Income from operations was EUR 171 million in 2025, against EUR 162 million in 2024.": [
        {
            "metric": "operating profit",
            "period": "2025",
            "occurred": "2025",
            "value": "EUR 171 million",
            "prior": "EUR 162 million",
        }
    ],
    "Earnings before taxation were $374 million for 2025, a decrease of 31 percent on the prior year.": [
        {
            "metric": "profit before tax",
            "period": "2025",
            "occurred": "2025",
            "value": "$ 374 million",
            "change": "-31 %",
        }
    ],
    "EBITDA before restructuring increased to EUR 774 million in 2025 (previous year: EUR 684 million).": [
        {
            "metric": "EBITDA",
            "period": "2025",
            "occurred": "2025",
            "value": "EUR 774 million",
            "prior": "EUR 684 million",
        }
    ],
    "Adjusted EBITA margin came to 11.9% of sales in 2025, compared with 10.2% in 2024.": [
        {
            "metric": "EBITA margin",
            "basis": "adjusted",
            "period": "2025",
            "occurred": "2025",
            "value": "11.9 %",
            "prior": "10.2 %",
        }
    ],
    "Sales in China fell 5% to $15.4 billion in 2025.": [
        {
            "metric": "revenue",
            "segment": "China",
            "period": "2025",
            "occurred": "2025",
            "value": "$ 15.4 billion",
            "change": "-5 %",
        }
    ],
    "Acme reported net earnings of $243 million for 2025, with occupancy at 68%.": [
        {"metric": "net profit", "period": "2025", "occurred": "2025", "value": "$ 243 million"},
        {"metric": "occupancy", "period": "2025", "occurred": "2025", "value": "68 %"},
    ],
    "The company posted a loss of 12 cents per share in 2025, compared with a profit of 5 cents per share a year "
    "earlier.": [
        {
            "metric": "earnings per share",
            "period": "2025",
            "occurred": "2025",
            "value": "USD -0.12 per share",
            "prior": "USD 0.05 per share",
        }
    ],
    "The bottom line for 2025 came in at $512 million, or $1.80 per share. This compares with $456 million, or $1.60 "
    "per share, in 2024.": [
        {
            "metric": "net profit",
            "period": "2025",
            "occurred": "2025",
            "value": "$ 512 million",
            "prior": "$ 456 million",
        },
        {
            "metric": "earnings per share",
            "period": "2025",
            "occurred": "2025",
            "value": "$ 1.80 per share",
            "prior": "$ 1.60 per share",
        },
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


def test_preliminary_figures_of_a_year_that_is_over_are_results() -> None:
    facts = drafted(
        CUES,
        "These are the preliminary results for the 2025 fiscal year. Order intake at an estimated 4.9 billion euros "
        "and revenues, which are expected to total 4.8 billion euros, are higher than the previous year.",
    )
    assert [(fact["metric"], fact["occurred"], fact["preliminary"]) for fact in facts] == [
        ("order intake", "2025", "yes"),
        ("revenue", "2025", "yes"),
    ]


def test_the_period_of_a_comparison_is_none_of_the_next_sentence() -> None:
    _, fact = drafted(
        CUES,
        "Acme reports results for the third quarter of 2025",
        "Revenue rose 4% to $4.1 billion from the same period last year. Operating income was $98 million.",
    )
    assert (fact["metric"], fact["period"]) == ("operating profit", "2025-35")


def test_quarterly_figures_without_a_quarter_are_of_the_last_one() -> None:
    (fact,) = drafted(CUES, "Acme reported a 15 percent drop in quarterly operating profit to 301 billion yen.")
    assert (fact["period"], fact["change"]) == ("2025-36", "-15 %")


def test_earnings_are_not_what_those_of_a_share_are_compared_with() -> None:
    _, fact = drafted(
        CUES, "Net income for 2025 was $45 million, or 30 cents a share, vs. $40 million, or 26 cents, a year ago."
    )
    assert (fact["metric"], fact["prior"]) == ("earnings per share", "USD 0.26")
