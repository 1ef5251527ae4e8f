"""Whether the totals that are reported of one programme fit each other and the purchases between them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from timeline.check import Rule, apart, below, findings, stated, worked_out
from timeline.digits import plus
from timeline.intervals import in_words, only_power, shifted, widened
from timeline.topics.buybacks.amounts import MOST_FEES
from timeline.topics.buybacks.runs import Run, Step, disjoint, known_shares, runs
from timeline.values import Bounds, Quantity, short, total

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from timeline.check import Verdict
    from timeline.occurrence import Occurrence
    from timeline.section import Compared
    from timeline.topics.buybacks.payloads import Executed, Totalled
    from timeline.topics.buybacks.programmes import Buybacks

FALLS = Rule(
    name="buyback-total-falls",
    severity="error",
    compares="a programme's total with the one before it, which it cannot be less than",
    assumes="both count from the same day",
)
DIFFERS = Rule(
    name="buyback-total-differs",
    severity="error",
    compares="a programme's total with the one before it and all purchases in between",
    assumes="a total includes the purchases of its own day, and a day's purchases are all on record if one of them is",
)
SHORT = Rule(
    name="buyback-total-short",
    severity="error",
    compares="a programme's total with the one before it, or nothing, and the purchases on record since",
    assumes="a total includes the purchases of its own day",
)
RULES = (FALLS, DIFFERS, SHORT)

FIGURES: Final = ("shares", "value", "trades")
"""Of a total, those that grow."""


def totals(state: Buybacks) -> Iterator[Verdict]:
    """What came of comparing each total with the one before it and the purchases since."""
    for run in runs(state):
        for figure in FIGURES:
            yield from _walk(run, figure)


def _walk(run: Run, figure: str) -> Iterator[Verdict]:
    """From total to total; past one that does not fit where the next fits the one before it."""
    earlier: list[Occurrence[Totalled] | None] = [None]
    for after in (item for item in run.totals if _stated(item, figure)):
        ways = [list(_step(Step(run, figure, before, after))) for before in reversed(earlier)]
        best = next((way for way in reversed(ways) if not findings(way)), ways[0])
        yield from best
        earlier = [earlier[-1], after] if findings(best) else [after]


def _stated(item: Occurrence[Totalled], figure: str) -> Quantity | None:
    if figure == "shares":
        return known_shares(item)
    return item.payload.value if figure == "value" else item.payload.trades


def _follows(before: Occurrence[Totalled], after: Occurrence[Totalled], figure: str) -> bool:
    """Whether one day is surely before the other, and both figures are in one unit."""
    last, first = before.occurred.last, after.occurred.first
    units = {quantity.unit for quantity in (_stated(before, figure), _stated(after, figure)) if quantity}
    return last is not None and first is not None and last < first and len(units) == 1


def _step(step: Step) -> Iterator[Verdict]:
    if step.before and not _follows(step.before, step.after, step.figure):
        return
    after, base = _figure(step.after, step), _figure(step.before, step) if step.before else None
    start = base.bounds if base else (Decimal(0), Decimal(0))
    if base and below(after.bounds, start):
        what = f"{_total(step.after, step)} is less than {_total(step.before, step)}"
        yield _found(FALLS, what, step, (), start)
        return
    if base:
        yield FALLS.passed()
    bought, added = _added(step, after.unit)
    if added and disjoint(step.between):
        yield from _sum(step, bought, _plus(start, added))


def _figure(item: Occurrence[Totalled] | None, step: Step) -> Quantity:
    quantity = _stated(item, step.figure) if item else None
    assert quantity is not None  # noqa: S101 - steps are between totals that state the figure
    return quantity


def _added(step: Step, unit: str) -> tuple[list[Occurrence[Executed]], Bounds | None]:
    """The purchases in between that state the figure, and their sum; None where there is nothing to compare."""
    if step.figure == "trades":
        bought = list(step.between)
        return bought, ((Decimal(len(bought)), None) if bought else None)
    stating = [(item, _execution(item, step.figure)) for item in step.between]
    known = [(item, figure) for item, figure in stating if figure and figure.unit == unit]
    if not known and not (step.complete and not stating):
        return [], None
    added = total(figure for _, figure in known)
    if step.figure == "value":
        added = widened(added, MOST_FEES)
    return [item for item, _ in known], added


def _execution(item: Occurrence[Executed], figure: str) -> Quantity | None:
    if figure == "value":
        return item.payload.value
    return known_shares(item)


def _plus(one: Bounds, other: Bounds) -> Bounds:
    (low, high), (more_low, more_high) = one, other
    return (
        None if low is None or more_low is None else plus(low, more_low),
        None if high is None or more_high is None else plus(high, more_high),
    )


def _sum(step: Step, bought: Sequence[Occurrence[Executed]], expected: Bounds) -> Iterator[Verdict]:
    after = _figure(step.after, step)
    whole = step.figure != "trades" and step.complete and len(bought) == len(step.between)
    rule, wrong = (DIFFERS, apart(after.bounds, expected)) if whole else (SHORT, below(after.bounds, expected))
    if not wrong:
        yield rule.passed()
        return
    comparison = "is not" if whole else "is less than"
    what = f"{_total(step.after, step)} {comparison} {_basis(step, bought)}, {in_words(expected, after.unit)}"
    power = only_power(lambda power: not apart(shifted(after, power).bounds, expected)) if whole else None
    hint = f"; {short(shifted(after, power))} would be" if power is not None else ""
    yield _found(rule, what + hint, step, bought, expected)


def _basis(step: Step, bought: Sequence[Occurrence[Executed]]) -> str:
    purchases = f"{len(bought)} purchase{'' if len(bought) == 1 else 's'}"
    if step.before is None:
        return f"the {purchases} on record since {step.run.name}"
    return f"{_total(step.before, step)} with the {purchases} on record since"


def _total(item: Occurrence[Totalled] | None, step: Step) -> str:
    assert item is not None  # noqa: S101 - asked where there is one
    what = {"shares": "", "value": "", "trades": " purchases"}[step.figure]
    return f"the total of {_figure(item, step).printed}{what} to {item.occurred.label()}"


def _found(rule: Rule, what: str, step: Step, bought: Sequence[Occurrence[Executed]], expected: Bounds) -> Verdict:
    ends = [item for item in (step.before, step.after) if item]
    figures: list[Compared] = [stated("total", _figure(item, step), item.id) for item in ends]
    if bought:
        figures += [worked_out("with the purchases since", expected, _figure(step.after, step).unit)]
    inferred = not step.run.inferred.isdisjoint(item.id for items in (ends, bought) for item in items)
    assumed = f"all of it belongs to {step.run.name}, which not every report names" if inferred else ""
    return rule.found(what, *ends, *bought, topic="buybacks", figures=figures, assumed=assumed)
