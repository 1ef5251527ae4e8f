"""Charges: what they consist of, and parts and totals that cannot be."""

from __future__ import annotations

from decimal import Decimal
from itertools import permutations
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.topics import build
from timeline.check import Passed
from timeline.topics.charges import TOPIC, Announced, Part

if TYPE_CHECKING:
    from timeline.event import Event


def announced(value: str, *parts: tuple[str, str], total: str = "", occurred: str = "2026-01-08") -> Event:
    payload = Announced(
        value=build.figure(value),
        type="impairment",
        cause="fewer EVs",
        parts=tuple(Part(name, build.figure(amount)) for name, amount in parts),
        total=build.figure(total) if total else None,
    )
    return build.event(payload, occurred=occurred)


def test_general_motors_impairment_of_6bn() -> None:
    # The article of 2026-01-09, paragraph 18.
    section = build.section(TOPIC, announced("USD 6 billion"))
    (row,) = section.tables["charges"]
    assert (row["occurred"], row["value"], row["currency"], row["parts"]) == ("2026-01-08", "6000000000", "USD", [])
    (line,) = section.headlines
    assert (line.label, line.cells) == ("Impairment", ("USD 6bn", "announced 8 Jan 2026", "fewer EVs"))
    assert section.findings == ()


def test_parts_stand_below_their_charge() -> None:
    (row,) = build.section(TOPIC, announced("USD 6 billion", ("plants", "USD 1.8 billion"))).tables["charges"]
    assert [(part["name"], part["value"]) for part in row["parts"]] == [("plants", "1800000000")]


@pytest.mark.parametrize(
    ("charge", "rules"),
    [
        (announced("USD 6,000", ("a", "USD 4,000"), ("b", "USD 2,001")), ["charge-parts"]),
        (announced("USD 6 billion", ("a", "USD 4 billion"), ("b", "USD 2.2 billion")), []),
        (announced("USD 6,000", ("a", "USD 4,000")), []),
        (announced("USD 6,000", ("a", "EUR 9,000")), []),
        (announced("USD 6,000", total="USD 5,999"), ["charge-total"]),
        (announced("USD 6,000", total="over USD 5,000"), []),
    ],
)
def test_only_figures_that_surely_cannot_be_are_found(charge: Event, rules: list[str]) -> None:
    assert [finding.rule for finding in build.section(TOPIC, charge).findings] == rules


def test_charges_stand_in_order_of_day_and_the_latest_leads() -> None:
    events = (announced("USD 6 billion"), announced("USD 1.6 billion", occurred="2025-10-14"))
    for order in permutations(events):
        section = build.section(TOPIC, *order)
        assert [row["value"] for row in section.tables["charges"]] == ["1600000000", "6000000000"]
        assert section.headlines[0].cells[0] == "USD 6bn"


def test_what_is_found_names_the_figures_with_their_intervals() -> None:
    charge = announced("USD 6 billion", ("plants", "USD 4 billion"), ("staff", "USD 3.5 billion"))
    (finding,) = build.section(TOPIC, charge).findings
    assert [(figure.name, figure.low, figure.high) for figure in finding.figures] == [
        ("charge", "5500000000", "6500000000"),
        ("plants", "3500000000", "4500000000"),
        ("staff", "3450000000", "3550000000"),
        ("sum of the parts", "6950000000", "8050000000"),
    ]
    assert [type(verdict).__name__ for verdict in TOPIC.told(build.stream(charge)).verdicts] == ["Finding"]


def test_a_comparison_that_finds_nothing_is_counted() -> None:
    charge = announced("USD 6 billion", ("plants", "USD 4 billion"), total="USD 9 billion")
    assert [
        verdict.rule.name for verdict in TOPIC.told(build.stream(charge)).verdicts if isinstance(verdict, Passed)
    ] == [
        "charge-parts",
        "charge-total",
    ]


@settings(max_examples=40)
@given(
    parts=st.lists(st.integers(10**7, 10**10), min_size=1, max_size=4),
    rest=st.integers(0, 10**10),
    places=st.lists(st.integers(0, 3), min_size=6, max_size=6),
)
def test_charges_that_are_truly_printed_never_alarm(parts: list[int], rest: int, places: list[int]) -> None:
    def printed(value: int, digits: int) -> str:
        return f"USD {round(Decimal(value) / 10**9, digits)} billion" if digits else f"USD {value}"

    named = [(f"part {index}", printed(part, places[index])) for index, part in enumerate(parts)]
    value = sum(parts) + rest
    charge = announced(printed(value, places[4]), *named, total=printed(value + rest, places[5]))
    assert build.section(TOPIC, charge).findings == ()
