"""Dates of facts, publication times and the moments that people ask about.

The bounds are held against an oracle that walks the calendar and shares no code with the parser. (The `edtf` package
would be one, but it warns on import and refuses `~` on quarters.)
"""

import calendar
import datetime as dt
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import NamedTuple, TypeVar
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from timeline.dates import When
from timeline.errors import ParseProblem
from timeline.publication import Moment, Published, parse_moment

# ---------------------------------------------------------------- the oracle


Parsed = TypeVar("Parsed", When, Published, Moment)


class Printed(NamedTuple):
    """A date as printed, its own days, and the days that it may be."""

    text: str
    first: dt.date
    last: dt.date
    low: dt.date
    high: dt.date


QUARTERS = {1: (1, 2, 3), 2: (4, 5, 6), 3: (7, 8, 9), 4: (10, 11, 12)}
HALVES = {1: (1, 2, 3, 4, 5, 6), 2: (7, 8, 9, 10, 11, 12)}
MONTHS_OF: dict[str, tuple[int, ...]] = {
    "": tuple(range(1, 13)),
    **{f"{number:02}": (number,) for number in range(1, 13)},
    **{f"Q{number}": months for number, months in QUARTERS.items()},
    **{f"{32 + number}": months for number, months in QUARTERS.items()},
    **{f"H{number}": months for number, months in HALVES.items()},
    **{f"{39 + number}": months for number, months in HALVES.items()},
}


def walked(year: int, month: int, steps: int) -> tuple[int, int]:
    for _ in range(abs(steps)):
        month += 1 if steps > 0 else -1
        year, month = (year + 1, 1) if month == 13 else (year - 1, 12) if month == 0 else (year, month)
    return year, month


