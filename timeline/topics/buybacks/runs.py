"""Runs of reported totals that count from one day, and which purchases lie between two of them."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from itertools import combinations
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from timeline.occurrence import Occurrence
from timeline.topics.buybacks.payloads import Executed, Totalled

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from timeline.dates import When
    from timeline.topics.buybacks.programmes import Buybacks, Programme
    from timeline.values import Quantity

Item: TypeAlias = Occurrence[Executed] | Occurrence[Totalled]
"""What tells how much was bought."""

_FRIDAY: Final = 4
_DAY: Final = timedelta(days=1)


class Run(NamedTuple):
    """Totals that count from one day, and the purchases that they may include.

    Attributes:
        name: in words, after "since".
        start: the day they count from; None where that is vague.
        totals: in order of day.
        executions: in order of day.
        apart: purchases that may repeat others.
        inferred: ids of what was put here by inference.
    """

    name: str
    start: date | None
    totals: tuple[Occurrence[Totalled], ...]
    executions: tuple[Occurrence[Executed], ...]
    apart: tuple[Occurrence[Executed], ...]
    inferred: frozenset[str]


class Step(NamedTuple):
    """From one total to the next.

    Attributes:
        run: that both belong to.
        figure: name of the figure compared.
        before: the earlier total; None for the start, when nothing had been bought.
        after: the later one.
    """

    run: Run
    figure: str
    before: Occurrence[Totalled] | None
    after: Occurrence[Totalled]

    @property
    def between(self) -> tuple[Occurrence[Executed], ...]:
        """The purchases that are surely in the later total and not in the earlier one."""
        return tuple(item for item in self.run.executions if self._place(item) == "in")

    @property
    def settled(self) -> bool:
        """Whether it is known of every purchase on record, and only once, whether it lies between."""
        unsure = (item for item in (*self.run.executions, *self.run.apart) if self._place(item) == "unsure")
        return not any(unsure) and not any(self._place(item) == "in" for item in self.run.apart)

    @property
    def complete(self) -> bool:
        """Whether all purchases between are on record: one on every weekday, or as many as the totals count more."""
        return self.before is not None and self.settled and (self._counted() or self._daily())

    def _place(self, item: Occurrence[Executed]) -> str:
        since = self.before.occurred.last if self.before else self.run.start and self.run.start - _DAY
        first, last, until = item.occurred.first, item.occurred.last, self.after.occurred.first
        if first is None or last is None or since is None or until is None:
            return "unsure"
        if last <= since or first > until:
            return "out"
        return "in" if first > since and last <= until else "unsure"

    def _counted(self) -> bool:
        trades = self.after.payload.trades, self.before and self.before.payload.trades
        if not all(count and count.width == 0 for count in trades):
            return False
        after, before = (count.anchor for count in trades if count)
        return after - before == len(self.between)

    def _daily(self) -> bool:
        """Whether every weekday in between has a purchase, of each class and at each venue that has any."""
        assert self.before is not None  # noqa: S101 - asked of two totals only
        places: dict[tuple[str | None, str | None], set[date]] = defaultdict(set)
        for item in self.between:
            places[item.payload.share_class, item.payload.venue] |= set(_days(item.occurred.first, item.occurred.last))
        weekdays = {day for day in _between(self.before, self.after) if day.weekday() <= _FRIDAY}
        return bool(places) and all(weekdays <= days for days in places.values())


def runs(state: Buybacks) -> Iterator[Run]:
    """The totals of each programme, and those that count from another day that is known."""
    others: list[Occurrence[Totalled]] = []
    for programme in state.programmes:
        counting = [item for item in programme.totals if item.counts]
        own = [item for item in counting if programme.mandate and counts_from(item.payload.since, programme.mandate)]
        others += [item for item in counting if item not in own and item.payload.since.is_day]
        if own and programme.mandate:
            yield _of_programme(state, programme, programme.mandate, own)
    for since in sorted({item.payload.since.edtf for item in others}):
        yield _since(state, [item for item in others if item.payload.since.edtf == since])


def counts_from(since: When, mandate: When) -> bool:
    """Whether a total counts from the mandate: on its day, or from a vague one that may be it."""
    return since.same_days(mandate) or (not since.is_day and since.overlaps(mandate))


def _of_programme(state: Buybacks, programme: Programme, mandate: When, own: Sequence[Occurrence[Totalled]]) -> Run:
    return Run(
        name=f"the mandate of {mandate.label()}",
        start=mandate.first if mandate.is_day else None,
        totals=tuple(own),
        executions=programme.executions,
        apart=state.apart,
        inferred=frozenset(item.id for item in told(programme) if not _names(item.payload)),
    )


def _since(state: Buybacks, totals: Sequence[Occurrence[Totalled]]) -> Run:
    """Totals since a day that is no mandate's, such as the start of the year: of whatever programmes."""
    since = totals[0].payload.since
    named = {item.payload.programme for item in totals}
    executions = tuple(item for item in state.executions if named == {None} or item.payload.programme in named)
    return Run(since.label(), since.first, tuple(totals), executions, state.apart, frozenset())


def told(programme: Programme) -> tuple[Item, ...]:
    """The totals and purchases of a programme that count."""
    totals: list[Item] = [item for item in programme.totals if item.counts]
    return (*totals, *programme.executions)


def known_shares(item: Item) -> Quantity | None:
    """The number of shares in today's; None where it is not stated, or not in which shares."""
    return None if item.id in item.unstated else item.adjusted.shares


def _names(payload: Executed | Totalled) -> bool:
    return payload.programme is not None or (isinstance(payload, Totalled) and payload.since.is_day)


def disjoint(bought: Sequence[Occurrence[Executed]]) -> bool:
    """Whether no purchase can include another, as that of a week includes those of its days."""
    return not any(
        one.occurred.overlaps(other.occurred) and not _elsewhere(one.payload, other.payload)
        for one, other in combinations(bought, 2)
    )


def _elsewhere(one: Executed, other: Executed) -> bool:
    """Whether both name their class or venue, and it is another one."""
    pairs = ((one.share_class, other.share_class), (one.venue, other.venue))
    return any(mine and its and mine != its for mine, its in pairs)


def _between(before: Occurrence[Totalled], after: Occurrence[Totalled]) -> Iterator[date]:
    last = before.occurred.last
    return _days(last and last + _DAY, after.occurred.first)


def _days(first: date | None, last: date | None) -> Iterator[date]:
    while first is not None and last is not None and first <= last:
        yield first
        first += _DAY
