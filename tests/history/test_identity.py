"""Identity: which reports come together, which stand apart, and that the order of arrival has no say in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from tests.topics import build
from timeline.history.identity import groups
from timeline.topics.buybacks import Executed
from timeline.topics.results import Reported

if TYPE_CHECKING:
    from collections.abc import Iterable

    from timeline.event import Event


def bought(
    source: str,
    occurred: str = "2026-01-08",
    shares: str = "5 million",
    share_class: str | None = None,
    venue: str | None = None,
    key: str = "",
) -> Event:
    payload = Executed(shares=build.figure(shares), share_class=share_class, venue=venue)
    return build.event(payload, source=source, occurred=occurred, key=key)


def told(reports: Iterable[Event]) -> set[tuple[str, int | None]]:
    """Each group as the sources in it, with what it fits."""
    return {
        (" ".join(sorted(report.source or "" for report in group.reports)), group.fits) for group in groups(reports)
    }


def test_equal_and_complete_identities_are_one_whatever_the_figures() -> None:
    assert told(
        [bought("s1", share_class="B", venue="XHKG"), bought("s2", "2026-01-08", "6 million", "B", "XHKG")]
    ) == {("s1 s2", None)}


def test_a_part_left_unsaid_joins_the_only_one_that_states_it() -> None:
    assert told([bought("s1"), bought("s2", share_class="B", venue="XHKG")]) == {("s1 s2", None)}


def test_a_part_left_unsaid_that_fits_two_stands_apart_unless_its_figures_tell() -> None:
    two = [bought("s1", share_class="A"), bought("s2", shares="7 million", share_class="B")]
    assert told([*two, bought("s3", shares="7 million")]) == {("s1", None), ("s2 s3", None)}
    assert told([two[0], bought("s2", share_class="B"), bought("s3")]) == {("s1", None), ("s2", None), ("s3", 2)}
    assert told([*two, bought("s3", shares="9 million")]) == {("s1", None), ("s2", None), ("s3", 0)}


def test_two_reports_that_complete_each_other_are_one() -> None:
    assert told([bought("s1", share_class="B"), bought("s2", venue="XHKG")]) == {("s1 s2", None)}


def test_two_that_complete_a_third_and_contradict_each_other_do_not_meet_in_it() -> None:
    found = told([bought("s1", venue="XHKG"), bought("s2", share_class="A"), bought("s3", share_class="B")])
    assert not any("s2 s3" in sources for sources, _ in found)


def test_nothing_said_by_anybody_is_an_identity_too() -> None:
    assert told([bought("s1"), bought("s2")]) == {("s1 s2", None)}


def test_a_part_that_is_said_to_be_none_is_a_value() -> None:
    def revenue(source: str, segment: str | None) -> Event:
        payload = Reported(
            metric="revenue", period=build.when("2025"), value=build.figure("USD 1,000"), segment=segment
        )
        return build.event(payload, source=source)

    assert told([revenue("s1", None), revenue("s2", "EV division")]) == {("s1", None), ("s2", None)}


def test_an_imprecise_day_joins_the_only_one_that_it_fits_and_agrees_with() -> None:
    assert told([bought("s1"), bought("s2", "2026-01")]) == {("s1 s2", None)}
    assert told([bought("s1"), bought("s2", "2026-01", "9 million")]) == {("s1", None), ("s2", 0)}
    assert told([bought("s1"), bought("s2", "2026-02")]) == {("s1", None), ("s2", 0)}
    assert told([bought("s1"), bought("s2", "2026-01-09"), bought("s3", "2026-01")]) == {
        ("s1", None),
        ("s2", None),
        ("s3", 2),
    }


def test_an_uncertain_day_is_imprecise() -> None:
    assert told([bought("s1"), bought("s2", "2026-01-08?")]) == {("s1 s2", None)}
    assert told([bought("s2", "2026-01-08?")]) == {("s2", 0)}


def test_imprecise_days_alone_do_not_come_together() -> None:
    assert told([bought("s1", "2026-01"), bought("s2", "2026-01")]) == {("s1", 0), ("s2", 0)}


def test_the_same_days_written_otherwise_are_the_same_days() -> None:
    assert told([bought("s1", "2026-01-05/2026-01-09"), bought("s2", "2026-01-05/2026-01-09")]) == {("s1 s2", None)}
    assert told([bought("s1", "2026-01-08"), bought("s2", "2026-01-08/2026-01-08")]) == {("s1 s2", None)}


def test_two_reports_of_one_source_never_merge_and_a_rival_joins_by_its_figures() -> None:
    morning, evening = bought("s1", shares="5 million", key="a"), bought("s1", shares="7 million", key="b")
    assert len(list(groups([morning, evening]))) == 2
    assert told([morning, evening, bought("s2", shares="7 million")]) == {("s1", None), ("s1 s2", None)}
    assert told([morning, evening, bought("s2", shares="9 million")]) == {("s1", None), ("s2", 0)}


def test_two_imprecise_reports_of_one_source_do_not_both_join() -> None:
    twice = [bought("s2", "2026-01", key="a"), bought("s2", "2026-01", key="b")]
    assert told([bought("s1"), *twice]) == {("s1", None), ("s2", 1)}


REPORTS = st.lists(
    st.builds(
        bought,
        source=st.sampled_from(["s1", "s2", "s3"]),
        occurred=st.sampled_from(["2026-01-08", "2026-01-09", "2026-01", "../2026-01-08"]),
        shares=st.sampled_from(["5 million", "5,100,000", "7 million"]),
        share_class=st.sampled_from([None, "A", "B"]),
        venue=st.sampled_from([None, "XHKG"]),
        key=st.uuids().map(str),
    ),
    max_size=7,
)


@given(REPORTS, st.randoms(use_true_random=False))
def test_no_report_is_lost_or_doubled_and_the_order_has_no_say(reports: list[Event], chance: object) -> None:
    def found(events: list[Event]) -> list[tuple[list[str], int | None]]:
        return sorted((sorted(report.id for report in group.reports), group.fits) for group in groups(events))

    expected = found(reports)
    assert sorted(name for names, _ in expected for name in names) == sorted(report.id for report in reports)
    shuffled = list(reports)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]  # a random.Random
    assert found(shuffled) == expected


@given(REPORTS)
def test_no_group_holds_one_source_twice_or_two_reports_that_contradict_each_other(reports: list[Event]) -> None:
    for group in groups(reports):
        assert len({report.source for report in group.reports}) == len(group.reports)
        for name in ("share_class", "venue"):
            assert len({getattr(report.payload, name) for report in group.reports} - {None}) <= 1
        assert not (group.fits is not None and len(group.reports) > 1)
