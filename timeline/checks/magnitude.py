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
from timeline.digits import PROPORTIONS, SYMBOLS, divided, exact, times
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
_NOTHING: Final = Decimal(0)


class Sized(NamedTuple):
    """A point with the one number that stands for its figure, worked out once."""

    point: Point
    size: Decimal


class Neighbours(NamedTuple):
    """The points next to one in time.

    Attributes:
        before: earlier ones.
        after: later ones.
        ends: the smallest and the largest figure; nothing at all where there are no neighbours.
    """

    before: Sequence[Sized]
    after: Sequence[Sized]
    ends: tuple[Decimal, Decimal]

    @property
    def all(self) -> tuple[Point, ...]:
        """Those before, then those after."""
        return tuple(sized.point for sized in (*self.before, *self.after))

    @property
    def number(self) -> int:
        """How many there are."""
        return len(self.before) + len(self.after)

    def agree_within(self, factor: Decimal) -> bool:
        """Whether there are two at least, all above zero, of which none is larger than another by more."""
        if self.number < _AROUND:
            return False
        low, high = self.ends
        return low > 0 and high <= low * factor


def magnitude(claims: Iterable[Claim]) -> Iterator[Verdict]:
    """What came of each comparison of a point with its neighbours."""
    for points in _series(claims).values():
        if len(points) > _AROUND:
            yield from _units(points)
            yield from _sizes(points)


def _units(points: Sequence[Sized]) -> Iterator[Verdict]:
    """The points of a series of three at least, so that each has two neighbours; most series are all of one unit."""
    if len({sized.point.value.unit for sized in points}) == 1:
        passed = [UNIT_DIFFERS.passed()]
        passed += [CURRENCY_DIFFERS.passed()] if points[0].point.value.is_money else []
        yield from passed * len(points)
        return
    for index, sized in enumerate(points):
        around = _around(points, index)
        yield from _of_unit(sized, around)
        yield from _of_currency(sized, around)


def _sizes(points: Sequence[Sized]) -> Iterator[Verdict]:
    """The points of one unit, each against the others of it; a loss or nothing is no size."""
    by_unit: dict[str, list[Sized]] = defaultdict(list)
    for sized in points:
        if sized.size > 0:
            by_unit[sized.point.value.unit].append(sized)
    for alike in by_unit.values():
        for index, sized in enumerate(alike):
            around = _around(alike, index)
            if around.agree_within(_AGREE):
                yield _of_size(sized, around, alike)


def _series(claims: Iterable[Claim]) -> Mapping[tuple[str, ...], Sequence[Sized]]:
    """The points of each series in order of time, those of one time in the order in which they were said."""
    series: dict[tuple[str, ...], list[Point]] = defaultdict(list)
    for claim in claims:
        point = _priced(claim) if isinstance(claim, Quoted) else claim
        if isinstance(point, Point) and (point.value.low is not None or point.value.high is not None):
            series[point.series].append(point)
    ordered = {name: sorted(points, key=_in_time) for name, points in series.items()}
    return {name: [Sized(point, point.value.anchor) for point in points] for name, points in ordered.items()}


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


def _around(points: Sequence[Sized], index: int) -> Neighbours:
    before, after = points[max(0, index - _AROUND) : index], points[index + 1 : index + 1 + _AROUND]
    sizes = [sized.size for sized in (*before, *after)] or [_NOTHING]
    return Neighbours(before, after, (min(sizes), max(sizes)))


def _of_size(sized: Sized, around: Neighbours, alike: Sequence[Sized]) -> Verdict:
    point, size = sized
    power = _power(size, around)
    if not power or not _is_telling(power, point, around) or _is_borne_out(sized, alike):
        return MAGNITUDE.passed()
    with exact():
        fits = size.scaleb(-power)
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
    least, most = around.ends
    if least <= size <= most:  # as most figures are
        return 0
    low, high = _sizes_like(around)
    # Neighbours agree within a factor of 3, so that what is of their size is not so at another power of ten too.
    if low <= size <= high:
        return 0
    with exact():
        return next((power for power in POWERS if low <= size.scaleb(-power) <= high), 0)


def _is_among(size: Decimal, around: Neighbours) -> bool:
    """Whether it is of the neighbours' size."""
    low, high = _sizes_like(around)
    return low <= size <= high


def _sizes_like(around: Neighbours) -> tuple[Decimal, Decimal]:
    """The smallest and the largest figure that count as being of the neighbours' size."""
    low, high = around.ends
    return divided(low, _WIDER), times(high, _WIDER)


def _is_telling(power: int, point: Point, around: Neighbours) -> bool:
    """Whether growth or a bad year explains it no better: less than a thousand has to leap and come back."""
    if abs(power) >= _THOUSAND:
        return True
    return not point.is_balance and bool(around.before and around.after) and around.agree_within(_CLOSE)


def _is_borne_out(sized: Sized, alike: Iterable[Sized]) -> bool:
    """Whether another source tells of that size at another time: a season that comes again, say."""
    point, size = sized
    sources = set(point.occurrence.sources)
    others = (
        other.size
        for other in alike
        if not sources & set(other.point.occurrence.sources) and other.point.at != point.at
    )
    return any(max(size, other) <= min(size, other) * _AGREE for other in others)


def _of_unit(sized: Sized, around: Neighbours) -> Iterator[Verdict]:
    """A percentage printed as a count, an amount without its currency."""
    point = sized.point
    sorts = {_sort(other.value) for other in around.all}
    if len(sorts) > 1:
        return
    (usual,), sort = sorts, _sort(point.value)
    if sort == usual:
        yield UNIT_DIFFERS.passed()
        return
    fits = "would be of their size" if _is_among(sized.size, around) else "is not of their size either"
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


def _of_currency(sized: Sized, around: Neighbours) -> Iterator[Verdict]:
    """A number that is of its neighbours' size in their currency and is printed in another."""
    point = sized.point
    currencies = {other.value.unit for other in around.all}
    if not point.value.is_money or len(currencies) > 1 or not around.all[0].value.is_money:
        return
    (usual,) = currencies
    differs = point.value.unit != usual and usual not in point.value.conversion
    if not (differs and around.agree_within(_AGREE) and _is_among(sized.size, around)):
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
