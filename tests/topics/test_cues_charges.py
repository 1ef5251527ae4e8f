"""What texts say of charges, sentence by sentence."""

from __future__ import annotations

from typing import Any

import pytest

from tests.topics.drafts import drafted
from timeline.topics.charges import TOPIC


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "GM, for instance, announced a USD 6 billion impairment charge on January 8.",
            {"occurred": "2026-01-08", "type": "impairment", "value": "USD 6 billion"},
        ),
        (
            "Acme expects to book an impairment charge of about 248 million euros in the fourth quarter.",
            {
                "type": "impairment",
                "value": "about euros 248 million",
                "booked": {"when": "2025-36", "wording": "fourth quarter"},
            },
        ),
        (
            (
                "Acme took a restructuring charge of $120 million in the third quarter related to the closure"
                " of its plant in Ohio."
            ),
            {
                "type": "restructuring",
                "value": "$ 120 million",
                "booked": {"when": "2025-35", "wording": "third quarter"},
                "cause": "closure of its plant in Ohio",
            },
        ),
        (
            (
                "The company will record pre-tax charges of $1.6 billion in connection with the scaling back"
                " of its electric vehicle programme, bringing the total to $7.6 billion."
            ),
            {
                "value": "$ 1.6 billion",
                "total": "$ 7.6 billion",
                "cause": "scaling back of its electric vehicle programme",
            },
        ),
        (
            (
                "Acme recorded goodwill impairment losses of $2.1 billion for the year ended December 31,"
                " 2025, because of weaker demand."
            ),
            {"type": "impairment", "value": "$ 2.1 billion", "booked": "2025", "cause": "weaker demand"},
        ),
        (
            "Acme wrote down $300 million of inventory in 2025.",
            {"type": "write-down", "value": "$ 300 million", "booked": "2025"},
        ),
        (
            "The bank set aside a provision of 450 million euros for litigation.",
            {"type": "litigation", "value": "euros 450 million"},
        ),
        (
            (
                "Acme has recognized an impairment of about 248 million euros in 2025. It was due to the impairment"
                " test of the goodwill of Acme’s Italian subsidiary Pavan S.p.A. acquired in November 2017."
            ),
            {
                "type": "impairment",
                "value": "about euros 248 million",
                "booked": "2025",
                "segment": "Pavan",
                "cause": "impairment test of the goodwill of Acme’s Italian subsidiary Pavan",
            },
        ),
        (
            (
                "It has accelerated the recognition of restructuring expenses. In comparison to the previously expected"
                " amount of up to 55 million euros, this amount now totals about 105 million euros in 2025."
            ),
            {"type": "restructuring", "value": "about euros 105 million", "booked": "2025"},
        ),
        (
            "Acme recorded an impairment of 300 million euros at its sleep apnea unit.",
            {"type": "impairment", "value": "euros 300 million", "segment": "sleep apnea"},
        ),
        (
            "The one-time charge of $45 million is due to the closure of two factories.",
            {"value": "$ 45 million", "cause": "closure of two factories"},
        ),
    ],
)
def test_a_charge_has_its_sort_its_cause_and_the_period_of_its_booking(sentence: str, expected: dict[str, Any]) -> None:
    assert drafted(TOPIC.cues, sentence) == [{"occurred": "2026-01-09", **expected}]


@pytest.mark.parametrize(
    "sentence",
    [
        "Excluding a restructuring charge of $10 million, profit was $50 million.",
        "Fast charging stations cost $40 million.",
        "The executive in charge of the unit earns $2 million.",
        "No impairment charge was recorded, and revenue was $40 million.",
        "The net interest expense was $12 million.",
    ],
)
def test_what_is_left_out_of_a_profit_or_only_sounds_alike_is_no_charge(sentence: str) -> None:
    assert drafted(TOPIC.cues, sentence) == []
