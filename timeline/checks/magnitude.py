"""Checks of a figure against its neighbours in time: a wrong power of ten, a wrong unit, a wrong currency.

What is printed in millions and read as billions is off by a power of ten exactly, and what it is off from agrees with
itself. Growth is neither: the figures after it stay where it went.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from timeline.check import Rule, stated, worked_out
from timeline.claim import SHARE_PRICE, Point, Quoted
from timeline.dates import When
from timeline.digits import PROPORTIONS, SYMBOLS, exact
from timeline.values import Quantity, short

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from timeline.check import Verdict
    from timeline.claim import Claim
    from timeline.section import Compared

MAGNITUDE: Final = Rule(
    name="magnitude",
    severity="warning",
    compares="a figure with those before and after it of one kind, which agree among themselves",
    assumes="no figure leaps by a power of ten and back",
)
UNIT_DIFFERS: Final = Rule(
    name="unit-differs",
    severity="warning",
    compares="whether a figure is money, a percentage or a count with what its neighbours are",
    assumes="figures of one kind are of one sort of unit",
)
CURRENCY_DIFFERS: Final = Rule(
    name="currency-differs",
    severity="warning",
    compares="the currency of a figure with that of its neighbours, where the bare number is of their size",
    assumes="figures of one kind are in one currency",
)
RULES: Final = (MAGNITUDE, UNIT_DIFFERS, CURRENCY_DIFFERS)

POWERS: Final = (1, -1, 2, -2, 3, -3, 6, -6, 9, -9)
_THOUSAND: Final = 3

_AROUND: Final = 2  # neighbours looked at on either side
_AGREE: Final = Decimal(3)  # neighbours that differ by a larger factor say nothing
_CLOSE: Final = Decimal(2)  # the same where a growing company could differ by as much as an error
_WIDER: Final = Decimal("1.5")


class Neighbours(NamedTuple):
    """The points next to one in time."""

    before: Sequence[Point]
    after: Sequence[Point]

    @property
    def all(self) -> tuple[Point, ...]:
        """Those before, then those after."""
        return (*self.before, *self.after)

    @property
    def ends(self) -> tuple[Decimal, Decimal]:
        """The smallest and the largest figure."""
        sizes = [point.value.anchor for point in self.all]
        return min(sizes), max(sizes)

    def agree_within(self, factor: Decimal) -> bool:
        """Whether there are two at least, all above zero, of which none is larger than another by more."""
        if len(self.all) < _AROUND:
            return False
        low, high = self.ends
        return low > 0 and high <= low * factor


def magnitude(claims: Iterable[Claim]) -> Iterator[Verdict]:
    """What came of each comparison of a point with its neighbours."""
    for points in _series(claims).values():
        for index, point in enumerate(points):
            around = _around(points, index)
            if len(around.all) >= _AROUND:
                yield from _of_unit(point, around)
                yield from _of_currency(point, around)
        yield from _sizes(points)


def _sizes(points: Sequence[Point]) -> Iterator[Verdict]:
    """The points of one unit, each against the others of it; a loss or nothing is no size."""
    by_unit: dict[str, list[Point]] = defaultdict(list)
    for point in points:
        if point.value.anchor > 0:
            by_unit[point.value.unit].append(point)
    for alike in by_unit.values():
        for index, point in enumerate(alike):
            around = _around(alike, index)
            if around.agree_within(_AGREE):
                yield _of_size(point, around, alike)


def _series(claims: Iterable[Claim]) -> Mapping[tuple[str, ...], Sequence[Point]]:
    """The points of each series in order of time, those of one time in the order in which they were said."""
    series: dict[tuple[str, ...], list[Point]] = defaultdict(list)
    for claim in claims:
        point = _priced(claim) if isinstance(claim, Quoted) else claim
        if isinstance(point, Point) and (point.value.low is not None or point.value.high is not None):
            series[point.series].append(point)
    return {name: sorted(points, key=_in_time) for name, points in series.items()}


def _priced(quoted: Quoted) -> Point:
    return Point(
        topic=quoted.topic,
        occurrence=quoted.occurrence,
        series=SHARE_PRICE,
        what=f"{quoted.what} of the share",
        at=When.of_days(quoted.day, quoted.day),
        value=quoted.price,
    )


def _in_time(point: Point) -> tuple[date, date, str]:
    return (point.at.last or date.max, point.occurrence.day or date.max, point.occurrence.id)


def _around(points: Sequence[Point], index: int) -> Neighbours:
    return Neighbours(points[max(0, index - _AROUND) : index], points[index + 1 : index + 1 + _AROUND])


def _of_size(point: Point, around: Neighbours, alike: Sequence[Point]) -> Verdict:
    power = _power(point.value.anchor, around)
    if not power or not _is_telling(power, point, around) or _is_borne_out(point, alike):
        return MAGNITUDE.passed()
    with exact():
        fits = point.value.anchor.scaleb(-power)
    factor = f"{10 ** abs(power):,}"
    return MAGNITUDE.found(
        f"{_label(point)} is {short(point.value)}, {factor} times {'more' if power > 0 else 'less'} than would fit "
        f"{_listed(around)}",
        point.occurrence,
        *(other.occurrence for other in around.all),
        topic=point.topic,
        figures=(
            *_figures(point, around),
            worked_out(f"the figure {'/' if power > 0 else '×'} {factor}", (fits, fits), point.value.unit),
        ),
    )


def _power(size: Decimal, around: Neighbours) -> int:
    """The power of ten by which a figure is too large for its neighbours, or too small; 0 where there is none."""
    with exact():
        return next((power for power in POWERS if _is_among(size.scaleb(-power), around)), 0)


def _is_among(size: Decimal, around: Neighbours) -> bool:
    """Whether it is of the neighbours' size."""
    low, high = around.ends
    with exact():
        return low / _WIDER <= size <= high * _WIDER


