"""The clocks: what was known to the public, and what was known to this database."""

from __future__ import annotations

import pytest

from tests.history import links
from tests.topics import build
from timeline.event import Envelope, Event
from timeline.history import Clock, stream
from timeline.occurrence import Unreadable
from timeline.publication import parse_moment
from timeline.record import SOURCE_KEY
from timeline.topics.buybacks import Executed
from timeline.topics.company import Renamed
from timeline.topics.results import TOPIC as RESULTS
from timeline.topics.results import Reported

PUBLISHED = "2026-01-09T09:46:04+01:00"
FACT = build.event(
    Executed(shares=build.figure("5,000,000 shares")),
    published=PUBLISHED,
    recorded="2026-02-01T00:00:00.000000Z",
    position=2,
)
SIX = Executed(shares=build.figure("6,000,000 shares"))


def known(*events: Event, as_of: str = "", as_recorded: str | int | None = None) -> list[str]:
    """The shares bought that a reading sees."""
    clock = Clock(
        as_of=parse_moment(as_of) if as_of else None,
        as_recorded=parse_moment(as_recorded) if isinstance(as_recorded, str) else as_recorded,
    )
    return [item.payload.shares.printed for item in build.stream(*events, clock=clock).of(Executed)]


@pytest.mark.parametrize(
    ("as_of", "seen"),
    [
        ("2026-01-08", False),
        ("2026-01-09", True),
        ("2026-01-09T09:46:03+01:00", False),
        ("2026-01-09T08:46:04Z", True),
    ],
)
def test_a_report_is_known_from_its_publication(as_of: str, seen: bool) -> None:  # noqa: FBT001 - a column of the table
    assert bool(known(FACT, as_of=as_of)) is seen


@pytest.mark.parametrize(
    ("as_of", "seen"),
    [("2026-01-09", True), ("2026-01-09T23:00:00+08:00", False), ("2026-01-10T00:00:00+08:00", True)],
)
def test_a_source_that_prints_only_a_day_counts_on_that_day_and_from_its_end(as_of: str, seen: bool) -> None:  # noqa: FBT001
    fact = build.event(FACT.payload, published="2026-01-09+08:00")
    assert bool(known(fact, as_of=as_of)) is seen


@pytest.mark.parametrize(
    ("as_recorded", "seen"), [(1, False), (2, True), ("2026-01-31", False), ("2026-02-01T00:00:00Z", True)]
)
def test_a_report_is_known_here_from_its_recording(as_recorded: str | int, seen: bool) -> None:  # noqa: FBT001
    assert [item.id for item in stream(build.COMPANY, [FACT], clock_of(as_recorded)).occurrences] == [FACT.id] * seen


def clock_of(as_recorded: str | int) -> Clock:
    return Clock(as_recorded=as_recorded if isinstance(as_recorded, int) else parse_moment(as_recorded))


OURS = links.corrected(FACT, SIX, "we erred")
THEIRS = links.corrected(FACT, SIX, "source erred", source="s2", published="2026-01-20T09:00:00+00:00")
UNDOCUMENTED = links.corrected(FACT, SIX, "source erred")


def test_a_correction_of_our_own_error_counts_from_the_originals_publication() -> None:
    assert known(FACT, OURS, as_of="2026-01-09") == ["6,000,000 shares"]
    assert known(FACT, OURS, as_of="2026-01-08") == []


def test_a_correction_by_a_source_counts_from_that_source() -> None:
    assert known(FACT, THEIRS, as_of="2026-01-19") == ["5,000,000 shares"]
    assert known(FACT, THEIRS, as_of="2026-01-20") == ["6,000,000 shares"]


def test_a_correction_without_a_document_counts_from_its_recording() -> None:
    assert known(FACT, UNDOCUMENTED, as_of="2026-02-28") == ["5,000,000 shares"]
    assert known(FACT, UNDOCUMENTED, as_of="2026-03-01") == ["6,000,000 shares"]


def test_our_own_error_in_a_correction_counts_with_that_correction() -> None:
    ours = links.corrected(THEIRS, Executed(shares=build.figure("7,000,000 shares")), "we erred")
    assert known(FACT, THEIRS, ours, as_of="2026-01-19") == ["5,000,000 shares"]
    assert known(FACT, THEIRS, ours, as_of="2026-01-20") == ["7,000,000 shares"]


