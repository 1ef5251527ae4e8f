"""Share basis: what a split does to earlier figures, what it leaves alone, and where that cannot be told."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.topics import build
from timeline.catalog import catalog, encode, replaced
from timeline.history import Clock
from timeline.history.basis import splits
from timeline.metrics import per_share
from timeline.occurrence import Adjusted
from timeline.publication import parse_moment
from timeline.topic import OF_SHARES, brief, measured
from timeline.topics.buybacks import Executed
from timeline.topics.capital import Changed
from timeline.topics.market import Observed
from timeline.topics.results import TOPIC as RESULTS
from timeline.topics.results import Reported

if TYPE_CHECKING:
    from timeline.event import Event
    from timeline.occurrence import Occurrence

# Form 10-K for fiscal 2012, filed 31 October 2012: diluted earnings per share $44.15. Form 10-K for fiscal 2014, filed
# 27 October 2014, selected financial data, restated for the seven-for-one split of 9 June 2014: $6.31.
FISCAL_2012 = "2011-09-25/2012-09-29"


def split(  # noqa: PLR0913 - a test says by name what it is about
    ratio: str = "7:1",
    *,
    ex_day: str | None = "2014-06-09",
    occurred: str = "2014-06-06",
    published: str = "2014-04-23T16:30:00-04:00",
    share_class: str | None = None,
    source: str = "split",
    recorded: str = build.RECORDED,
) -> Event:
    new, old = map(int, ratio.split(":"))
    payload = Changed(
        change="split" if new > old else "consolidation",
        ratio=ratio,
        ex_day=build.when(ex_day) if ex_day else None,
        share_class=share_class,
    )
    return build.event(payload, source=source, occurred=occurred, published=published, recorded=recorded)


def earned(value: str, published: str, source: str, share_basis: str | None = None) -> Event:
    payload = Reported(
        metric="diluted earnings per share", period=build.when(FISCAL_2012), value=build.figure(value, "USD")
    )
    return build.event(payload, source=source, occurred=FISCAL_2012, published=published, share_basis=share_basis)


FIRST = earned("$44.15", "2012-10-31T16:30:00-04:00", "10-K-2012")
RESTATED = earned("$6.31", "2014-10-27T16:30:00-04:00", "10-K-2014", share_basis="2014-09-27")
UNSTATED = earned("$6.31", "2014-10-27T16:30:00-04:00", "10-K-2014")
SPLIT = split()
FILINGS = {
    "10-K-2012": build.source("filing", publisher="Apple", published="2012-10-31T16:30:00-04:00"),
    "10-K-2014": build.source("filing", publisher="Apple", published="2014-10-27T16:30:00-04:00"),
    "split": build.source("filing", publisher="Apple", published="2014-04-23T16:30:00-04:00"),
}


def one(*events: Event, clock: Clock | None = None) -> Occurrence[Reported]:
    """The one result that they amount to, in whatever order they come."""
    (expected,) = build.stream(*events, sources=FILINGS, clock=clock).every(Reported)
    for order in build.orders(*events):
        assert build.stream(*order, sources=FILINGS, clock=clock).every(Reported) == (expected,)
    return expected


def adjusted(occurrence: Occurrence[Reported]) -> Adjusted:
    value = occurrence.adjusted.value
    assert isinstance(value, Adjusted)
    return value


def test_apples_earnings_before_and_after_the_split_are_one_figure_in_two_sources() -> None:
    found = one(FIRST, RESTATED, SPLIT)
    assert (len(found.sources), found.disputed, found.settled, found.superseded) == (2, (), True, ())
    assert found.payload.value is not None
    assert found.payload.value.printed == "$44.15"  # the finer of the two: a cent of it is a seventh of a cent
    assert adjusted(found).bounds == (Decimal("6.3071428571"), Decimal("6.3071428572"))
    assert brief(adjusted(found)) == "USD 6.3071 split-adjusted"


def test_each_report_keeps_what_it_prints() -> None:
    found = one(FIRST, RESTATED, SPLIT)
    assert [each.payload for each in found.reports] == [FIRST.payload, RESTATED.payload]
    section = build.section(RESULTS, FIRST, RESTATED, SPLIT, sources=FILINGS)
    (row,) = section.tables["results"]
    assert (row["value_printed"], row["value"], row["value_adjusted"]) == ("$44.15", "44.15", "6.3071428571")
    assert [(each["value"], each["value_adjusted"]) for each in row["reports"]] == [
        ("44.15", "6.3071428571"),
        ("6.31", None),
    ]
    assert section.findings == ()


def test_the_stated_basis_is_corrected_with_the_rest_of_a_report() -> None:
    mended = replaced(UNSTATED, encode(RESTATED))
    assert mended.share_basis == RESTATED.share_basis


def test_without_the_split_the_two_figures_are_a_dispute() -> None:
    found = one(FIRST, RESTATED)
    assert (found.disputed, found.restated, found.unstated) == (("value",), {}, {})
    assert found.adjusted is found.payload


def test_before_the_split_was_public_the_figure_stands_as_printed() -> None:
    found = one(FIRST, RESTATED, SPLIT, clock=Clock(as_of=parse_moment("2013-12-31")))
    assert found.adjusted is found.payload
    assert [each.id for each in found.reports] == [FIRST.id]


def test_before_the_split_was_recorded_the_figure_stands_as_printed() -> None:
    late = split(recorded="2026-03-01T00:00:00.000000Z")
    assert one(FIRST, late, clock=Clock(as_recorded=parse_moment("2026-02-28"))).restated == {}
    assert adjusted(one(FIRST, late, clock=Clock(as_recorded=parse_moment("2026-03-01")))).differs


def test_another_figure_after_the_split_is_a_dispute_and_a_finer_cent_is_none() -> None:
    def restated(value: str) -> Event:
        return earned(value, "2014-10-27T16:30:00-04:00", "10-K-2014", share_basis="2014-09-27")

    # A cent printed for the old share leaves 6.30643 to 6.30786 for the new one.
    assert one(FIRST, restated("$6.30"), SPLIT).disputed == ("value",)
    assert one(FIRST, restated("$6.33"), SPLIT).disputed == ("value",)
    assert one(FIRST, restated("$6.3071"), SPLIT).disputed == ()


def test_two_figures_of_one_basis_are_compared_as_printed() -> None:
    other = earned("$44.16", "2012-11-01T16:30:00-04:00", "10-K-2014")
    assert one(FIRST, other, SPLIT).disputed == ("value",)


def test_a_late_report_that_does_not_state_its_basis_is_left_as_printed_and_found() -> None:
    found = one(UNSTATED, SPLIT)
    assert not adjusted(found).differs
    section = build.section(RESULTS, UNSTATED, SPLIT, sources=FILINGS)
    (finding,) = section.findings
    assert (finding.rule, finding.severity, finding.events) == ("share-basis-unstated", "warning", (UNSTATED.id,))
    assert "published on 2014-10-27, it does not say whether it is in shares before 7:1 of 9 Jun 2014" in finding.what
    assert section.tables["results"][0]["value_adjusted"] is None


def quarter(last: str, published: str, share_basis: str | None = None) -> Event:
    period = build.when(f"2014-03-30/{last}")
    payload = Reported(metric="earnings per share", period=period, value=build.figure("$7.00", "USD"))
    return build.event(payload, occurred=published[:10], published=published, share_basis=share_basis)


@pytest.mark.parametrize(
    ("report", "expected", "known"),
    [
        (quarter("2014-05-31", "2014-06-08T12:00:00+00:00"), "1", True),  # published before the ex-day
        (quarter("2014-05-31", "2014-06-09T12:00:00+00:00"), "7", False),  # on it, of days before it
        (quarter("2014-06-09", "2014-07-22T12:00:00+00:00"), "7", True),  # of days up to the ex-day itself
        (quarter("2014-05-31", "2014-07-22T12:00:00+00:00", share_basis="2014-05-31"), "1", True),
        (quarter("2014-05-31", "2014-07-22T12:00:00+00:00", share_basis="2014-07-01"), "7", True),
        (quarter("2014-05-31", "2014-07-22T12:00:00+00:00", share_basis="2014"), "7", False),
    ],
)
def test_a_result_is_in_the_shares_of_its_last_day_unless_it_came_late(
    report: Event,
    expected: str,
    known: bool,  # noqa: FBT001 - a column of the table
) -> None:
    (found,) = build.stream(report, SPLIT).every(Reported)
    assert (str(adjusted(found).anchor).removesuffix(".00"), not found.unstated) == (expected, known)


def bought(shares: str, occurred: str, share_class: str | None = None) -> Event:
    """A purchase, told by a source of its own on its day."""
    payload = Executed(
        shares=build.figure(shares),
        price=build.figure("HKD 30.00"),
        value=build.figure("HKD 30 million"),
        share_class=share_class,
    )
    return build.event(payload, occurred=occurred, published=f"{occurred}T18:00:00+08:00", source=f"day {occurred}")


def shares(*events: Event) -> list[str]:
    return [str(item.adjusted.shares.anchor) for item in build.stream(*events).of(Executed)]


def test_a_consolidation_makes_fewer_shares_and_a_higher_price() -> None:
    (item,) = build.stream(bought("1,000,000", "2014-05-02"), split("1:10")).of(Executed)
    assert item.adjusted.shares.bounds == (Decimal(100_000), Decimal(100_000))
    assert item.adjusted.price is not None
    assert item.adjusted.price.bounds == (Decimal(300), Decimal(300))
    assert item.adjusted.value is item.payload.value  # money paid is money paid
    assert item.adjusted.coherent()


def test_several_splits_multiply_and_each_counts_from_its_ex_day() -> None:
    second = split("4:1", ex_day="2020-08-31", occurred="2020-08-28", published="2020-07-30T16:30:00-04:00")
    days = ("2014-06-08", "2014-06-09", "2020-08-30", "2020-08-31")
    purchases = [bought(f"{number},000", day) for number, day in enumerate(days, 1)]
    assert shares(*purchases, SPLIT, second) == ["28000", "8000", "12000", "4000"]


def test_a_report_between_two_splits_is_late_for_the_first_only() -> None:
    second = split("4:1", ex_day="2020-08-31", occurred="2020-08-28", published="2020-07-30T16:30:00-04:00")
    late = build.event(FIRST.payload, occurred=FISCAL_2012, published="2015-01-01T00:00:00+00:00")
    (item,) = build.stream(late, SPLIT, second).every(Reported)
    assert list(item.unstated) == [late.id]
    stated = build.event(late.payload, occurred=FISCAL_2012, published="2015-01-01T00:00:00+00:00", share_basis="2015")
    (item,) = build.stream(stated, SPLIT, second).every(Reported)
    assert adjusted(item).factor == Fraction(1, 4)


def test_classes_that_are_split_apart_are_adjusted_apart() -> None:
    both = (split("2:1", share_class="A"), split("50:1", share_class="Class B", source="other"))
    assert shares(bought("1,000", "2014-01-02", "A"), bought("1,000", "2014-01-03", "class b"), *both) == [
        "2000",
        "50000",
    ]


def test_a_report_without_a_class_is_adjusted_where_all_classes_were_split_alike() -> None:
    plain = bought("1,000", "2014-01-02")
    assert shares(plain, split("2:1", share_class="B")) == ["2000"]
    assert shares(plain, split("2:1", share_class="A"), split("2:1", share_class="B", source="other")) == ["2000"]


def test_a_report_without_a_class_is_left_and_found_where_the_classes_were_split_apart() -> None:
    plain, other = bought("1,000", "2014-01-02"), bought("5,000", "2014-01-03", "A")
    found = build.stream(plain, other, split("50:1", share_class="B"))
    assert [str(item.adjusted.shares.anchor) for item in found.of(Executed)] == ["1000", "5000"]
    assert [list(item.unstated) for item in found.of(Executed)] == [[plain.id], []]


def test_a_split_that_names_no_class_is_of_all_classes() -> None:
    assert shares(bought("1,000", "2014-01-02", "A"), bought("1,000", "2014-01-03", "B"), split("2:1")) == [
        "2000",
        "2000",
    ]


@pytest.mark.parametrize(
    "again",
    [
        split(source="news", occurred="2014-04-23"),  # the day of the announcement, the same ex-day
        split(source="news", occurred="2014-06"),
        split(source="news", ex_day="2014-06", occurred="2014-06"),
        split(source="news", share_class="Common", occurred="2014-06-09"),
    ],
)
def test_a_split_that_is_told_twice_is_one_split(again: Event) -> None:
    assert shares(bought("1,000", "2014-01-02"), SPLIT, again) == ["7000"]
    assert shares(bought("1,000", "2014-01-02"), again, SPLIT) == ["7000"]


def test_a_split_without_an_ex_day_counts_from_the_day_it_occurred() -> None:
    lone = split(ex_day=None, occurred="2014-06-06")
    assert shares(bought("1,000", "2014-06-05"), bought("1,000", "2014-06-06"), lone) == ["7000", "1000"]


def test_a_split_of_an_imprecise_day_counts_from_its_ex_day() -> None:
    lone = split(occurred="2014-06")
    assert shares(bought("1,000", "2014-06-08"), bought("1,000", "2014-06-09"), lone) == ["7000", "1000"]


def test_what_was_published_before_the_split_did_not_occur_after_it() -> None:
    vague = build.event(
        Executed(shares=build.figure("1,000")), occurred="2014", published="2014-03-01T09:00:00+00:00", source="news"
    )
    (item,) = build.stream(vague, SPLIT).every(Executed)
    assert item.adjusted.shares.anchor == 7000
    assert item.unstated == {}


def test_a_price_observed_is_divided_and_its_move_is_not() -> None:
    close = Observed(what="close", price=build.figure("USD 645.57"), change=build.figure("-0.5 %"))
    report = build.event(close, occurred="2014-06-06", published="2014-06-06T20:00:00+00:00")
    (item,) = build.stream(report, SPLIT).every(Observed)
    assert str(item.adjusted.price and item.adjusted.price.anchor) == "92.2242857143"
    assert item.adjusted.change is close.change


def test_an_issue_is_adjusted_and_the_shares_that_a_split_makes_are_not() -> None:
    issue = build.event(
        Changed(change="issue", shares=build.figure("1,000 shares")), occurred="2014-01-02", published="2014-01-03Z"
    )
    made = build.event(
        Changed(change="split", ratio="7:1", shares=build.figure("6,000 shares"), ex_day=build.when("2014-06-09")),
        occurred="2014-06-06",
        published="2014-06-06T09:00:00+00:00",
        source="split",
    )
    found = {item.payload.change: item.adjusted for item in build.stream(issue, made).every(Changed)}
    assert found["issue"].shares is not None
    assert found["issue"].shares.anchor == 7000
    assert found["split"] is made.payload


def test_which_figures_a_split_changes() -> None:
    # Whoever adds a figure of this sort decides here that a split changes it.
    changed = {
        f"{kind} {field.name}"
        for kind, payload in catalog().payloads.items()
        for field in msgspec.structs.fields(payload)
        if measured(field.type) in OF_SHARES
    }
    assert changed == {
        "buyback.executed average",
        "buyback.executed price",
        "buyback.executed shares",
        "buyback.totalled shares",
        "buyback.totalled uncancelled",
        "capital.changed price",
        "capital.changed shares",
        "capital.reported shares",
        "capital.reported treasury",
        "distribution.declared amount",
        "price.observed price",
        "rating.published previous_target",
        "rating.published target_price",
        "trade.reported price",
        "trade.reported shares",
    }


@pytest.mark.parametrize(
    ("metric", "expected"),
    [
        ("EPS", True),
        ("diluted earnings per share", True),
        ("DPS", True),
        ("net profit", False),
        ("market share", False),
    ],
)
def test_a_metric_is_per_share_by_its_name(metric: str, expected: bool) -> None:  # noqa: FBT001 - a column of the table
    assert per_share(metric) is expected


@pytest.mark.parametrize(
    ("printed", "metric", "expected"),
    [
        ("945,355,000 shares", "diluted shares", "6617485000"),
        ("USD 41,733 million", "net profit", "41733000000"),
        ("12 %", "earnings per share", "12"),
    ],
)
def test_other_results_are_changed_by_their_unit_only(printed: str, metric: str, expected: str) -> None:
    payload = Reported(metric=metric, period=build.when(FISCAL_2012), value=build.figure(printed))
    report = build.event(payload, occurred=FISCAL_2012, published="2012-10-31T16:30:00-04:00")
    (item,) = build.stream(report, SPLIT).every(Reported)
    assert item.adjusted.value is not None
    assert str(item.adjusted.value.anchor) == expected


FACTORS = st.builds(Fraction, st.integers(1, 50), st.integers(1, 50))
PRINTS = st.sampled_from(["44.15", "44.1", "over 44", "about 44.15", "44–45", "(1.20)", "5 million", "nearly 20,000"])


@given(PRINTS, FACTORS)
def test_the_ends_hold_the_exact_value_and_lie_less_than_a_tenth_decimal_outside_it(
    text: str, factor: Fraction
) -> None:
    figure = build.figure(text)
    found = Adjusted.of(figure, factor)
    within = Fraction(1, 10**10)
    for end, true, outwards in ((found.low, figure.low, -1), (found.high, figure.high, 1)):
        assert (end is None) == (true is None)
        if end is not None and true is not None:
            assert 0 <= outwards * (Fraction(end) - Fraction(true) * factor) < within
    assert found.overlaps(Adjusted.of(figure, factor))


REPORTS = [
    FIRST,
    RESTATED,
    earned("$6.31", "2014-10-28T09:00:00+00:00", "news"),
    SPLIT,
    split(source="news", occurred="2014-06"),
    split("4:1", ex_day="2020-08-31", occurred="2020-08-28", published="2020-07-30T16:30:00-04:00", share_class="A"),
    bought("1,000", "2014-01-02"),
    bought("7,000", "2014-06-10", "A"),
    bought("2,000", "2014-01-03", "B"),
]


@pytest.mark.parametrize("left_out", [*combinations(range(len(REPORTS)), 1), *combinations(range(len(REPORTS)), 3)])
def test_the_order_of_arrival_has_no_say(left_out: tuple[int, ...]) -> None:
    events = [report for number, report in enumerate(REPORTS) if number not in left_out]
    expected = build.stream(*events, sources=FILINGS)
    assert all(build.stream(*order, sources=FILINGS) == expected for order in build.orders(*events, times=2))


def test_nothing_is_looked_for_where_there_is_no_split() -> None:
    issue = build.event(Changed(change="issue", shares=build.figure("1,000 shares"), share_class="B"))
    assert not splits([issue, FIRST], {})
    (item,) = build.stream(issue, FIRST).every(Reported)
    assert item.reports == (FIRST,)
