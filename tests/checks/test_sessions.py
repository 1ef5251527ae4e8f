"""Sessions: what happened on days when an exchange was closed, closes in a row, streaks and sums of flows."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.checks.claims import calendar, calendars, claims, close, flow, found, listed, passed
from tests.topics import build
from timeline.app.auditing.calendars import calendars as installed
from timeline.check import findings
from timeline.checks.calendars import TradingDays
from timeline.checks.connect import LINKED, LINKED_SINCE
from timeline.checks.sessions import check_sessions
from timeline.digits import plain
from timeline.topics.market import Trade

if TYPE_CHECKING:
    from timeline.check import Verdict
    from timeline.checks.calendars import Calendars
    from timeline.event import Event
    from timeline.section import Finding

# New Year 2026 as the exchanges announced it: Hong Kong closed on 1 January only, Shanghai on 1 and 2 January.
HONG_KONG = calendar("2025-12-01", "2026-01-30", "2025-12-25", "2025-12-26", "2026-01-01")
SHANGHAI = calendar("2025-12-01", "2026-01-30", "2026-01-01", "2026-01-02")
BOTH = calendars(XHKG=HONG_KONG, XSHG=SHANGHAI)
NONE = calendars()
SURE = ("closed-day", "calendar-missing")


def verdicts(*events: Event, at_hand: Calendars = BOTH) -> list[Verdict]:
    return list(check_sessions(claims(*events), at_hand))


def one(*events: Event, at_hand: Calendars = BOTH) -> Finding:
    """The only thing that was found."""
    (finding,) = findings(verdicts(*events, at_hand=at_hand))
    return finding


def test_a_close_on_a_holiday_is_found() -> None:
    finding = one(close("2026-01-01", "HKD 38.00", "-0.42 %"))
    assert (finding.rule, finding.severity, finding.topic) == ("closed-day", "error", "market")
    assert finding.what == "tells of a close on Thursday 1 Jan 2026, when XHKG was closed"


def test_a_flow_through_stock_connect_needs_both_sides_to_be_open() -> None:
    finding = one(flow("2026-01-02"))
    assert finding.what == "tells of a flow through Southbound Stock Connect on Friday 2 Jan 2026, when XSHG was closed"
    assert found(verdicts(close("2026-01-02", "HKD 38.00"))) == []


def test_a_trade_in_the_open_market_needs_an_exchange_that_is_open_and_a_block_does_not() -> None:
    market = Trade(shares=build.figure("10 shares"), form="open-market")
    block = Trade(shares=build.figure("10 shares"), form="block")
    assert found(verdicts(listed("XHKG"), build.event(market, occurred="2026-01-01"))) == ["closed-day"]
    assert found(verdicts(listed("XHKG"), build.event(block, occurred="2026-01-01"))) == []


def test_where_no_exchange_is_stated_all_listings_must_have_been_closed() -> None:
    told = close("2026-01-02", "HKD 38.00", venue=None)
    assert found(verdicts(listed("XSHG"), told)) == ["closed-day"]
    assert found(verdicts(listed("XSHG"), listed("XHKG", "1211"), told)) == []
    assert found(verdicts(told)) == []  # listed nowhere that is known


def test_a_change_without_a_price_is_of_a_session_too() -> None:
    assert found(verdicts(close("2026-01-01", None, "+1.0 %"))) == ["closed-day"]


def test_days_that_are_not_sure_and_ends_of_sums_are_not_compared() -> None:
    for event in (flow("2026-01"), flow("2026-01-01?"), flow("../2026-01-03", sessions=3), close("2026-01", "HKD 38")):
        assert "closed-day" not in (*found(verdicts(event)), *passed(verdicts(event)))


def test_without_a_calendar_a_weekend_is_still_closed_where_that_never_changes() -> None:
    assert found(verdicts(close("2026-01-03", "HKD 38.00"), at_hand=NONE)) == ["closed-day", "calendar-missing"]
    assert found(verdicts(close("2026-01-03", "TWD 38.00", venue="XTAI"), at_hand=NONE)) == ["calendar-missing"]


def test_what_did_not_run_for_want_of_a_calendar_is_told_once_for_each_exchange() -> None:
    finding = one(close("2026-01-07", "HKD 38"), close("2026-01-08", "HKD 38"), at_hand=NONE)
    assert (finding.rule, finding.severity, len(finding.events)) == ("calendar-missing", "note", 2)
    assert finding.what == (
        "2 facts were not compared with the sessions of XHKG: no trading calendar of XHKG is at hand;"
        " pip install 'corporate-timeline[calendars]' brings those of most exchanges"
    )
    missing = [each.what.partition(":")[0] for each in findings(verdicts(flow("2026-01-08"), at_hand=NONE))]
    assert missing == [f"1 fact was not compared with the sessions of {mic}" for mic in LINKED]


def test_days_beyond_a_calendar_are_unknown_and_never_wrong() -> None:
    finding = one(close("2026-02-17", "HKD 38"))
    assert (finding.rule, finding.what) == (
        "calendar-missing",
        "1 fact was not compared with the sessions of XHKG: its trading calendar does not cover 17 Feb 2026",
    )


def test_where_a_calendar_is_at_hand_nothing_is_missing() -> None:
    assert passed(verdicts(close("2026-01-08", "HKD 38"))) == ["closed-day", "calendar-missing"]


def test_a_change_that_the_close_before_does_not_give_is_found_with_its_figures() -> None:
    finding = one(close("2026-01-07", "HKD 38.16"), close("2026-01-08", "HKD 38.00", "-0.24 %"))
    assert (finding.rule, finding.severity) == ("change-differs", "warning")
    assert finding.what == (
        "prints a change of -0.24 % to HKD 38.00 on 8 Jan 2026; from HKD 38.16 the session before it is -0.4 %"
    )
    assert [each.name for each in finding.figures] == [
        *("change", "close", "close before"),
        "close ÷ close before − 1",
    ]
    right = verdicts(close("2026-01-07", "HKD 38.16"), close("2026-01-08", "HKD 38.00", "-0.42 %"))
    assert (found(right), passed(right, *SURE)) == ([], ["change-differs"])


@pytest.mark.parametrize(
    ("before", "day", "at_hand", "compared"),
    [
        ("2025-12-31", "2026-01-02", BOTH, True),  # over a holiday that the calendar knows
        ("2025-12-31", "2026-01-05", BOTH, False),  # 2 January was a session
        ("2025-12-31", "2026-01-02", NONE, False),  # 1 January may have been one
        ("2026-01-02", "2026-01-05", NONE, True),  # Friday and Monday
    ],
)
def test_closes_are_compared_where_no_session_lies_between(
    before: str, day: str, at_hand: Calendars, *, compared: bool
) -> None:
    told = verdicts(close(before, "HKD 40.00"), close(day, "HKD 38.00", "+5 %"), at_hand=at_hand)
    assert ("change-differs" in found(told)) is compared
    assert "change-differs" not in passed(told)


def test_closes_of_other_exchanges_and_currencies_are_not_compared() -> None:
    change = close("2026-01-08", "HKD 38.00", "+5 %")
    for before in (close("2026-01-07", "CNY 40.00"), close("2026-01-07", "HKD 40.00", venue="XSHG")):
        assert found(verdicts(before, change)) == []


def test_a_close_without_an_exchange_is_that_of_the_only_listing() -> None:
    before, change = close("2026-01-07", "HKD 40.00", venue=None), close("2026-01-08", "HKD 38.00", "+5 %")
    assert found(verdicts(listed("XHKG"), before, change)) == ["change-differs"]
    two = (listed("XHKG"), listed("XSHG", "688810"))
    assert found(verdicts(*two, before, change)) == []
    assert found(verdicts(*two, before, close("2026-01-08", "HKD 38.00", "+5 %", venue=None))) == []


def test_a_session_of_the_other_direction_inside_a_streak_is_found() -> None:
    streak, out = flow("2026-01-08", streak=6), flow("2025-12-30", "HKD 7", "outflow")
    finding = one(streak, out)
    assert (finding.rule, finding.what) == (
        "streak-broken",
        "a streak of 6 sessions of inflow up to 8 Jan 2026 holds 30 Dec 2025, an outflow of HKD 7",
    )
    # Shanghai was closed on 2 January, so six sessions reach back to 30 December; six weekdays only to 1 January.
    assert found(verdicts(streak, out, at_hand=NONE), "calendar-missing") == []
    assert found(verdicts(streak, flow("2025-12-29", "HKD 7", "outflow"))) == []


def test_a_streak_is_longer_than_one_inside_it_by_the_sessions_between() -> None:
    later = flow("2026-01-08", streak=6)
    assert found(verdicts(flow("2025-12-31", streak=2), later)) == []
    finding = one(flow("2025-12-31", streak=3), later)
    assert finding.rule == "streak-length"
    assert finding.what == (
        "a streak of 6 sessions of inflow up to 8 Jan 2026 does not follow from a streak of 3 sessions of inflow up to"
        " 31 Dec 2025: sessions since then 4"
    )
    assert found(verdicts(flow("2025-12-31", streak=9), flow("2026-01-08", streak=3))) == []  # a new one


def test_a_streak_that_begins_right_after_a_session_of_its_direction_is_too_short() -> None:
    assert found(verdicts(flow("2026-01-07"), flow("2026-01-08", streak=1))) == ["streak-length"]
    assert found(verdicts(flow("2026-01-07", "HKD 1", "outflow"), flow("2026-01-08", streak=1))) == []


def test_without_a_calendar_weekdays_bound_the_length_of_a_streak() -> None:
    later = flow("2026-01-08", streak=9)
    for length, rules in ((2, ["streak-length"]), (3, []), (8, []), (9, ["streak-length"])):  # at most 6 weekdays since
        told = verdicts(flow("2025-12-31", streak=length), later, at_hand=NONE)
        assert found(told, "calendar-missing") == rules


def sessions(*values: int, ends: str = "2026-01-08") -> list[Event]:
    """A flow for each of the last sessions up to a day, in Hong Kong dollars; negative for outflows."""
    days = TradingDays(LINKED, (HONG_KONG, SHANGHAI)).last(len(values), date.fromisoformat(ends))
    return [
        flow(day.isoformat(), f"HKD {abs(value)}", "inflow" if value > 0 else "outflow")
        for day, value in zip(days, values, strict=True)
    ]


def test_a_sum_that_its_sessions_do_not_come_to_is_found() -> None:
    daily = sessions(10, 20, -5, 40, 50, 60)
    finding = one(*daily, flow("../2026-01-08", "HKD 170", sessions=6))
    assert (finding.rule, finding.severity, len(finding.events)) == ("flow-sum-differs", "error", 7)
    assert finding.what == (
        "prints HKD 170 in 6 sessions up to 8 Jan 2026, where all its sessions on record come to HKD 175"
    )
    right = verdicts(*daily, flow("../2026-01-08", "HKD 175", sessions=6))
    assert (found(right), passed(right, *SURE)) == ([], ["flow-sum-differs"])


def test_a_sum_with_a_session_missing_is_only_a_lower_end_and_only_of_one_direction() -> None:
    daily = sessions(10, 20, 30, 40, 50, 60)
    last = flow("2026-01-08", "HKD 60", streak=6)
    finding = one(*daily[1:-1], last, flow("../2026-01-08", "HKD 150", sessions=6))
    assert (finding.rule, finding.what) == (
        "flow-sum-exceeded",
        "prints HKD 150 in 6 sessions up to 8 Jan 2026, where 5 of them on record come to HKD 200",
    )
    assert found(verdicts(*daily[1:-1], last, flow("../2026-01-08", "over HKD 150", sessions=6))) == []
    assert found(verdicts(*daily[1:], flow("../2026-01-08", "HKD 150", sessions=6))) == []  # one may be an outflow


def test_a_sum_beside_a_session_that_went_both_ways_does_not_say_which_way_it_went() -> None:
    daily = sessions(-90, 20)
    for total, rules in (("HKD 70", []), ("HKD 80", ["flow-sum-differs"])):
        last = flow("2026-01-08", "HKD 20", sessions=2, cumulative=total)
        assert found(verdicts(daily[0], last)) == rules


def test_weekdays_that_are_all_on_record_are_the_sessions_of_a_sum() -> None:
    daily = [flow(f"2026-01-0{day}", "HKD 10") for day in (5, 6, 7, 8)]
    total = flow("../2026-01-08", "HKD 50", sessions=4)
    assert found(verdicts(*daily, total, at_hand=NONE), "calendar-missing") == ["flow-sum-differs"]
    assert found(verdicts(*daily[1:], total, at_hand=NONE), "calendar-missing") == []


# Quiet where all is well: a true world, printed as sources print.
DAYS = TradingDays(LINKED, (HONG_KONG, SHANGHAI)).last(20, date(2026, 1, 30))


@given(st.lists(st.integers(-(10**10), 10**10).filter(bool), min_size=20, max_size=20), st.data())
@settings(max_examples=40)
def test_true_flows_are_never_found_however_they_are_rounded(values: list[int], data: st.DataObject) -> None:
    events = []
    for index, (day, value) in enumerate(zip(DAYS, values, strict=True)):
        told, until = data.draw(st.sampled_from(["flow", "streak", "sum", ""])), values[: index + 1]
        if told in ("flow", "streak"):
            length = streak(until) if told == "streak" else None
            events.append(flow(day.isoformat(), rounded(value, data), way(value), streak=length))
        elif told == "sum" and index and (net := sum(until)):
            events.append(flow(f"../{day}", rounded(net, data), way(net), sessions=index + 1))
    for at_hand in (BOTH, NONE):
        assert found(verdicts(*events, at_hand=at_hand), "calendar-missing") == []


def way(value: int) -> Literal["inflow", "outflow"]:
    return "inflow" if value > 0 else "outflow"


def streak(values: list[int]) -> int:
    """How many at the end go one way."""
    return next((n for n, value in enumerate(reversed(values)) if (value > 0) != (values[-1] > 0)), len(values))


def rounded(net: int, data: st.DataObject) -> str:
    """A figure as it might be printed, without its sign: in full, or in millions with some decimals."""
    value, places = abs(net), data.draw(st.integers(0, 6))
    step = Decimal(10**6).scaleb(-places)
    if value < 10 * step or places == 6:
        return f"HKD {value:,}"
    return f"HKD {plain((value / step).quantize(Decimal(1)) * step / 10**6)} million"


@given(
    st.lists(st.integers(100, 100000), min_size=6, max_size=6),
    st.integers(0, 3),
    st.integers(0, 3),
    st.sampled_from(["", "about "]),
)
@settings(max_examples=60)
def test_true_changes_are_never_found_however_they_are_rounded(
    cents: list[int], places: int, decimals: int, word: str
) -> None:
    step, events = Decimal(1).scaleb(-places), []
    for day, before, after in zip(DAYS[1:], cents, cents[1:], strict=False):
        change = (Decimal(after - before) * 100 / before).quantize(Decimal(1).scaleb(-decimals))
        price = f"HKD {plain((Decimal(after) / 100).quantize(step))}"
        events.append(close(day.isoformat(), price, f"{word}{plain(change)} %"))
    told = verdicts(*events)
    assert (found(told), passed(told).count("change-differs")) == ([], 4)


@given(st.sampled_from(DAYS), st.integers(1, 9))
@settings(max_examples=30)
def test_the_last_sessions_reach_back_at_least_as_far_as_as_many_weekdays(day: date, count: int) -> None:
    known = TradingDays(LINKED, (HONG_KONG, SHANGHAI)).last(count, day)
    assert known[0] <= TradingDays((), ()).last(count, day)[0]
    low, high = TradingDays((), ()).between(known[0] - timedelta(days=1), day)
    assert low <= len(known) <= max(high, 1)


# The calendars of the library.


def link() -> TradingDays:
    return TradingDays(LINKED, tuple(map(installed, LINKED)), LINKED_SINCE)


def test_hong_kong_was_closed_on_new_years_day_and_over_lunar_new_year_2026() -> None:
    found_calendar = installed("XHKG")
    assert found_calendar
    january = found_calendar.sessions(date(2025, 12, 31), date(2026, 1, 5))
    assert [day.isoformat() for day in january] == ["2025-12-31", "2026-01-02", "2026-01-05"]
    february = found_calendar.sessions(date(2026, 2, 13), date(2026, 2, 20))
    assert [day.day for day in february] == [13, 16, 20]  # 17 to 19 February


def test_the_sixth_session_in_a_row_up_to_8_january_began_on_30_december() -> None:
    assert [day.isoformat() for day in link().last(6, date(2026, 1, 8))] == [
        *("2025-12-30", "2025-12-31", "2026-01-05", "2026-01-06", "2026-01-07", "2026-01-08"),
    ]


def test_before_2023_the_days_of_stock_connect_do_not_follow_from_the_exchanges() -> None:
    assert link().between(date(2023, 4, 14), date(2023, 4, 17)) == (1, 1)
    assert link().between(date(2023, 4, 3), date(2023, 4, 11)) == (
        1,
        6,
    )  # weekdays only; the exchanges paused at Easter
    assert link().between(date(2024, 3, 28), date(2024, 4, 2)) == (1, 1)  # Easter again


def test_an_exchange_that_the_library_does_not_know_has_no_calendar_and_shenzhen_has_that_of_shanghai() -> None:
    assert installed("XOTC") is None
    assert installed("XSHE") == installed("XSHG")


def test_days_outside_the_librarys_range_are_unknown() -> None:
    found_calendar = installed("XHKG")
    assert found_calendar
    assert not found_calendar.known(date(1975, 1, 1), date(1975, 1, 2))
    assert not found_calendar.known(date(2026, 1, 1), date(2075, 1, 2))
    told = verdicts(close("1975-01-01", "HKD 38"), at_hand=installed)
    assert found(told) == ["calendar-missing"]


def test_without_the_library_there_are_no_calendars(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "exchange_calendars", None)
    installed.cache_clear()
    assert installed("XHKG") is None
    monkeypatch.undo()
    installed.cache_clear()
    assert installed("XHKG") is not None


FIXTURES = Path(__file__).parents[2] / "fixtures"


@pytest.mark.parametrize("arguments", [["--help"], ["show", "xiaomi"]])
def test_commands_that_need_no_calendar_never_load_one(arguments: list[str], tmp_path: Path) -> None:
    database = str(tmp_path / "facts.db")
    subprocess.run(
        [sys.executable, "-m", "timeline.cli", "--db", database, "load", str(FIXTURES)], check=True, capture_output=True
    )
    code = f"import sys; from timeline.cli import main; main({['--db', database, *arguments]}); print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    loaded = run.stdout.rpartition("\n")[0].rpartition("\n")[2].split()
    assert "timeline.cli" in loaded
    assert not {"exchange_calendars", "pandas", "numpy"} & set(loaded)
