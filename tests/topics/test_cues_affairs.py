"""Sentences that tell of deals, authorities and incidents, and what is drafted from them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.topics.drafts import drafted, of_kind
from timeline.topics.affairs import TOPIC

DEALS = of_kind(TOPIC.cues, "deal.announced")
ACTIONS = of_kind(TOPIC.cues, "regulator.acted")
INCIDENTS = of_kind(TOPIC.cues, "incident.reported")
TODAY = "2026-01-09"


def deal(counterparty: str, kind: str, stage: str | None = None, occurred: str = TODAY, **more: str) -> dict[str, str]:
    fields = {"counterparty": counterparty, "type": kind, "occurred": occurred, **more}
    return {**fields, "stage": stage} if stage else fields


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            (
                "Acme agreed to acquire German software maker Foo Systems GmbH for $1.2 billion. The deal is expected"
                " to close in the third quarter of 2026."
            ),
            deal("Foo Systems GmbH", "acquisition", "agreed", value="$ 1.2 billion", due="2026-35"),
        ),
        (
            "Acme completed its acquisition of Globex on May 2, 2025.",
            deal("Globex", "acquisition", "completed", "2025-05-02"),
        ),
        (
            "Acme has agreed to sell its lighting business to Initech for 300 million euros.",
            deal("Initech", "disposal", "agreed", value="euros 300 million"),
        ),
        (
            "Acme plans to buy a 25% stake in battery maker Umbrella from Hooli.",
            deal("Umbrella", "acquisition", "proposed"),
        ),
        (
            "Acme terminated its $2 billion merger agreement with Globex.",
            deal("Globex", "merger", "terminated", value="$ 2 billion"),
        ),
        ("Acme will set up a joint venture with Wayne Enterprises.", deal("Wayne Enterprises", "joint venture")),
        ("Acme signed a strategic partnership with Stark Industries.", deal("Stark Industries", "partnership")),
        (
            "Acme won a supply contract worth $90 million from Tyrell Corp.",
            deal("Tyrell Corp", "supply", "agreed", value="$ 90 million"),
        ),
        (
            "It was due to the goodwill of Acme’s Italian subsidiary Pavan S.p.A. acquired in November 2017.",
            deal("Pavan S.p.A.", "acquisition", "completed", "2017-11"),
        ),
        (
            "The unit includes Initech, which Acme acquired in March 2020.",
            deal("Initech", "acquisition", "completed", "2020-03"),
        ),
        (
            "The acquisition of Globex Holdings in 2021 was the largest.",
            deal("Globex Holdings", "acquisition", "completed", "2021"),
        ),
    ],
)
def test_a_deal_is_drafted(sentence: str, expected: dict[str, str]) -> None:
    assert drafted(DEALS, sentence) == [expected]


@pytest.mark.parametrize(
    "sentence",
    [
        "Acme is in talks to buy Globex, people familiar with the matter said.",
        "Acme may acquire Globex.",
        "Acme plans to buy back shares worth $2 billion.",
        "Acme plans to sell 500,000 cars to China.",
        "Customers agreed to buy more cars.",
        "Acme bought back shares in November 2019.",
    ],
)
def test_what_is_only_considered_or_no_deal_tells_none(sentence: str) -> None:
    assert drafted(DEALS, sentence) == []


@pytest.mark.parametrize(
    ("sentence", "authority", "action", "subject"),
    [
        ("The FDA approved Acme’s heart valve.", "FDA", "approved", "Acme’s heart valve"),
        (
            "NHTSA opened a preliminary investigation into 2.4 million Acme vehicles after four crashes.",
            "NHTSA",
            "opened a preliminary investigation",
            "2.4 million Acme vehicles",
        ),
        (
            "The European Commission fined Acme for abusing its dominance.",
            "European Commission",
            "fined",
            "abusing its dominance",
        ),
        ("Acme received approval from the FDA for its new pump.", "FDA", "approval", "its new pump"),
        ("Britain’s CMA blocked the merger of Acme and Globex.", "CMA", "blocked", "the merger of Acme and Globex"),
        ("U.S. regulators have cleared the takeover.", "U.S. regulators", "cleared", "the takeover"),
        (
            "China’s market regulator launched an antitrust investigation into Acme last week, part of a crackdown.",
            "China’s market regulator",
            "launched an investigation",
            "antitrust",
        ),
        (
            "Acme was fined 2.4 billion euros by the European Commission in June 2017 for abusing its dominance.",
            "European Commission",
            "fined",
            "abusing its dominance",
        ),
        (
            "Financial regulators on Sunday also urged Globex Co, an Acme affiliate, to rectify financial violations.",
            "financial regulators",
            "urged",
            "financial violations",
        ),
        ("NHTSA opened a probe into 500,000 cars.", "NHTSA", "opened a probe", "500,000 cars"),
    ],
)
def test_what_an_authority_does_is_drafted(sentence: str, authority: str, action: str, subject: str) -> None:
    facts = drafted(ACTIONS, sentence)

    assert [(fact["authority"], fact["subject"]) for fact in facts] == [(authority, subject)]
    assert facts[0]["action"].endswith(action)


@pytest.mark.parametrize(
    "sentence",
    [
        "The report was filed with the SEC.",
        "The FDA may approve the valve in June.",
        "The deal is subject to approval from the FTC.",
        "The board approved the budget.",
    ],
)
def test_what_no_authority_has_done_tells_no_act(sentence: str) -> None:
    assert drafted(ACTIONS, sentence) == []


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Acme is recalling 12,345 Model Y vehicles because of a faulty brake.",
            {"what": "recall", "product": "Model Y", "units": "12,345 Model Y vehicles"},
        ),
        ("The recall affects about 200,000 cars.", {"what": "recall", "units": "about 200,000 cars"}),
        ("A fire broke out at its Shanghai plant.", {"what": "fire"}),
        ("Acme suffered a cyberattack in April 2025.", {"what": "cyberattack", "occurred": "2025-04"}),
        ("Acme disclosed a data breach.", {"what": "data breach"}),
        ("Production was lost after an explosion.", {"what": "explosion"}),
    ],
)
def test_what_went_wrong_is_drafted(sentence: str, expected: dict[str, Any]) -> None:
    assert drafted(INCIDENTS, sentence) == [{"occurred": TODAY, **expected}]


@pytest.mark.parametrize(
    "sentence",
    [
        "A cyberattack could disrupt our systems.",
        "She recalled that sales were low.",
        "Acme insures its plants against the risk of a fire.",
        "The product was recalled.",
    ],
)
def test_what_could_go_wrong_is_no_incident(sentence: str) -> None:
    assert drafted(INCIDENTS, sentence) == []