def end_of_month(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def period(year: int, part: str, mark: str) -> Printed:
    months = MONTHS_OF[part]
    margin = len(months) if mark in {"~", "%"} else 0
    return Printed(
        f"{year}-{part}{mark}" if part else f"{year}{mark}",
        dt.date(year, months[0], 1),
        end_of_month(year, months[-1]),
        dt.date(*walked(year, months[0], -margin), 1),
        end_of_month(*walked(year, months[-1], margin)),
    )


def day(date: dt.date, mark: str) -> Printed:
    margin = 1 if mark in {"~", "%"} else 0
    low, high = (dt.date.fromordinal(date.toordinal() + step) for step in (-margin, margin))
    return Printed(f"{date.year}-{date.month:02}-{date.day:02}{mark}", date, date, low, high)


marks = st.sampled_from(["", "~", "?", "%"])
local_times = st.datetimes(dt.datetime.fromisoformat("1980-01-01"), dt.datetime.fromisoformat("2037-01-01"))
days = st.dates(dt.date(1002, 1, 1), dt.date(9997, 12, 31))
printed = st.one_of(
    st.builds(day, days, marks),
    st.builds(period, st.integers(1002, 9997), st.sampled_from(sorted(MONTHS_OF)), marks),
)
near_misses = st.text("0123456789-/~?%. QHqhT:+Zfromabuty–\u0663", max_size=60) | st.builds(
    "".join,
    st.tuples(
        st.sampled_from(["", "from ", "by ", "about ", "~", "\n"]),
        st.sampled_from(["2025", "Q3 2025", "2025-Q9", "8 Jan 2026", "2026-1-8", "20260230", "2026-01-08", ".."]),
        st.sampled_from(["", " to ", "/", "-", "–", "T", " "]),
        st.sampled_from(["", "2026", "..", "09:46", "13", "Dec 2026", "+01:00"]),
        st.sampled_from(["", "~", "?", "~?", "/", "Z"]),
    ),
)


def dates_between(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    return (dt.date.fromordinal(number) for number in range(first.toordinal(), last.toordinal() + 1))


def problem(parse: Callable[[], object]) -> ParseProblem:
    with pytest.raises(ParseProblem) as caught:
        parse()
    return caught.value


def attempt(parse: Callable[[], Parsed]) -> Parsed | ParseProblem:
    try:
        return parse()
    except ParseProblem as found:
        return found


def date_or_none(text: str | None) -> dt.date | None:
    return None if text is None else dt.date.fromisoformat(text)


# ---------------------------------------------------------------- When: what is accepted


@pytest.mark.parametrize(
    ("text", "edtf", "first", "last"),
    [
        ("2026-01-08", "2026-01-08", "2026-01-08", "2026-01-08"),
        ("2026-04", "2026-04", "2026-04-01", "2026-04-30"),
        ("2024-02", "2024-02", "2024-02-01", "2024-02-29"),
        ("2026", "2026", "2026-01-01", "2026-12-31"),
        ("2025-Q3", "2025-35", "2025-07-01", "2025-09-30"),
        ("2025-36", "2025-36", "2025-10-01", "2025-12-31"),
        ("2025-H1", "2025-40", "2025-01-01", "2025-06-30"),
        ("2025-H2?", "2025-41?", "2025-07-01", "2025-12-31"),
        ("2026/2030", "2026/2030", "2026-01-01", "2030-12-31"),
        ("2025-Q1/2025-H2", "2025-33/2025-41", "2025-01-01", "2025-12-31"),
        ("../2026-12-31", "../2026-12-31", None, "2026-12-31"),
        ("2026-04/..", "2026-04/..", "2026-04-01", None),
        ("2026-01~", "2026-01~", "2025-12-01", "2026-02-28"),
        ("2025-Q3~", "2025-35~", "2025-04-01", "2025-12-31"),
        ("2025-40%", "2025-40%", "2024-07-01", "2025-12-31"),
        ("2024-03-01~", "2024-03-01~", "2024-02-29", "2024-03-02"),
        ("2026~/2027-06?", "2026~/2027-06?", "2025-01-01", "2027-06-30"),
        ("../2026-12~", "../2026-12~", None, "2027-01-31"),
        ("  2026-01-08\n", "2026-01-08", "2026-01-08", "2026-01-08"),
        ("1000~", "1000~", "1000-01-01", "1001-12-31"),
        ("9999-12-31~", "9999-12-31~", "9999-12-30", "9999-12-31"),
        ("9999-Q4%", "9999-36%", "9999-07-01", "9999-12-31"),
    ],
)
def test_a_date_is_read_to_its_spelling_and_its_days(text: str, edtf: str, first: str | None, last: str | None) -> None:
    assert When.parse(text) == When(edtf, date_or_none(first), date_or_none(last))


@given(printed)
def test_the_bounds_are_those_of_the_calendar(date: Printed) -> None:
    when = When.parse(date.text)
    assert (when.first, when.last) == (date.low, date.high)


@given(printed, printed)
def test_an_interval_runs_from_the_first_of_one_date_to_the_last_of_the_other(one: Printed, other: Printed) -> None:
    found = attempt(lambda: When.parse(f"{one.text}/{other.text}"))
    if one.first > other.last:
        assert isinstance(found, ParseProblem)
        assert found.rule == "date-backwards"
    else:
        assert isinstance(found, When)
        assert (found.first, found.last) == (one.low, other.high)


@given(printed, st.sampled_from(["{}", "../{}", "{}/.."]))
def test_the_stored_spelling_reads_back_as_itself(date: Printed, form: str) -> None:
    when = When.parse(form.format(date.text), "soon")
    assert When.parse(when.edtf, "soon") == when


@given(days, st.sampled_from(["day", "33", "40", "05", ""]))
def test_about_only_widens_and_uncertain_changes_no_bound(date: dt.date, part: str) -> None:
    text = date.isoformat() if part == "day" else period(date.year, part, "").text
    plain, doubted, about, both = (When.parse(text + mark) for mark in ("", "?", "~", "%"))
    assert doubted.same_days(plain)
    assert about.same_days(both)
    assert about.contains(plain)
    assert not plain.contains(about)


@pytest.mark.parametrize(
    ("text", "approximate", "uncertain", "is_day", "is_exact"),
    [
        ("2026-01-08", False, False, True, True),
        ("2026-01-08/2026-01-10", False, False, False, True),
        ("2026-01-08?", False, True, True, False),
        ("2026-01-08~", True, False, False, False),
        ("2026-01-08/2026-01-10?", False, True, False, False),
        ("2026-01%", True, True, False, False),
        ("2026-01", False, False, False, False),
        ("2025/2026~", True, False, False, False),
        ("../2026-12-31", False, False, False, False),
        ("2026-01-08/..", False, False, False, False),
        ("2026-01-08/2026-02", False, False, False, False),
    ],
)
def test_a_date_knows_how_sure_it_is(
    text: str, *, approximate: bool, uncertain: bool, is_day: bool, is_exact: bool
) -> None:
    when = When.parse(text)
    found = (when.approximate, when.uncertain, when.is_day, when.is_exact)
    assert found == (approximate, uncertain, is_day, is_exact)


# ---------------------------------------------------------------- When: relations and other spellings


some_days = st.none() | st.dates(dt.date(2025, 12, 20), dt.date(2026, 1, 20))


@given(st.tuples(some_days, some_days), st.tuples(some_days, some_days))
def test_overlaps_and_contains_are_those_of_sets_of_days(
    one: tuple[dt.date | None, dt.date | None], other: tuple[dt.date | None, dt.date | None]
) -> None:
    far_past, far_future = dt.date(2025, 11, 1), dt.date(2026, 3, 1)
    whens, sets = [], []
    for first, last in (one, other):
        begin, end = sorted((first, last)) if first and last else (first, last)
        whens.append(When("", begin, end))
        sets.append(set(dates_between(begin or far_past, end or far_future)))
    assert whens[0].overlaps(whens[1]) == bool(sets[0] & sets[1])
    assert whens[0].contains(whens[1]) == (sets[0] >= sets[1])


@pytest.mark.parametrize(
    ("first", "last", "edtf"),
    [
        ("2026-01-08", "2026-01-08", "2026-01-08"),
        ("2026-02-01", "2026-02-28", "2026-02"),
        ("2024-02-01", "2024-02-28", "2024-02-01/2024-02-28"),
        ("2025-07-01", "2025-09-30", "2025-35"),
        ("2025-08-01", "2025-10-31", "2025-08-01/2025-10-31"),
        ("2025-01-01", "2025-06-30", "2025-40"),
        ("2025-01-01", "2025-12-31", "2025"),
        ("2025-04-01", "2026-03-31", "2025-04-01/2026-03-31"),
        ("2026-01-01", "2030-12-31", "2026-01-01/2030-12-31"),
        ("9999-10-01", "9999-12-31", "9999-36"),
        (None, "2026-12-31", "../2026-12-31"),
        ("2026-04-01", None, "2026-04-01/.."),
    ],
)
def test_a_pair_of_days_gets_its_shortest_name(first: str | None, last: str | None, edtf: str) -> None:
    pair = (date_or_none(first), date_or_none(last))
    assert When.of_days(*pair) == When(edtf, *pair)


@given(days, days)
def test_any_pair_of_days_keeps_its_days(one: dt.date, other: dt.date) -> None:
    first, last = sorted((one, other))
    when = When.of_days(first, last)
    assert (when.first, when.last) == (first, last)


@given(printed)
def test_the_same_days_have_one_name_however_they_are_written(date: Printed) -> None:
    when = When.parse(date.text)
    assert When.of_days(when.first, when.last).same_days(when)
    assert len(When.of_days(when.first, when.last).edtf) <= len("2026-01-01/2026-12-31")


@pytest.mark.parametrize(
    ("first", "last", "rule"),
    [
        (None, None, "date-malformed"),
        (dt.date(2026, 1, 2), dt.date(2026, 1, 1), "date-backwards"),
        (dt.date(999, 1, 1), dt.date(999, 1, 1), "date-malformed"),
    ],
)
def test_a_pair_that_is_no_span_of_days_is_refused(first: dt.date | None, last: dt.date | None, rule: str) -> None:
    assert problem(lambda: When.of_days(first, last)).rule == rule


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("2026-01-08", "8 Jan 2026"),
        ("2026-01", "Jan 2026"),
        ("2025-Q3", "Q3 2025"),
        ("2025-H2", "H2 2025"),
        ("2026", "2026"),
        ("2026~", "about 2026"),
        ("2025-06-05?", "5 Jun 2025?"),
        ("2026-01%", "about Jan 2026?"),
        ("2026/2030", "2026–2030"),
        ("2026/2026", "2026"),
        ("2026-01-08/2026-01-10", "8–10 Jan 2026"),
        ("2026-01-28/2026-02-03", "28 Jan – 3 Feb 2026"),
        ("2025-12-30/2026-01-02", "30 Dec 2025 – 2 Jan 2026"),
        ("2026-01/2026-03", "Jan–Mar 2026"),
        ("2025-Q1/2025-Q3", "Q1–Q3 2025"),
        ("2026-01-08/2026", "8 Jan 2026 – 2026"),
        ("2026-01~/2026-01", "about Jan 2026 – Jan 2026"),
        ("../2026-12-31", "by 31 Dec 2026"),
        ("../2026", "by end of 2026"),
        ("../2026-12-31~", "by about 31 Dec 2026"),
        ("2026-04/..", "from Apr 2026"),
    ],
)
def test_a_label_is_short_english(text: str, label: str) -> None:
    assert When.parse(text).label() == label


