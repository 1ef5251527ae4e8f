"""Acceptance: which of several reports stands for the occurrence, why, and on what they disagree.

Accepted is the highest rank of source; within it, a report whose own figures agree with each other; among agreeing ones
the one that says most, most narrowly. A publisher that later prints another figure revises its own: that report
supersedes the one before, which is no rival any more. Where equals of several publishers disagree, it stays open.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from timeline.dates import When
from timeline.history.witness import rank, root, witness
from timeline.occurrence import Occurrence
from timeline.values import Quantity

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from timeline.event import Event, Payload
    from timeline.publication import Published
    from timeline.record import Source

UNDECIDED = "undecided: first among equals"
"""Why a report stands where nothing sets it before another that disagrees with it."""


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


def settle(reports: Sequence[Event], sources: Mapping[str, Source], fits: int | None = None) -> Occurrence[Payload]:
    """The occurrence that the reports amount to."""
    if len(reports) == 1:
        return _alone(reports[0], fits)
    ranked = sorted(reports, key=lambda report: (_weight(report, sources), _narrowest_first(report)))
    disputed = _disputed(ranked)
    superseded = _superseded(ranked, sources) if disputed else ()
    best = [report for report in ranked if _weight(report, sources) == _weight(ranked[0], sources)]
    standing = [report for report in best if report.id not in superseded]
    settled = not (disputed and _disputed(standing))
    ordered = (standing[0], *(report for report in ranked if report is not standing[0]))
    ids = tuple(dict.fromkeys(report.source for report in ordered if report.source))
    return Occurrence(
        accepted=standing[0],
        reports=ordered,
        sources=ids,
        independent=len({root(source_id, sources) for source_id in ids}),
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


def _weight(report: Event, sources: Mapping[str, Source]) -> tuple[int, bool]:
    return (-rank(report, sources), not report.payload.coherent())


def _disputed(reports: Sequence[Event]) -> tuple[str, ...]:
    pairs = ((left, right) for index, left in enumerate(reports) for right in reports[index + 1 :])
    names: Iterable[str] = (name for left, right in pairs for name in disagreements(left.payload, right.payload))
    return tuple(sorted(set(names)))


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


def _why(ordered: Sequence[Event], sources: Mapping[str, Source], superseded: Collection[str]) -> str:
    """What sets the accepted report before its strongest rival: one that disagrees with it, else any other."""
    accepted, *others = ordered
    rivals = [other for other in others if not agree(accepted.payload, other.payload)] or others
    if not rivals:
        return ""
    rival = rivals[0]
    if rank(accepted, sources) > rank(rival, sources):
        return f"highest rank: {witness(accepted, sources)}"
    if accepted.payload.coherent() and not rival.payload.coherent():
        return "its own figures agree"
    if rival.id in superseded:
        return "latest of one publisher"
    narrower = _narrowest_first(accepted)[:-1] < _narrowest_first(rival)[:-1]
    return "narrowest" if narrower else "equal to the others"


def _instant(published: Published | None) -> float:
    return published.instant.timestamp() if published else 0.0


def _narrowest_first(report: Event) -> tuple[int, Decimal, int, str]:
    """More figures before fewer, then narrower ones, then the narrower date; the id breaks ties by content."""
    figures = [value for _, value in report.payload.figures()]
    bounded = [value.width / abs(value.anchor) for value in figures if value.width is not None and value.anchor]
    occurred = report.occurred
    days = (occurred.last - occurred.first).days if occurred and occurred.first and occurred.last else 10**6
    return (-len(bounded), sum(bounded, Decimal(0)), days, report.id)
