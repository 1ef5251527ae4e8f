"""A percentage of the capital against the shares there are."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import prints
from tests.checks.claims import found, passed
from tests.topics import build
from timeline.check import findings
from timeline.checks.stakes import stakes
from timeline.topics.buybacks import TOPIC as BUYBACKS
from timeline.topics.buybacks import Executed
from timeline.topics.capital import TOPIC as CAPITAL
from timeline.topics.capital import Reported

if TYPE_CHECKING:
    from timeline.check import Verdict
    from timeline.event import Event
    from timeline.values import Quantity


def counted(shares: str, share_class: str = "B", occurred: str = "2025-11-20", treasury: str = "") -> Event:
    held = build.figure(treasury) if treasury else None
    payload = Reported(share_class=share_class, shares=build.figure(shares), treasury=held)
    return build.event(payload, occurred=occurred, source="counts", published="2026-06-01T09:00:00+08:00")


def bought(shares: str, percent: str, base: str | None = None) -> Event:
    payload = Executed(shares=build.figure(shares), percent=build.figure(percent), base=base, share_class="B")
    return build.event(payload, occurred="2025-11-20", published="2026-06-01T09:00:00+08:00")


def verdicts(*events: Event) -> list[Verdict]:
    stream = build.stream(*events)
    return list(stakes(claim for topic in (BUYBACKS, CAPITAL) for claim in topic.told(stream).claims))


# The return of 20 November 2025: 13,500,000 shares, 0.052 % of issued shares, and 21,531,652,634 of class B. That makes
# 0.0627 %; it is 0.052 % of the 26 billion of both classes, A not being told.
CLASS_B = counted("21,531,652,634 shares")
RETURN = bought("13,500,000 shares", "0.052 %", "issued shares")


def test_a_class_that_is_not_counted_may_be_in_the_capital() -> None:
    assert passed(verdicts(CLASS_B, RETURN)) == ["stake-percent"]


def test_once_all_classes_are_counted_it_has_to_be_of_one_of_them_or_of_all() -> None:
    both = counted("4,500,000,000 shares", "A"), CLASS_B
    # 21.53 + 4.5 = 26.03 billion; 13,500,000 is 0.0519 % of it, 0.0627 % of class B, 0.3 % of class A.
    for fits in ("0.052 %", "0.063 %", "0.30 %"):
        assert passed(verdicts(*both, bought("13,500,000 shares", fits))) == ["stake-percent"]
    (finding,) = findings(verdicts(*both, bought("13,500,000 shares", "0.040 %", "issued shares")))
    assert (finding.rule, finding.severity, finding.topic) == ("stake-percent", "warning", "buybacks")
    assert '13,500,000 shares are not 0.040 % of "issued shares" (20 Nov 2025), but' in finding.what
    assert "% of 4,500,000,000 shares of class A and 21,531,652,634 shares of class B" in finding.what


def test_the_class_that_the_base_names_is_the_only_one_that_counts() -> None:
    assert found(verdicts(CLASS_B, bought("13,500,000 shares", "0.052 %", "issued Class B shares"))) == [
        "stake-percent"
    ]
    assert found(verdicts(CLASS_B, bought("13,500,000 shares", "0.063 %", "issued Class B shares"))) == []
    # 0.30 % is what they are of class A.
    both = counted("4,500,000,000 shares", "A"), CLASS_B
    assert found(verdicts(*both, bought("13,500,000 shares", "0.30 %", "B shares in issue"))) == ["stake-percent"]


def test_shares_that_the_company_holds_itself_may_be_in_the_capital_or_not() -> None:
    count = counted("900,000,000 shares", "ordinary", treasury="300,000,000 shares")
    # 9 million is 1 % of 900 million and 0.75 % of 1.2 billion.
    assert found(verdicts(count, bought("9,000,000 shares", "1.00 %"))) == []
    assert found(verdicts(count, bought("9,000,000 shares", "0.75 %"))) == []
    assert found(verdicts(count, bought("9,000,000 shares", "0.60 %"))) == ["stake-percent"]


@pytest.mark.parametrize(
    ("percent", "said"),
    [
        # 9 million of 900 million is 1 % and 10 per thousand.
        ("10.0 %", "it fits as 10.0 ‰, per thousand"),
        ("0.100 %", "it fits as 1.00 %"),
        ("0.0100 %", "it fits as 1.00 %"),
    ],
)
def test_a_percentage_off_by_a_power_of_ten_is_told_as_that(percent: str, said: str) -> None:
    count = counted("900,000,000 shares", "ordinary")
    (finding,) = findings(verdicts(count, bought("9,000,000 shares", percent)))
    assert said in finding.what


def test_a_count_of_a_later_day_or_of_years_ago_tells_nothing() -> None:
    stake = bought("9,000,000 shares", "10.0 %")
    assert verdicts(stake) == []
    assert verdicts(counted("900,000,000 shares", occurred="2025-11-21"), stake) == []
    assert verdicts(counted("900,000,000 shares", occurred="2023-11-20"), stake) == []


def test_the_last_count_before_the_day_is_taken() -> None:
    counts = (
        counted("100,000,000 shares", "ordinary", "2025-01-01"),
        counted("900,000,000 shares", "ordinary", "2025-11-01"),
    )
    assert found(verdicts(*counts, bought("9,000,000 shares", "1.0 %"))) == []
    assert found(verdicts(*counts, bought("9,000,000 shares", "9.0 %"))) == ["stake-percent"]


@settings(max_examples=50)
@given(st.data(), st.integers(10**6, 10**11), st.integers(1_000, 10**6))
def test_a_percentage_that_is_printed_correctly_never_alarms(data: st.DataObject, capital: int, part: int) -> None:
    shares: Quantity = data.draw(prints.numbers(Decimal(part)))
    count: Quantity = data.draw(prints.numbers(Decimal(capital)))
    percent: Quantity = data.draw(prints.percentages(Decimal(part) * 100 / capital))
    stated = Executed(shares=shares, percent=percent), Reported(share_class="ordinary", shares=count)
    events = [build.event(payload, occurred="2025-11-20", source=payload.KIND) for payload in stated]
    assert passed(verdicts(*events)) == ["stake-percent"]


@settings(max_examples=50)
@given(st.integers(10**6, 10**11), st.integers(10_000, 10**6), st.sampled_from([-3, -2, -1, 1, 2, 3]))
def test_a_percentage_off_by_a_power_of_ten_is_always_found(capital: int, part: int, power: int) -> None:
    true = Decimal(part) * 100 / capital
    percent = prints.rounded(true.scaleb(power), 4 - true.adjusted() - power)
    assert found(verdicts(counted(f"{capital:,}", "ordinary"), bought(f"{part:,}", f"{percent} %"))) == [
        "stake-percent"
    ]
