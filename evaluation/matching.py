"""Which drafted fact stands for which annotated one."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from evaluation.assignment import assignment
from evaluation.comparing import compared, figures_in
from evaluation.figures import is_date
from timeline.checks.evidence import standing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

    from timeline.app.drafting.marked import Material
    from timeline.event import Report
    from timeline.paragraphs import Span

_PAIR: Final = 1_000_000
"""A pair more counts before any likeness of pairs."""

_FIELD: Final = 100


class Placed(NamedTuple):
    """A fact with where its quotes stand.

    Attributes:
        report: the fact.
        spans: of its quotes; those of dates alone only where it quotes nothing else.
        figures: bounds and unit of each of its figures.
    """

    report: Report
    spans: tuple[Span, ...]
    figures: frozenset[tuple[tuple[Decimal | None, Decimal | None], str]]


class Pair(NamedTuple):
    """An annotated fact and the drafted one that stands for it."""

    annotated: Report
    drafted: Report


def pairs(annotated: Material, drafted: Material) -> tuple[Pair, ...]:
    """The most pairs of facts of one kind and company that can be made, of those the ones that are most alike.

    Two facts may only be paired where they share a figure, or a character of what they quote. A date that both quote is
    not enough, as facts of one sentence share it, unless one of them quotes nothing else.
    """
    ours, theirs = _by_subject(annotated), _by_subject(drafted)
    return tuple(pair for subject in ours for pair in _paired(ours[subject], theirs.get(subject, ())))


def _by_subject(material: Material) -> Mapping[tuple[str, str | None], Sequence[Placed]]:
    found = defaultdict[tuple[str, str | None], list[Placed]](list)
    for report in material.reports:
        found[report.kind, report.company].append(_placed(report, material))
    return found


def _placed(report: Report, material: Material) -> Placed:
    quotes = [(at.quote, standing(at, material.paragraphs).spans) for at in report.at]
    telling = [spans for quote, spans in quotes if not is_date(quote)] or [spans for _, spans in quotes]
    figures = frozenset((figure.bounds, figure.unit) for figure in figures_in(report.payload))
    return Placed(report, tuple(span for spans in telling for span in spans), figures)


def _paired(annotated: Sequence[Placed], drafted: Sequence[Placed]) -> list[Pair]:
    weights = {
        (row, column): weight
        for row, one in enumerate(annotated)
        for column, other in enumerate(drafted)
        if (weight := _weight(one, other))
    }
    return [Pair(annotated[row].report, drafted[column].report) for row, column in assignment(weights)]


def _weight(one: Placed, other: Placed) -> int:
    """0 where the two may not be paired; else the more, the more fields are the same and the more quotes are shared."""
    shared = sum(any(_overlap(span, theirs) for theirs in other.spans) for span in one.spans)
    if not (shared or one.figures & other.figures):
        return 0
    equal = sum(field.same for field in compared(one.report, other.report))
    return _PAIR + _FIELD * equal + shared


def _overlap(one: Span, other: Span) -> bool:
    return one.paragraph == other.paragraph and one.start < other.end and other.start < one.end
