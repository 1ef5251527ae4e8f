"""Sentences beside the targets that are drafted of them; all were published on 9 January 2026."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest

from tests.topics.drafts import drafted
from timeline.topics.targets.cues import CUES

if TYPE_CHECKING:
    from collections.abc import Mapping

_SAID: Final = {"occurred": "2026-01-09"}
_TOLD: Final[dict[str, list[dict[str, Any]]]] = {
    "The carmaker raised its full-year operating profit forecast to 2.2 trillion yen from 2.0 trillion yen.": [
        _SAID
        | {
            "metric": "operating profit",
            "action": "raised",
            "period": "2026",
            "value": "yen 2.2 trillion",
            "previous": "yen 2.0 trillion",
        }
    ],
    "The company confirmed its outlook for 2026, still expecting revenue of between $12 billion and $12.5 billion.": [
        _SAID | {"metric": "revenue", "action": "reaffirmed", "period": "2026", "value": "$ 12 billion to 12.5 billion"}
    ],
    "For 2026, Acme expects comparable sales growth of 4 to 6 percent and an adjusted EBITA margin of around 11 "
    "percent.": [
        _SAID | {"metric": "comparable sales growth", "action": "initial", "period": "2026", "value": "4 to 6 %"},
        _SAID
        | {
            "metric": "EBITA margin",
            "basis": "adjusted",
            "action": "initial",
            "period": "2026",
            "value": "around 11 %",
        },
    ],
    "CEO Jane Doe provided guidance, targeting the delivery of 550,000 electric vehicles in 2026.": [
        _SAID | {"metric": "EV deliveries", "action": "initial", "period": "2026", "value": "550,000 electric vehicles"}
    ],
    "The company now expects 2026 earnings per share of $2.75 to $2.90, cut from its previous forecast of $4.00 to "
    "$4.20.": [
        _SAID
        | {
            "metric": "earnings per share",
            "action": "cut",
            "period": "2026",
            "value": "$ 2.75 to 2.90",
            "previous": "$ 4.00 to 4.20",
        }
    ],
    "Acme backs its 2026 guidance for revenue of $4.1 billion to $4.3 billion.": [
        _SAID | {"metric": "revenue", "action": "reaffirmed", "period": "2026", "value": "$ 4.1 billion to 4.3 billion"}
    ],
    "Acme on Thursday raised its forecast for operating profit by 10 percent to 2.2 trillion yen for the year ending "
    "March 2026.": [
        _SAID
        | {
            "metric": "operating profit",
            "action": "raised",
            "period": "2025-04-01/2026-03-31",
            "value": "yen 2.2 trillion",
        }
    ],
    "Acme is targeting earnings before taxation of between $350 million and $450 million for 2026.": [
        _SAID
        | {
            "metric": "profit before tax",
            "action": "initial",
            "period": "2026",
            "value": "$ 350 million to 450 million",
        }
    ],
    "Acme now expects 2026 capital expenditure of about $2.0 billion, down from $2.4 billion.": [
        _SAID
        | {
            "metric": "capital expenditure",
            "action": "cut",
            "period": "2026",
            "value": "about $ 2.0 billion",
            "previous": "$ 2.4 billion",
        }
    ],
    "Acme expects revenue to decline 4% to 5% in 2026 as it raises prices.": [
        _SAID | {"metric": "revenue growth", "action": "initial", "period": "2026", "value": "-5 to -4 %"}
    ],
    "Acme said it would cut 4,000 jobs worldwide by the end of 2026.": [
        _SAID | {"metric": "job cuts", "action": "initial", "period": "../2026-12-31", "value": "4,000 jobs"}
    ],
    "Costs were accrued for the planned reduction of 800 employees by the end of 2026.": [
        _SAID | {"metric": "job cuts", "action": "reaffirmed", "period": "../2026-12-31", "value": "800 employees"}
    ],
    "The retailer aims to open 50 new stores in 2026.": [
        _SAID | {"metric": "store openings", "action": "initial", "period": "2026", "value": "50 new stores"}
    ],
}


@pytest.mark.parametrize(("sentence", "expected"), _TOLD.items())
def test_a_sentence_sets_a_target(sentence: str, expected: list[Mapping[str, Any]]) -> None:
    assert drafted(CUES, sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Analysts expect revenue of $5 billion in 2026.",
        "Revenue rose to $5 billion in 2025.",
        "Acme has cut 4,000 jobs since 2024.",
        "Previously, Acme expected revenue of $4 billion to $5 billion for 2026.",
        "Acme raised the lower end of its 2026 revenue guidance to $5.2 billion.",
        "The company aims to be the leader in its field by 2030.",
    ],
)
def test_a_sentence_that_sets_no_target(sentence: str) -> None:
    assert drafted(CUES, sentence) == []


def test_a_figure_of_the_year_before_is_no_earlier_target() -> None:
    (fact,) = drafted(CUES, "Acme now expects 2026 revenue of about $2.0 billion, down from $2.4 billion in 2025.")
    assert "previous" not in fact


def test_what_is_done_and_what_was_before_may_stand_in_sentences_of_their_own() -> None:
    facts = drafted(
        CUES,
        "Acme lowered its outlook for the full year.",
        "It now expects revenue to grow 4% to 5%, loss of $2.93 to $2.78 per share and adjusted earnings of $2.75 to "
        "$2.90 per share.",
        "Previously, Acme expected revenue growth of 14% to 16%, earnings of $2.33 to $2.53 per share and adjusted "
        "earnings of $4.00 to $4.20 per share.",
    )
    assert {(fact["action"], fact["period"]) for fact in facts} == {("cut", "2026")}
    assert [(fact["metric"], fact.get("basis"), fact["value"], fact["previous"]) for fact in facts] == [
        ("revenue growth", None, "4 to 5 %", "14 to 16 %"),
        ("earnings per share", None, "$ -2.93 – $ -2.78 per share", "$ 2.33 to 2.53 per share"),
        ("earnings per share", "adjusted", "$ 2.75 to 2.90 per share", "$ 4.00 to 4.20 per share"),
    ]
