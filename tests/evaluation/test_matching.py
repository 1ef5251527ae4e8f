"""Which drafted fact stands for which annotated one."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from evaluation.matching import pairs
from timeline.app.drafting.marked import Material
from timeline.event import Locator, Report
from timeline.intake.proposed import proposed
from timeline.paragraphs import paragraphs
from timeline.prose.text import text_of
from timeline.record import Source

TEXT = "Sales were HKD 10 million on January 8 and profit was HKD 5 million, Mira Holt said.\nHolt resigned.\n"
QUOTES = {"a": ("Sales",), "b": ("Sales", "HKD 10 million"), "c": ("Mira Holt",)}
SALES = {"kind": "result.reported", "company": "halden", "occurred": "2025", "period": "2025", "metric": "revenue"}


def report(fields: dict[str, Any], key: str, *quotes: str) -> Report:
    read = proposed({**SALES, **fields, "key": key}, "s")
    assert isinstance(read, Report), read
    return replace(read, at=tuple(Locator(quote=quote, paragraph=1) for quote in quotes))


def matched(annotated: list[Report], drafted: list[Report]) -> list[tuple[str, str]]:
    text = text_of(TEXT.encode(), "a.txt")
    source = Source(kind="news", title="a", published="2026-01-09", zone="UTC")
    one = Material("s", source, annotated, (), text, paragraphs(TEXT))
    return [(pair.annotated.key, pair.drafted.key) for pair in pairs(one, one._replace(reports=drafted))]


def test_facts_that_quote_one_figure_are_paired() -> None:
    ours = [report({"value": "HKD 10 million"}, "sales", "10 million")]
    assert matched(ours, [report({"value": "HKD 11 million"}, "a", "HKD 10 million on January 8")]) == [("sales", "a")]
    assert matched(ours, [report({"value": "HKD 5 million"}, "b", "HKD 5 million")]) == []


def test_facts_that_state_one_figure_are_paired_wherever_they_quote_it() -> None:
    ours = [report({"value": "HKD 10 million"}, "sales", "Sales")]
    assert matched(ours, [report({"value": "HKD 10 million"}, "a")]) == [("sales", "a")]
    assert matched(ours, [report({"value": "USD 10 million"}, "a")]) == []


def test_a_date_that_both_quote_is_not_enough_unless_one_quotes_nothing_else() -> None:
    ours = [report({"value": "HKD 10 million"}, "sales", "10 million", "January 8")]
    assert matched(ours, [report({"value": "HKD 5 million"}, "a", "HKD 5 million", "January 8")]) == []
    dated = [report({"value": "HKD 9 million"}, "a", "January 8")]
    assert matched(dated, [report({"value": "HKD 8 million"}, "b", "January 8")]) == [("a", "b")]


def test_of_several_the_most_alike_are_paired() -> None:
    ours = [
        report({"value": "HKD 10 million"}, "sales", "10 million", "Mira Holt"),
        report({"value": "HKD 5 million", "metric": "net profit"}, "profit", "5 million", "Mira Holt"),
    ]
    theirs = [
        report({"value": "HKD 5 million", "metric": "profit"}, "a", "HKD 5 million", "Mira Holt"),
        report({"value": "HKD 10 million", "period": "2024"}, "b", "HKD 10 million", "Mira Holt"),
    ]
    assert matched(ours, theirs) == [("sales", "b"), ("profit", "a")]
    assert matched(ours, theirs[::-1]) == [("sales", "b"), ("profit", "a")]


def test_of_those_that_quote_the_same_the_one_with_more_equal_fields_is_paired() -> None:
    ours = [report({"value": "HKD 10 million"}, "sales", "10 million")]
    theirs = [
        report({"value": "HKD 9 million", "period": year, "occurred": year}, year, "10 million")
        for year in ("2024", "2025", "2026")
    ]
    assert matched(ours, theirs) == [("sales", "2025")]


def test_of_equally_alike_ones_those_that_quote_more_in_common_are_paired() -> None:
    ours = [report({"value": "HKD 10 million"}, "sales", "Sales", "10 million", "Mira Holt")]
    theirs = [report({"value": "HKD 9 million"}, key, *quotes) for key, quotes in QUOTES.items()]
    assert matched(ours, theirs) == [("sales", "b")]


def test_as_many_are_paired_as_can_be() -> None:
    # What is drafted first is the second annotated fact itself, and the only one that can stand for the first.
    other = {"occurred": "2024", "period": "2024", "metric": "EBITDA"}
    ours = [
        report({"value": "HKD 10 million"} | other, "old", "Mira Holt"),
        report({"value": "HKD 5 million"}, "new", "Mira Holt", "5 million"),
    ]
    theirs = [
        report({"value": "HKD 5 million"}, "a", "Mira Holt"),
        report({"value": "HKD 7 million"} | other, "b", "HKD 5 million"),
    ]
    assert matched(ours, theirs) == [("old", "a"), ("new", "b")]
