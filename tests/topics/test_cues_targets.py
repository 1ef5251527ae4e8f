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
}


@pytest.mark.parametrize(("sentence", "expected"), _TOLD.items())
def test_a_sentence_sets_a_target(sentence: str, expected: list[Mapping[str, Any]]) -> None:
    assert drafted(CUES, sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Analysts expect revenue of $5 billion in 2026.",
        "Revenue rose to $5 billion in 2025.",
        "The company aims to be the leader in its field by 2030.",
    ],
)
def test_a_sentence_that_sets_no_target(sentence: str) -> None:
    assert drafted(CUES, sentence) == []