def _is_telling(power: int, point: Point, around: Neighbours) -> bool:
    """Whether growth or a bad year explains it no better: less than a thousand has to leap and come back."""
    if abs(power) >= _THOUSAND:
        return True
    return not point.is_balance and bool(around.before and around.after) and around.agree_within(_CLOSE)


def _is_borne_out(point: Point, alike: Iterable[Point]) -> bool:
    """Whether another source tells of that size at another time: a season that comes again, say."""
    sources = set(point.occurrence.sources)
    size = point.value.anchor
    others = (other for other in alike if not sources & set(other.occurrence.sources) and other.at != point.at)
    return any(max(size, other.value.anchor) <= min(size, other.value.anchor) * _AGREE for other in others)


def _of_unit(point: Point, around: Neighbours) -> Iterator[Verdict]:
    """A percentage printed as a count, an amount without its currency."""
    sorts = {_sort(other.value) for other in around.all}
    if len(sorts) > 1:
        return
    (usual,), sort = sorts, _sort(point.value)
    if sort == usual:
        yield UNIT_DIFFERS.passed()
        return
    fits = "would be of their size" if _is_among(point.value.anchor, around) else "is not of their size either"
    yield UNIT_DIFFERS.found(
        f"{_label(point)} is {point.value.printed}, {sort}, among figures that are {usual} ({_listed(around)}); "
        f"the bare number {fits}",
        point.occurrence,
        *(other.occurrence for other in around.all),
        topic=point.topic,
        figures=_figures(point, around),
    )


def _sort(value: Quantity) -> str:
    if value.is_money:
        return "money"
    if value.unit in PROPORTIONS:
        return "a percentage"
    return "a measure" if value.unit in SYMBOLS else "a count"


def _of_currency(point: Point, around: Neighbours) -> Iterator[Verdict]:
    """A number that is of its neighbours' size in their currency and is printed in another."""
    currencies = {other.value.unit for other in around.all}
    if not point.value.is_money or len(currencies) > 1 or not around.all[0].value.is_money:
        return
    (usual,) = currencies
    fits = around.agree_within(_AGREE) and _is_among(point.value.anchor, around)
    if point.value.unit == usual or not fits or usual in point.value.conversion:
        yield CURRENCY_DIFFERS.passed()
        return
    yield CURRENCY_DIFFERS.found(
        f"{_label(point)} is {short(point.value)}, among figures in {usual} ({_listed(around)}), where the number "
        "would be of their size",
        point.occurrence,
        *(other.occurrence for other in around.all),
        topic=point.topic,
        figures=_figures(point, around),
    )


def _label(point: Point) -> str:
    return f"{point.what}, {point.at.label()}"


def _listed(around: Neighbours) -> str:
    return ", ".join(f"{short(other.value)} for {other.at.label()}" for other in around.all)


def _figures(point: Point, around: Neighbours) -> tuple[Compared, ...]:
    return tuple(stated(_label(each), each.value, each.occurrence.id) for each in (point, *around.all))
