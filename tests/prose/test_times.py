"""Dates, periods and streaks: what they mean, and what was taken for granted."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.prose.article import PUBLISHED
from tests.prose.reading import all_in, only, told
from timeline.dates import When

PRINTED = [
    ("on January 8, 2026 it", "January 8, 2026", "2026-01-08"),
    ("on Jan. 8, 2026 it", "Jan. 8, 2026", "2026-01-08"),
    ("on 8 January 2026 it", "8 January 2026", "2026-01-08"),
    ("the 8th of January 2026", "8th of January 2026", "2026-01-08"),
    ("on 2026-01-08 it", "2026-01-08", "2026-01-08"),
    ("on 08.01.2026 it", "08.01.2026", "2026-01-08"),
    ("on 25/12/2025 it", "25/12/2025", "2025-12-25"),
    ("2026年1月8日", "2026年1月8日", "2026-01-08"),
    ("in April 2026 it", "April 2026", "2026-04"),
    ("by the end of 2026 it", "by the end of 2026", "../2026-12-31"),
    ("by 2030 it", "by 2030", "../2030-12-31"),
    ("since April 2025 it", "since April 2025", "2025-04/.."),
    ("from April 2026 onward it", "from April 2026 onward", "2026-04/.."),
    ("in late 2026 it", "late 2026", "2026"),
    ("in 2021–2025 it", "2021–2025", "2021/2025"),
    ("January to March 2025", "January to March 2025", "2025-01/2025-03"),
    ("on January 8–9, 2026 it", "January 8–9, 2026", "2026-01-08/2026-01-09"),
    ("the third quarter of 2025", "third quarter of 2025", "2025-35"),
    ("in Q3 2025 it", "Q3 2025", "2025-35"),
    ("in 3Q25 it", "3Q25", "2025-35"),
    ("in the first half of 2026", "first half of 2026", "2026-40"),
    ("in 1H26 it", "1H26", "2026-40"),
    ("the 2025 third quarter", "2025 third quarter", "2025-35"),
    ("the first nine months of 2025", "first nine months of 2025", "2025-01/2025-09"),
    ("three months ended September 30, 2025", "three months ended September 30, 2025", "2025-35"),
    ("the year ended 31 December 2025", "year ended 31 December 2025", "2025"),
    ("the December quarter of 2025", "December quarter of 2025", "2025-36"),
    ("2025年第三季度", "2025年第三季度", "2025-35"),
    ("in the 2020s it", "2020s", "2020/2029"),
]


@pytest.mark.parametrize(("text", "quote", "edtf"), PRINTED)
def test_a_date_that_is_printed_whole_assumes_nothing(text: str, quote: str, edtf: str) -> None:
    printed = only(text, published=None)
    assert told(printed)[1:] == (quote, edtf)
    assert (printed.assumed, printed.alternatives) == ("", ())


RELATIVE = [
    ("it said yesterday", "yesterday", "2026-01-08"),
    ("it said today", "today", "2026-01-09"),
    ("it said on Thursday", "Thursday", "2026-01-08"),
    ("it said on Friday", "Friday", "2026-01-09"),
    ("it said last Friday", "last Friday", "2026-01-02"),
    ("starting next Monday", "next Monday", "2026-01-12"),
    ("on January 8 it", "January 8", "2026-01-08"),
    ("in December it", "December", "2025-12"),
    ("launch in April", "April", "2026-04"),
    ("last June it", "June", "2025-06"),
    ("in last quarter", "last quarter", "2025-36"),
    ("this year it", "this year", "2026"),
    ("next month it", "next month", "2026-02"),
    ("last week it", "last week", "2025-12-29/2026-01-04"),
    ("the third quarter saw", "third quarter", "2025-35"),
    ("it expects first-quarter sales", "first-quarter", "2026-33"),
    ("For the third quarter, the company expects growth", "third quarter", "2026-35"),
    ("in Q2 of this year", "Q2 of this year", "2026-34"),
    ("the next five years", "next five years", "2026/2030"),
    ("the previous five-year period", "previous five-year period", "2021/2025"),
    ("in the past 30 days", "past 30 days", "2025-12-11/2026-01-09"),
    ("over the next 12 months", "next 12 months", "2026-01-09/2027-01-08"),
    ("from a year earlier", "a year earlier", "2025"),
    ("as two decades ago", "two decades ago", "2006"),
    ("the same period last year", "same period last year", "2025"),
    ("the three months ended Sept. 30 and", "three months ended Sept. 30", "2025-35"),
    ("in fiscal 2025 it", "fiscal 2025", "2025"),
    ("so far this year", "so far this year", "2026-01-01/2026-01-09"),
]


@pytest.mark.parametrize(("text", "quote", "edtf"), RELATIVE)
def test_a_relative_date_is_resolved_and_says_so(text: str, quote: str, edtf: str) -> None:
    printed = only(text)
    assert told(printed)[1:] == (quote, edtf)
    assert printed.assumed


@pytest.mark.parametrize("text", [row[0] for row in RELATIVE if "fiscal" not in row[0]])
def test_without_a_day_of_publication_a_relative_date_has_no_value(text: str) -> None:
    printed = only(text, published=None)
    assert printed.value is None
    assert printed.assumed == "no day of publication is known to resolve it against"


@pytest.mark.parametrize(
    ("text", "value", "other"),
    [
        ("on 01/08/2026 it", "2026-01-08", "2026-08-01"),
        ("it said on Thursday", "2026-01-08", "2026-01-15"),
        ("in December it", "2025-12", "2026-12"),
        ("the third quarter saw", "2025-35", "2026-35"),
        ("the next five years", "2026/2030", "2026-01-09/2031-01-08"),
        ("the previous quarter", "2025-36", "2025-35"),
    ],
)
def test_what_can_mean_two_things_carries_the_other(text: str, value: str, other: str) -> None:
    printed = only(text)
    assert told(printed)[2] == value
    assert [each.edtf for each in printed.alternatives if isinstance(each, When)] == [other]


def test_the_five_years_after_a_november_begin_with_the_next_one() -> None:
    assert told(only("the next five years", dt.date(2025, 11, 20)))[2] == "2026/2030"


def test_that_same_day_is_the_last_day_before_it() -> None:
    printed = all_in("On December 30, 2025 it told of Q3 2025; the price fell that same day.")
    assert told(printed[-1]) == ("date", "that same day", "2025-12-30")
    assert printed[-1].assumed == "the last day before it in the text, “December 30, 2025”"
    assert all_in("It fell that same day.")[0].value is None


@pytest.mark.parametrize(
    ("text", "quote", "number"),
    [
        ("the sixth consecutive trading session", "sixth consecutive trading session", "6"),
        ("for six straight sessions", "six straight sessions", "6"),
        ("rose for the third day in a row", "for the third day in a row", "3"),
        ("four quarters in a row", "four quarters in a row", "4"),
        ("a 12th straight month", "12th straight month", "12"),
        ("a five-day losing streak", "five-day losing streak", "5"),
    ],
)
def test_a_streak_is_its_number(text: str, quote: str, number: str) -> None:
    assert told(only(text)) == ("streak", quote, number)


def test_three_and_six_months_are_two_periods() -> None:
    printed = all_in("In the three and six months ended June 30, 2024 it")
    assert [told(each)[1:] for each in printed] == [
        ("three", "2024-34"),
        ("six months ended June 30, 2024", "2024-40"),
    ]


def test_a_day_that_does_not_exist_has_no_value_and_says_why() -> None:
    printed = only("on February 30, 2026 it")
    assert (printed.value, printed.assumed) == (None, "2026-02 has no day 30")


@pytest.mark.parametrize(
    "text", ["the next 999 decades", "the past 999 decades", "999 decades ago", "the third half of it"]
)
def test_what_leaves_the_years_that_dates_have_has_no_value(text: str) -> None:
    assert (only(text).value, only(text).assumed) == (None, "there is no such date")


def test_the_words_round_a_date_stay_with_it() -> None:
    printed = only("integrated by late 2026, it said")
    assert isinstance(printed.value, When)
    assert (printed.value.wording, printed.core.end - printed.core.start) == ("by late 2026", len("2026"))


def test_the_day_of_publication_is_a_friday() -> None:
    assert PUBLISHED.strftime("%A") == "Friday"
