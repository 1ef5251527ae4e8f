"""Wording: quotes and words that are dates, against the dates of their reports."""

from __future__ import annotations

import calendar
import datetime as dt
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.checks import facts
from tests.topics import build
from timeline.checks.spelling import read
from timeline.checks.wording import wording
from timeline.dates import When
from timeline.event import Locator
from timeline.topics.agenda import Scheduled
from timeline.topics.company.payloads import Registered, Stated
from timeline.topics.results import Reported

if TYPE_CHECKING:
    from timeline.event import Event
    from timeline.section import Finding

PUBLISHED = dt.date(2026, 1, 9)


def came(quote: str, period: str = "2025-Q3", occurred: str = "2025-Q3") -> Event:
    payload = Reported(metric="profit", period=build.when(period), first="first profit")
    return build.event(payload, occurred=occurred, at=(Locator(quote=quote),))


def found(*events: Event) -> list[Finding]:
    return facts.found(wording(facts.stream(*events), facts.TOPICS))


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("third quarter of 2025", ["2025-35"]),
        ("the third quarter of 2025", ["2025-35"]),
        ("Q3 2025", ["2025-35"]),
        ("3Q25", ["2025-35"]),
        ("first half of 2025", ["2025-40"]),
        ("H2 2025", ["2025-41"]),
        ("FY2025", ["2025"]),
        ("full-year 2025", ["2025"]),
        ("2025", ["2025"]),
        ("April 2026", ["2026-04"]),
        ("January 8, 2026", ["2026-01-08"]),
        ("8 Jan 2026", ["2026-01-08"]),
        ("January 8", ["2025-01-08", "2026-01-08", "2027-01-08"]),
        ("on 8 January", ["2025-01-08", "2026-01-08", "2027-01-08"]),
        ("April", ["2025-04", "2026-04", "2027-04"]),
        ("from April onward", ["2025-04-01/..", "2026-04-01/..", "2027-04-01/.."]),
        ("by the end of 2026", ["../2026-12-31"]),
        ("late 2026", ["2026"]),
        ("since March 2024", ["2024-03-01/.."]),
        ("over the next five years", ["2026-01-01/2031-12-31"]),
        ("previous five-year period", ["2021-01-01/2026-01-09"]),
        ("2021–2025", ["2021/2025"]),
    ],
)
def test_words_that_are_a_date_are_read(text: str, dates: list[str]) -> None:
    assert [when.edtf for when in read(text, PUBLISHED).dates] == dates


@pytest.mark.parametrize(
    "text",
    [
        "5 million",
        "550,000 electric vehicles",
        "HKD 38.00",
        "recently",
        "that same day",
        "third half of 2025",
        "3000",
        "20250131",
        "2025 vehicles",
        "sixth",
        "0.63%",
        "Q3",
        "",
        "Five-Year",
        "SU7",
        "1500–1800",
    ],
)
def test_other_words_are_no_date(text: str) -> None:
    assert read(text, PUBLISHED).dates == ()


def test_a_quote_of_another_quarter_is_found() -> None:
    assert found(came("third quarter of 2025")) == []
    (finding,) = found(came("second quarter of 2025"))
    assert (finding.rule, finding.severity, finding.topic) == ("period-wording", "warning", "results")
    assert finding.what.endswith("the source says “second quarter of 2025”, the report Q3 2025")


def test_a_quote_may_be_of_any_date_of_the_report() -> None:
    payload = Scheduled(what="results", due=build.when("2026-03-19"))
    quotes = (Locator(quote="March 19"), Locator(quote="January 8"))
    assert found(build.event(payload, at=quotes)) == []
    assert len(found(build.event(payload, at=(Locator(quote="March 18"),)))) == 1


def test_what_is_worded_is_held_against_its_own_date() -> None:
    right = Scheduled(what="chips", due=When.parse("../2026-12-31", "by the end of 2026"))
    wrong = Scheduled(what="chips", due=When.parse("2027-03", "by the end of 2026"))
    assert [len(found(build.event(payload))) for payload in (right, wrong)] == [0, 1]


def test_a_year_that_the_report_itself_prints_is_no_date_of_it() -> None:
    founded = Stated(attribute="founded", value="2010")
    assert found(build.event(founded, at=(Locator(quote="2010"),))) == []
    assert len(found(build.event(founded, at=(Locator(quote="2011"),)))) == 1


@pytest.mark.parametrize(
    ("year_end", "quote", "count"),
    [
        ("12-31", "first quarter of 2026", 1),
        ("03-31", "first quarter of 2026", 0),
        ("03-31", "FY2026", 0),
        ("12-31", "FY2026", 1),
        (None, "FY2026", 0),
        (None, "first quarter of 2026", 1),
        ("03-31", "April 2026", 1),
    ],
)
def test_a_fiscal_calendar_of_its_own_shifts_quarters_and_years(year_end: str | None, quote: str, count: int) -> None:
    register = build.event(Registered(name="Acme", fiscal_year_end=year_end), source="register")
    assert len(found(register, came(quote, "2025-04-01/2025-06-30", "2025-06-30"))) == count


def test_the_shipped_words_are_those_of_their_dates() -> None:
    verdicts = [verdict for stream in facts.shipped() for verdict in wording(stream, facts.TOPICS)]
    assert len(verdicts) > 15
    assert facts.found(verdicts) == []


MONTHS = calendar.month_name[1:]
DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2090, 12, 31))


def words(day: dt.date, form: str) -> tuple[str, str]:
    """A date in words, and as it is recorded."""
    quarter, half = (day.month + 2) // 3, (day.month + 5) // 6
    name, year = MONTHS[day.month - 1], day.year
    return {
        "day": (f"{name} {day.day}, {year}", day.isoformat()),
        "british": (f"{day.day} {name} {year}", day.isoformat()),
        "month": (f"{name} {year}", f"{year}-{day.month:02}"),
        "quarter": (f"{['first', 'second', 'third', 'fourth'][quarter - 1]} quarter of {year}", f"{year}-Q{quarter}"),
        "short": (f"Q{quarter} {year}", f"{year}-Q{quarter}"),
        "half": (f"{['first', 'second'][half - 1]} half of {year}", f"{year}-H{half}"),
        "year": (f"in {year}", str(year)),
    }[form]


@settings(max_examples=60)
@given(day=DAYS, form=st.sampled_from(("day", "british", "month", "quarter", "short", "half", "year")))
def test_words_of_the_date_that_is_recorded_never_alarm_and_those_of_another_year_do(day: dt.date, form: str) -> None:
    quote, recorded = words(day, form)
    assert found(came(quote, recorded, recorded)) == []
    other, _ = words(day.replace(year=day.year + 2, day=1), form)
    assert [one.rule for one in found(came(other, recorded, recorded))] == ["period-wording"]