@given(printed, st.sampled_from(["{}", "../{}", "{}/.."]))
def test_every_date_has_a_label_that_names_its_year(date: Printed, form: str) -> None:
    assert date.text[:4] in When.parse(form.format(date.text)).label()


@given(printed, st.text())
def test_a_date_is_stored_and_read_back_equal(date: Printed, wording: str) -> None:
    when = When.parse(date.text, wording.encode("utf-8", "ignore").decode())
    assert msgspec.json.decode(msgspec.json.encode(when), type=When) == when


def test_a_date_is_stored_as_text_and_bounds_and_the_sources_words() -> None:
    stored = b'{"edtf":"../2026-12","first":null,"last":"2026-12-31","wording":"by late 2026"}'
    assert msgspec.json.encode(When.parse("../2026-12", "by late 2026")) == stored


# ---------------------------------------------------------------- When: what is refused


@pytest.mark.parametrize(
    ("text", "rule", "at", "fix"),
    [
        ("Q3 2025", "date-malformed", "Q3 2025", "write 2025-Q3"),
        ("3Q2025", "date-malformed", "3Q2025", "write 2025-Q3"),
        ("2025q3", "date-malformed", "2025q3", "write 2025-Q3"),
        ("2025-h2", "date-malformed", "2025-h2", "write 2025-H2"),
        ("8 January 2026", "date-malformed", "8 January 2026", "write 2026-01-08"),
        ("Jan. 8th, 2026", "date-malformed", "Jan. 8th, 2026", "write 2026-01-08"),
        ("January 2026", "date-malformed", "January 2026", "write 2026-01"),
        ("2026/01/08", "date-malformed", "2026/01/08", "write 2026-01-08"),
        ("20260108", "date-malformed", "20260108", "write 2026-01-08"),
        ("2026-1-8", "date-malformed", "2026-1-8", "write 2026-01-08"),
        ("2026-01-08T09:46", "date-malformed", "2026-01-08T09:46", "write 2026-01-08"),
        ("2026/01", "date-malformed", "01", "write 2026-01"),
        ("2026–2030", "date-malformed", "2026–2030", "write 2026/2030"),
        ("2026-2030", "date-malformed", "2026-2030", "write 2026/2030"),
        ("from 2026 to 2030", "date-malformed", "from 2026 to 2030", "write 2026/2030"),
        ("2026/Q1 2027", "date-malformed", "Q1 2027", "write 2026/2027-Q1"),
        ("by the end of 2026", "date-malformed", "by the end of 2026", "write ../2026"),
        ("since April 2026", "date-malformed", "since April 2026", "write 2026-04/.."),
        ("about 2026-01", "date-malformed", "about 2026-01", "write 2026-01~"),
        ("2026/", "date-malformed", "", "write 2026/.."),
        ("../..", "date-malformed", "../..", "write a day 2026-01-08"),
        ("from 2026/2030", "date-malformed", "from 2026", "write a day 2026-01-08"),
        ("30 February 2026", "date-malformed", "30 February 2026", "write a day 2026-01-08"),
        ("2026/2027/2028", "date-malformed", "2026/2027/2028", "write a day 2026-01-08"),
        ("recently", "date-malformed", "recently", "keep other words as the wording"),
        ("", "date-malformed", "", "write a day 2026-01-08"),
        ("0999", "date-malformed", "0999", "write a day 2026-01-08"),
        ("٢٠٢٦", "date-malformed", "٢٠٢٦", "write a day 2026-01-08"),
        ("2026-\u0660\u0661", "date-malformed", "2026-\u0660\u0661", "write a day 2026-01-08"),
        ("2025-21", "date-malformed", "2025-21", "write its months"),
        ("2025-32", "date-malformed", "2025-32", "write its months"),
        ("spring 2025", "date-malformed", "spring 2025", "write its months"),
        ("2026-13", "date-impossible", "13", "month from 01 to 12"),
        ("2026-00", "date-impossible", "00", "month from 01 to 12"),
        ("2025-35-01", "date-impossible", "35", "month from 01 to 12"),
        ("2025-37", "date-impossible", "37", "month from 01 to 12"),
        ("2026-Q5", "date-impossible", "Q5", "Q1 to Q4"),
        ("2026-H3", "date-impossible", "H3", "H1 or H2"),
        (" 2026-02-30", "date-impossible", "30", "a day from 01 to 28"),
        ("2023/2024-02-30", "date-impossible", "30", "a day from 01 to 29"),
        ("2030/2026", "date-backwards", "2030/2026", "2026/2030"),
        ("2026-01-09/2026-01-08", "date-backwards", "2026-01-09/2026-01-08", "2026-01-08/2026-01-09"),
        ("2026-05/2026-04~", "date-backwards", "2026-05/2026-04~", "2026-04~/2026-05"),
    ],
)
def test_a_bad_date_is_refused_with_its_place_and_the_remedy(text: str, rule: str, at: str, fix: str) -> None:
    found = problem(lambda: When.parse(text))
    assert found.rule == rule
    assert text[found.start : found.end] == at
    assert fix in found.fix


