"""Totals and changes against sums made by hand from the plain facts, with nothing of the program in them."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from tests.laws import bases
from tests.laws.bases import few
from tests.laws.worlds import REGISTER, File, loads

if TYPE_CHECKING:
    from pathlib import Path

    from hypothesis.strategies import DrawFn, SearchStrategy

    from tests.laws.worlds import Fact, Loads, World

DAYS = tuple(f"2025-{month:02}-{day:02}" for month in (3, 4, 5) for day in (3, 10, 17, 24))

shares = st.integers(1, 10**12)
days = st.sampled_from(DAYS)


@st.composite
def told(draw: DrawFn, facts: list[Fact]) -> World:
    """Facts as one to three sources tell them, each fact told at least once and never two ways."""
    sources = []
    everywhere = [draw(st.sets(st.integers(1, 3), min_size=1)) for _ in facts]
    for number in (1, 2, 3):
        own = tuple({"key": f"k{index}", **fact} for index, fact in enumerate(facts) if number in everywhere[index])
        if own:
            sources.append(File({**REGISTER.head, "id": f"s{number}", "published": "2026-01-01"}, own))
    return tuple(sources)


def loaded(facts: SearchStrategy[list[Fact]]) -> SearchStrategy[tuple[list[Fact], Loads]]:
    return facts.flatmap(lambda each: st.tuples(st.just(each), told(each).flatmap(loads)))


@st.composite
def purchases(draw: DrawFn) -> list[Fact]:
    """Purchases of exact days and amounts, at most one a day, and totals reported in between."""
    bought = draw(st.dictionaries(days, st.tuples(shares, shares), min_size=1, max_size=6))
    totals = draw(st.dictionaries(days, shares, max_size=3))
    place = {"company": "acme", "share_class": "B", "venue": "XHKG"}
    return [
        *(
            {
                **place,
                "kind": "buyback.executed",
                "occurred": day,
                "shares": f"{count:,} shares",
                "value": f"HKD {paid:,}",
            }
            for day, (count, paid) in bought.items()
        ),
        *(
            {
                "company": "acme",
                "kind": "buyback.totalled",
                "occurred": day,
                "shares": f"{count:,} shares",
                "since": f"../{day}",
            }
            for day, count in totals.items()
        ),
    ]


@few
@given(loaded(purchases()))
def test_a_cumulative_is_the_last_reported_total_and_what_was_bought_after_it(
    registered: Path, case: tuple[list[Fact], Loads]
) -> None:
    facts, batches = case
    bought = {fact["occurred"]: number(fact["shares"]) for fact in facts if fact["kind"] == "buyback.executed"}
    totals = {fact["occurred"]: number(fact["shares"]) for fact in facts if fact["kind"] == "buyback.totalled"}
    last = max(totals, default="")
    shown = section(registered, batches, "buybacks")
    after = sum(count for day, count in bought.items() if day > last)
    assert number(shown["cumulative_shares"]) == totals.get(last, 0) + after
    assert shown["cumulative_low"] == shown["cumulative_high"] == shown["cumulative_shares"]
    assert shown["cumulative_as_of"] == max(*bought, last)
    inside = sum(count for day, count in bought.items() if day <= last or not last)
    assert number(shown["itemised_shares"]) == inside
    assert shown["unitemised_shares"] == (str(totals[last] - inside) if last else None)


@few
@given(loaded(purchases()))
def test_what_was_paid_adds_up_by_month_and_in_all(registered: Path, case: tuple[list[Fact], Loads]) -> None:
    facts, batches = case
    bought = [fact for fact in facts if fact["kind"] == "buyback.executed"]
    shown = section(registered, batches, "buybacks")
    months = sorted({fact["occurred"][:7] for fact in bought})
    by_month = [[fact for fact in bought if fact["occurred"][:7] == month] for month in months]
    assert [row["month"] for row in shown["months"]] == months
    for row, paid in zip([*shown["months"], *shown["spend"]], [*by_month, bought], strict=True):
        count, value = (sum(number(fact[name]) for fact in paid) for name in ("shares", "value"))
        assert (number(row["purchases"]), number(row["shares"]), number(row["value"])) == (len(paid), count, value)
        assert abs(Fraction(row["average"]) - Fraction(value, count)) <= Fraction(1, 200)


@st.composite
def revisions(draw: DrawFn) -> list[Fact]:
    """An exact target that is set once and changed on later days, and what came of it."""
    said = sorted(draw(st.sets(days, min_size=1, max_size=5)))
    values = draw(st.lists(st.integers(1, 10**9), min_size=len(said), max_size=len(said)))
    fact = {"company": "acme", "metric": "deliveries", "period": "2025"}
    facts: list[Fact] = []
    for day, value in zip(said, values, strict=True):
        before = number(facts[-1]["value"]) if facts else 0
        action = "initial" if not facts else "raised" if value >= before else "cut"
        facts.append({**fact, "kind": "target.set", "occurred": day, "action": action, "value": f"{value:,}"})
    if draw(st.booleans()):
        outcome = draw(st.integers(1, 10**9) | st.just(values[-1]))
        facts.append({**fact, "kind": "result.reported", "occurred": "2025", "value": f"{outcome:,}"})
    return facts


@few
@given(loaded(revisions()))
def test_targets_are_revised_in_the_order_of_the_days_and_compared_with_the_one_before_the_first_and_the_outcome(
    registered: Path, case: tuple[list[Fact], Loads]
) -> None:
    facts, batches = case
    values = [number(fact["value"]) for fact in facts if fact["kind"] == "target.set"]
    outcome = next((number(fact["value"]) for fact in facts if fact["kind"] == "result.reported"), None)
    (target,) = section(registered, batches, "targets")["targets"]
    rows = target["revisions"]
    assert [(row["occurred"], number(row["low"]), number(row["high"])) for row in rows] == [
        (fact["occurred"], value, value) for fact, value in zip(facts, values, strict=False)
    ]
    assert rows[0]["change_percent_printed"] is rows[0]["change_on_first_percent_printed"] is None
    for row, value, before in zip(rows[1:], values[1:], values, strict=False):
        assert is_change(row["change_percent_printed"], value, before)
        assert is_change(row["change_on_first_percent_printed"], value, values[0])
    assert target["status"] == status(outcome, values[-1])
    if outcome is not None:
        assert is_change(target["outcome_on_last_percent_printed"], outcome, values[-1])
        assert is_change(target["outcome_on_first_percent_printed"], outcome, values[0])


def status(outcome: int | None, last: int) -> str:
    if outcome is None:
        return "open"
    return "beat" if outcome > last else "met" if outcome == last else "missed"


def is_change(text: str, new: int, old: int) -> bool:
    """Whether "+34.1 %" is the change in percent, to a tenth."""
    printed = Fraction(text.removesuffix(" %").replace(",", "").replace("−", "-"))
    return abs(printed - (Fraction(new, old) - 1) * 100) <= Fraction(1, 20) + Fraction(1, 10**9)


def section(registered: Path, batches: Loads, topic: str) -> dict[str, Any]:
    with bases.copied(registered) as path:
        bases.load_all(path, batches)
        found: dict[str, Any] = bases.pages(path)["acme"]["sections"][topic]
        return found


def number(text: str) -> int:
    """The whole number in a text such as "HKD 1,000"."""
    return int("".join(sign for sign in text if sign.isdigit()))
