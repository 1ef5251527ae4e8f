"""Checks of results: changes, prior figures and parts that do not add up, and that true ones never alarm."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.checks import facts
from tests.topics import build
from timeline.claim import Dated, Point
from timeline.topics.results import TOPIC, Reported

if TYPE_CHECKING:
    from timeline.event import Event
    from timeline.section import Finding


def came(  # noqa: PLR0913 - a test says by name what it is about
    period: str,
    value: str = "",
    *,
    change: str = "",
    prior: str = "",
    metric: str = "revenue",
    source: str = "",
    cumulative: bool | None = None,
    preliminary: bool | None = None,
) -> Event:
    payload = Reported(
        metric=metric,
        period=build.when(period),
        value=build.figure(value) if value else None,
        change=build.figure(change) if change else None,
        prior=build.figure(prior) if prior else None,
        cumulative=cumulative,
        preliminary=preliminary,
    )
    return build.event(payload, occurred=period, source=source or period)


def found(*events: Event) -> list[Finding]:
    return facts.found(TOPIC.told(build.stream(*events)).verdicts)


def verdicts(*events: Event) -> list[str]:
    return facts.names(TOPIC.told(build.stream(*events)).verdicts)


@pytest.mark.parametrize(
    ("value", "prior", "change", "expected"),
    [
        ("CNY 109 billion", "CNY 73.2 billion", "49 %", ["(result-change)"]),  # 109 / 73.2 = 1.489
        ("CNY 109 billion", "CNY 73.2 billion", "39 %", ["result-change"]),
        ("CNY 109 billion", "USD 10 billion", "49 %", []),
        ("CNY 109 billion", "CNY -2 billion", "49 %", []),  # growth on a loss means nothing
        ("CNY 1,530,000", "CNY 1,000,000", "53.0 %", ["(result-change)"]),
        ("21.8 %", "20.3 %", "1.5 pp", ["(result-change)"]),
        ("21.8 %", "20.3 %", "1.5 %", ["(result-change)"]),  # points are meant
        ("21.8 %", "20.3 %", "7.4 %", ["(result-change)"]),  # 21.8 / 20.3 = 1.074
        ("21.8 %", "20.3 %", "3.0 pp", ["result-change"]),
        ("over CNY 200 million", "CNY 100 million", "150 %", ["(result-change)"]),
        ("over CNY 200 million", "CNY 100 million", "50 %", ["result-change"]),
    ],
)
def test_a_change_is_the_growth_from_the_figure_before(
    value: str, prior: str, change: str, expected: list[str]
) -> None:
    assert verdicts(came("2024-Q4", value, prior=prior, change=change)) == expected


def test_a_change_that_is_wrong_is_told_with_what_it_should_be() -> None:
    (finding,) = found(came("2024-Q4", "CNY 120,000,001", prior="CNY 100,000,000", change="39 %"))
    assert finding.what == "revenue of Q4 2024: CNY 120,000,001 on CNY 100m is +20.0 %, not the 39 % that is printed"
    assert [figure.name for figure in finding.figures] == [
        "value",
        "figure before",
        "change",
        "value / figure before − 1",
    ]


def test_a_change_without_the_figure_before_is_held_against_what_was_reported_a_year_before() -> None:
    before = came("2023-Q4", "CNY 73.2 billion")
    assert found(before, came("2024-Q4", "CNY 109 billion", change="49 %")) == []
    (finding,) = found(before, came("2024-Q4", "CNY 109 billion", change="4.9 %"))
    assert (finding.rule, len(finding.events)) == ("result-change", 2)
    assert "the change is against the same period a year before" in finding.assumed


def test_a_change_on_the_quarter_before_is_no_error() -> None:
    events = (came("2023-Q4", "CNY 73 million"), came("2024-Q3", "CNY 100 million"))
    assert found(*events, came("2024-Q4", "CNY 110 million", change="10 %")) == []


def test_a_repeated_figure_differs_from_what_was_reported() -> None:
    (finding,) = found(came("2024", "CNY 100 million"), came("2025", "CNY 300 million", prior="CNY 120 million"))
    assert (finding.rule, finding.severity) == ("result-prior", "warning")
    assert finding.what == ("revenue of 2025: gives CNY 120m as the figure before, yet CNY 100m was reported for 2024")


def test_a_year_of_whole_weeks_has_a_year_before() -> None:
    # Apple's fiscal years 2018 and 2019.
    before = came("2017-10-01/2018-09-29", "USD 265,595,000,000")
    after = came("2018-09-30/2019-09-28", "USD 260,174,000,000", prior="USD 265,595,000,000", change="-2 %")
    assert verdicts(before, after) == ["(result-change)", "(result-prior)"]


QUARTERS = [came(f"2025-Q{quarter}", f"CNY {quarter}00 million") for quarter in range(1, 5)]


def test_quarters_add_up_to_their_year() -> None:
    assert verdicts(*QUARTERS, came("2025", "CNY 1,000 million")) == ["(result-parts)"]
    (finding,) = found(*QUARTERS, came("2025", "CNY 1,100 million"))
    assert finding.what == (
        "revenue of 2025 is CNY 1.1bn, yet Q1 2025, Q2 2025, Q3 2025, Q4 2025 come to CNY 998m–1.002bn in all"
    )


def test_nine_months_and_a_quarter_make_a_year() -> None:
    nine = came("2025-01-01/2025-09-30", "CNY 600 million", cumulative=True)
    assert [one.rule for one in found(nine, QUARTERS[3], came("2025", "CNY 900 million"))] == ["result-parts"]


@pytest.mark.parametrize("metric", ["earnings per share", "gross margin", "headcount", "active users", "new metric"])
def test_what_does_not_add_up_is_not_added_up(metric: str) -> None:
    halves = [came(f"2025-H{half}", "100", metric=metric) for half in (1, 2)]
    assert verdicts(*halves, came("2025", "100", metric=metric)) == []


def test_a_cumulative_figure_of_a_quarter_is_not_taken_for_the_quarter() -> None:
    running = came("2025-Q2", "CNY 300 million", cumulative=True)
    assert verdicts(QUARTERS[0], running, came("2025-H1", "CNY 300 million")) == []


def test_tables_in_millions_may_miss_the_sum_by_their_rounding() -> None:
    quarters = [came(f"2025-Q{quarter}", "CNY 100,000,000") for quarter in range(1, 5)]
    assert found(*quarters, came("2025", "CNY 402,000,000")) == []
    assert [one.rule for one in found(*quarters, came("2025", "CNY 403,000,000"))] == ["result-parts"]


def test_figures_in_full_add_up_to_the_last_digit() -> None:
    halves = [came(f"2025-H{half}", "136,854", metric="EV deliveries") for half in (1, 2)]
    assert found(*halves, came("2025", "273,708", metric="EV deliveries")) == []
    assert [one.rule for one in found(*halves, came("2025", "273,709", metric="EV deliveries"))] == ["result-parts"]


def test_parts_that_were_restated_are_a_note() -> None:
    restated = came("2025-Q1", "CNY 150 million", source="later")
    (finding,) = found(*QUARTERS, restated, came("2025", "CNY 1,000 million"))
    assert (finding.rule, finding.severity) == ("result-parts-restated", "note")


def test_a_final_result_claims_that_its_period_is_over() -> None:
    events = (
        came("2025", "CNY 1 million"),
        came("2026", "over CNY 1 million"),
        came("2027", "CNY 2 million", preliminary=True),
    )
    told = TOPIC.told(build.stream(*events)).claims
    assert [(claim.when.edtf, claim.over) for claim in told if isinstance(claim, Dated)] == [("2025", True)]
    assert [claim.series for claim in told if isinstance(claim, Point)] == [("revenue", "", "", "12")] * 3


def test_the_shipped_results_are_quiet() -> None:
    assert [one for stream in facts.shipped() for one in facts.found(TOPIC.told(stream).verdicts)] == []


FORMS = st.sampled_from(("full", "millions", "billions", "about", "over", "under"))


def printed(value: int, form: str) -> str:
    """A true amount in full, or rounded as print rounds it."""
    rounded = round(value, -6)
    match form:
        case "full":
            return f"CNY {value}"
        case "millions":
            return f"CNY {value / 10**6:.0f} million"
        case "billions":
            return f"CNY {value / 10**9:.2f} billion"
        case "about":
            return f"about CNY {rounded / 10**6:.0f} million"
        case "over":
            return f"over CNY {value // 10**6} million"
    return f"under CNY {value // 10**6 + 1} million"


AMOUNTS = st.integers(50_000_000, 90_000_000_000)


@settings(max_examples=60)
@given(old=AMOUNTS, new=AMOUNTS, forms=st.tuples(FORMS, FORMS, FORMS), digits=st.integers(0, 2))
def test_changes_that_are_truly_printed_never_alarm(
    old: int, new: int, forms: tuple[str, str, str], digits: int
) -> None:
    change = f"{round((Decimal(new) - old) / old * 100, digits)} %"
    before = came("2024", printed(old, forms[0]))
    assert found(before, came("2025", printed(new, forms[1]), prior=printed(old, forms[2]), change=change)) == []
    assert found(before, came("2025", printed(new, forms[1]), change=change)) == []


@settings(max_examples=40)
@given(
    parts=st.lists(AMOUNTS, min_size=4, max_size=4),
    forms=st.lists(st.sampled_from(("full", "millions", "about", "over")), min_size=5, max_size=5),
)
def test_sums_that_are_truly_printed_never_alarm(parts: list[int], forms: list[str]) -> None:
    quarters = [
        came(f"2025-Q{number}", printed(part, form))
        for number, (part, form) in enumerate(zip(parts, forms[:4], strict=True), 1)
    ]
    assert found(*quarters, came("2025", printed(sum(parts), forms[4]))) == []


@settings(max_examples=20)
@given(parts=st.lists(AMOUNTS, min_size=4, max_size=4))
def test_a_year_ten_times_too_large_is_found(parts: list[int]) -> None:
    quarters = [came(f"2025-Q{number}", printed(part, "millions")) for number, part in enumerate(parts, 1)]
    assert [one.rule for one in found(*quarters, came("2025", printed(sum(parts) * 10, "full")))] == ["result-parts"]
