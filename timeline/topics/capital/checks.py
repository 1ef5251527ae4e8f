"""Whether the counts of a class agree with what is told to have changed them, and what counts claim."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from timeline.check import Rule, apart, below, findings, stated, worked_out
from timeline.claim import Claim, Counted
from timeline.digits import exact
from timeline.intervals import in_words, widened
from timeline.naming import folded
from timeline.occurrence import Adjusted, Occurrence
from timeline.topics.capital.payloads import Changed, Reported
from timeline.values import Bounds, Quantity, difference

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from timeline.check import Verdict
    from timeline.section import Compared
    from timeline.topics.capital.classes import Capital

CHANGE = Rule(
    name="capital-change",
    severity="warning",
    compares="a class's count with the count before it, the issues and the cancellations in between",
    assumes="where a change in between is on record, all are; a count is of the end of its day",
)
SPLIT = Rule(
    name="capital-split",
    severity="warning",
    compares="a class's count after a split or consolidation with the count before it times the ratio",
    assumes="other changes in between are less than a tenth of the shares",
)
TREASURY = Rule(
    name="capital-treasury",
    severity="warning",
    compares="the shares that the company holds itself with those that there are",
    assumes="no company holds more of a class than is outstanding",
)
RULES = (CHANGE, SPLIT, TREASURY)

_OTHER_CHANGES: Final = Decimal("0.1")


class Gap(NamedTuple):
    """From one count of a class to the next.

    Attributes:
        before: the earlier count.
        after: the later one.
        changes: those that may be of the class and lie in between, for certain or perhaps.
        certain: whether it is known of each that it is of the class and lies in between.
    """

    before: Occurrence[Reported]
    after: Occurrence[Reported]
    changes: tuple[Occurrence[Changed], ...]
    certain: bool

    @property
    def splits(self) -> tuple[Occurrence[Changed], ...]:
        """The splits and consolidations."""
        return tuple(item for item in self.changes if item.payload.ratio)


def check(state: Capital) -> Iterator[Verdict]:
    """What came of each comparison, class by class."""
    for items in state.counts.values():
        for item in items:
            yield from _treasury(item)
        counting = [item for item in items if item.counts and item.occurred.is_day and item.occurred.is_exact]
        for before, after in pairwise(counting):
            if before.occurred.last != after.occurred.last:
                yield from _gap(_changes(state, before, after))


def claim(state: Capital) -> Iterator[Claim]:
    """Every count, in today's shares; none where it is not known in which shares it is."""
    for item in (item for items in state.counts.values() for item in items):
        if item.counts and item.id not in item.unstated:
            yield Counted(
                topic="capital",
                occurrence=item,
                share_class=item.payload.share_class,
                shares=item.adjusted.shares,
                treasury=item.adjusted.treasury,
            )


def _treasury(item: Occurrence[Reported]) -> Iterator[Verdict]:
    for report in item.reports:
        count = report.payload
        if not isinstance(count, Reported) or count.treasury is None:
            continue
        if not below(count.shares.bounds, count.treasury.bounds):
            yield TREASURY.passed()
            continue
        yield TREASURY.found(
            f"{count.treasury.printed} held by the company itself are more than the {count.shares.printed} of class"
            f" {count.share_class} ({item.occurred.label()})",
            topic="capital",
            figures=(stated("treasury", count.treasury, report.id), stated("shares", count.shares, report.id)),
            events=(report.id,),
            sources=(report.source,) if report.source else (),
        )


def _changes(state: Capital, before: Occurrence[Reported], after: Occurrence[Reported]) -> Gap:
    """What may have changed the count; a change told without a class is of the only one."""
    changes, certain = [], True
    for item in state.changes:
        named = item.payload.share_class
        if named and folded(named) != folded(before.payload.share_class):
            continue
        place = _place(item, before, after)
        if place != "out":
            changes.append(item)
            sure_of_class = named is not None or len(state.counts) == 1
            certain &= place == "in" and sure_of_class and item.counts and item.id not in item.unstated
    certain &= not any(item.id in item.unstated for item in (before, after))
    return Gap(before, after, tuple(changes), certain)


def _place(item: Occurrence[Changed], before: Occurrence[Reported], after: Occurrence[Reported]) -> str:
    """Whether a change lies in between: "in", "out", or "unsure". A split counts from its ex-day."""
    occurred = item.payload.ex_day or item.occurred
    since, until = before.occurred.last, after.occurred.last
    assert since is not None  # noqa: S101 - both counts are of a day
    assert until is not None  # noqa: S101 - likewise
    if (occurred.last and occurred.last <= since) or (occurred.first and occurred.first > until):
        return "out"
    inside = occurred.first and occurred.first > since and occurred.last and occurred.last <= until
    return "in" if inside and occurred.is_exact else "unsure"


