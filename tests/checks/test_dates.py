"""Dates: reports before what they report, results before their time, promises without an outcome."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.checks import facts
from tests.topics import build
from timeline.catalog import catalog
from timeline.checks.dates import dates, overdue
from timeline.section import Promise, Section
from timeline.topics.company.payloads import Registered
from timeline.topics.investments import Made
from timeline.topics.products.payloads import Staged
from timeline.topics.results import Reported

if TYPE_CHECKING:
    from timeline.event import Event
    from timeline.section import Finding


def launched(occurred: str, published: str) -> Event:
    return build.event(Staged(product="SU7", stage="launch", certainty="done"), occurred=occurred, published=published)


def found(*events: Event) -> list[Finding]:
    stream = facts.stream(*events)
    return facts.found(dates(stream, facts.claims(stream), facts.TOPICS))


@pytest.mark.parametrize(
    ("occurred", "published", "early"),
    [
        ("2026-01-08", "2026-01-09T09:46:04+01:00", False),
        ("2026-01-10", "2026-01-09T09:46:04+01:00", True),  # 22:46 on the 9th where the day begins first
        ("2026-01-10", "2026-01-09T12:00:00+01:00", False),  # 01:00 on the 10th there
        ("2026-01-10", "2026-01-09+08:00", False),  # to the end of that day
        ("2026-01-11", "2026-01-09+08:00", True),
        ("2026-02", "2026-01-09T09:46:04+01:00", True),
        ("2026-01", "2026-01-09T09:46:04+01:00", False),
        ("2026-02~", "2026-01-09T09:46:04+01:00", False),
        ("../2027-01-01", "2026-01-09T09:46:04+01:00", False),
    ],
)
def test_what_is_reported_as_done_was_done_by_the_publication(occurred: str, published: str, early: bool) -> None:  # noqa: FBT001
    assert [one.rule for one in found(launched(occurred, published))] == ["published-before"] * early


def test_a_report_before_what_it_reports_is_an_error_with_its_source() -> None:
    (finding,) = found(launched("2026-03-01", "2026-01-09T09:46:04+01:00"))
    assert (finding.severity, finding.topic, finding.sources) == ("error", "products", ("s1",))
    assert finding.what == (
        "product.staged (product SU7, stage launch, certainty done) of 1 Mar 2026, in a report published 2026-01-09"
    )


def test_every_report_of_an_occurrence_is_looked_at() -> None:
    payload = Staged(product="SU7", stage="launch", certainty="done")
    sound = build.event(payload, occurred="2026-01-08", source="s1")
    early = build.event(payload, occurred="2026-01-08", source="s2", published="2025-12-01T09:00:00+00:00")
    assert [one.sources for one in found(sound, early)] == [("s2",)]


def test_reference_data_may_be_of_later() -> None:
    assert found(build.event(Registered(name="Acme"), occurred="2027-01-01")) == []


@pytest.mark.parametrize(
    ("payload", "early"),
    [
        (Reported(metric="revenue", period=build.when("2026"), value=build.figure("CNY 1 million")), True),
        (Reported(metric="revenue", period=build.when("2025"), value=build.figure("CNY 1 million")), False),
        (Reported(metric="revenue", period=build.when("2026"), value=build.figure("over CNY 1 million")), False),
        (Reported(metric="revenue", period=build.when("2026"), change=build.figure("4 %"), preliminary=True), False),
        (Reported(metric="revenue", period=build.when("2026"), change=build.figure("4 %"), cumulative=True), False),
        (Reported(metric="profit", period=build.when("2026-Q1"), first="first profit"), False),
        (Made(purpose="R&D", period=build.when("2021/2026"), amount=build.figure("CNY 105 billion")), True),
        (Made(purpose="R&D", period=build.when("2021/2025"), amount=build.figure("CNY 105 billion")), False),
    ],
)
def test_what_came_of_a_period_is_known_once_it_is_over(payload: Reported | Made, early: bool) -> None:  # noqa: FBT001
    assert [one.rule for one in found(build.event(payload, occurred="2026-01-08"))] == ["result-early"] * early


def promised(last: str | None, *, lapses: bool = False) -> Section:
    promise = Promise(what="SU7 launch", due="2026-04", first="2026-04-01", last=last, event="e1", lapses=lapses)
    return Section(topic="products", promises=(promise,))


def test_a_promise_whose_window_is_over_is_found_from_the_day_after() -> None:
    assert facts.names(overdue([promised("2026-04-30")], "2026-04-30")) == ["(promise-overdue)"]
    (finding,) = facts.found(overdue([promised("2026-04-30")], "2026-05-01"))
    assert (finding.severity, finding.topic, finding.events) == ("warning", "products", ("e1",))
    assert finding.what == "SU7 launch: due Apr 2026, and no report says what came of it"


def test_what_lapses_or_has_no_end_is_never_overdue() -> None:
    assert facts.names(overdue([promised("2026-04-30", lapses=True)], "2027-01-01")) == []
    assert facts.names(overdue([promised(None)], "2027-01-01")) == ["(promise-overdue)"]


def test_the_shipped_facts_were_published_after_what_they_report() -> None:
    verdicts = [v for stream in facts.shipped() for v in dates(stream, facts.claims(stream), facts.TOPICS)]
    assert len(verdicts) > 40
    assert facts.found(verdicts) == []


def test_of_the_shipped_promises_the_suv_alone_is_overdue_on_the_day_of_the_article() -> None:
    sections = [topic.section(stream) for stream in facts.shipped() for topic in catalog().topics]
    assert [one.what for one in facts.found(overdue(sections, "2026-01-09"))] == [
        "SUV model launch: due Jun–Aug 2025, and no report says what came of it"
    ]


@settings(max_examples=50)
@given(
    moment=st.datetimes(dt.datetime(2020, 1, 1), dt.datetime(2030, 1, 1)),  # noqa: DTZ001 - the zone is drawn
    here=st.integers(-11, 14),
    there=st.integers(-11, 14),
)
def test_what_was_done_before_the_report_never_alarms_whatever_the_clocks(
    moment: dt.datetime, here: int, there: int
) -> None:
    published = moment.replace(microsecond=0, tzinfo=dt.timezone(dt.timedelta(hours=here)))
    day = published.astimezone(dt.timezone(dt.timedelta(hours=there))).date()
    assert found(launched(day.isoformat(), published.isoformat())) == []
    later = published.date() + dt.timedelta(days=3)
    assert [one.rule for one in found(launched(later.isoformat(), published.isoformat()))] == ["published-before"]


def test_what_a_correction_says_was_not_published_with_the_original() -> None:
    payload = Staged(product="SU7", stage="launch", certainty="done")
    event = build.event(payload, occurred="2026-03-01")
    assert [one.rule for one in found(event)] == ["published-before"]
    stream = facts.stream(event)
    (item,) = stream.of(Staged)
    corrected = replace(item.accepted, chain=("c1",))
    stream = replace(stream, occurrences=(replace(item, accepted=corrected, reports=(corrected,)),))
    assert facts.names(dates(stream, (), facts.TOPICS)) == []
