"""Flows of money session by session: streaks and sums beside the daily figures that are on record.

Where trading days are not known, a number of sessions reaches back at least as many weekdays; what that does not decide
is not compared.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from timeline.check import Rule, apart, below, stated, worked_out
from timeline.dates import When
from timeline.intervals import in_words
from timeline.section import Compared
from timeline.values import difference, total

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from timeline.check import Verdict
    from timeline.checks.calendars import TradingDays
    from timeline.checks.venues import Venues
    from timeline.claim import Flowed
    from timeline.values import Bounds, Quantity

BROKEN: Final = Rule(
    name="streak-broken",
    severity="error",
    compares="a streak of sessions with the daily figures inside it",
    assumes="sessions fall on weekdays",
)
LENGTH: Final = Rule(
    name="streak-length",
    severity="error",
    compares="a streak of sessions with the session on record before it, and the sessions between",
    assumes=BROKEN.assumes,
)
DIFFERS: Final = Rule(
    name="flow-sum-differs",
    severity="error",
    compares="a sum over sessions with the daily figures of all of them",
    assumes="a sum up to a day ends with the last session up to that day; sessions fall on weekdays",
)
EXCEEDED: Final = Rule(
    name="flow-sum-exceeded",
    severity="error",
    compares="a sum over sessions that all went one way with those of its daily figures that are on record",
    assumes=DIFFERS.assumes,
)
RULES: Final = (BROKEN, LENGTH, DIFFERS, EXCEEDED)

_ZERO: Final = Decimal(0)


class _Sum(NamedTuple):
    """A sum over the last sessions up to a day.

    Attributes:
        claim: what states it.
        day: the last day.
        value: the sum.
        sessions: how many it covers.
        one_way: whether all went the way of the claim.
    """

    claim: Flowed
    day: date
    value: Quantity
    sessions: int
    one_way: bool


def check_flows(flows: Sequence[Flowed], venues: Venues) -> Iterator[Verdict]:
    """What came of each comparison of streaks and sums with the daily figures of their channel and currency."""
    channels: dict[tuple[str, str], list[Flowed]] = defaultdict(list)
    for flow in flows:
        channels[flow.channel.casefold(), flow.value.unit].append(flow)
    for _, members in sorted(channels.items()):
        single = [(flow.day, flow) for flow in members if flow.day and not flow.is_sum]
        daily = dict(sorted(single, key=lambda pair: (pair[0], pair[1].occurrence.id)))
        yield from _streaks(daily, venues)
        for stated_sum in _sums(members, daily):
            yield from _compared(stated_sum, daily, venues.meant(stated_sum.claim, stated_sum.day))


def _streaks(daily: Mapping[date, Flowed], venues: Venues) -> Iterator[Verdict]:
    days = list(daily)
    for index, (day, flow) in enumerate(daily.items()):
        if flow.streak and flow.streak > 1:
            start = venues.meant(flow, day).last(flow.streak, day)[0]
            inside = days[bisect_left(days, start) : index]
            yield from (_one_way(flow, daily[at]) for at in inside)
    for (earlier, before), (day, flow) in pairwise(daily.items()):
        if flow.streak and before.direction == flow.direction:
            between = venues.meant(flow, day).between(earlier, day)
            if flow.streak >= between[1]:  # only then is the session before surely part of the streak, or ought to be
                yield _length(flow, before, between)


def _one_way(flow: Flowed, other: Flowed) -> Verdict:
    if other.direction == flow.direction:
        return BROKEN.passed()
    return BROKEN.found(
        f"{_streak(flow)} holds {_label(other)}, an {other.direction} of {other.value.printed}",
        flow.occurrence,
        other.occurrence,
        topic=flow.topic,
        figures=(_count(flow), stated(other.direction, other.value, other.occurrence.id)),
    )


def _length(flow: Flowed, before: Flowed, between: tuple[int, int]) -> Verdict:
    """The streak is that of the session before and the sessions since; at least so where that one states none."""
    least = (before.streak or 1) + between[0]
    most = before.streak + between[1] if before.streak else None
    length = flow.streak or 1
    if least <= length and (most is None or length <= most):
        return LENGTH.passed()
    since = f"{between[0]}" if between[0] == between[1] else f"{between[0]} to {between[1]}"
    told = _streak(before) if before.streak else f"an {before.direction} on {_label(before)}"
    return LENGTH.found(
        f"{_streak(flow)} does not follow from {told}: sessions since then {since}",
        flow.occurrence,
        before.occurrence,
        topic=flow.topic,
        figures=(_count(flow), *([_count(before)] if before.streak else ())),
    )


def _sums(members: Sequence[Flowed], daily: Mapping[date, Flowed]) -> Iterator[_Sum]:
    for flow in members:
        value, sessions = (flow.value if flow.is_sum else flow.cumulative), flow.sessions or flow.streak or 1
        if flow.day and value and value.unit == flow.value.unit and sessions > 1:
            last = daily.get(flow.day, flow)
            streaks = [each.streak for each in (flow, last) if each.streak and each.direction == flow.direction]
            yield _Sum(flow, flow.day, value, sessions, one_way=max(streaks, default=1) >= sessions)


def _compared(told: _Sum, daily: Mapping[date, Flowed], trading: TradingDays) -> Iterator[Verdict]:
    """With all daily figures where they are on record; else, of sums that went one way, with those that are."""
    window = trading.last(told.sessions, told.day)
    recorded = [daily[day] for day in window if day in daily]
    if len(recorded) == told.sessions:
        fits = any(not apart(value, told.value.bounds) for value in _directed(told, recorded))
        yield DIFFERS.passed() if fits else _found(DIFFERS, "all its sessions", told, recorded)
    elif told.one_way and any(flow.day != told.day for flow in recorded):
        short_of = below(told.value.bounds, _net(told, recorded))
        yield _found(EXCEEDED, f"{len(recorded)} of them", told, recorded) if short_of else EXCEEDED.passed()


def _directed(told: _Sum, recorded: Sequence[Flowed]) -> Iterator[Bounds]:
    """The net figure; of a sum beside a session's figure that went both ways its direction is not stated."""
    yield _net(told, recorded)
    if not (told.claim.is_sum or told.one_way):
        yield difference((_ZERO, _ZERO), _net(told, recorded))


