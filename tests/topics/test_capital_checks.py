"""Checks of share capital: each bites on an example worked by hand, and is quiet on what is printed correctly."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import prints
from tests.topics import build
from timeline.check import Passed, findings
from timeline.claim import Counted
from timeline.topics.capital import TOPIC, Changed, Reported

if TYPE_CHECKING:
    from timeline.event import Event
    from timeline.section import Finding

few = settings(max_examples=40)


def counted(
    occurred: str, shares: str, share_class: str = "B", treasury: str = "", published: str = "2026-06-01"
) -> Event:
    held = build.figure(treasury) if treasury else None
    payload = Reported(share_class=share_class, shares=build.figure(shares), treasury=held)
    return build.event(payload, occurred=occurred, source=f"s{published}", published=f"{published}T09:00:00+08:00")


def changed(
    occurred: str, shares: str, change: Literal["issue", "cancellation"] = "issue", share_class: str | None = "B"
) -> Event:
    payload = Changed(change=change, shares=build.figure(shares), share_class=share_class)
    return build.event(payload, occurred=occurred, source="changes", published="2026-06-01T09:00:00+08:00")


def split(ratio: str, ex_day: str, change: Literal["split", "consolidation"] = "split") -> Event:
    payload = Changed(change=change, ratio=ratio, ex_day=build.when(ex_day), share_class="B")
    return build.event(payload, occurred="2025-12-01", source="split", published="2025-12-01T09:00:00+08:00")


def found(*events: Event) -> list[Finding]:
    verdicts = TOPIC.told(build.stream(*events)).verdicts
    return [finding for finding in findings(verdicts) if finding.rule.startswith("capital-")]


def rules(*events: Event) -> list[str]:
    return [finding.rule for finding in found(*events)]


def passed(*events: Event) -> Counter[str]:
    verdicts = TOPIC.told(build.stream(*events)).verdicts
    return Counter(each.rule.name for each in verdicts if isinstance(each, Passed))


# The return of 20 November 2025: 21,530,610,634 + 1,042,000 = 21,531,652,634.
BEFORE = counted("2025-11-12", "21,530,610,634 shares")
AFTER = counted("2025-11-20", "21,531,652,634 shares")
ISSUE = changed("2025-11-13/2025-11-20", "1,042,000 shares")


def test_a_count_is_the_one_before_with_the_issue_in_between() -> None:
    assert (rules(BEFORE, ISSUE, AFTER), passed(BEFORE, ISSUE, AFTER)["capital-change"]) == ([], 1)


def test_a_count_that_issues_and_cancellations_do_not_explain_is_found() -> None:
    # 21,530,610,634 + 1,042,000 − 500,000 = 21,531,152,634.
    gone = changed("2025-11-18", "500,000 shares", "cancellation")
    (finding,) = found(BEFORE, ISSUE, gone, AFTER)
    assert (finding.rule, finding.severity) == ("capital-change", "warning")
    assert (
        "a cancellation of 500,000 shares, an issue of 1,042,000 shares since make 21,531,152,634 shares"
        in finding.what
    )
    assert finding.figures[-1].low == finding.figures[-1].high == "21531152634"
    assert finding.events == (BEFORE.id, gone.id, ISSUE.id, AFTER.id)


@pytest.mark.parametrize(
    "doubtful",
    [
        changed("2025-11-12/2025-11-20", "9,000,000 shares"),  # may have begun on the day of the earlier count
        changed("2025-11", "9,000,000 shares"),  # may lie outside
        changed("2025-11-20~", "9,000,000 shares"),  # likewise
    ],
)
def test_a_change_that_may_lie_outside_leaves_the_counts_alone(doubtful: Event) -> None:
    assert rules(BEFORE, doubtful, AFTER) == []
    assert passed(BEFORE, doubtful, AFTER)["capital-change"] == 0


def test_without_a_change_on_record_nothing_is_compared() -> None:
    assert not passed(BEFORE, AFTER)
    other = changed("2025-11-14", "9,000,000 shares", share_class="A")
    assert not passed(BEFORE, other, AFTER)
    assert rules(BEFORE, other, AFTER) == []


def test_a_change_without_a_class_is_of_the_only_one() -> None:
    issue = changed("2025-11-14", "9,000,000 shares", share_class=None)
    assert rules(BEFORE, issue, AFTER) == ["capital-change"]
    assert rules(BEFORE, issue, AFTER, counted("2025-11-20", "4,519,000,000 shares", "A")) == []


def test_shares_in_treasury_are_cancelled_without_a_change_of_those_outstanding() -> None:
    # Issued before: 900 + 100 = 1,000; 60 of those in treasury cancelled: 900 + 40 = 940.
    held = counted("2025-11-12", "900 shares", treasury="100 shares"), counted("2025-11-20", "900 shares", "B", "40")
    assert rules(*held, changed("2025-11-14", "60 shares", "cancellation")) == []
    assert rules(*held, changed("2025-11-14", "70 shares", "cancellation")) == ["capital-change"]
    # Where only one count tells of the treasury, the other may or may not include it.
    one = held[0], counted("2025-11-20", "840 shares")
    assert rules(*one, changed("2025-11-14", "70 shares", "cancellation")) == []


def test_counts_round_a_split_have_its_ratio() -> None:
    before = counted("2025-12-31", "1,000,000,000 shares", published="2026-01-02")
    # 1 billion × 5 is 5 billion, within a tenth of 5.1; 20 billion, as a split of 20:1 would make, is not.
    right = counted("2026-02-28", "5,100,000,000 shares")
    assert rules(before, split("5:1", "2026-02-01"), right) == []
    assert passed(before, split("5:1", "2026-02-01"), right)["capital-split"] == 1
    (finding,) = found(before, split("20:1", "2026-02-01"), right)
    assert (finding.rule, finding.severity) == ("capital-split", "warning")
    assert "make 20bn shares after the split of 20:1, but 5,100,000,000 shares" in finding.what


def test_a_consolidation_leaves_fewer() -> None:
    before = counted("2025-12-31", "1,000,000,000 shares", published="2026-01-02")
    joined = split("1:10", "2026-02-01", "consolidation")
    # 1 billion / 10 is 100 million.
    assert rules(before, joined, counted("2026-02-28", "100,000,000 shares")) == []
    assert rules(before, joined, counted("2026-02-28", "1,000,000,000 shares")) == ["capital-split"]


def test_changes_beside_a_split_are_counted_in_the_shares_after_it() -> None:
    before = counted("2025-12-31", "1,000,000,000 shares", published="2026-01-02")
    issue = changed("2026-02-10", "20,000,000 shares")
    # 1,000,000,000 × 5 + 20,000,000 = 5,020,000,000.
    assert rules(before, split("5:1", "2026-02-01"), issue, counted("2026-02-28", "5,020,000,000 shares")) == []
    wrong = counted("2026-02-28", "5,100,000,000 shares")
    assert rules(before, split("5:1", "2026-02-01"), issue, wrong) == ["capital-change"]


def test_a_company_does_not_hold_more_of_its_shares_than_there_are() -> None:
    assert rules(counted("2025-11-12", "21,530,610,634 shares", treasury="30 billion")) == ["capital-treasury"]
    right = counted("2025-11-12", "21,530,610,634 shares", treasury="30 million")
    assert (rules(right), passed(right)) == ([], {"capital-treasury": 1})


def test_every_count_that_stands_is_claimed() -> None:
    vague = counted("2025-11", "21.5 billion shares", published="2026-06-02")
    claims = TOPIC.told(build.stream(BEFORE, AFTER, vague)).claims
    counts = [claim for claim in claims if isinstance(claim, Counted)]
    assert [(claim.share_class, claim.shares.printed) for claim in counts] == [
        ("B", "21,530,610,634 shares"),
        ("B", "21,531,652,634 shares"),
    ]


@few
@given(st.data(), st.integers(10**6, 10**11), st.lists(st.integers(-(10**5), 10**8), min_size=1, max_size=4))
def test_counts_and_changes_that_are_printed_correctly_never_alarm(
    data: st.DataObject, start: int, moves: list[int]
) -> None:
    def figure(true: int) -> str:
        return data.draw(prints.numbers(Decimal(true))).printed + " shares"

    changes = [
        changed(f"2025-11-{14 + number}", figure(abs(move)), "issue" if move > 0 else "cancellation")
        for number, move in enumerate(moves)
        if move
    ]
    ends = counted("2025-11-12", figure(start)), counted("2025-11-20", figure(start + sum(moves)))
    assert rules(*ends, *changes) == []


@few
@given(st.integers(10**6, 10**11), st.integers(1_000, 10**5), st.sampled_from([-1, 1, 3]))
def test_an_issue_off_by_a_power_of_ten_is_always_found(start: int, issued: int, power: int) -> None:
    ends = counted("2025-11-12", f"{start:,}"), counted("2025-11-20", f"{start + issued:,}")
    wrong = int(Decimal(issued).scaleb(power))
    assert rules(*ends, changed("2025-11-14", f"{wrong:,}")) == ["capital-change"]
