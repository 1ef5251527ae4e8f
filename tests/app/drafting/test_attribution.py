"""Who said what a sentence tells, and whether the company's word stands for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from timeline.app.drafting.attribution import attribution
from timeline.app.drafting.mentioned import Mention
from timeline.app.drafting.passages import passages
from timeline.paragraphs import Span
from timeline.prose.text import plain_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from timeline.app.drafting.passages import Passage


def _passages(*paragraphs: str) -> tuple[Passage, ...]:
    text = plain_text("\n".join(paragraphs).encode(), "text")
    named = tuple(
        Mention(slug="acme", quote="Acme Corp", span=Span(number, at, at + len("Acme Corp")), scheme="name")
        for number, paragraph in enumerate(paragraphs, 1)
        if (at := paragraph.find("Acme Corp")) >= 0
    )
    return tuple(passages(text, (), named))


def _told(sentence: str, kind: str = "news") -> Mapping[str, str]:
    return attribution(_passages(sentence)[0], kind, "acme")


@pytest.mark.parametrize(
    "sentence",
    [
        "Acme Corp said Monday it would cut 4,000 jobs.",
        "Acme Corp (NYSE: ACM) now expects full-year sales of $5 billion.",
        "Dutch group Acme Corp posted a net loss of 5 million euros.",
        "The Dutch group said it would cut 4,000 jobs.",
        "The company now expects full-year revenue to grow 4% to 5%.",
        "Acme Corp on Thursday raised its annual profit forecast.",
        "Acme Corp, the world's biggest maker of widgets, on Monday reported a loss.",
        "The airline, which carries 17 million passengers, said profit fell.",
        "Acme Corp will publish its results on 3 March.",
        "Profit fell 5%, it said in a statement on Monday.",
        "According to Acme Corp, sales rose 5%.",
        "Acme Corp announces $2 billion share repurchase programme",
    ],
)
def test_what_the_company_says_itself_has_its_word(sentence: str) -> None:
    assert _told(sentence) == {"confirmed": "company"}


@pytest.mark.parametrize(
    "sentence",
    [
        "Shares of Acme Corp rose 3 percent on Monday.",
        "Acme Corp's revenue rose 5% to $4 billion.",
        "Globex said Acme Corp owes it $5 million.",
        "Analysts at Goldman Sachs said sales could rise 5%.",
        "Acme named Jane Doe to succeed CEO John Smith.",
        "Chief Executive Roy Jakobs will step down.",
    ],
)
def test_what_only_a_journalist_or_another_tells_has_not(sentence: str) -> None:
    assert _told(sentence) == {}


@pytest.mark.parametrize(
    ("sentence", "person"),
    [
        ('"We are pleased," said CEO Francis deSouza.', "Francis deSouza"),
        ('"Demand is strong," Chief Financial Officer Jane Doe told reporters.', "Jane Doe"),
        ('"Demand is strong," said Jane Doe, chief executive of Acme Corp.', "Jane Doe"),
        ("Acme Corp Chief Executive Roy Jakobs said the company would cut jobs.", "Roy Jakobs"),
        ("Senior Managing Officer Masayoshi Shirayanagi told a briefing sales fell.", "Masayoshi Shirayanagi"),
    ],
)
def test_an_officer_speaks_for_the_company_by_name_without_the_office(sentence: str, person: str) -> None:
    assert _told(sentence) == {"said_by": person, "confirmed": "company"}


def test_unnamed_people_are_not_the_company() -> None:
    assert _told("The plant made 500 cars, people familiar with the matter said.") == {"confirmed": "unnamed"}


def test_all_that_a_release_tells_has_the_word_of_the_company() -> None:
    assert _told("Sales rose 5%.", "statement") == {"confirmed": "company"}


def test_a_sentence_goes_on_with_what_the_company_said_before_it() -> None:
    text = _passages(
        "Acme Corp said it booked a charge of $5 million. It was due to a recall.", "The recall began in May."
    )

    assert [dict(attribution(each, "news", "acme", text)) for each in text[1:]] == [{"confirmed": "company"}, {}]


def test_results_have_the_word_of_the_company_where_the_text_begins_with_its_report() -> None:
    text = _passages("Acme Corp reported a loss on Monday.", "It was a cold day.", "Sales fell 5%.")

    assert attribution(text[2], "news", "acme", text, own_figures=True) == {"confirmed": "company"}
    assert attribution(text[2], "news", "acme", text) == {}
