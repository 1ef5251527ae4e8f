"""Acceptance: which report stands, on what they disagree, and how many witnesses there are."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

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
    assert found.why == f"highest rank: {higher}"


@pytest.mark.parametrize("confirmed", ["unnamed", "no"])
def test_what_only_unnamed_people_confirm_weighs_as_the_unconfirmed(confirmed: Confirmed) -> None:
    found = one(bought("a", confirmed=confirmed), bought("b", "7,000,000"), a=build.source("filing"))
    assert (found.accepted.source, found.why) == ("b", "highest rank: news")


def test_a_single_report_needs_no_reason() -> None:
    assert one(bought("a")).why == ""


def test_of_agreeing_reports_the_narrowest_is_accepted() -> None:
    found = one(bought("a", "5 million"), bought("b", "5,012,400"), bought("c", "about 5 million"))
    assert (found.accepted.source, found.disputed, found.settled) == ("b", (), True)
    assert (len(found.reports), found.why) == (3, "narrowest")


def test_reports_that_say_the_same_are_equal() -> None:
    assert one(bought("a"), bought("b")).why == "equal to the others"


def test_the_reason_is_given_against_the_report_that_disagrees() -> None:
    found = one(
        bought("a", "about 5 million"),
        bought("b", "5,012,400"),
        bought("c", "7,000,000"),
        a=build.source("filing"),
        b=build.source("filing"),
    )
    assert (found.accepted.source, found.why) == ("b", "highest rank: filing")


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
    assert (found.settled, found.why) == (True, "its own figures agree")


def test_equals_of_two_publishers_that_disagree_leave_it_open() -> None:
    found = one(bought("a", "5,000,000"), bought("b", "7,000,000", published="2026-01-10T09:00:00+00:00"))
    assert (found.disputed, found.settled) == (("shares",), False)
    assert (found.why, found.superseded) == ("undecided: first among equals", ())


FIRST, SECOND, THIRD = (f"2026-01-{day}T09:00:00+00:00" for day in ("09", "10", "11"))


def acme_news(published: str) -> Source:
    return build.source(publisher="Acme News", published=published)


def test_a_publishers_later_figure_supersedes_its_earlier_one_which_stays_among_the_reports() -> None:
    found = one(
        bought("a", "7,000,000", FIRST), bought("b", "5 million", SECOND), a=acme_news(FIRST), b=acme_news(SECOND)
    )
    assert (found.accepted.source, found.settled, found.why) == ("b", True, "latest of one publisher")
    assert [report.source for report in found.reports] == ["b", "a"]
    assert (found.superseded, found.disputed) == ((found.reports[1].id,), ("shares",))


def test_a_figure_that_its_publisher_revised_is_no_rival_of_another_publishers() -> None:
    found = one(
        bought("a", "7,000,000", FIRST),
        bought("b", "5 million", SECOND),
        bought("c", "5,012,400", FIRST),
        a=acme_news(FIRST),
        b=acme_news(SECOND),
    )
    assert (found.accepted.source, found.settled, found.why) == ("c", True, "latest of one publisher")


def test_a_publisher_that_returns_to_its_first_figure_has_revised_it_twice() -> None:
    found = one(
        *(
            bought(name, shares, day)
            for name, shares, day in (("a", "7,000,000", FIRST), ("b", "5,000,000", SECOND), ("c", "7,000,000", THIRD))
        ),
        a=acme_news(FIRST),
        b=acme_news(SECOND),
        c=acme_news(THIRD),
    )
    assert (found.accepted.source, found.settled) == ("c", True)
    assert {report.source for report in found.reports if report.id in found.superseded} == {"a", "b"}


def test_a_later_report_that_only_repeats_supersedes_nothing() -> None:
    found = one(
        bought("a", "5,012,400", FIRST), bought("b", "5 million", SECOND), a=acme_news(FIRST), b=acme_news(SECOND)
    )
    assert (found.accepted.source, found.superseded) == ("a", ())


def test_two_figures_that_one_publisher_printed_at_once_stay_open() -> None:
    found = one(
        bought("a", "7,000,000", FIRST), bought("b", "5,000,000", FIRST), a=acme_news(FIRST), b=acme_news(FIRST)
    )
    assert (found.settled, found.superseded) == (False, ())


def test_a_later_statement_does_not_supersede_the_same_publishers_filing() -> None:
    found = one(
        bought("a", "7,000,000", FIRST),
        bought("b", "5,000,000", SECOND),
        a=build.source("filing", publisher="Acme", published=FIRST),
        b=build.source("statement", publisher="Acme", published=SECOND),
    )
    assert (found.accepted.source, found.superseded, found.why) == ("a", (), "highest rank: filing")


@pytest.mark.parametrize(("publisher", "superseded"), [(None, 1), ("Acme News", 1), ("Other News", 0)])
def test_a_source_that_derives_from_one_of_a_publisher_revises_it_unless_another_one_prints_it(
    publisher: str | None, superseded: int
) -> None:
    found = one(
        bought("a", "7,000,000", FIRST),
        bought("b", "5,000,000", SECOND),
        a=acme_news(FIRST),
        b=build.source(publisher=publisher, derives_from="a", published=SECOND),
    )
    assert (found.settled, len(found.superseded)) == (bool(superseded), superseded)


def test_the_latest_is_told_by_the_publication_as_corrected() -> None:
    # The envelope of "a" says 11 January; its source was really published on the 9th.
    found = one(
        bought("a", "7,000,000", THIRD), bought("b", "5,000,000", SECOND), a=acme_news(FIRST), b=acme_news(SECOND)
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


def test_several_filings_of_one_publisher_are_one_witness() -> None:
    acme, other = build.source(publisher="Acme Inc."), build.source(publisher="Wile E. Coyote")
    again = build.source(publisher="ACME Inc.")
    assert one(bought("a"), bought("b"), a=acme, b=again).independent == 1
    assert one(bought("a"), bought("b"), bought("c"), a=acme, b=again, c=other).independent == 2


def test_a_reprint_speaks_with_the_voice_of_the_publisher_that_it_goes_back_to() -> None:
    acme, reprint = build.source(publisher="Acme Inc."), build.source(publisher="Wire", derives_from="a")
    wire = build.source(publisher="Wire")
    assert one(bought("a"), bought("b"), bought("c"), a=acme, b=reprint, c=wire).independent == 2


def test_sources_without_a_publisher_are_a_witness_each() -> None:
    assert one(bought("a"), bought("b")).independent == 2


def test_sources_that_derive_from_each_other_are_one_witness() -> None:
    found = one(bought("a"), bought("b"), a=build.source(derives_from="b"), b=build.source(derives_from="a"))
    assert found.independent == 1


def test_a_payload_in_todays_shares_is_told_as_soon_as_it_is_given() -> None:
    plain = one(bought("a"))
    assert plain.adjusted is plain.payload
    restated = bought("a", "10 million").payload
    assert replace(plain, restated={plain.id: restated}).adjusted is restated