@given(st.text(max_size=60) | near_misses)
@example("from 2026/2030")
@example("about 2026~")
def test_any_text_is_a_date_or_a_problem_inside_the_text(text: str) -> None:
    found = attempt(lambda: When.parse(text))
    if isinstance(found, ParseProblem):
        assert found.end is not None
        assert 0 <= found.start <= found.end <= len(text)
    else:
        assert When.parse(found.edtf) == found


@given(st.text(max_size=60) | near_misses)
def test_a_remedy_that_names_a_date_names_one_that_is_accepted(text: str) -> None:
    found = attempt(lambda: When.parse(text))
    if isinstance(found, ParseProblem) and (meant := re.fullmatch(r"write (\S+)", found.fix)):
        assert When.parse(meant[1]).edtf


# ---------------------------------------------------------------- Published


@pytest.mark.parametrize(
    ("text", "zone", "kept", "instant"),
    [
        ("2026-01-09T09:46:04+01:00", "", "2026-01-09T09:46:04+01:00", "2026-01-09T08:46:04+00:00"),
        ("2026-01-09T09:46:04+01:00", "Asia/Tokyo", "2026-01-09T09:46:04+01:00", "2026-01-09T08:46:04+00:00"),
        ("2026-01-09T09:46:04Z", "", "2026-01-09T09:46:04Z", "2026-01-09T09:46:04+00:00"),
        ("2026-01-09t09:46:04.25z", "", "2026-01-09T09:46:04.25Z", "2026-01-09T09:46:04.250000+00:00"),
        ("2026-01-09 09:46 -05:00", "", "2026-01-09T09:46:00-05:00", "2026-01-09T14:46:00+00:00"),
        ("2026-07-09T09:46", "Europe/Berlin", "2026-07-09T09:46:00+02:00", "2026-07-09T07:46:00+00:00"),
        ("2025-03-19", "Asia/Hong_Kong", "2025-03-19+08:00", "2025-03-19T16:00:00+00:00"),
        ("2025-03-19", "+08:00", "2025-03-19+08:00", "2025-03-19T16:00:00+00:00"),
        ("2025-10-26", "Europe/Berlin", "2025-10-26+01:00", "2025-10-26T23:00:00+00:00"),
        ("2025-07-30-04:00", "", "2025-07-30-04:00", "2025-07-31T04:00:00+00:00"),
        ("1900-06-01", "Asia/Shanghai", "1900-06-01+08:05", "1900-06-01T15:55:00+00:00"),
    ],
)
def test_a_publication_time_keeps_its_own_offset(text: str, zone: str, kept: str, instant: str) -> None:
    published = Published.parse(text, zone)
    assert published == Published(kept)
    assert published.instant.isoformat() == instant
    assert published.day.isoformat() == text[:10]
    assert published.is_date == (len(kept) < len("2026-01-09T09:46:04Z"))


