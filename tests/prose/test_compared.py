"""Periods that are told from another one."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.prose.reading import all_in, only, told
from timeline.dates import When

AUGUST = dt.date(2023, 8, 10)


@pytest.mark.parametrize(
    ("text", "quote", "edtf"),
    [
        ("Q2 2023 profit was 5 tons, up from 4 tons a year ago.", "a year ago", "2022-34"),
        ("In Q2 2023 sales rose 5% from the year-ago quarter.", "year-ago quarter", "2022-34"),
        ("In Q2 2023 sales rose 5% from the prior-year period.", "prior-year period", "2022-34"),
        ("In Q2 2023 sales rose 5% from the same period last year.", "same period last year", "2022-34"),
        ("Sales rose 5% in Q2 2023 from the same quarter of 2021.", "same quarter of 2021", "2021-34"),
        ("Sales rose 5% on a YoY basis in Q2 2023.", "on a YoY basis", "2022-34"),
        ("Q2 2023 sales fell on a QoQ basis.", "on a QoQ basis", "2023-33"),
        ("In July 2023 it sold 5% more than a year earlier.", "a year earlier", "2022-07"),
        ("Q2 2023 sales fell from the previous quarter.", "previous quarter", "2023-33"),
        ("The first half of 2022 was 5% above the prior year.", "prior year", "2021-40"),
        ("Shares rose 4% last week and 3% in the prior week.", "prior week", "2023-07-24/2023-07-30"),
        ("In July 2023 it sold 5% more than in the previous month.", "previous month", "2023-06"),
    ],
)
def test_what_is_told_from_another_period_is_resolved_against_it(text: str, quote: str, edtf: str) -> None:
    printed = next(each for each in all_in(text, AUGUST) if each.quote == quote)
    assert told(printed)[2] == edtf
    assert any(f"“{each.quote}”" in printed.assumed for each in all_in(text, AUGUST) if each is not printed)


def test_what_the_publication_makes_of_it_stays_beside_it() -> None:
    printed = all_in("Q2 2023 profit was 5 tons, up from 4 tons a year ago.", AUGUST)[-1]
    assert printed.assumed == "one year before “Q2 2023”"
    assert [each.edtf for each in printed.alternatives if isinstance(each, When)] == ["2022"]


def test_without_a_period_in_the_sentence_the_nearest_of_the_text_is_taken() -> None:
    text = "Results of the second quarter of 2023\nThey rose in Q1 2010.\nSales rose 5% from a year earlier."
    assert told(all_in(text, AUGUST)[-1])[2] == "2022-34"


def test_of_a_period_and_the_same_one_a_year_before_the_later_is_meant() -> None:
    text = "Profit was 5 tons in Q2 2023 and 4 tons in Q2 2022.\nSales rose 5% from a year earlier."
    assert told(all_in(text, AUGUST)[-1])[2] == "2022-34"


def test_weeks_of_a_year_ago_are_those_that_the_text_tells() -> None:
    text = (
        "The 13-week quarter ended August 3, 2024 and the 13-week quarter ended July 29, 2023 differ.\n"
        "Sales rose 5% from a year earlier."
    )
    assert told(all_in(text, dt.date(2024, 8, 10))[-1])[2] == "2023-04-30/2023-07-29"


def test_who_joined_a_year_ago_is_compared_with_nothing() -> None:
    joined = all_in("She joined a year ago. Q2 2023 was good.", AUGUST)[0]
    assert told(joined)[2] == "2022"


def test_where_no_period_is_stated_nothing_changes() -> None:
    assert "that of the publication" in only("more than a year ago", AUGUST).assumed
