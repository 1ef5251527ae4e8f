"""Whether the figures of one report of a purchase can all be true: shares, price range, average and amount.

Any two of three comparisons share a figure, so that the figure at fault is the one that those which fail have in common
and those which hold have not: one slip gives one finding.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from timeline.check import Rule, apart, stated, worked_out
from timeline.digits import exact
from timeline.intervals import in_words, only_power, opened, shifted, widened
from timeline.topics.buybacks.payloads import Executed
from timeline.values import Bounds, Quantity, product, short

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.check import Verdict
    from timeline.event import Event
    from timeline.section import Compared, Finding

AMOUNT = Rule(
    name="buyback-amount",
    severity="error",
    compares="the amount paid with the shares times the price range",
)
AVERAGE = Rule(
    name="buyback-average",
    severity="error",
    compares="the amount paid with the shares times the average price",
    assumes="the average is rounded to the decimals printed",
)
RANGE = Rule(
    name="buyback-average-range",
    severity="error",
    compares="the average price with the price range",
    assumes="average and prices are rounded to the decimals printed",
)
FEES = Rule(
    name="buyback-fees",
    severity="note",
    compares="an amount that is more than shares times price with the fees that it may include",
    assumes="fees are those stated, or else at most 0.5 % of the amount",
)
CURRENCY = Rule(
    name="buyback-currency",
    severity="warning",
    compares="an amount or average in another currency than the price with the number that the price's currency gives",
    assumes="the two currencies are not worth about the same",
)
MAGNITUDE = Rule(
    name="buyback-magnitude",
    severity="error",
    compares="shares, prices and amount that disagree with the power of ten by which one of them may be off",
)
RULES = (AMOUNT, AVERAGE, RANGE, FEES, CURRENCY, MAGNITUDE)

MOST_FEES: Final = Decimal("0.005")
_CLOSE: Final = Decimal("0.01")
_NARROW: Final = Decimal("1.25")  # high to low end, beyond which two currencies cannot be told apart
_NAMES: Final = {"value": "amount", "shares": "number of shares", "price": "price", "average": "average price"}
_SCALE_WORD: Final = 1000  # steps from here on are printed with one: "5 million", "190.6m"


class Purchase(NamedTuple):
    """The figures of one report that are in one currency.

    Attributes:
        report: that prints them.
        shares: number bought.
        value: amount paid, None where it is not stated or in another currency, as all that follow.
        price: lowest to highest price.
        average: average price.
        fees: as stated apart.
    """

    report: Event
    shares: Quantity
    value: Quantity | None
    price: Quantity | None
    average: Quantity | None
    fees: Quantity | None

    @property
    def each(self) -> Quantity | None:
        """What a share cost, by the finest figure."""
        return self.average or self.price


class Comparison(NamedTuple):
    """A figure and what others make of it.

    Attributes:
        rule: that it goes by.
        figures: names of the figures that take part.
        said: as printed, with what print rounded away.
        expected: what the others make of it.
    """

    rule: Rule
    figures: frozenset[str]
    said: Bounds
    expected: Bounds

    @property
    def holds(self) -> bool:
        """Whether both have a value in common."""
        return not apart(self.said, self.expected)


def amounts(report: Event) -> Iterator[Verdict]:
    """What came of each comparison within one report of a purchase."""
    payload = report.payload
    if isinstance(payload, Executed) and (payload.price or payload.average):  # without either, nothing is compared
        yield from _in_other_currency(report, payload)
        yield from _agreement(_purchase(report, payload))


def _purchase(report: Event, payload: Executed) -> Purchase:
    unit = next((figure.unit for figure in (payload.price, payload.average, payload.value) if figure), "")
    paid = (payload.value, payload.price, payload.average, payload.fees)
    return Purchase(report, payload.shares, *(figure if figure and figure.unit == unit else None for figure in paid))


def _comparisons(bought: Purchase, *, fees: bool = False) -> list[Comparison]:
    """Those that can be made; with fees, an amount may be more than shares times price by as much."""
    made = []
    for rule, name, each in ((AMOUNT, "price", bought.price), (AVERAGE, "average", bought.average)):
        if bought.value and each:
            cost = product(bought.shares, opened(each))
            expected = _with_fees(cost, bought.fees) if fees else cost
            made.append(Comparison(rule, frozenset({"value", "shares", name}), opened(bought.value), expected))
    if bought.average and bought.price:
        names = frozenset({"average", "price"})
        made.append(Comparison(RANGE, names, opened(bought.average), opened(bought.price)))
    return made


def _with_fees(cost: Bounds, fees: Quantity | None) -> Bounds:
    low, high = cost
    if fees is None or high is None:
        return low, widened(cost, MOST_FEES)[1]
    with exact():
        return low, None if fees.high is None else high + fees.high


def _agreement(bought: Purchase) -> Iterator[Verdict]:
    made = _comparisons(bought)
    failing = [each for each in made if not each.holds]
    if failing and not frozenset.intersection(*(each.figures for each in failing)):  # two figures are at fault
        yield _wrong(bought, RANGE, failing)
        yield from _agreement(bought._replace(average=None))
        return
    yield from (each.rule.passed() for each in made if each.holds)
    if failing:
        yield _explained(bought, failing, _suspects(made))


def _suspects(made: list[Comparison]) -> frozenset[str]:
    """The figures that can be at fault alone: in all comparisons that fail and in none that holds."""
    shared = frozenset.intersection(*(each.figures for each in made if not each.holds))
    cleared = frozenset[str]().union(*(each.figures for each in made if each.holds))
    return shared - cleared


def _explained(bought: Purchase, failing: list[Comparison], suspects: frozenset[str]) -> Finding:
    """The most that can be said of why they fail."""
    if all(each.holds for each in _comparisons(bought, fees=True)):
        return _fees(bought, failing)
    slips = {name: power for name in suspects if (power := _slip(bought, name)) is not None}
    if slips:
        return _magnitude(bought, failing, slips)
    rules = [each.rule for each in failing]
    return _wrong(bought, RANGE if RANGE in rules else rules[0], failing)


def _slip(bought: Purchase, name: str) -> int | None:
    """By which power of ten a figure has to be off for all to fit."""

    def fits(power: int) -> bool:
        slipped = Purchase(**{**bought._asdict(), name: shifted(getattr(bought, name), power)})
        return all(each.holds for each in _comparisons(slipped, fees=True))

    return only_power(fits)


def _fees(bought: Purchase, failing: list[Comparison]) -> Finding:
    assert bought.value is not None  # noqa: S101 - it is suspected
    stated_apart = f", fees of {bought.fees.printed} included" if bought.fees else ""
    what = f"{_who(bought)}: {bought.value.printed} paid is a little more than {_cost(bought, failing)}{stated_apart}"
    return _found(FEES, f"{what}: the amount seems to include fees", bought, failing)


def _magnitude(bought: Purchase, failing: list[Comparison], slips: dict[str, int]) -> Finding:
    order = sorted(slips, key=lambda name: (_is_full(getattr(bought, name)), list(_NAMES).index(name)))
    would = (f"the {_NAMES[name]} were {short(shifted(getattr(bought, name), slips[name]))}" for name in order)
    what = f"{_said(bought, failing)}: that fits only if {', or '.join(would)}"
    return _found(MAGNITUDE, what, bought, failing)


def _is_full(figure: Quantity) -> bool:
    """Whether it is printed in full digits, where a slip is less likely than in a scale word."""
    return figure.step is None or figure.step < _SCALE_WORD


def _wrong(bought: Purchase, rule: Rule, failing: list[Comparison]) -> Finding:
    own = [each for each in failing if each.rule == rule]
    return _found(rule, _said(bought, own), bought, own)


def _said(bought: Purchase, failing: list[Comparison]) -> str:
    """What does not fit, in words."""
    if bought.value and any("value" in each.figures for each in failing):
        return f"{_who(bought)}: {_cost(bought, failing)}, but {bought.value.printed} was paid"
    assert bought.average is not None  # noqa: S101 - the only other comparison is that of the average
    assert bought.price is not None  # noqa: S101 - with the price range
    return f"{_who(bought)}: the average of {bought.average.printed} lies outside the prices of {bought.price.printed}"


def _cost(bought: Purchase, failing: list[Comparison]) -> str:
    against = next(each for each in failing if "value" in each.figures)
    each = bought.price if "price" in against.figures else bought.average
    assert each is not None  # noqa: S101 - it took part in the comparison
    return f"{_shares(bought)} at {each.printed} come to {in_words(against.expected, each.unit)}"


def _shares(bought: Purchase) -> str:
    printed = bought.shares.printed
    return printed if "share" in printed.casefold() else f"{printed} shares"


def _who(bought: Purchase) -> str:
    when = f" of {bought.report.occurred.label()}" if bought.report.occurred else ""
    return f"buyback{when} in {bought.report.source or bought.report.id[:8]}"


def _found(rule: Rule, what: str, bought: Purchase, compared: list[Comparison]) -> Finding:
    report = bought.report
    used = frozenset[str]().union(*(each.figures for each in compared))
    printed = [(_NAMES[name], getattr(bought, name)) for name in _NAMES if name in used]
    figures: list[Compared] = [stated(name, figure, report.id) for name, figure in printed]
    figures += [_expected(bought, each) for each in compared if "value" in each.figures]
    sources = (report.source,) if report.source else ()
    return rule.found(what, topic="buybacks", figures=figures, events=(report.id,), sources=sources)


def _expected(bought: Purchase, compared: Comparison) -> Compared:
    assert bought.value is not None  # noqa: S101 - it took part in the comparison
    name = "price" if "price" in compared.figures else "average price"
    return worked_out(f"shares × {name}", compared.expected, bought.value.unit)


def _in_other_currency(report: Event, payload: Executed) -> Iterator[Verdict]:
    """An amount or average whose currency is not that of the prices."""
    each = payload.price or payload.average
    if each is None:
        return
    bought = Purchase(report, payload.shares, payload.value, payload.price, payload.average, None)
    if payload.value and payload.value.unit != each.unit:
        with exact():
            cost = payload.shares.anchor * each.anchor
        fits = f"what {_shares(bought)} at {each.printed} come to"
        yield from _currency(
            bought, payload.value, product(payload.shares, opened(each)), widened((cost, cost), _CLOSE), fits
        )
    if payload.average and payload.average.unit != each.unit:
        fits = f"within the prices of {each.printed}"
        yield from _currency(bought, payload.average, opened(each), opened(each), fits)


def _currency(bought: Purchase, figure: Quantity, expected: Bounds, near: Bounds, fits: str) -> Iterator[Verdict]:
    """Whether a figure is the number that the price's currency gives: nothing where print leaves too much open.

    Where it leaves open more than currencies differ by, the middle has to lie near, too.
    """
    (low, high), each = expected, bought.price or bought.average
    if low is None or high is None or each is None or high > low * _NARROW:
        return
    if apart(opened(figure), expected) or apart((figure.anchor, figure.anchor), near):
        yield CURRENCY.passed()
        return
    what = f"{_who(bought)}: {figure.printed} is {fits}, in {each.unit} and not in {figure.unit}"
    figures = (stated("printed", figure, bought.report.id), worked_out("in the price's currency", expected, each.unit))
    sources = (bought.report.source,) if bought.report.source else ()
    yield CURRENCY.found(what, topic="buybacks", figures=figures, events=(bought.report.id,), sources=sources)
