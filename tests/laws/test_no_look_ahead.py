"""Law 5: what was known at a moment does not depend on what became known later, on either clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.laws import bases
from tests.laws.bases import few
from tests.laws.memory import events_of, fact_of, histories, sections, some
from tests.laws.worlds import REGISTER, File, loads, worlds
from timeline import Timeline
from timeline.history import Clock
from timeline.publication import parse_moment

if TYPE_CHECKING:
    from pathlib import Path

    from hypothesis.strategies import DrawFn

    from tests.laws.worlds import Loads
    from timeline.event import Event

SECOND = timedelta(seconds=1)


@st.composite
def asked(draw: DrawFn) -> tuple[list[Event], str]:
    """A history, and a moment at which it matters how something in it was published."""
    events = draw(histories())
    published = draw(st.sampled_from(sorted({event.published.text for event in events if event.published})))
    day, time = date.fromisoformat(published[:10]), instant(published)
    moments = [day, day - timedelta(days=1), time, time - SECOND, beginning(published), date(2026, 12, 31)]
    return events, draw(st.sampled_from(moments)).isoformat()


@some
@given(asked())
def test_as_of_a_moment_only_what_was_published_by_then_matters(asked: tuple[list[Event], str]) -> None:
    events, moment = asked
    assert sections(events, Clock(as_of=parse_moment(moment))) == sections(known(events, moment))


@some
@given(histories(), st.integers(1, 30))
def test_as_recorded_by_a_position_or_a_time_only_what_was_recorded_by_then_matters(
    events: list[Event], position: int
) -> None:
    then = sections(events[:position])
    time = parse_moment(events[min(position, len(events)) - 1].recorded)
    assert sections(events, Clock(as_recorded=position)) == then
    assert sections(events, Clock(as_recorded=time)) == then


@pytest.mark.parametrize(("moment", "independent"), [("2025-03-03", 2), ("2025-03-04", 1)])
def test_a_source_that_is_not_public_yet_does_not_tie_together_those_that_are(moment: str, independent: int) -> None:
    fact = {"key": "k", "company": "acme", "occurred": "2025", "kind": "result.reported", "metric": "m"}
    fact |= {"period": "2025", "value": "1", "first": "first m"}
    world = [
        File({**REGISTER.head, "id": name, "published": published, "derives_from": origin}, (fact,))
        for name, published, origin in (
            ("reprint", "2025-03-03", "translation"),
            ("translation", "2025-03-04", "original"),
            ("copy", "2025-03-03", "original"),
        )
    ]
    shown = sections(events_of(tuple(world)), Clock(as_of=parse_moment(moment)))
    assert [line["sources"] for line in shown["acme"]["results"]["headlines"]] == [independent]


@some
@given(asked(), st.integers(0, 30))
def test_both_clocks_combine(asked: tuple[list[Event], str], position: int) -> None:
    events, moment = asked
    both = Clock(as_of=parse_moment(moment), as_recorded=position)
    assert sections(events, both) == sections(known(events[:position], moment))


@few
@given(worlds().flatmap(loads))
def test_each_state_of_the_past_can_be_asked_for_later(registered: Path, batches: Loads) -> None:
    past = []
    with bases.copied(registered) as path:
        for batch in batches:
            position = bases.load(path, batch).position
            (*_, last) = Timeline.open(path).events().rows
            past.append((position, last["recorded"], bases.pages(path), Timeline.open(path).sources().rows))
        for position, time, pages, sources in past:
            for moment in (str(position), time):
                assert bases.pages(path, as_recorded=moment) == pages
                assert Timeline.open(path).sources(as_recorded=moment).rows == sources


def known(events: list[Event], moment: str) -> list[Event]:
    """What was public of companies; a source is known as soon as something that it reports is."""
    return [event for event in events if not event.company or public(event, moment, events)]


REFERENCE = {"company.registered", "company.renamed", "company.identified"}


def public(event: Event, moment: str, events: list[Event]) -> bool:
    """Whether an event was public, worked out from the texts alone.

    Reference data obeys its own validity, and so does what is said of it later. What mends an error of ours counts from
    what it mends; what has no source, from its recording.
    """
    spoken_of = next((other for other in events if other.id == event.target), None)
    if event.kind in REFERENCE or (spoken_of and fact_of(event, events).kind in REFERENCE):
        return True
    if spoken_of and getattr(event.payload, "reason", "") == "we erred":
        return public(spoken_of, moment, events)
    return comes_by(event.published.text if event.published else event.recorded, moment)


def comes_by(published: str, moment: str) -> bool:
    if len(moment) == 10:
        return published[:10] <= moment
    return instant(published) <= datetime.fromisoformat(moment)


def instant(published: str) -> datetime:
    """A day without a time counts from its end, where it was printed."""
    return beginning(published) + timedelta(days="T" not in published)


def beginning(published: str) -> datetime:
    """The time itself, or the first of a day, where it was printed."""
    text = published if "T" in published else f"{published[:10]}T00:00:00{published[10:]}"
    return datetime.fromisoformat(text).astimezone(UTC)