def test_on_the_recorded_clock_our_error_stood_until_it_was_mended() -> None:
    events = [FACT, OURS]
    assert stream(build.COMPANY, events, clock_of("2026-02-28")).of(Executed)[0].payload != SIX
    assert stream(build.COMPANY, events, clock_of("2026-03-01")).of(Executed)[0].payload == SIX


def test_both_clocks_combine() -> None:
    early = Clock(as_of=parse_moment("2026-01-09"), as_recorded=parse_moment("2026-02-28"))
    assert stream(build.COMPANY, [FACT, OURS], early).of(Executed)[0].payload == FACT.payload


def test_a_corrected_publication_moves_what_its_source_reports() -> None:
    first = build.recorded("s1", build.source(published=PUBLISHED))
    mended = build.event(
        links.corrected(first, build.source(published="2026-01-05T09:00:00+00:00")).payload,
        company=None,
        target=first.id,
        key=first.id,
        source=None,
        published=None,
        occurred=None,
    )
    assert first.key == SOURCE_KEY
    clock = Clock(as_of=parse_moment("2026-01-06"))
    assert stream(build.COMPANY, [FACT, first], clock).occurrences == ()
    (occurrence,) = stream(build.COMPANY, [FACT, first, mended], clock).occurrences
    assert occurrence.accepted.published is not None
    assert occurrence.accepted.published.text == "2026-01-05T09:00:00+00:00"


def test_reference_data_does_not_obey_the_published_clock() -> None:
    name = build.event(Renamed(name="Acme Holdings"), occurred="2020-01-01", published=PUBLISHED)
    assert build.stream(name, clock=Clock(as_of=parse_moment("2024-01-01"))).of(Renamed) != ()


def unreadable(event: Event, kind: str) -> Unreadable:
    published = event.published.text if event.published else None
    envelope = Envelope(
        position=3,
        id="f" * 32,
        company=event.company,
        kind=kind,
        source=event.source,
        key="k",
        target=event.target,
        published=published,
        recorded=event.recorded,
        actor="test",
        commitment="",
    )
    return Unreadable(envelope, "newer than this program")


def test_an_event_that_cannot_be_read_stops_nothing_before_its_publication() -> None:
    events: list[Event | Unreadable] = [FACT, unreadable(FACT, "buyback.executed")]
    assert stream(build.COMPANY, events, Clock(as_of=parse_moment("2026-01-08"))).unreadable == ()
    assert len(stream(build.COMPANY, events, Clock(as_of=parse_moment("2026-01-09"))).unreadable) == 1


def test_a_link_that_cannot_be_read_stops_the_topic_of_the_fact_that_it_goes_back_to() -> None:
    second = unreadable(links.corrected(OURS, SIX), "event.corrected")
    assert [item.kind for item in stream(build.COMPANY, [FACT, OURS, second]).unreadable] == ["buyback.executed"]


def test_a_late_restatement_of_an_old_period_displaces_its_old_figure_and_no_newer_period() -> None:
    def revenue(value: str, period: str, source: str, published: str) -> Event:
        payload = Reported(metric="revenue", period=build.when(period), value=build.figure(value))
        return build.event(payload, source=source, occurred=period, published=published)

    filings = {
        name: build.source("filing", publisher="Acme", published=f"{day}T09:00:00+00:00")
        for name, day in (("first", "2025-03-01"), ("newer", "2026-03-01"), ("restated", "2026-04-01"))
    }
    events = (
        revenue("USD 1,000", "2024", "first", filings["first"].published),
        revenue("USD 1,500", "2025", "newer", filings["newer"].published),
        revenue("USD 900", "2024", "restated", filings["restated"].published),
    )
    rows = build.section(RESULTS, *events, sources=filings).tables["results"]
    assert [(row["period"], row["value"], row["disputed"]) for row in rows] == [
        ("2024", "900", "value"),
        ("2025", "1500", None),
    ]
    before = build.section(RESULTS, *events, sources=filings, clock=Clock(as_of=parse_moment("2026-03-31")))
    assert [row["value"] for row in before.tables["results"]] == ["1000", "1500"]