def _gap(gap: Gap) -> Iterator[Verdict]:
    """A split that does not fit explains the counts; else the issues and cancellations have to."""
    if not gap.changes or not gap.certain:
        return
    if gap.splits:
        split = _split(gap)
        yield from split
        if findings(split):
            return
    if len(gap.changes) > len(gap.splits):
        yield from _sum(gap)


def _split(gap: Gap) -> list[Verdict]:
    """Whether the later count is the earlier one times the ratio, both as printed."""
    before, after = gap.before.adjusted.shares, gap.after.adjusted.shares
    if not isinstance(before, Adjusted) or not isinstance(after, Adjusted) or before.factor == after.factor:
        return []
    ratio = before.factor / after.factor
    expected = Adjusted.of(before.reported, ratio).bounds
    if not apart(after.reported.bounds, widened(expected, _OTHER_CHANGES)):
        return [SPLIT.passed()]
    told = ", ".join(f"{item.payload.change} of {item.payload.ratio}" for item in gap.splits)
    what = (
        f"{_count(gap.before)} make {in_words(expected, 'shares')} after the {told}, but {_count(gap.after)} are told"
    )
    figures = (*_counts(gap), worked_out("count before × ratio", expected, "shares"))
    return [SPLIT.found(what, gap.before, *gap.splits, gap.after, topic="capital", figures=figures)]


def _sum(gap: Gap) -> Iterator[Verdict]:
    """Whether the later count is the earlier one with issues and cancellations.

    Shares that the company holds itself are cancelled without a change of those outstanding, so that where both counts
    tell them the sum is one of all issued.
    """
    ends = _comparable(gap)
    moves = [item for item in gap.changes if not item.payload.ratio]
    if ends is None or not all(item.payload.shares for item in moves):
        return
    before, after = ends
    issued, cancelled = (_sum_of(*_moved(moves, change)) for change in ("issue", "cancellation"))
    expected = difference(_plus(before, issued), cancelled)
    if not apart(after, expected):
        yield CHANGE.passed()
        return
    steps = ", ".join(f"{_kind(item)} of {_printed(item)}" for item in moves)
    what = (
        f"{_count(gap.before)} and {steps} since make {in_words(expected, 'shares')}, but {_count(gap.after)} are told"
    )
    figures = (*_counts(gap), worked_out("count before + issues − cancellations", expected, "shares"))
    yield CHANGE.found(what, gap.before, *gap.changes, gap.after, topic="capital", figures=figures)


def _comparable(gap: Gap) -> tuple[Bounds, Bounds] | None:
    """Both counts, of all issued where both tell what the company holds itself; None where only one of them does."""
    before, after = gap.before.adjusted, gap.after.adjusted
    if before.treasury and after.treasury:
        return _sum_of(before.shares, before.treasury), _sum_of(after.shares, after.treasury)
    return None if before.treasury or after.treasury else (before.shares.bounds, after.shares.bounds)


def _moved(moves: Iterable[Occurrence[Changed]], change: str) -> Iterator[Quantity]:
    return (item.adjusted.shares for item in moves if item.payload.change == change and item.adjusted.shares)


def _sum_of(*counts: Quantity) -> Bounds:
    """Shares in all; a count that was typed without its unit is one of shares, too."""
    added: Bounds = (Decimal(0), Decimal(0))
    for count in counts:
        added = _plus(added, count.bounds)
    return added


def _plus(one: Bounds, other: Bounds) -> Bounds:
    (low, high), (more_low, more_high) = one, other
    with exact():
        return (
            None if low is None or more_low is None else low + more_low,
            None if high is None or more_high is None else high + more_high,
        )


def _kind(item: Occurrence[Changed]) -> str:
    return f"{'an' if item.payload.change == 'issue' else 'a'} {item.payload.change}"


def _printed(item: Occurrence[Changed]) -> str:
    return item.payload.shares.printed if item.payload.shares else ""


def _count(item: Occurrence[Reported]) -> str:
    return f"{item.payload.shares.printed} of class {item.payload.share_class} ({item.occurred.label()})"


def _counts(gap: Gap) -> Sequence[Compared]:
    return [stated("count", item.payload.shares, item.id) for item in (gap.before, gap.after)]