@pytest.mark.parametrize(
    ("text", "zone", "rule", "fix"),
    [
        ("2025-03-19", "", "zone-missing", "2025-03-19+01:00"),
        ("2026-01-09T09:46:04", "", "zone-missing", "2026-01-09T09:46:04+01:00"),
        ("2026-01-09", "Europe/Xanadu", "zone-unknown", "IANA"),
        ("2026-01-09", "Europe", "zone-unknown", "IANA"),
        ("2026-01-09", "../etc/passwd", "zone-unknown", "IANA"),
        ("2026-01-09", "+15:00", "zone-unknown", "IANA"),
        ("2026-01-09T09:46:04+14:01", "", "zone-unknown", "-14:00 to +14:00"),
        ("2026-01-09T09:46:04-00:00", "Europe/Berlin", "zone-unknown", "the source's own offset"),
        ("2026-02-29Z", "", "date-impossible", "against the source"),
        ("2026-01-09T24:00:00Z", "", "date-impossible", "against the source"),
        ("9999-12-31T23:00:00-05:00", "", "date-impossible", "up to 9998"),
        ("2025-10-26T02:30", "Europe/Berlin", "time-ambiguous", "+02:00 or +01:00"),
        ("2025-03-30T02:30", "Europe/Berlin", "time-ambiguous", "+01:00 or +02:00"),
        ("9 January 2026", "Europe/Berlin", "time-malformed", "2026-01-09T09:46:04+01:00"),
        ("", "", "time-malformed", "2026-01-09T09:46:04+01:00"),
    ],
)
def test_a_publication_time_that_is_no_instant_is_refused(text: str, zone: str, rule: str, fix: str) -> None:
    found = problem(lambda: Published.parse(text, zone))
    assert found.rule == rule
    assert fix in found.fix


