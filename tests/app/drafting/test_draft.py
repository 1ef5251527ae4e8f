"""From a text to a fixture: nothing that is printed is lost, and what is proposed loads."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from timeline import Timeline
from timeline.app.drafting.writing import fixture_text
from timeline.errors import InvalidInput
from timeline.intake import fixture

if TYPE_CHECKING:
    from pathlib import Path

    from timeline.app.drafting.drafted import Draft

ARTICLE = """\
Halden Corp. Buys Back Shares and Raises Its Outlook
On January 8, Halden Corp. (NYSE: HLDN) repurchased 500,000 shares at an average price of $45.10, it said in a filing.
For 2026, Halden now expects revenue of $5.2 billion to $5.4 billion, up from its previous forecast of $5.0 billion.
Revenue for 2025 was $4.8 billion, up 7% from $4.5 billion a year ago.
The canteen served 37 sorts of soup.
"""
"""Its company is registered nowhere."""


@pytest.fixture
def article(tmp_path: Path) -> Path:
    file = tmp_path / "article.txt"
    file.write_text(ARTICLE, encoding="utf-8")
    return file


@pytest.fixture
def made(article: Path, tmp_path: Path) -> Draft:
    return Timeline.open(tmp_path / "facts.db").draft(str(article), published="2026-01-09")


def test_a_text_becomes_facts_of_the_kinds_that_its_sentences_report(made: Draft) -> None:
    told = {fact.kind: fact.fields for fact in made.facts}
    assert told["buyback.executed"]["shares"] == "500,000 shares"
    assert told["buyback.executed"]["confirmed"] == "company"
    assert told["target.set"]["previous"] == "$ 5.0 billion"
    assert told["result.reported"]["prior"] == "$ 4.5 billion"


def test_a_company_that_nobody_registered_is_proposed_with_its_ticker(made: Draft) -> None:
    fields = [fact.fields for fact in made.facts if fact.kind.startswith("company.")]
    assert fields[0]["kind"] == "company.registered"
    assert {"scheme": "ticker", "value": "HLDN", "mic": "XNYS"}.items() <= fields[-1].items()
    assert made.company == "halden"


def test_what_no_fact_has_is_a_candidate(made: Draft) -> None:
    assert [(each.quote, each.paragraph) for each in made.candidates] == [("a year ago", 4), ("37 sorts", 5)]


def test_every_quote_stands_in_its_paragraph(made: Draft) -> None:
    for fact in made.facts:
        for at in fact.at:
            assert at.paragraph is not None
            assert at.quote in made.text.paragraphs[at.paragraph - 1]


def test_a_draft_loads_as_it_is_and_is_covered_but_for_its_candidates(
    made: Draft, article: Path, tmp_path: Path
) -> None:
    file = tmp_path / "article.yaml"
    file.write_text(fixture_text(made), encoding="utf-8")
    timeline = Timeline.open(tmp_path / "facts.db")
    assert timeline.load([str(file)]).events_new == len(made.facts)
    found = timeline.coverage(str(file), str(article))
    assert [line.quote for line in found.lines if line.status == "missing"] == ["a year ago", "37 sorts"]


def test_the_same_text_gives_the_same_draft(made: Draft, article: Path, tmp_path: Path) -> None:
    again = Timeline.open(tmp_path / "other.db").draft(str(article), published="2026-01-09")
    assert fixture_text(again) == fixture_text(made)


def test_a_fact_says_how_sure_it_is_in_a_comment_above_it(made: Draft) -> None:
    assert len(re.findall(r"^  # \d+ %", fixture_text(made), re.MULTILINE)) == len(made.facts)


def test_a_text_without_a_day_asks_for_it(article: Path, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput) as refused:
        Timeline.open(tmp_path / "facts.db").draft(str(article))
    assert [problem.rule for problem in refused.value.problems] == ["text-undated"]


def test_a_text_of_no_company_asks_for_it(tmp_path: Path) -> None:
    file = tmp_path / "nobody.txt"
    file.write_text("It rained for two days.\n", encoding="utf-8")
    with pytest.raises(InvalidInput) as refused:
        Timeline.open(tmp_path / "facts.db").draft(str(file), published="2026-01-09")
    assert [problem.rule for problem in refused.value.problems] == ["text-company"]


def test_hostile_names_stay_within_their_quotes(tmp_path: Path) -> None:
    file = tmp_path / "hostile.txt"
    title = 'Halden Corp. "buys": {back} # shares \u202e \\ - & *'
    file.write_text(f"{title}\nHalden Corp. repurchased 500,000 shares on January 8.\n", encoding="utf-8")
    made = Timeline.open(tmp_path / "facts.db").draft(str(file), published="2026-01-09")
    written = tmp_path / "hostile.yaml"
    written.write_text(fixture_text(made), encoding="utf-8")
    batch = fixture.read([str(written)])
    assert batch.problems == ()
    ((_, source, _),) = batch.sources
    assert source.title == title.replace("\u202e ", "")
