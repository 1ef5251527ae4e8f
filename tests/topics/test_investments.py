"""Investments: plans, their yearly rate against the period before, and what came of them."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

import pytest

from tests.topics import build
from timeline.topics.investments import TOPIC, Made, Planned
from timeline.topics.investments.plans import years

if TYPE_CHECKING:
    from timeline.event import Event


def planned(amount: str, period: str, occurred: str = "2026-01-08", source: str = "s1") -> Event:
    payload = Planned(
        amount=build.figure(amount), purpose="R&D", period=build.when(period), focus=("chips", "AI models")
    )
    return build.event(payload, occurred=occurred, source=source)


def made(amount: str, period: str, source: str = "s1", purpose: str = "R&D") -> Event:
    payload = Made(amount=build.figure(amount), purpose=purpose, period=build.when(period))
    return build.event(payload, occurred=period, source=source)


# The article of 2026-01-09, paragraph 10.
PLAN, BEFORE = planned("RMB 200 billion", "2026/2030", "../2026-01-09"), made("about RMB 105 billion", "2021/2025")


def test_xiaomis_plan_is_40bn_a_year_and_some_90_percent_above_the_five_years_before() -> None:
    section = build.section(TOPIC, PLAN, BEFORE)
    (plan,) = section.tables["plans"]
    assert (plan["per_year"], plan["focus"], plan["before_printed"]) == (
        "40000000000",
        "chips; AI models",
        "about RMB 105 billion",
    )
    # 199.5 / 106 = 1.8821 and 200.5 / 104 = 1.9279
    assert (plan["change_percent_printed"], plan["change_percent_low"]) == ("+88.2 to +92.8 %", "88.2075")
    assert section.tables["made"][0]["per_year"] == "21000000000"
    (line,) = section.headlines
    assert (line.label, line.cells) == ("R&D", ("CNY 200bn 2026–2030", "40bn a year", "~+90 % on 2021–2025"))
    assert [(item.what, item.due) for item in section.promises] == [("R&D: CNY 200bn invested", "../2030-12-31")]


def test_rates_are_compared_where_periods_differ_in_length() -> None:
    (plan,) = build.section(TOPIC, planned("USD 400", "2026/2027"), made("USD 300", "2023/2025")).tables["plans"]
    assert plan["change_percent_printed"] == "+100.0 %"  # 200 a year on 100 a year


@pytest.mark.parametrize("amount", ["EUR 105 billion", "105 billion yen"])
def test_other_currencies_are_not_compared(amount: str) -> None:
    section = build.section(TOPIC, PLAN, made(amount, "2021/2025"))
    assert section.tables["plans"][0]["change_percent_printed"] is None
    assert section.headlines[0].cells == ("CNY 200bn 2026–2030", "40bn a year")


def test_other_purposes_are_not_compared() -> None:
    (plan,) = build.section(TOPIC, PLAN, made("RMB 105 billion", "2021/2025", purpose="factories")).tables["plans"]
    assert plan["before_period"] is None


def test_a_later_statement_revises_the_plan_in_any_order() -> None:
    raised = planned("RMB 250 billion", "2026/2030", "2026-06-01", "s2")
    old = planned("RMB 200 billion", "2026/2030", "2026-01-05")
    for order in permutations((raised, old, BEFORE)):
        (plan,) = build.section(TOPIC, *order).tables["plans"]
        assert plan["amount_printed"] == "RMB 250 billion"
        assert [row["amount_printed"] for row in plan["statements"]] == ["RMB 200 billion", "RMB 250 billion"]


def test_a_plan_whose_outcome_is_known_is_no_promise() -> None:
    section = build.section(TOPIC, PLAN, made("RMB 210 billion", "2026/2030"))
    assert section.promises == ()
    assert section.tables["plans"][0]["made_printed"] == "RMB 210 billion"


def test_sources_that_differ_on_what_was_spent_are_one_row_in_dispute() -> None:
    section = build.section(TOPIC, made("RMB 105 billion", "2021/2025"), made("RMB 99 billion", "2021/2025", "s2"))
    assert [row["disputed"] for row in section.tables["made"]] == ["amount"]


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        ("2026", 1),
        ("2026/2030", 5),
        ("2025-07-01/2028-06-30", 3),
        ("2026-H1", None),
        ("2026~/2030", None),
        ("2026/..", None),
    ],
)
def test_a_yearly_rate_needs_whole_years(period: str, expected: int | None) -> None:
    assert years(build.when(period)) == expected