@given(
    local_times,
    st.sampled_from(["Europe/Berlin", "Asia/Hong_Kong", "America/New_York", "Asia/Kolkata", "Pacific/Chatham"]),
)
def test_a_local_time_takes_the_offset_that_its_zone_kept_then(local: dt.datetime, zone: str) -> None:
    both = {local.replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(dt.UTC) for fold in (0, 1)}
    if len(both) > 1:
        assert problem(lambda: Published.parse(local.isoformat(), zone)).rule == "time-ambiguous"
    else:
        published = Published.parse(local.isoformat(), zone)
        assert {published.instant} == both
        assert published.day == local.date()
        assert Published.parse(published.text) == published


def test_reports_are_ordered_by_instant_and_a_day_counts_from_its_end() -> None:
    in_order = [
        "2026-01-09T09:46:04+01:00",
        "2026-01-09T17:00:00+08:00",
        "2026-01-09T10:00:00Z",
        "2026-01-09+08:00",
        "2026-01-09T16:00:00Z",
        "2026-01-09+01:00",
        "2026-01-09-05:00",
    ]
    assert sorted(map(Published, reversed(in_order)), key=lambda item: item.sort_key) == [*map(Published, in_order)]


@given(st.text(max_size=60) | near_misses, st.text(max_size=20))
def test_any_text_is_a_publication_time_or_a_problem(text: str, zone: str) -> None:
    found = attempt(lambda: Published.parse(text, zone))
    if isinstance(found, ParseProblem):
        assert found.rule.startswith(("date-", "time-", "zone-"))
    else:
        assert Published.parse(found.text) == found


