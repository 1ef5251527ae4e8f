"""Acceptance: which report stands, on what they disagree, and how many witnesses there are."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from tests.topics import build
from timeline.topics.buybacks import Executed

if TYPE_CHECKING:
    from timeline.event import Confirmed, Event
    from timeline.occurrence import Occurrence
    from timeline.record import Source


def bought(
    source: str,
    shares: str = "5 million",
    published: str = "2026-01-09T09:00:00+00:00",
    confirmed: Confirmed | None = None,
) -> Event:
    payload = Executed(shares=build.figure(shares), share_class="B", venue="XHKG")
    return build.event(payload, source=source, published=published, confirmed=confirmed)


def one(*events: Event, **sources: Source) -> Occurrence[Executed]:
    """The one occurrence that they amount to, in whatever order they come."""
    (expected,) = build.stream(*events, sources=sources).of(Executed)
    for order in build.orders(*events):
        assert build.stream(*order, sources=sources).of(Executed) == (expected,)
    return expected


RANKED = ["filing", "statement", "agency", "news", "unconfirmed"]


@pytest.mark.parametrize(("higher", "lower"), list(pairwise(RANKED)))
def test_the_higher_rank_of_source_is_accepted(higher: str, lower: str) -> None:
    found = one(
        bought("a", "5 million"),
        bought("b", "7,000,000"),
        a=build.source(higher),  # type: ignore[arg-type]  # one of the kinds
        b=build.source(lower),  # type: ignore[arg-type]  # likewise
    )
    assert (found.accepted.source, found.disputed, found.settled) == ("a", ("shares",), True)


@pytest.mark.parametrize("confirmed", ["unnamed", "no"])
def test_what_only_unnamed_people_confirm_weighs_as_the_unconfirmed(confirmed: Confirmed) -> None:
    found = one(bought("a", confirmed=confirmed), bought("b", "7,000,000"), a=build.source("filing"))
    assert found.accepted.source == "b"


def test_of_agreeing_reports_the_narrowest_is_accepted() -> None:
    found = one(bought("a", "5 million"), bought("b", "5,012,400"), bought("c", "about 5 million"))
    assert (found.accepted.source, found.disputed, found.settled) == ("b", (), True)
    assert len(found.reports) == 3


def test_a_report_whose_own_figures_agree_goes_before_one_whose_do_not() -> None:
    def paid(source: str, value: str) -> Event:
        payload = Executed(
            shares=build.figure("5,000,000"),
            value=build.figure(value),
            price=build.figure("HKD 38.04–38.16"),
            share_class="B",
            venue="XHKG",
        )
        return build.event(payload, source=source)

    found = one(paid("a", "HKD 19,060,000"), paid("b", "HKD 190.6 million"))
    assert (found.accepted.source, found.disputed) == ("b", ("value",))


def test_equals_of_two_publishers_that_disagree_leave_it_open() -> None:
    found = one(bought("a", "5,000,000"), bought("b", "7,000,000", published="2026-01-10T09:00:00+00:00"))
    assert (found.disputed, found.settled) == (("shares",), False)


def test_of_one_publishers_reports_that_disagree_the_latest_is_accepted() -> None:
    first, second = "2026-01-09T09:00:00+00:00", "2026-01-10T09:00:00+00:00"
    found = one(
        bought("a", "7,000,000", first),
        bought("b", "5 million", second),
        a=build.source(publisher="Acme News", published=first),
        b=build.source(publisher="Acme News", published=second),
    )
    assert (found.accepted.source, found.settled) == ("b", True)


def test_the_latest_is_told_by_the_publication_as_corrected() -> None:
    # The envelope of "a" says 11 January; its source was really published on the 9th.
    first, second = "2026-01-09T09:00:00+00:00", "2026-01-10T09:00:00+00:00"
    found = one(
        bought("a", "7,000,000", "2026-01-11T09:00:00+00:00"),
        bought("b", "5,000,000", second),
        a=build.source(publisher="Acme News", published=first),
        b=build.source(publisher="Acme News", published=second),
    )
    assert found.accepted.source == "b"


def test_a_source_that_derives_from_another_is_no_witness_of_its_own() -> None:
    reprint = build.source(derives_from="a")
    found = one(bought("a"), bought("b"), bought("c"), b=reprint, c=build.source(derives_from="b"))
    assert (len(found.sources), found.independent) == (3, 1)
    assert one(bought("a"), bought("b")).independent == 2


def test_two_reprints_of_a_source_that_is_not_recorded_are_one_witness() -> None:
    reprint = build.source(derives_from="wire")
    assert one(bought("a"), bought("b"), a=reprint, b=reprint).independent == 1


def test_sources_that_derive_from_each_other_are_one_witness() -> None:
    found = one(bought("a"), bought("b"), a=build.source(derives_from="b"), b=build.source(derives_from="a"))
    assert found.independent == 1
