"""Figures and times of a proposed fact: each is one that its quotes print, and is written as it is printed.

So a model only chooses which print goes into which field. A figure that it rounds, adds up, converts or makes up is no
figure of the text, and the qualifier that it drops ("about", "more than") comes back with the print.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from timeline.currencies import CODES
from timeline.dates import When
from timeline.digits import PROPORTIONS, plain
from timeline.errors import ParseProblem
from timeline.intake.wording import shown
from timeline.values import Quantity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from timeline.prose.spans import Printed
    from timeline.values import Bounds

_FALLS: Final = re.compile(
    r"\b(?:loss\w*|lost|los[et]s?|f[ae]ll\w*|declin\w*|dropp?\w*|decreas\w*|down|lower\w*|slid\w*|slump\w*|shr[aiu]nk\w*"
    r"|plung\w*|contract\w*|negative|outflow\w*|deficit\w*|cut\w*|reduc\w*|minus|tumbl\w*|sank|sink\w*|weaken\w*)\b"
    r"|亏|跌|降|减",
    re.IGNORECASE,
)
_REACH: Final = 100


class Sense(NamedTuple):
    """What a print can say.

    Attributes:
        printed: the print.
        value: its value, another that it can have, or its number without what qualifies it.
    """

    printed: Printed
    value: Quantity


def key(figure: Quantity) -> tuple[Bounds, str]:
    """Equal for figures of the same bounds and unit; a unit in words counts for nothing, since the field tells it."""
    unit = figure.unit
    return figure.bounds, unit if unit in PROPORTIONS or unit.partition(" ")[0] in CODES else ""


def index(printed: Iterable[Printed], currency: str) -> Mapping[tuple[Bounds, str], Sequence[Sense]]:
    """The senses of prints by their keys, what they say themselves before what else they can say."""
    own: dict[tuple[Bounds, str], list[Sense]] = {}
    for each in printed:
        for value in _senses(each, currency):
            own.setdefault(key(value), []).append(Sense(each, value))
    return own


def parsed(text: str, currency: str) -> Quantity | None:
    """The figure that a text is; None for none."""
    try:
        return Quantity.parse(text, currency)
    except ParseProblem:
        return None


def opposite(figure: Quantity) -> Quantity | None:
    """A figure below zero without its minus, as a text prints a loss; None for any other."""
    low, high = figure.bounds
    if low is None or high is None or low >= 0:
        return None
    return Quantity(figure.printed, high.copy_negate(), low.copy_negate(), unit=figure.unit)


def falls(each: Printed, text: str) -> bool:
    """Whether the words of its paragraph near it tell a fall or a loss."""
    return each.trend == "down" or bool(_FALLS.search(text[max(each.span.start - _REACH, 0) : each.span.end + _REACH]))


def ends(figure: Quantity) -> tuple[Quantity, ...]:
    """Both ends of a range as figures by themselves; nothing for any other figure."""
    low, high = figure.bounds
    if figure.qualifier != "range" or low is None or high is None:
        return ()
    return Quantity("", low, low, unit=figure.unit), Quantity("", high, high, unit=figure.unit)


def number_of(each: Printed) -> str:
    """The plain number that is printed, such as that of a streak; empty where it is none, or no single one."""
    value = each.value
    if isinstance(value, int):
        return str(value)
    return plain(value.anchor) if isinstance(value, Quantity) and value.width == 0 else ""


def written(each: Printed, sense: Quantity | None = None) -> str:
    """A print as a fixture writes it, with the conversion that stands beside it."""
    value = each.value if isinstance(each.value, Quantity) else sense
    chosen = sense if sense in each.alternatives else value
    if not isinstance(chosen, Quantity):
        return str(each.value)
    beside = each.conversion.strip("()")
    return f"{chosen.printed} ({beside})" if beside and "(" not in chosen.printed else chosen.printed


def _senses(each: Printed, currency: str) -> Iterator[Quantity]:
    if isinstance(each.value, Quantity):
        yield each.value
    yield from (other for other in each.alternatives if isinstance(other, Quantity))
    start = each.core.start - each.span.start
    if not isinstance(each.value, When) and (
        bare := parsed(each.quote[start : each.core.end - each.span.start], currency)
    ):
        yield bare


def time_of(when: When, printed: Iterable[Printed]) -> tuple[Printed, str] | None:
    """The print that a time is or follows from, and the doubt about it; None for none.

    A time follows from a print where it is open towards it ("by the end of 2026"), where both its ends are printed, or
    where it is the month, quarter, half or year that holds a printed day.
    """
    dated = [(each, each.value) for each in printed if isinstance(each.value, When)]
    for each, value in dated:
        if when.same_days(value):
            return each, f"{shown(each.quote)} is {value.edtf}: {each.assumed}" if each.assumed else ""
    for each, value in dated:
        if any(isinstance(other, When) and when.same_days(other) for other in each.alternatives):
            return each, f"{shown(each.quote)} is rather {value.edtf}: {each.assumed}"
    return _derived(when, dated)


def _derived(when: When, dated: Sequence[tuple[Printed, When]]) -> tuple[Printed, str] | None:
    begin, _, end = when.edtf.partition("/")
    for each, value in dated:
        if (begin == ".." and when.last == value.last) or (end == ".." and when.first == value.first):
            return each, f"{when.edtf} follows from {shown(each.quote)}"
    starts = [each for each, value in dated if end and value.first == when.first]
    ends = [each for each, value in dated if end and value.last == when.last]
    if starts and ends:
        return starts[0], f"{when.edtf} is from {shown(starts[0].quote)} to {shown(ends[0].quote)}"
    holding = (each for each, value in dated if not end and value.is_day and when.contains(value))
    first = next(holding, None) if re.fullmatch(r"[0-9]{4}(-[0-9]{2})?", when.edtf) else None
    return (first, f"{when.edtf} is that of {shown(first.quote)}") if first else None