# ---------------------------------------------------------------- Moment


@pytest.mark.parametrize(
    ("text", "tz", "moment"),
    [
        ("2026-01-09", "", "2026-01-09"),
        (" 2026-01-09 ", "Asia/Tokyo", "2026-01-09"),
        ("30 June 2025", "", "2025-06-30"),
        ("June 30, 2025", "", "2025-06-30"),
        ("Mon 30 Jun 2025", "", "2025-06-30"),
        ("13/02/2025", "", "2025-02-13"),
        ("2026-01-09T09:46:04+01:00", "", "2026-01-09T08:46:04+00:00"),
        ("2026-01-09 09:46Z", "", "2026-01-09T09:46:00+00:00"),
        ("2026-01-09 09:46", "Europe/Berlin", "2026-01-09T08:46:00+00:00"),
        ("2026-01-09 00:00", "+08:00", "2026-01-08T16:00:00+00:00"),
        ("30 June 2025 10:30 +02:00", "Asia/Tokyo", "2025-06-30T08:30:00+00:00"),
        ("June 30, 2025 10:30 PM UTC", "", "2025-06-30T22:30:00+00:00"),
        ("30 June 2025 10:30", "Europe/Berlin", "2025-06-30T08:30:00+00:00"),
    ],
)
def test_a_moment_is_a_day_or_an_instant(text: str, tz: str, moment: str) -> None:
    found = parse_moment(text, tz)
    assert str(found) == moment
    assert (found.date is None) == (found.instant is not None) == ("T" in moment)


