"""Chains: what stands after corrections, retractions and reinstatements, whatever order they arrive in."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

import msgspec
import pytest

from tests.history import links
from tests.topics import build
from timeline.history.chains import standings
from timeline.record import Corrected
from timeline.topics.buybacks import TOPIC, Executed

if TYPE_CHECKING:
    from timeline.event import Event
    from timeline.occurrence import Unreadable

FACT = build.event(Executed(shares=build.figure("5,000,000 shares")))
SIX, SEVEN = (Executed(shares=build.figure(printed)) for printed in ("6,000,000 shares", "7,000,000 shares"))
TO_SIX = links.corrected(FACT, SIX)
GONE = links.retracted(FACT)
BACK = links.reinstated(GONE)


def stands(*events: Event | Unreadable) -> str | None:
    """The shares that stand of the fact; None where it does not hold."""
    results = set()
    for order in permutations(events):
        found, broken = standings(order)
        (standing,) = found
        assert broken == ()
        assert isinstance(standing.event.payload, Executed)
        results.add(standing.event.payload.shares.printed if standing.holds else None)
    (result,) = results
    return result


def test_a_correction_stands_in_the_place_of_the_fact() -> None:
    assert stands(FACT, TO_SIX) == "6,000,000 shares"


def test_the_last_of_a_line_of_corrections_stands() -> None:
    assert stands(FACT, TO_SIX, links.corrected(TO_SIX, SEVEN)) == "7,000,000 shares"


def test_retracted_reinstated_and_retracted_again() -> None:
    assert stands(FACT, GONE) is None
    assert stands(FACT, GONE, BACK) == "5,000,000 shares"
    assert stands(FACT, GONE, BACK, links.retracted(BACK)) is None


def test_a_retracted_correction_leaves_what_stood_before_it() -> None:
    undone = links.retracted(TO_SIX, scope="correction")
    assert stands(FACT, TO_SIX, undone) == "5,000,000 shares"
    assert stands(FACT, TO_SIX, undone, links.reinstated(undone)) == "6,000,000 shares"
    assert stands(FACT, TO_SIX, undone, links.corrected(undone, SEVEN)) == "7,000,000 shares"


def test_the_second_of_two_corrections_is_retracted_alone() -> None:
    to_seven = links.corrected(TO_SIX, SEVEN)
    assert stands(FACT, TO_SIX, to_seven, links.retracted(to_seven, scope="correction")) == "6,000,000 shares"


def test_a_fact_corrected_while_retracted_comes_back_corrected() -> None:
    mended = links.corrected(GONE, SIX)
    assert stands(FACT, GONE, mended) is None
    assert stands(FACT, GONE, mended, links.reinstated(mended)) == "6,000,000 shares"


def test_what_was_erased_is_not_reinstated() -> None:
    erased = links.erased(FACT)
    assert stands(FACT, erased) is None
    assert stands(FACT, erased, links.reinstated(erased)) is None


def test_what_was_erased_does_not_hold_whatever_else_speaks_of_it() -> None:
    erased = links.erased(FACT)
    assert stands(FACT, TO_SIX, erased) is None
    assert stands(FACT, TO_SIX, erased, links.corrected(TO_SIX, SEVEN)) is None


def without(link: Event, *others: Event) -> str | None:
    """What stands once a link was erased, whether or not its content is still there."""
    erased = links.erased(link)
    told = stands(FACT, link, erased, *others)
    assert stands(FACT, links.bare(link), erased, *others) == told
    return told


def test_a_correction_that_was_erased_says_nothing_any_more() -> None:
    assert without(TO_SIX) == "5,000,000 shares"


def test_what_comes_after_an_erased_correction_still_counts() -> None:
    assert without(TO_SIX, links.corrected(TO_SIX, SEVEN)) == "7,000,000 shares"
    assert without(TO_SIX, links.retracted(TO_SIX)) is None


def test_an_erased_correction_that_is_retracted_leaves_the_correction_before_it() -> None:
    to_seven = links.corrected(TO_SIX, SEVEN)
    undone = links.retracted(to_seven, scope="correction")
    assert without(to_seven, TO_SIX) == "6,000,000 shares"
    assert without(to_seven, TO_SIX, undone) == "6,000,000 shares"
    assert without(to_seven, TO_SIX, undone, links.retracted(undone, scope="correction")) == "5,000,000 shares"


def test_an_erased_retraction_takes_back_the_whole_fact_whatever_its_scope_was() -> None:
    assert without(GONE) is None
    assert without(links.retracted(TO_SIX, scope="correction"), TO_SIX) is None
    assert without(GONE, BACK) == "5,000,000 shares"


def test_an_erased_reinstatement_still_brings_back() -> None:
    assert without(BACK, GONE) == "5,000,000 shares"


def test_an_erased_link_gives_way_to_another_one_of_the_same_event_and_is_no_fork() -> None:
    late = links.corrected(FACT, SIX, "source erred", source="s2", published="2026-01-11T09:00:00+00:00")
    early = links.corrected(FACT, SEVEN)
    assert without(late, early) == "7,000,000 shares"
    (standing,), _ = standings([FACT, links.bare(late), early])
    assert standing.forks == ()


def test_what_is_said_since_is_not_known_until_something_else_is_said() -> None:
    def untold(*events: Event | Unreadable) -> bool:
        return next(standings(events)[0]).untold

    gone = links.bare(TO_SIX)
    assert untold(FACT, gone)
    assert not untold(FACT, gone, links.corrected(TO_SIX, SEVEN))
    assert not untold(FACT, gone, links.retracted(TO_SIX, scope="correction"))


def test_a_link_whose_target_is_unknown_is_inert_until_it_arrives() -> None:
    assert stands(FACT, links.corrected(TO_SIX, SEVEN)) == "5,000,000 shares"


def test_of_two_corrections_of_one_head_the_one_published_last_is_followed_and_the_other_told() -> None:
    early = links.corrected(FACT, SIX, "source erred", source="s2", published="2026-01-10T09:00:00+00:00")
    late = links.corrected(FACT, SEVEN, "source erred", source="s3", published="2026-01-11T09:00:00+00:00")
    assert stands(FACT, early, late) == "7,000,000 shares"
    (standing,), _ = standings([FACT, early, late])
    assert standing.forks == (early.id,)
    assert standing.event.head == late.id


def test_the_chain_names_its_links_from_first_to_last() -> None:
    (standing,), _ = standings([BACK, GONE, FACT])
    assert standing.event.chain == (GONE.id, BACK.id)
    assert standing.event.id == FACT.id


def broken(head: Event) -> Event:
    return links.link(Corrected(reason="we erred", replacement=msgspec.Raw(b'{"v":9,"payload":{}}')), head)


def test_a_correction_that_cannot_be_read_stops_the_topic_of_its_fact() -> None:
    section = build.section(TOPIC, FACT, broken(FACT))
    assert "buyback.executed" in section.problem
    assert section.tables == {}


def test_a_correction_that_cannot_be_read_stops_nothing_once_it_is_retracted() -> None:
    unread = broken(FACT)
    assert stands(FACT, unread, links.retracted(unread, scope="correction")) == "5,000,000 shares"


@pytest.mark.parametrize("events", [(FACT, GONE), (FACT, TO_SIX, links.retracted(TO_SIX))])
def test_a_retracted_fact_is_in_no_section(events: tuple[Event, ...]) -> None:
    assert build.section(TOPIC, *events).empty
