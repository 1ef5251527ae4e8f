"""Magnitude: a wrong power of ten, unit or currency among neighbours, and growth that is none."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.checks import facts
from tests.topics import build
from timeline.check import Passed
from timeline.checks.magnitude import POWERS, magnitude
from timeline.topics.analysts import Rating
from timeline.topics.results import Reported
from timeline.topics.targets import Set

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline.event import Event
    from timeline.section import Finding


def came(year: int, value: str, metric: str = "EV deliveries", source: str = "") -> Event:
    payload = Reported(metric=metric, period=build.when(str(year)), value=build.figure(value))
    return build.event(payload, occurred=str(year), source=source or str(year))


def years(*values: str, metric: str = "EV deliveries", source: str = "") -> list[Event]:
    return [came(2015 + index, value, metric, source) for index, value in enumerate(values)]


def found(events: Sequence[Event]) -> list[Finding]:
    return facts.found(magnitude(facts.claims(facts.stream(*events))))


def rules(events: Sequence[Event]) -> list[str]:
    return [one.rule for one in found(events)]


def test_millions_for_billions_are_found() -> None:
    (finding,) = found(years("CNY 246 billion", "CNY 328 million", "CNY 280 billion", metric="revenue"))
    assert (finding.rule, finding.severity) == ("magnitude", "warning")
    assert finding.what == (
        "revenue, 2016 is CNY 328m, 1,000 times less than would fit CNY 246bn for 2015, CNY 280bn for 2017"
    )
    assert finding.figures[-1].low == "328000000000"


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (("300,000", "3.5 million", "400,000"), ["magnitude"]),  # a power of ten, and back
        (("300,000", "35,000", "400,000"), ["magnitude"]),
        (("300,000", "400,000", "3.5 million"), []),  # growth, for all that is known
        (("300,000", "400,000", "350 million"), ["magnitude"]),  # no growth is a thousandfold
        (("1,000", "300,000", "1.1 million"), []),  # the neighbours do not agree
        (("300,000", "0", "350,000"), []),
        (("300,000", "700,000", "350,000"), []),
        (("300,000", "3.5 million", "700,000"), []),  # 2.3 times apart: a growing company
    ],
)
def test_a_power_of_ten_is_told_from_growth(values: tuple[str, ...], expected: list[str]) -> None:
    assert rules(years(*values)) == expected


def test_growth_is_no_error() -> None:
    assert rules(years("1,000", "10,000", "100,000", "1 million", "10 million", "100 million")) == []


def test_a_profit_may_nearly_vanish_and_a_loss_is_no_size() -> None:
    profits = ("CNY 9 billion", "CNY 0.9 billion", "CNY 10 billion")
    assert rules(years(*profits, metric="net profit")) == []
    assert rules(years(*profits, metric="revenue")) == ["magnitude"]
    assert rules(years("CNY -9 billion", "CNY 9 million", "CNY -8 billion", metric="net profit")) == []


def test_a_size_that_another_source_tells_of_at_another_time_is_borne_out() -> None:
    season = years("300,000", "3.5 million", "400,000", "390,000", "380,000", "3.9 million", "390,000")
    assert rules(season) == []


def test_a_target_is_of_the_size_of_results() -> None:
    target = Set(metric="EV deliveries", period=build.when("2018"), action="initial", value=build.figure("550 million"))
    events = [*years("300,000", "350,000", "410,000"), build.event(target, occurred="2018-01-02", source="t")]
    assert [(one.rule, one.topic) for one in found(events)] == [("magnitude", "targets")]


def test_a_percentage_among_counts_is_found() -> None:
    (finding,) = found(years("300,000", "41 %", "400,000"))
    assert finding.rule == "unit-differs"
    assert finding.what == (
        "EV deliveries, 2016 is 41 %, a percentage, among figures that are a count (300,000 for 2015, 400,000 for "
        "2017); the bare number is not of their size either"
    )


def test_a_currency_that_only_fits_as_another_is_found() -> None:
    assert rules(years("CNY 246 billion", "USD 328 billion", "CNY 280 billion", metric="revenue")) == [
        "currency-differs"
    ]


@pytest.mark.parametrize("middle", ["USD 45 billion", "USD 328 billion (CNY 2.3 trillion)"])
def test_another_currency_is_no_error_where_the_number_is_another_or_is_converted(middle: str) -> None:
    assert rules(years("CNY 246 billion", middle, "CNY 280 billion", metric="revenue")) == []


def test_target_prices_are_of_the_size_of_one_another() -> None:
    events = [
        build.event(Rating(by=by, target_price=build.figure(price)), occurred=f"2025-0{month}-01", source=by)
        for month, (by, price) in enumerate((("A", "HKD 60"), ("B", "HKD 6.2"), ("C", "HKD 58")), 1)
    ]
    assert [(one.rule, one.topic) for one in found(events)] == [("magnitude", "analysts")]


def test_the_shipped_figures_are_quiet() -> None:
    told = [verdict for stream in facts.shipped() for verdict in magnitude(facts.claims(stream))]
    assert told
    assert facts.found(told) == []


LEVELS = st.lists(st.integers(1000, 1400), min_size=3, max_size=7)


@settings(max_examples=40)
@given(start=st.integers(1, 10**9), growth=st.lists(st.integers(40, 400), max_size=7))
def test_a_company_that_grows_or_shrinks_by_up_to_four_times_a_year_never_alarms(start: int, growth: list[int]) -> None:
    values = [start]
    for percent in growth:
        values.append(values[-1] * percent // 100 + 1)
    assert rules(years(*(f"{value:,}" for value in values))) == []


@settings(max_examples=40)
@given(levels=LEVELS, power=st.sampled_from(POWERS), data=st.data())
def test_one_figure_off_by_a_power_of_ten_is_found_between_its_neighbours(
    levels: list[int], power: int, data: st.DataObject
) -> None:
    at = data.draw(st.integers(1, len(levels) - 2))
    values = [level * 10**9 for level in levels]
    values[at] = int(values[at] * 10**power) if power > 0 else values[at] // 10**-power
    assert rules(years(*(f"{value:,}" for value in values))) == ["magnitude"]


@pytest.mark.parametrize(
    ("values", "compared"),
    [
        (("CNY 3bn", "CNY 4bn"), {}),  # one neighbour says nothing
        (("CNY 3bn", "CNY 4bn", "CNY 3bn"), {"unit-differs": 3, "currency-differs": 3, "magnitude": 3}),
        (("3,000", "4,000", "3,000"), {"unit-differs": 3, "magnitude": 3}),
        (("CNY 3bn", "CNY 4bn", "CNY 3bn", "USD 1bn"), {"unit-differs": 4, "currency-differs": 2, "magnitude": 3}),
    ],
)
def test_each_comparison_that_found_nothing_is_told(values: tuple[str, ...], compared: dict[str, int]) -> None:
    claims = facts.claims(facts.stream(*years(*values, metric="revenue")))
    assert Counter(verdict.rule.name for verdict in magnitude(claims) if isinstance(verdict, Passed)) == compared