@pytest.mark.parametrize(
    ("text", "rule", "fix"),
    [
        ("01/02/2025", "time-ambiguous", "2025-01-02 or 2025-02-01"),
        ("June 2025", "time-incomplete", "day, month and a year"),
        ("30 June", "time-incomplete", "day, month and a year"),
        ("30 June 25", "time-incomplete", "a year of four digits"),
        ("30 June 825", "time-incomplete", "a year of four digits"),
        ("Friday June 2025", "time-incomplete", "day, month and a year"),
        ("Friday", "time-incomplete", "day, month and a year"),
        ("2025", "time-incomplete", "day, month and a year"),
        ("10:30", "time-incomplete", "day, month and a year"),
        ("30 June 2025 10am", "time-incomplete", "2025-06-30T09:00+01:00"),
        ("2026-01-09+08:00", "time-incomplete", "2026-01-09T09:00+08:00"),
        ("2026-01-09 09:46", "zone-missing", "2026-01-09T09:46:00+01:00"),
        ("30 June 2025 10:30", "zone-missing", "2025-06-30T10:30:00+01:00"),
        ("30 June 2025 10:30 CST", "zone-unknown", "write the offset"),
        ("2026-02-30", "date-impossible", "against the source"),
        ("30 June 2025 +01:00", "time-malformed", "2026-01-09"),
        ("June 9999999999999999999999", "time-malformed", "2026-01-09"),
        ("today", "time-malformed", "2026-01-09"),
        ("yesterday", "time-malformed", "2026-01-09"),
        ("", "time-malformed", "2026-01-09"),
    ],
)
def test_a_moment_with_a_part_missing_or_open_is_refused(text: str, rule: str, fix: str) -> None:
    found = problem(lambda: parse_moment(text))
    assert found.rule == rule
    assert fix in found.fix


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone of a process cannot be set here")
def test_a_moment_does_not_depend_on_the_zone_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "EST5EDT")
        time.tzset()
        found = problem(lambda: parse_moment("30 June 2025 10:30 EST"))
    time.tzset()
    assert found.rule == "zone-unknown"


@given(days)
def test_a_fully_written_date_is_that_day(date: dt.date) -> None:
    name = calendar.month_name[date.month]
    assert parse_moment(f"{date.day} {name} {date.year}").date == date
    assert parse_moment(f"{name} {date.day}, {date.year}").date == date


@given(days)
def test_a_date_in_slashes_is_refused_unless_one_reading_is_left(date: dt.date) -> None:
    text = f"{date.day:02}/{date.month:02}/{date.year}"
    if date.day > 12 or date.day == date.month:
        assert parse_moment(text).date == date
    else:
        assert problem(lambda: parse_moment(text)).rule == "time-ambiguous"


@given(st.text(max_size=60) | near_misses | st.text("0123456789 -/:.,+amptTZUCJunethgsdFri", max_size=60))
def test_any_text_is_a_moment_or_a_problem(text: str) -> None:
    found = attempt(lambda: parse_moment(text))
    if isinstance(found, ParseProblem):
        assert found.rule.startswith(("date-", "time-", "zone-"))
    else:
        assert parse_moment(str(found)) == found


@pytest.mark.parametrize(
    ("moment", "published", "admitted"),
    [
        ("2025-07-30", "2025-07-30-04:00", True),  # a US filing dated 30 July is known as of 30 July
        ("2025-07-30", "2025-07-30T23:59:00-04:00", True),  # 31 July already in London
        ("2025-07-29", "2025-07-30T00:00:00+08:00", False),  # 29 July still in London
        ("2026-01-09T08:46:04Z", "2026-01-09T09:46:04+01:00", True),
        ("2026-01-09T08:46:03Z", "2026-01-09T09:46:04+01:00", False),
        ("2025-03-19T15:59:59Z", "2025-03-19+08:00", False),  # a day counts from its end
        ("2025-03-19T16:00:00Z", "2025-03-19+08:00", True),
    ],
)
def test_a_report_is_known_by_its_own_day_or_its_instant(moment: str, published: str, *, admitted: bool) -> None:
    assert parse_moment(moment).admits(Published.parse(published)) is admitted


@given(days, local_times)
def test_a_moment_and_a_publication_time_are_stored_and_read_back_equal(date: dt.date, local: dt.datetime) -> None:
    instant = local.replace(tzinfo=dt.UTC)
    for value in (Moment(date=date), Moment(instant=instant), Published(instant.isoformat())):
        assert msgspec.json.decode(msgspec.json.encode(value), type=type(value)) == value


def test_dates_load_neither_dateutil_nor_the_zone_database() -> None:
    code = "import sys, timeline.dates; print(sorted({'dateutil', 'zoneinfo'} & set(sys.modules)))"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    run = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, env=environment)
    assert run.stdout == "[]\n"
