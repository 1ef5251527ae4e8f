"""A draft measured by an annotation: every figure here is counted by hand in the text and the facts of `halden.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from evaluation.annotations import annotated
from evaluation.measuring import compare, cued, faults, in_all, measured, tally
from tests.evaluation import halden
from timeline.catalog import catalog
from timeline.errors import InvalidInput, Problem
from timeline.event import Locator

if TYPE_CHECKING:
    from pathlib import Path

    from evaluation.annotations import Annotation
    from evaluation.measuring import Measured
    from timeline.app.drafting.drafted import Draft
    from timeline.prose.text import Text
    from timeline.record import Source


@pytest.fixture
def annotation(tmp_path: Path) -> Annotation:
    (found,) = annotated([halden.written(tmp_path)[0]], str(tmp_path / "texts")).annotations
    return found


@pytest.fixture
def partly(annotation: Annotation) -> Measured:
    """The draft that is partly right."""
    return compare(annotation, halden.draft())


def test_each_fact_is_right_or_wrong_or_missed_or_one_too_many(partly: Measured) -> None:
    pairs = [(pair.annotated.key, pair.drafted.key, bool(pair.wrong)) for pair in partly.matched]
    assert pairs == [("bought", "drafted-bought", False), ("profit", "drafted-profit", True)]
    assert [report.key for report in partly.missed] == ["close", "aster"]
    assert [report.key for report in partly.surplus] == ["drafted-goal"]
    assert partly.unread == ()


def test_the_fields_that_differ_stand_side_by_side(partly: Measured) -> None:
    (_, profit) = partly.matched
    told = [(field.name, field.sort, field.annotated, field.drafted) for field in profit.wrong]
    # "net income" and "net profit" are one metric, and "2025" is quoted by one of them only: neither is a difference.
    assert told == [("change", "figure", "5 %", "-5 %"), ("said_by", "attribution", "Mira Holt", "")]


def test_the_counts_are_those_counted_by_hand(partly: Measured) -> None:
    counts = tally(partly, halden.KINDS)
    # The 3 in the name that a fact quotes is no figure, and the 2026 of the headline is quoted by none.
    quoted = ["January 8", "1.25", "52.5", "5", "80", "2025", "42.00", "January 9", "900"]
    assert [figure.quote for figure in partly.figures] == quoted
    assert (counts.figures, counts.in_facts, counts.in_candidates) == (9, 5, 1)
    assert [figure.quote for figure in partly.figures if figure.place == "nowhere"] == ["2025", "January 9", "900"]
    # Four facts are annotated, one of them of a kind without cues; three are drafted beside the company.
    assert (counts.cued_found, counts.cued_facts, counts.found, counts.facts) == (2, 3, 2, 4)
    assert (counts.right, counts.right_content, counts.right_figures, counts.drafted) == (1, 1, 1, 3)


def test_who_said_it_counts_in_the_first_column_only(annotation: Annotation) -> None:
    profit = halden.fact(halden.PROFIT | {"change": "5 %"}, (3, "HKD 80 million"))
    counts = tally(compare(annotation, halden.drafted(profit)), halden.KINDS)
    assert (counts.right, counts.right_content, counts.right_figures, counts.drafted) == (0, 1, 1, 1)


def test_a_wrong_word_leaves_the_figures_right(annotation: Annotation) -> None:
    close = {"key": "c", "kind": "price.observed", "company": "halden", "occurred": "2026-01-09", "what": "high"}
    counts = tally(
        compare(annotation, halden.drafted(halden.fact(close | {"price": "HKD 42.00"}, (4, "42.00")))), halden.KINDS
    )
    assert (counts.right, counts.right_content, counts.right_figures) == (0, 0, 1)


@pytest.mark.parametrize("change", [{"kind": "buyback.totalled", "since": "2026"}, {"company": "other"}])
def test_a_fact_of_another_kind_or_company_is_another_fact(annotation: Annotation, change: dict[str, str]) -> None:
    found = compare(annotation, halden.drafted(halden.fact(halden.BOUGHT | change, (2, "1.25 million shares"))))
    assert (found.matched, len(found.missed), len(found.surplus)) == ((), 4, 1)


def test_a_fact_that_is_drafted_twice_is_once_too_many(annotation: Annotation) -> None:
    bought = halden.fact(halden.BOUGHT, (2, "1.25 million shares"))
    counts = tally(compare(annotation, halden.drafted(bought, bought)), halden.KINDS)
    assert (counts.right, counts.cued_found, counts.drafted) == (1, 1, 2)


def test_a_fact_that_no_fixture_could_hold_is_drafted_and_wrong(annotation: Annotation) -> None:
    found = compare(annotation, halden.drafted(halden.fact(halden.BOUGHT | {"shares": "many"}, (2, "January 8"))))
    assert [fact.fields["key"] for fact in found.unread] == ["drafted-bought"]
    counts = tally(found, halden.KINDS)
    assert (counts.right, counts.drafted, counts.in_facts) == (0, 1, 0)


def test_a_bare_sign_means_what_the_draft_says_that_it_means(annotation: Annotation) -> None:
    bought = halden.fact(halden.BOUGHT | {"value": "about $52.5 million"}, (2, "1.25 million shares"))
    assert tally(compare(annotation, halden.drafted(bought)), halden.KINDS).right == 1


def test_a_figure_that_is_quoted_whole_and_in_part_is_one(annotation: Annotation) -> None:
    material = annotation.material
    at = tuple(Locator(quote=quote, paragraph=2) for quote in ("8", "January 8", "On January 8", "52.5 million"))
    quoting = annotation._replace(material=material._replace(reports=[replace(material.reports[0], at=at)]))
    assert [figure.quote for figure in compare(quoting, halden.drafted()).figures] == ["January 8", "52.5"]


def test_a_text_that_cannot_be_drafted_is_missed_as_a_whole(annotation: Annotation) -> None:
    def refusing(text: Text, recorded: Source) -> Draft:
        del text, recorded
        raise InvalidInput([Problem("text-undated", "it does not say when it was published")])

    found = measured(annotation, refusing)
    assert found.problem == "it does not say when it was published"
    counts = tally(found, halden.KINDS)
    assert (counts.placed, counts.figures, counts.found, counts.facts, counts.drafted) == (0, 9, 0, 4, 0)


def test_in_all_each_fact_counts_once(annotation: Annotation, partly: Measured) -> None:
    nothing = compare(annotation, halden.drafted())
    total = in_all([tally(partly, halden.KINDS), tally(nothing, halden.KINDS)])
    assert (total.figures, total.placed, total.facts, total.found, total.drafted, total.right) == (18, 6, 8, 2, 3, 1)


def test_the_fields_that_are_wrong_are_counted_by_kind(annotation: Annotation, partly: Measured) -> None:
    bought = halden.fact(halden.BOUGHT | {"occurred": "2026-01-09"}, (2, "1.25 million shares"))
    found = [partly, compare(annotation, halden.drafted(bought)), partly]
    assert faults(found, halden.KINDS) == [
        ("result.reported", "change", 2),
        ("result.reported", "said_by", 2),
        ("buyback.executed", "occurred", 1),
    ]
    assert faults(found, frozenset()) == []


def test_the_kinds_that_have_cues_are_those_that_topics_declare_cues_of() -> None:
    assert cued() == {cue.payload.KIND for topic in catalog().topics for cue in topic.cues}
    assert not any(kind.startswith("company.") for kind in cued())
