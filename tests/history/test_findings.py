"""What every topic finds in its stream: reports that disagree, and corrections that fork."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.history import links
from tests.topics import build
from timeline.catalog import catalog
from timeline.topics import buybacks, results, targets
from timeline.topics.buybacks import Executed
from timeline.topics.results import Reported

if TYPE_CHECKING:
    from typing import Any

    from timeline.event import Event
    from timeline.record import Source
    from timeline.section import Finding
    from timeline.topic import Topic


def delivered(source: str, value: str) -> Event:
    payload = Reported(metric="EV deliveries", period=build.when("2025"), value=build.figure(value))
    return build.event(payload, source=source)


def told(topic: Topic[Any], *events: Event, **sources: Source) -> tuple[Finding, ...]:
    """What the topic finds, in whatever order the events come."""
    found = build.section(topic, *events, sources=sources).findings
    for order in build.orders(*events):
        assert build.section(topic, *order, sources=sources).findings == found
    return found


def test_reports_that_disagree_are_told_with_what_each_prints_and_which_stands() -> None:
    reports = delivered("post", "410,000"), delivered("wire", "390,000"), delivered("times", "390,000")
    (finding,) = told(results.TOPIC, *reports, post=build.source("filing"))
    assert (finding.rule, finding.severity, finding.topic) == ("reports-disagree", "note", "results")
    assert finding.what == (
        "result.reported, 8 Jan 2026 (EV deliveries 2025-01-01 2025-12-31): "
        "value 410,000 (post), 390,000 (times, wire); post stands, highest rank: filing"
    )
    assert set(finding.events) == {report.id for report in reports}
    assert set(finding.sources) == {"post", "wire", "times"}


def test_a_disagreement_that_nothing_decides_is_a_warning() -> None:
    (finding,) = told(results.TOPIC, delivered("post", "410,000"), delivered("wire", "390,000"))
    assert finding.severity == "warning"
    assert finding.what.endswith("stands, undecided: first among equals")


def test_reports_that_agree_are_no_finding() -> None:
    assert told(results.TOPIC, delivered("post", "410,000"), delivered("wire", "over 400,000")) == ()


def test_only_the_topic_that_owns_a_kind_tells_of_its_disagreements() -> None:
    events = delivered("post", "410,000"), delivered("wire", "390,000")
    assert Reported in targets.TOPIC.uses
    finding = [topic.name for topic in catalog().topics if build.section(topic, *events).findings]
    assert finding == ["results"]


FACT = build.event(Executed(shares=build.figure("5,000,000 shares")))
EARLY, LATE = (
    links.corrected(FACT, Executed(shares=build.figure(shares)), "source erred", source=source, published=published)
    for shares, source, published in (
        ("6,000,000 shares", "s2", "2026-01-10T09:00:00+00:00"),
        ("7,000,000 shares", "s3", "2026-01-11T09:00:00+00:00"),
    )
)


def test_two_corrections_of_one_state_are_a_finding_of_the_facts_topic() -> None:
    (finding,) = told(buybacks.TOPIC, FACT, EARLY, LATE)
    assert (finding.rule, finding.severity) == ("correction-fork", "warning")
    assert finding.events == (FACT.id, EARLY.id)
    assert told(results.TOPIC, FACT, EARLY, LATE) == ()


def test_a_line_of_corrections_is_no_fork() -> None:
    assert told(buybacks.TOPIC, FACT, EARLY, links.corrected(EARLY, FACT.payload)) == ()


def test_a_fork_is_told_of_a_fact_that_no_longer_holds() -> None:
    gone = links.retracted(FACT, "source erred", source="s3", published="2026-01-11T09:00:00+00:00")
    section = build.section(buybacks.TOPIC, FACT, EARLY, gone)
    assert section.tables == {}
    assert [finding.events for finding in section.findings] == [(FACT.id, EARLY.id)]
