"""Fiscal years and their parts: by the company's year end, by what the text tells of it, or by the calendar."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.prose.reading import all_in, only, told
from timeline.dates import When
from timeline.prose.calendars import Calendar, Part, habitual

AUGUST = dt.date(2023, 8, 10)
NOVEMBER = dt.date(2024, 11, 20)
MARCH = (3, 31)


@pytest.mark.parametrize(
    ("text", "quote", "edtf"),
    [
        ("in fiscal 2024 it", "fiscal 2024", "2023-04/2024-03"),
        ("for FY24 it", "FY24", "2023-04/2024-03"),
        ("for FY2023-24 it", "FY2023-24", "2023-04/2024-03"),
        ("the financial year 2022-23 was", "financial year 2022-23", "2022-04/2023-03"),
        ("the 2023/24 financial year", "2023/24 financial year", "2023-04/2024-03"),
        ("the 2024 fiscal year", "2024 fiscal year", "2023-04/2024-03"),
        ("in 2022-23 it", "2022-23", "2022-04/2023-03"),
        ("in Q1 FY2023-24 it", "Q1 FY2023-24", "2023-34"),
        ("in Q1FY24 it", "Q1FY24", "2023-34"),
        ("in 4QFY23 it", "4QFY23", "2023-33"),
        ("over 9MFY23 it", "9MFY23", "2022-04/2022-12"),
        ("in FY24 Q1 it", "FY24 Q1", "2023-34"),
        ("third quarter of fiscal 2023 saw", "third quarter of fiscal 2023", "2022-36"),
        ("first half of fiscal 2024 saw", "first half of fiscal 2024", "2023-04/2023-09"),
        ("the last fiscal year was", "last fiscal year", "2022-04/2023-03"),
        ("in the first quarter of this fiscal year", "first quarter of this fiscal year", "2023-34"),
        ("the April-June quarter of FY24", "April-June quarter of FY24", "2023-04/2023-06"),
        ("fiscal years 2022 and 2023", "fiscal years 2022 and 2023", "2021-04/2023-03"),
        ("sales year-to-date", "year-to-date", "2023-04-01/2023-08-10"),
        ("in calendar 2022 it", "calendar 2022", "2022"),
    ],
)
def test_with_a_known_year_end_a_fiscal_year_has_its_own_days(text: str, quote: str, edtf: str) -> None:
    assert told(only(text, AUGUST, year_end=MARCH))[1:] == (quote, edtf)


def test_which_of_two_years_a_number_is_of_is_said_where_it_is_in_doubt() -> None:
    printed = only("in FY24 it", AUGUST, year_end=MARCH)
    assert printed.assumed == "a fiscal year is taken to have the number of the year in which it ends"
    assert [each.edtf for each in printed.alternatives if isinstance(each, When)] == ["2024-04/2025-03"]
    assert only("in FY2023-24 it", AUGUST, year_end=MARCH).assumed == ""
    assert only("in FY24 it", AUGUST, year_end=(9, 30)).assumed == ""
    assert only("in FY24 it", AUGUST, year_end=(12, 31)).assumed == ""


def test_a_quarter_alone_is_the_last_fiscal_one_that_had_ended() -> None:
    printed = only("The Q3 profit rose.", dt.date(2023, 2, 6), year_end=MARCH)
    assert told(printed)[1:] == ("Q3", "2022-36")
    assert "2022-35" in [each.edtf for each in printed.alternatives if isinstance(each, When)]


def test_the_number_of_a_year_is_that_of_its_beginning_where_the_text_says_so() -> None:
    text = "In fiscal 2022 (year ended March 31, 2023) it grew.\nIn fiscal 2021 it did not."
    assert told(all_in(text, AUGUST, year_end=MARCH)[-1]) == ("date", "fiscal 2021", "2021-04/2022-03")


def test_a_number_in_doubt_is_the_one_that_the_text_tells_otherwise_too() -> None:
    printed = all_in("The Q1 FY2023-24 profit slid.\nSales rose in Q1FY23.", AUGUST, year_end=MARCH)
    assert told(printed[-1])[2] == "2023-34"
    assert "so the text tells it elsewhere" in printed[-1].assumed


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("in fiscal 2024 it", "2024"),
        ("in Q1FY24 it", "2024-33"),
        ("for FY2023-24 it", "2023/2024"),
        ("fiscal years 2023 and 2024", "2023/2024"),
        ("the last fiscal year was", "2022"),
    ],
)
def test_without_a_year_end_fiscal_is_the_calendar_year_with_the_others_beside_it(text: str, edtf: str) -> None:
    printed = only(text, AUGUST)
    assert told(printed)[2] == edtf
    assert "calendar year" in printed.assumed
    assert len(printed.alternatives) > 1


@pytest.mark.parametrize(
    "told_by",
    [
        "for the fiscal year ended March 31, 2023.",
        "for the financial year ended 31 March 2023.",
        "for the fiscal year to March.",
        "for the fourth quarter ended March 31, 2023, and for the third quarter.",
        "a profit of Rs 40 crore and Rs 2 lakh.",
    ],
)
def test_the_text_itself_can_tell_the_year_end(told_by: str) -> None:
    printed = all_in(f"It told {told_by}\nThe Q1 of FY2023-24 was good.", AUGUST)[-1]
    assert told(printed)[1:] == ("Q1 of FY2023-24", "2023-34")
    assert "fiscal years" in printed.assumed


def test_money_of_other_countries_is_no_mark_of_india() -> None:
    printed = all_in("It paid $3 million, €2 million and Rs 40 crore.\nFY2023-24 was good.", AUGUST)[-1]
    assert told(printed)[2] == "2023/2024"


@pytest.mark.parametrize(
    ("text", "quote", "edtf"),
    [
        ("the year ended March 31, 2023", "year ended March 31, 2023", "2022-04-01/2023-03-31"),
        ("three months ended 30 June 2023", "three months ended 30 June 2023", "2023-34"),
        ("nine months to December 2022", "nine months to December 2022", "2022-04-01/2022-12-31"),
        ("the year ending March 2023", "year ending March 2023", "2022-04-01/2023-03-31"),
        ("the week ended July 28, 2023", "week ended July 28, 2023", "2023-07-22/2023-07-28"),
        ("13-week quarter ended April 29, 2023", "13-week quarter ended April 29, 2023", "2023-01-29/2023-04-29"),
        ("39-week fiscal period to 29 July 2023", "39-week fiscal period to 29 July 2023", "2022-10-30/2023-07-29"),
        ("39 weeks ended 29 October 2022", "39 weeks ended 29 October 2022", "2022-01-30/2022-10-29"),
        ("October-December 2022 profit", "October-December 2022", "2022-10/2022-12"),
        ("Oct-Dec quarter of 2022", "Oct-Dec quarter of 2022", "2022-10/2022-12"),
    ],
)  # fmt: skip
def test_a_period_that_is_told_whole_assumes_nothing(text: str, quote: str, edtf: str) -> None:
    printed = only(text, None)
    assert (*told(printed)[1:], printed.assumed) == (quote, edtf, "")


@pytest.mark.parametrize(
    ("text", "quote", "edtf"),
    [
        ("nine months to December were", "nine months to December", "2022-04-01/2022-12-31"),
        ("its October-December profit", "October-December", "2022-10/2022-12"),
        ("the April-June quarter was", "April-June quarter", "2023-04/2023-06"),
        ("it expects a fall in July-September", "July-September", "2023-07/2023-09"),
    ],
)
def test_months_without_a_year_are_the_last_that_had_ended(text: str, quote: str, edtf: str) -> None:
    printed = only(text, AUGUST)
    assert told(printed)[1:] == (quote, edtf)
    assert "the year is not printed" in printed.assumed


def test_the_core_of_last_years_quarter_is_the_quarter() -> None:
    text = "from the prior year 13-week quarter ended April 30, 2022"
    printed = only(text)
    assert text[printed.core.start : printed.core.end] == "13-week quarter ended April 30, 2022"


def test_a_quarter_has_the_weeks_that_the_text_tells_of_its_last_day() -> None:
    text = "Sales for the 13-week fiscal quarter ended April 29, 2023 fell.\nThe fiscal quarter ended {} was bad."
    assert told(all_in(text.format("April 29, 2023"))[-1])[2] == "2023-01-29/2023-04-29"
    other = all_in(text.format("April 30, 2022"))[-1]
    assert told(other)[2] == "2022-01-30/2022-04-30"
    month_end = all_in("The fiscal quarter ended April 29, 2023 was bad.")[-1]
    assert told(month_end)[2] == "2023-01-30/2023-04-29"
    assert month_end.assumed == "it is taken to have begun 3 months before its end"


def test_a_period_of_unknown_length_is_only_known_by_its_end() -> None:
    printed = only("the fiscal period ended April 29, 2023")
    assert (told(printed)[2], printed.assumed) == ("../2023-04-29", "how long the period is, is not printed")


def test_a_named_quarter_has_the_days_that_the_text_tells() -> None:
    text = (
        "The 13-week fiscal quarter ended November 2, 2024 was good.\nIn the third quarter of fiscal 2024 sales fell."
    )
    printed = all_in(text, NOVEMBER)[-1]
    assert told(printed)[1:] == ("third quarter of fiscal 2024", "2024-08-04/2024-11-02")
    assert "about 2 February" in printed.assumed
    assert told(all_in(text, NOVEMBER, year_end=(2, 1))[-1])[2] == "2024-08-04/2024-11-02"


def test_without_such_days_weeks_are_counted_by_the_month_and_that_is_said() -> None:
    printed = only("third quarter of fiscal 2024", NOVEMBER, year_end=(2, 1))
    assert told(printed)[2] == "2024-08-02/2024-11-01"
    assert "whole weeks may shift it" in printed.assumed


@given(st.integers(1, 12), st.integers(1, 31), st.integers(1900, 2100))
def test_four_quarters_make_a_fiscal_year(month: int, day: int, year: int) -> None:
    calendar = habitual(month, day)
    whole = calendar.of_number(year)
    quarters = [calendar.of_number(year, Part.of(f"Q{number}")) for number in (1, 2, 3, 4)]
    one = dt.timedelta(days=1)
    assert (quarters[0].first, quarters[-1].last) == (whole.first, whole.last)
    for before, after in pairwise(quarters):
        assert before.last is not None
        assert after.first == before.last + one


def test_a_year_end_on_the_last_of_february_is_so_in_leap_years() -> None:
    assert Calendar(2, 28).days(2024).last == dt.date(2024, 2, 29)
