"""Acceptance: which of several reports stands for the occurrence, why, and on what they disagree.

Accepted is the highest rank of source; within it, a report whose own figures agree with each other; among agreeing ones
the one that says most, most narrowly. A publisher that later prints another figure revises its own: that report
supersedes the one before, which is no rival any more. Where equals of several publishers disagree, it stays open.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations
from operator import itemgetter
from typing import TYPE_CHECKING, Final, NamedTuple

from timeline.dates import When
from timeline.history.witness import independent, rank, root, witness
from timeline.occurrence import Occurrence
from timeline.values import Quantity

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from timeline.event import Event, Payload
    from timeline.publication import Published
    from timeline.record import Source

UNDECIDED = "undecided: first among equals"
"""Why a report stands where nothing sets it before another that disagrees with it."""

_ENDLESS: Final = 10**6


def agree(left: Payload, right: Payload) -> bool:
    """Whether every figure and every date that both state overlaps."""
    return not disagreements(left, right)


def disagreements(left: Payload, right: Payload) -> frozenset[str]:
    """Names of the figures and dates that both state and that do not overlap."""
    if left == right:  # most reports of one thing say the very same
        return frozenset()
    return frozenset(name for name in left.__struct_fields__ if _apart(getattr(left, name), getattr(right, name)))


def _apart(left: object, right: object) -> bool:
    match left, right:
        case Quantity(), Quantity():
            return not left.overlaps(right)
        case When(), When():
            return not left.overlaps(right)
        case _:
            return False


class _Weighed(NamedTuple):
    """A report by what sets it before others; smaller is before larger, and the id breaks ties by content.

    Attributes:
        weight: rank of the source, and whether its own figures contradict each other.
        width: how much it says, how narrowly.
        id: of the report.
        report: itself.
    """

    weight: tuple[int, bool]
    width: tuple[int, Decimal, int]
    id: str
    report: Event


def settle(reports: Sequence[Event], sources: Mapping[str, Source], fits: int | None = None) -> Occurrence[Payload]:
    """The occurrence that the reports amount to."""
    if len(reports) == 1:
        return _alone(reports[0], fits)
    weighed = sorted(_weighed(reports, sources), key=itemgetter(0, 1, 2))
    ranked = [each.report for each in weighed]
    disputed = _disputed(ranked)
    superseded = _superseded(ranked, sources) if disputed else ()
    best = (each for each in weighed if each.weight == weighed[0].weight)
    standing = [each for each in best if each.id not in superseded]
    settled = not (disputed and _disputed([each.report for each in standing]))
    ordered = (standing[0], *(each for each in weighed if each is not standing[0]))
    ids = tuple(dict.fromkeys(each.report.source for each in ordered if each.report.source))
    return Occurrence(
        accepted=standing[0].report,
        reports=tuple(each.report for each in ordered),
        sources=ids,
        independent=independent(ids, sources),
        disputed=disputed,
        settled=settled,
        superseded=superseded,
        why=_why(ordered, sources, superseded) if settled else UNDECIDED,
        fits=fits,
    )


def _alone(report: Event, fits: int | None) -> Occurrence[Payload]:
    """What `settle` makes of a single report, which is what most facts have."""
    sources = (report.source,) if report.source else ()
    return Occurrence(accepted=report, reports=(report,), sources=sources, independent=len(sources), fits=fits)


def _weighed(reports: Iterable[Event], sources: Mapping[str, Source]) -> Iterator[_Weighed]:
    """The reports with what sets them before others; most say the very same, which is looked at once."""
    last: Event | None = None
    figures: tuple[int, Decimal] = (0, Decimal(0))
    for report in reports:
        if last is None or report.payload != last.payload:
            last, figures = report, _most_figures_first(report.payload)
        yield _Weighed(_weight(report, sources), (*figures, _days(report.occurred)), report.id, report)


def _weight(report: Event, sources: Mapping[str, Source]) -> tuple[int, bool]:
    return (-rank(report, sources), not report.payload.coherent())


def _disputed(reports: Sequence[Event]) -> tuple[str, ...]:
    """Names of all that any two of them disagree on; reports that say the very same count as one."""
    told: list[Payload] = []
    for report in reports:
        if report.payload not in told:
            told.append(report.payload)
    names = {name for left, right in combinations(told, 2) for name in disagreements(left, right)}
    return tuple(sorted(names))


def supersedes(new: Event, old: Event, sources: Mapping[str, Source]) -> bool:
    """Whether a report is its publisher's own revision of another: later, of equal weight, and with another figure."""
    return (
        _instant(old.published) < _instant(new.published)
        and _weight(old, sources) == _weight(new, sources)
        and _publisher(old, sources) == _publisher(new, sources)
        and not agree(old.payload, new.payload)
    )


def _superseded(reports: Sequence[Event], sources: Mapping[str, Source]) -> tuple[str, ...]:
    """Ids of the reports that a later one revises."""
    return tuple(old.id for old in reports if any(supersedes(new, old, sources) for new in reports))


def _publisher(report: Event, sources: Mapping[str, Source]) -> tuple[str, str]:
    """Who prints the report: the publisher, else that of the source that it goes back to, else that source itself.

    A reprint by another publisher is none of its own reports: a figure that differs there is a slip, no revision.
    """
    origin = root(report.source or "", sources)
    for source_id in (report.source or "", origin):
        source = sources.get(source_id)
        if source and source.publisher:
            return "publisher", source.publisher
    return "source", origin


def _why(ordered: Sequence[_Weighed], sources: Mapping[str, Source], superseded: Collection[str]) -> str:
    """What sets the accepted report before its strongest rival: one that disagrees with it, else any other."""
    accepted, *others = ordered
    rivals = (other for other in others if not agree(accepted.report.payload, other.report.payload))
    rival = next(rivals, others[0])
    (rank, contradicts), (its_rank, it_contradicts) = accepted.weight, rival.weight
    if rank < its_rank:
        return f"highest rank: {witness(accepted.report, sources)}"
    if it_contradicts and not contradicts:
        return "its own figures agree"
    if rival.id in superseded:
        return "latest of one publisher"
    return "narrowest" if accepted.width < rival.width else "equal to the others"


def _instant(published: Published | None) -> float:
    return published.instant.timestamp() if published else 0.0


def _most_figures_first(payload: Payload) -> tuple[int, Decimal]:
    """More figures before fewer, then narrower ones."""
    widths = [(value.width, value.anchor) for _, value in payload.figures() if value.width is not None]
    bounded = [width / abs(anchor) if width else width for width, anchor in widths if anchor]
    return -len(bounded), sum(bounded, Decimal(0))


def _days(occurred: When | None) -> int:
    """Days that a date leaves open; many where it has no end."""
    return (occurred.last - occurred.first).days if occurred and occurred.first and occurred.last else _ENDLESS
