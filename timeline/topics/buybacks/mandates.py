"""Whether what was bought stays within the mandate, and whether the percentages of a programme are of one capital."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from timeline.check import Rule, apart, below, stated, worked_out
from timeline.intervals import in_words, quotient, widened
from timeline.topics.buybacks.amounts import MOST_FEES
from timeline.topics.buybacks.payloads import Executed
from timeline.topics.buybacks.runs import Item, counts_from, disjoint, known_shares, told
from timeline.values import Bounds, Quantity, product, total

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from timeline.check import Verdict
    from timeline.occurrence import Occurrence
    from timeline.topics.buybacks.payloads import Authorised, Totalled
    from timeline.topics.buybacks.programmes import Buybacks, Programme

CAP = Rule(
    name="buyback-beyond-cap",
    severity="error",
    compares="what was bought under a mandate with the most that it allows",
    assumes="a cap in money may be passed by the fees, at most 0.5 %",
)
OUTSIDE = Rule(
    name="buyback-outside-mandate",
    severity="warning",
    compares="the days of purchases and totals with the mandate's first and last day",
)
BASE = Rule(
    name="buyback-percent-base",
    severity="warning",
    compares="the capital that each percentage of a programme implies with the others",
    assumes="the percentages are of one capital, in whatever words, that changes by less than a tenth meanwhile",
)
RULES = (CAP, OUTSIDE, BASE)

_DRIFT: Final = Decimal("0.1")
_NO_END: Final = Decimal("Infinity")


class Bought(NamedTuple):
    """How much was bought under a mandate, and what says so.

    Attributes:
        words: for a finding.
        bounds: in the cap's unit.
        items: totals or purchases.
    """

    words: str
    bounds: Bounds
    items: tuple[Occurrence[Any], ...]


class Share(NamedTuple):
    """A percentage with the capital that it implies.

    Attributes:
        item: what states it.
        percent: the percentage.
        capital: shares by percentage.
    """

    item: Item
    percent: Quantity
    capital: Bounds


def mandates(state: Buybacks) -> Iterator[Verdict]:
    """What came of comparing each programme with its mandate, and its percentages with one another."""
    for programme in state.programmes:
        for unit in sorted({item.payload.cap.unit for item in programme.approvals}):
            yield from _cap(programme, unit)
        yield from _days(programme)
        yield from _percentages(programme)


def _cap(programme: Programme, unit: str) -> Iterator[Verdict]:
    """Whether each total in the cap's unit can be within it; the first that cannot speaks for those after it."""
    approvals = [item for item in programme.approvals if item.payload.cap.unit == unit and item.id not in item.unstated]
    if not approvals:
        return
    approval = max(approvals, key=lambda item: _NO_END if item.adjusted.cap.high is None else item.adjusted.cap.high)
    allowed = approval.adjusted.cap.bounds
    if approval.adjusted.cap.is_money:
        allowed = widened(allowed, MOST_FEES)
    for bought in _bought(programme, unit):
        if below(allowed, bought.bounds):
            yield _beyond(approval, bought)
            return
        yield CAP.passed()


def _bought(programme: Programme, unit: str) -> Iterator[Bought]:
    """What was bought since the mandate: as each total tells it, and as all that is on record makes it."""
    counting = [item for item in programme.totals if item.counts and _since_mandate(item, programme)]
    for item in counting:
        figure = item.payload.value if unit != "shares" else known_shares(item)
        if figure and figure.unit == unit:
            day = item.occurred.label()
            yield Bought(f"the total of {figure.printed} to {day}", figure.bounds, (item,))
    yield from _on_record(programme, unit)


def _since_mandate(item: Occurrence[Totalled], programme: Programme) -> bool:
    return programme.mandate is not None and counts_from(item.payload.since, programme.mandate)


