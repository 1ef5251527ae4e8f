"""Dividends: what a kind without a projection of its own gives."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from tests.topics import build
from timeline.intake import fixture
from timeline.topics.dividends import TOPIC, Declared
from timeline.values import Measure

# Apple, 30 October 2025: a cash dividend of $0.26 a share, payable on 13 November to holders of record on 10 November.
APPLE = Declared(
    amount=build.figure("$0.26", "USD"),
    form="cash",
    record_day=build.when("2025-11-10"),
    pay_day=build.when("2025-11-13"),
)
DECLARED = build.event(APPLE, occurred="2025-10-30", published="2025-10-30T16:30:00-04:00")


def test_a_dividend_is_shown_with_its_amount_and_days() -> None:
    (row,) = build.section(TOPIC, DECLARED).tables["dividends"]
    stated = {name: str(row[name]) for name in ("occurred", "form", "record_day", "pay_day")}
    assert stated == {"occurred": "2025-10-30", "form": "cash", "record_day": "2025-11-10", "pay_day": "2025-11-13"}
    assert "$0.26" in row.values()


def test_a_fixture_tells_the_same() -> None:
    batch = fixture.read([str(Path(__file__).parent / "fixtures" / "dividends.yaml")])
    assert batch.problems == ()
    (report,) = batch.reports
    assert (report.payload, report.occurred) == (APPLE, DECLARED.occurred)


def test_two_sources_of_one_dividend_are_one_row_and_a_report_without_form_joins_it() -> None:
    brief = build.event(Declared(amount=APPLE.amount), occurred="2025-10-30", source="s2")
    (row,) = build.section(TOPIC, DECLARED, brief).tables["dividends"]
    assert row["sources"] == ["s1", "s2"]


def test_a_special_dividend_of_the_same_day_is_another_one() -> None:
    special = build.event(Declared(amount=build.figure("USD 1.00"), form="special"), occurred="2025-10-30")
    assert len(build.section(TOPIC, DECLARED, special).tables["dividends"]) == 2


def test_the_order_of_loading_does_not_matter() -> None:
    events = (
        DECLARED,
        build.event(APPLE, occurred="2025-07-31"),
        build.event(Declared(amount=APPLE.amount), source="s2"),
    )
    expected = build.section(TOPIC, *events)
    assert all(build.section(TOPIC, *order) == expected for order in build.orders(*events))


def test_an_amount_without_a_currency_is_refused() -> None:
    refusal = Measure("price").refuses(build.figure("0.26"))
    assert refusal is not None
    assert refusal.rule == "currency-missing"


def test_a_dividend_without_an_amount_is_refused() -> None:
    with pytest.raises(msgspec.ValidationError, match="missing required field `amount`"):
        msgspec.convert({"form": "cash"}, Declared)
