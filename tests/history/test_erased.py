"""Erased events: seen when they were public, and folded alike whether or not their content is still there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import asdict

from tests.history import links
from tests.laws.memory import histories, some
from tests.topics import build
from timeline.catalog import catalog
from timeline.history import Clock, stream, visible
from timeline.publication import parse_moment
from timeline.topics.buybacks import Executed
from timeline.topics.company import Renamed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hypothesis.strategies import DrawFn

    from timeline.event import Event
    from timeline.occurrence import Unreadable

FACT = build.event(Executed(shares=build.figure("5 million")), published="2026-01-09T09:46:04+01:00")
CORRECTION = links.corrected(
    FACT, Executed(shares=build.figure("6 million")), "source erred", source="s2", published="2026-02-01T09:00:00+00:00"
)


def seen(day: str, *events: Event | Unreadable) -> set[str]:
    """Ids of the events that were public on a day."""
    return {event.id for event in visible(events, Clock(as_of=parse_moment(day)))}


@pytest.mark.parametrize(("day", "count"), [("2026-01-08", 0), ("2026-01-09", 1), ("2026-02-01", 2)])
def test_what_was_erased_is_seen_from_the_publication_that_its_envelope_tells(day: str, count: int) -> None:
    assert len(seen(day, links.bare(FACT), links.bare(CORRECTION))) == count


def test_our_own_error_about_what_was_erased_counts_from_what_it_speaks_of() -> None:
    about_fact, about_correction = links.retracted(FACT), links.retracted(CORRECTION)
    assert about_fact.id in seen("2026-01-09", links.bare(FACT), about_fact)
    told = (FACT, links.bare(CORRECTION), about_correction)
    assert [about_correction.id in seen(day, *told) for day in ("2026-01-31", "2026-02-01")] == [False, True]


def test_a_retraction_of_reference_data_is_not_hidden_behind_an_erased_correction() -> None:
    name = build.event(Renamed(name="Acme"), published="2026-01-09T09:46:04+01:00")
    correction = links.corrected(name, Renamed(name="Akme"))
    gone = links.retracted(correction, "source erred")
    everything = {name.id, correction.id, gone.id}
    assert seen("2020-01-01", name, links.bare(correction), gone) == everything
    assert seen("2020-01-01", links.bare(name), links.bare(correction), gone) == everything


@st.composite
def erased(draw: DrawFn) -> tuple[list[Event], set[str]]:
    """A history that ends in erasures, and the ids of what they name."""
    events = draw(histories())
    named = draw(st.lists(st.sampled_from(events), min_size=1, max_size=3, unique_by=lambda event: event.id))
    return [*events, *map(links.erased, named)], {event.id for event in named}


@some
@given(erased())
def test_what_was_erased_is_folded_alike_whether_or_not_its_content_is_still_there(
    drawn: tuple[list[Event], set[str]],
) -> None:
    events, named = drawn
    for company in sorted({event.company for event in events if event.company}):
        own = [event for event in events if event.company in (company, None)]
        assert told(company, [links.bare(event) if event.id in named else event for event in own]) == told(company, own)


def told(company: str, events: Iterable[Event | Unreadable]) -> dict[str, object]:
    """Every topic's section, as plain JSON."""
    found = stream(company, events)
    return {topic.name: msgspec.to_builtins(asdict(topic.section(found))) for topic in catalog().topics}