def _on_record(programme: Programme, unit: str) -> Iterator[Bought]:
    """The sum of the single purchases, those that state the figure in this unit; none where one may include another."""
    figures = [(item, known_shares(item) if unit == "shares" else item.payload.value) for item in programme.executions]
    known = [(item, figure) for item, figure in figures if figure and figure.unit == unit]
    items = tuple(item for item, _ in known)
    if items and disjoint(items):
        bounds = total(figure for _, figure in known)
        yield Bought(f"the sum of {len(items)} purchases on record, {in_words(bounds, unit)}", bounds, items)


def _beyond(approval: Occurrence[Authorised], bought: Bought) -> Verdict:
    cap = approval.adjusted.cap
    inferred = not all(item.payload.programme for item in bought.items)
    return CAP.found(
        f"{bought.words}, is more than the {cap.printed} that the {approval.payload.form} of"
        f" {approval.occurred.label()} allows",
        *bought.items,
        approval,
        topic="buybacks",
        figures=(worked_out("bought", bought.bounds, cap.unit), stated("cap", cap, approval.id)),
        assumed="it was bought under the mandate in force, which not every report names" if inferred else "",
    )


def _days(programme: Programme) -> Iterator[Verdict]:
    """Whether each purchase and total lies between the mandate's first and last day, as far as these are known."""
    first, last = _term(programme)
    for item in told(programme):
        occurred, named = item.occurred, item.payload.programme is not None
        if named and first and occurred.last and occurred.last < first:
            yield _outside(programme, item, f"before the mandate began on {first}")
        elif last and occurred.first and occurred.first > last and isinstance(item.payload, Executed):
            yield _outside(programme, item, f"after the mandate ended on {last}")
        elif last or (named and first):
            yield OUTSIDE.passed()


def _term(programme: Programme) -> tuple[date | None, date | None]:
    """First and last day on which something may be bought; None where that is open or not known."""
    starts = [(item.payload.start or item.occurred).first for item in programme.approvals]
    ends = [item.payload.end.last for item in programme.approvals if item.payload.end]
    first = min((day for day in starts if day), default=None)
    last = max((day for day in ends if day), default=None)
    return None if None in starts else first, None if None in ends else last


def _outside(programme: Programme, item: Item, when: str) -> Verdict:
    what = f"{item.payload.KIND} of {item.occurred.label()} ({item.payload.summary()}) lies {when}"
    assumed = "" if item.payload.programme else "no later mandate was given, as none is on record"
    return OUTSIDE.found(what, item, *programme.approvals, topic="buybacks", assumed=assumed)


def _percentages(programme: Programme) -> Iterator[Verdict]:
    """Each percentage against the one that most others agree with."""
    shares = list(_shares(programme))
    if not shares:
        return
    standard = min(shares, key=lambda share: sum(_differ(share, other) for other in shares))
    for share in shares:
        if share is not standard:
            yield _other_base(share, standard) if _differ(share, standard) else BASE.passed()


def _shares(programme: Programme) -> Iterator[Share]:
    for item in told(programme):
        bought, percent = known_shares(item), item.payload.percent
        if bought and percent and percent.unit == "%":
            yield Share(item, percent, product(quotient(bought.bounds, percent.bounds), (Decimal(100), Decimal(100))))


def _differ(one: Share, other: Share) -> bool:
    """Whether both cannot be of one capital, whichever of them it drifted from."""
    return apart(widened(one.capital, _DRIFT), other.capital) and apart(one.capital, widened(other.capital, _DRIFT))


def _other_base(share: Share, standard: Share) -> Verdict:
    what = (
        f"{_told(share)} is a part of {in_words(share.capital, 'shares')}, where {_told(standard)} is one of"
        f" {in_words(standard.capital, 'shares')}"
    )
    figures = [
        compared
        for each in (share, standard)
        for compared in (
            stated("percent of capital", each.percent, each.item.id),
            worked_out("shares by percentage", each.capital, "shares"),
        )
    ]
    return BASE.found(what, share.item, standard.item, topic="buybacks", figures=figures)


def _told(share: Share) -> str:
    bought = share.item.payload.shares
    return f"{bought.printed if bought else ''} as {share.percent.printed} ({share.item.occurred.label()})"
