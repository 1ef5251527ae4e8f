"""Sentences that tell of offices, pay and votes, and what is drafted from them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.topics.drafts import drafted, of_kind
from timeline.topics.governance import TOPIC

OFFICERS = of_kind(TOPIC.cues, "officer.changed")
PAY = of_kind(TOPIC.cues, "pay.awarded")
VOTES = of_kind(TOPIC.cues, "vote.held")
TODAY = "2026-01-09"


def changed(person: str, role: str, change: str, occurred: str = TODAY, **more: str) -> dict[str, Any]:
    return {"person": person, "role": role, "change": change, "occurred": occurred, **more}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Acme appointed Jeff McDowall as interim CEO.",
            changed("Jeff McDowall", "interim chief executive officer", "appointed"),
        ),
        (
            "The airline named former Walmart executive Greg Foran chief executive.",
            changed("Greg Foran", "chief executive officer", "appointed"),
        ),
        (
            "On January 5, 2026, the Board elected Maria de la Cruz to the Board, effective February 1, 2026.",
            changed("Maria de la Cruz", "director", "elected", "2026-01-05", effective="2026-02-01"),
        ),
        (
            "The Board promoted Jane A. Doe, age 51, to Executive Vice President and Chief Operating Officer.",
            changed("Jane A. Doe", "Executive Vice President and Chief Operating Officer", "promoted"),
        ),
        (
            (
                "Jane Doe, who has been chief financial officer since 2019, will succeed John Smith as chief executive"
                " officer on 1 July 2026."
            ),
            changed("Jane Doe", "chief executive officer", "appointed", effective="2026-07-01"),
        ),
        (
            "Jane Doe has served as general counsel of the company since May 2021.",
            changed("Jane Doe", "general counsel", "appointed", "2021-05", effective="2021-05"),
        ),
        (
            "Christopher Luxon will step down as chief executive on 30 June.",
            changed("Christopher Luxon", "chief executive officer", "resigned", effective="2026-06-30"),
        ),
        (
            "CFO Ann Lee resigned with immediate effect.",
            changed("Ann Lee", "chief financial officer", "resigned", effective=TODAY),
        ),
        (
            (
                "On January 2, 2026, Ann Lee notified the Board of her decision to retire as Chief Financial Officer,"
                " effective March 31, 2026."
            ),
            changed("Ann Lee", "Chief Financial Officer", "retired", "2026-01-02", effective="2026-03-31"),
        ),
        (
            "The board dismissed Carl Meyer as chairman of the supervisory board.",
            changed("Carl Meyer", "chairman of the supervisory board", "removed"),
        ),
        (
            (
                "Ann Lee’s employment as the Chief Financial Officer and Treasurer of Acme, Inc. will terminate"
                " effective April 17, 2026."
            ),
            changed("Ann Lee", "Chief Financial Officer and Treasurer", "removed", effective="2026-04-17"),
        ),
        ("Acme chairman Carl Meyer has died.", changed("Carl Meyer", "chairman", "died")),
    ],
)
def test_who_takes_or_leaves_an_office_is_drafted(sentence: str, expected: dict[str, Any]) -> None:
    assert drafted(OFFICERS, sentence) == [expected]


@pytest.mark.parametrize(
    "sentence",
    [
        "There are no arrangements pursuant to which Ann Lee was appointed as Chief Financial Officer.",
        "Ann Lee previously served as chief financial officer of Globex.",
        "The board may appoint a new chief executive by June.",
        "Chief executive Ann Lee said sales rose 5% in the quarter.",
        "Revenue was named the main driver by the chief financial officer.",
        "The company issued a press release announcing Ann Lee’s appointment as Chief Financial Officer.",
    ],
)
def test_a_sentence_that_only_names_an_office_tells_no_change(sentence: str) -> None:
    assert drafted(OFFICERS, sentence) == []


def test_a_person_who_is_named_in_full_once_is_so_named_throughout() -> None:
    text = (
        "Acme names Foran chief executive.",
        "Acme on Friday appointed Greg Foran as CEO. Mr. Foran has been director since 2024.",
    )

    names = [fact["person"] for fact in drafted(OFFICERS, *text)]

    assert set(names) == {"Greg Foran"}


def test_a_title_and_the_sentence_below_it_are_one_change() -> None:
    text = ("Appointment of Ann Lee as Chief Executive Officer", "On January 5, 2026, Acme appointed Ann Lee as CEO.")

    assert [fact["occurred"] for fact in drafted(OFFICERS, *text)] == ["2026-01-05"]


def test_two_people_of_one_last_name_are_not_taken_for_each_other() -> None:
    text = ("Ann Lee and Bob Lee founded Acme.", "Mr. Lee was appointed as chairman.")

    assert [fact["person"] for fact in drafted(OFFICERS, *text)] == ["Lee"]


def test_what_a_form_reports_happened_on_the_day_that_its_head_states() -> None:
    form = (
        "Date of Report (Date of earliest event reported): January 8, 2026 (January 6, 2026)",
        "The Board appointed Ann Lee as President.",
    )

    assert drafted(OFFICERS, *form, kind="filing")[0]["occurred"] == "2026-01-06"


def pay(person: str, item: str, value: str, **more: str) -> dict[str, Any]:
    return {"person": person, "item": item, "value": value, "occurred": TODAY, **more}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Ms. Lee will receive an annual base salary of $650,000.",
            pay("Lee", "annual base salary", "$ 650,000"),
        ),
        (
            "The agreement provides that Ann Lee will receive a sign-on bonus of $1.5 million.",
            pay("Ann Lee", "sign-on bonus", "$ 1.5 million"),
        ),
        (
            "Mr. Meyer is eligible for an annual bonus with a target bonus of 75% of his base salary.",
            pay("Meyer", "target bonus", "75 %"),
        ),
        (
            "Mr. Meyer’s target bonus for 2026 is $400,000.",
            pay("Meyer", "target bonus", "$ 400,000", period="2026"),
        ),
        (
            "Ann Lee received a grant of 50,000 restricted stock units.",
            pay("Ann Lee", "restricted stock units", "50,000 restricted stock units"),
        ),
        (
            "The Committee granted Ms. Lee stock options with a grant date fair value of $2,000,000.",
            pay("Lee", "stock options", "$ 2,000,000"),
        ),
        (
            "Mr. Meyer will receive a lump sum severance payment of $900,000.",
            pay("Meyer", "lump sum severance payment", "$ 900,000"),
        ),
        (
            "Mr. Meyer is entitled to twelve (12) months’ worth of his then-current base salary.",
            {"person": "Meyer", "item": "severance: base salary", "occurred": TODAY},
        ),
    ],
)
def test_what_a_person_is_awarded_is_drafted(sentence: str, expected: dict[str, Any]) -> None:
    assert drafted(PAY, sentence) == [expected]


@pytest.mark.parametrize(
    "sentence",
    [
        "Stock option expense was $3.1 million in the quarter.",
        "The base salary is reviewed every year.",
        "Mr. Meyer’s target bonuses for 2026 and 2027 are $75,000 and $112,500, respectively.",
        "Severance and other restructuring costs were $12 million.",
    ],
)
def test_what_is_awarded_to_nobody_or_to_several_is_left_to_a_person(sentence: str) -> None:
    assert drafted(PAY, sentence) == []


def test_pay_is_that_of_the_person_of_the_sentence_before() -> None:
    text = "Acme hired Ann Lee, and Ms. Lee will start at once. The agreement provides for a base salary of $500,000."

    assert [(fact["person"], fact["value"]) for fact in drafted(PAY, text)] == [("Ann Lee", "$ 500,000")]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            (
                "The election of Jane Doe as a director was approved with 98,765,432 votes for, 1,234,567 votes"
                " against, 123,456 abstentions and 12,345,678 broker non-votes."
            ),
            {
                "item": "election of Jane Doe as a director",
                "votes_for": "98,765,432 votes",
                "votes_against": "1,234,567 votes",
                "abstained": "123,456 abstentions",
                "broker_non_votes": "12,345,678 broker non-votes",
                "outcome": "passed",
            },
        ),
        (
            "Shareholders rejected the vote on pay, with 45,000,000 votes against and 40,000,000 votes in favour.",
            {
                "item": "the vote on pay",
                "votes_for": "40,000,000 votes",
                "votes_against": "45,000,000 votes",
                "outcome": "failed",
            },
        ),
        (
            "The ratification of the appointment of KPMG LLP received 9,500,000 votes for and 20,000 votes against.",
            {
                "item": "ratification of the appointment of KPMG LLP",
                "votes_for": "9,500,000 votes",
                "votes_against": "20,000 votes",
            },
        ),
    ],
)
def test_how_shareholders_voted_is_drafted(sentence: str, expected: dict[str, Any]) -> None:
    assert drafted(VOTES, sentence) == [{"occurred": TODAY, **expected}]


@pytest.mark.parametrize(
    "sentence",
    [
        "Each share entitles its holder to 10 votes on the election of directors.",
        "Shareholders will vote on the approval of the merger on May 5.",
        "The proposal to pay a dividend was approved.",
    ],
)
def test_a_vote_without_its_count_is_none(sentence: str) -> None:
    assert drafted(VOTES, sentence) == []


@pytest.mark.parametrize(
    "lines",
    [
        ("Name", "2026 Base Salary", "Jane A. Doe", "$950,000", "John B. Smith", "$800,000"),
        ("Annual base salaries", "Jane A. Doe, Chief Financial Officer", "$950,000", "John B. Smith", "$800,000"),
        ("Annual base salaries", "Jane A. Doe $950,000", "John B. Smith $800,000"),
        ("The committee approved a base salary of $950,000 for Jane A. Doe and $800,000 for John B. Smith.",),
        ("The base salaries approved are for Jane A. Doe ($950,000) and John B. Smith ($800,000).",),
    ],
)
def test_a_list_of_people_and_amounts_is_told_by_its_heading(lines: tuple[str, ...]) -> None:
    facts = drafted(PAY, *lines)

    assert [(fact["person"], fact["item"], fact["value"]) for fact in facts] == [
        ("Jane A. Doe", "base salary", "$ 950,000"),
        ("John B. Smith", "base salary", "$ 800,000"),
    ]


def test_an_office_taken_from_a_day_on_is_effective_then() -> None:
    sentence = "Acme has appointed its revenue officer Cam Wallace as interim chief executive from March 25, 2026."

    assert [fact.get("effective") for fact in drafted(OFFICERS, sentence)] == ["2026-03-25"]


def test_a_signature_is_no_pay() -> None:
    assert drafted(PAY, "Base salaries are reviewed.", "Jane A. Doe", "Chief Financial Officer", "Date: May 2") == []
