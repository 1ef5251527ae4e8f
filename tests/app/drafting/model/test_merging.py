"""A model's facts beside those that were drafted without one: what agrees, differs and comes new."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from tests.app.drafting.model.conftest import BOUGHT, TARGET
from timeline.app.drafting.drafted import Drafted
from timeline.app.drafting.model.answer import facts_of
from timeline.app.drafting.model.proposals import judged
from timeline.event import Locator
from timeline.paragraphs import Span

if TYPE_CHECKING:
    from collections.abc import Callable

    from timeline.app.drafting.model.question import Answer, Question

    Ask = Callable[..., Question]

OFFLINE = Drafted(
    fields={
        "key": "buyback-executed-2026-01-08",
        "kind": "buyback.executed",
        "company": "halden",
        "occurred": "2026-01-08",
        "shares": "1.25 million shares",
    },
    at=(Locator(quote="1.25 million shares", paragraph=2),),
    sentence=Span(2, 0, 80),
    confidence=70,
    doubts=("the day is that of the title",),
)
REGISTRATION = Drafted(
    fields={"key": "halden", "kind": "company.registered", "company": "halden", "occurred": "2026-01-09", "name": "H"},
    at=(Locator(quote="Halden", paragraph=4),),
    sentence=Span(4, 0, 6),
    confidence=50,
)


def answered(ask: Ask, offline: tuple[Drafted, ...], *facts: dict[str, Any]) -> Answer:
    return judged(ask(offline=offline), facts_of(json.dumps({"facts": facts})), 500)


def test_agreement_makes_a_fact_surer_and_fills_it_up(ask: Ask) -> None:
    (fact,) = answered(ask, (OFFLINE,), BOUGHT).facts
    assert fact.confidence == 85
    assert fact.fields == {**OFFLINE.fields, "value": "about HKD 52.5 million"}
    assert fact.doubts == ("the day is that of the title", "value is the model's")
    assert Locator(quote="HKD 52.5 million", paragraph=2) in fact.at


def test_agreement_on_all_fields_only_makes_it_surer(ask: Ask) -> None:
    again = {name: value for name, value in BOUGHT.items() if name != "value"}
    (fact,) = answered(ask, (OFFLINE,), again).facts
    assert fact == replace(OFFLINE, confidence=85)


def test_nothing_makes_a_fact_certain(ask: Ask) -> None:
    (fact,) = answered(ask, (replace(OFFLINE, confidence=94),), BOUGHT).facts
    assert fact.confidence == 95


def test_what_the_model_says_otherwise_is_a_doubt_on_the_fact_that_stands(ask: Ask) -> None:
    (fact,) = answered(ask, (OFFLINE,), {**BOUGHT, "occurred": "2026-01-09"}).facts
    assert fact.fields == OFFLINE.fields
    assert fact.confidence == 60
    assert fact.doubts == ("the day is that of the title", "or occurred: 2026-01-09 (the model)")


def test_another_figure_for_the_same_occurrence_is_a_doubt(ask: Ask) -> None:
    offline = replace(
        OFFLINE,
        fields={**TARGET, "key": "target", "value": "80,000"} | {"at": None},
        at=(Locator(quote="80,000", paragraph=3),),
        sentence=Span(3, 0, 60),
    )
    offline = replace(offline, fields={name: value for name, value in offline.fields.items() if name != "at"})
    found = answered(ask, (offline,), TARGET).facts
    assert [fact.doubts[1:] for fact in found] == [("or value: 90,000 deliveries (the model)",)]


def test_what_is_new_stands_in_the_order_of_the_text_behind_registrations(ask: Ask) -> None:
    later = replace(OFFLINE, sentence=Span(4, 0, 9))
    found = answered(ask, (REGISTRATION, later), TARGET).facts
    assert [fact.kind for fact in found] == ["company.registered", "target.set", "buyback.executed"]
    assert found[1].fields["key"] == "target-set-proposed-1"


def test_a_fact_that_a_model_repeats_is_one(ask: Ask) -> None:
    assert len(answered(ask, (), BOUGHT, BOUGHT, {**BOUGHT, "key": "again"}).facts) == 1


def test_a_fact_of_another_company_is_another(ask: Ask) -> None:
    other = replace(OFFLINE, fields={**OFFLINE.fields, "company": "berg-motors"})
    found = answered(ask, (other,), BOUGHT)
    assert len(found.facts) == 2
    assert found.unregistered == ()


def test_a_company_that_is_to_be_registered_first_is_told(ask: Ask) -> None:
    found = answered(ask, (), {**TARGET, "company": "Berg Motors"})
    assert found.unregistered == (("berg-motors", "Berg Motors", Span(2, 81, 92)),)


def test_a_company_that_is_registered_in_the_draft_is_not_told_again(ask: Ask) -> None:
    registration = replace(REGISTRATION, fields={**REGISTRATION.fields, "company": "berg-motors"})
    assert answered(ask, (registration,), {**TARGET, "company": "Berg Motors"}).unregistered == ()


def test_what_is_printed_and_quoted_is_told(ask: Ask) -> None:
    question, found = ask(), answered(ask, (), BOUGHT)
    assert {each.quote for each in question.printed if each.span in found.used} == {
        "January 8",
        "1.25 million shares",
        "about HKD 52.5 million",
    }