def _net(told: _Sum, recorded: Sequence[Flowed]) -> Bounds:
    """What the sessions come to in the direction of the sum."""
    along = total(flow.value for flow in recorded if flow.direction == told.claim.direction)
    against = total(flow.value for flow in recorded if flow.direction != told.claim.direction)
    return difference(along, against)


def _found(rule: Rule, which: str, told: _Sum, recorded: Sequence[Flowed]) -> Verdict:
    net, unit = _net(told, recorded), told.value.unit
    return rule.found(
        f"prints {told.value.printed} in {told.sessions} sessions up to {_label(told.claim)}, where {which} on record"
        f" come to {in_words(net, unit)}",
        told.claim.occurrence,
        *(flow.occurrence for flow in recorded),
        topic=told.claim.topic,
        figures=(
            stated("sum", told.value, told.claim.occurrence.id),
            *(stated(_label(flow), flow.value, flow.occurrence.id) for flow in recorded),
            worked_out("sum of the sessions on record", net, unit),
        ),
    )


def _streak(flow: Flowed) -> str:
    return f"a streak of {flow.streak} sessions of {flow.direction} up to {_label(flow)}"


def _label(flow: Flowed) -> str:
    return When.of_days(flow.day, flow.day).label()


def _count(flow: Flowed) -> Compared:
    sessions = str(flow.streak)
    return Compared(name="streak", printed=sessions, low=sessions, high=sessions, event=flow.occurrence.id)
