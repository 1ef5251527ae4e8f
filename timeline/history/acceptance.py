"""Acceptance: which of several reports stands for the occurrence, and on what they disagree.

Accepted is the highest rank of source; within it, a report whose own figures agree with each other; among agreeing ones
the one that says most, most narrowly. Where equals disagree, the latest published decides between reports of one
publisher; otherwise the disagreement stays open.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from timeline.dates import When
from timeline.history.witness import rank, root
from timeline.occurrence import Occurrence
from timeline.values import Quantity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from timeline.event import Event, Payload
    from timeline.publication import Published
    from timeline.record import Source


def agree(left: Payload, right: Payload) -> bool:
    """Whether every figure and every date that both state overlaps."""
    return not disagreements(left, right)


def disagreements(left: Payload, right: Payload) -> frozenset[str]:
    """Names of the figures and dates that both state and that do not overlap."""
    return frozenset(name for name in left.__struct_fields__ if _apart(getattr(left, name), getattr(right, name)))


def _apart(left: object, right: object) -> bool:
    match left, right:
        case Quantity(), Quantity():
            return not left.overlaps(right)
        case When(), When():
            return not left.overlaps(right)
        case _:
            return False


def settle(reports: Sequence[Event], sources: Mapping[str, Source], fits: int | None = None) -> Occurrence[Payload]:
    """The occurrence that the reports amount to."""
    ranked = sorted(reports, key=lambda report: (_weight(report, sources), _narrowest_first(report)))
    best = [report for report in ranked if _weight(report, sources) == _weight(ranked[0], sources)]
    disputed = _disputed(ranked)
    latest = _latest_of_one_origin(best, sources) if _disputed(best) else None
    accepted = latest or best[0]
    ordered = (accepted, *(report for report in ranked if report is not accepted))
    ids = tuple(dict.fromkeys(report.source for report in ordered if report.source))
    roots = {root(source_id, sources) for source_id in ids}
    return Occurrence(
        accepted=accepted,
        reports=ordered,
        sources=ids,
        independent=len(roots),
        disputed=disputed,
        settled=latest is not None or not _disputed(best),
        fits=fits,
    )


def _weight(report: Event, sources: Mapping[str, Source]) -> tuple[int, bool]:
    return (-rank(report, sources), not report.payload.coherent())


def _disputed(reports: Sequence[Event]) -> tuple[str, ...]:
    pairs = ((left, right) for index, left in enumerate(reports) for right in reports[index + 1 :])
    names: Iterable[str] = (name for left, right in pairs for name in disagreements(left.payload, right.payload))
    return tuple(sorted(set(names)))


def _latest_of_one_origin(reports: Sequence[Event], sources: Mapping[str, Source]) -> Event | None:
    if len({_publisher(report, sources) for report in reports}) > 1:
        return None
    return max(reports, key=lambda report: (_instant(report.published), report.id))


def _publisher(report: Event, sources: Mapping[str, Source]) -> str:
    source = sources.get(report.source or "")
    return (source.publisher if source else None) or root(report.source or "", sources)


def _instant(published: Published | None) -> float:
    return published.instant.timestamp() if published else 0.0


def _narrowest_first(report: Event) -> tuple[int, Decimal, int, str]:
    """More figures before fewer, then narrower ones, then the narrower date; the id breaks ties by content."""
    figures = [value for _, value in report.payload.figures()]
    bounded = [value.width / abs(value.anchor) for value in figures if value.width is not None and value.anchor]
    occurred = report.occurred
    days = (occurred.last - occurred.first).days if occurred and occurred.first and occurred.last else 10**6
    return (-len(bounded), sum(bounded, Decimal(0)), days, report.id)
