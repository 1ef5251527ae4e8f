"""What became of each event that came between two moments: a new fact, one more report, a correction, and so on."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from timeline.event import Event
from timeline.history.acceptance import agree, supersedes
from timeline.history.chains import is_link
from timeline.history.witness import voice
from timeline.occurrence import Unreadable
from timeline.record import Corrected, Erased, Reinstated, Retracted, Source

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from timeline.event import Payload
    from timeline.occurrence import Occurrence, Stream

    Seen = Mapping[str, Event | Unreadable]
    Known = Mapping[str, Occurrence[Payload]]

ORDER = (
    "new",
    "revised",
    "corroborated",
    "repeated",
    "disputed",
    "superseded",
    "apart",
    "corrected",
    "correction retracted",
    "retracted",
    "reinstated",
    "erased",
    "left aside",
    "taken back",
    "no longer public",
    "unreadable",
)
"""What an event does, in the order shown.

new: an occurrence that was not known. revised: likewise, and it states anew what was planned or aimed at before.
corroborated, repeated: one more report that agrees, of an independent publisher or of one that is known to say so.
disputed: one that does not agree. superseded: one by which its publisher revises its own figure. apart: a report that
could be of several occurrences, or of none for sure. taken back: a new report that no longer holds at the end. left
aside: a link whose event was corrected otherwise. no longer public: known at the start, but by a correction of its
source's publication not at the end.
"""


class Arrived(NamedTuple):
    """One event, and what it did.

    Attributes:
        event: that came.
        change: one of `ORDER`.
        of: id of the event that it speaks of, or of the report that stands for its occurrence; None for the only one.
        kind: the kind of fact that it is about in the end.
        about: ids of all events that it bears on.
    """

    event: Event | Unreadable
    change: str
    of: str | None
    kind: str
    about: frozenset[str]

    def concerns_kinds(self, kinds: Collection[str]) -> bool:
        """Whether it bears on facts of these kinds; what is said of a source bears on all."""
        return self.kind in kinds or self.kind == Source.KIND


class _Sides(NamedTuple):
    """Both ends, and what is looked up in them.

    Attributes:
        before: the stream at the start.
        after: the stream at the end.
        known: the occurrences at the start by the ids of their reports.
        placed: those at the end, likewise.
        seen: all visible events of either end.
        statements: ids of the events by which plans are stated anew.
    """

    before: Stream
    after: Stream
    known: Known
    placed: Known
    seen: Seen
    statements: Collection[str]


def arrived(
    before: Stream, after: Stream, seen: Seen, seen_after: Seen, statements: Collection[str]
) -> tuple[Arrived, ...]:
    """What came between the two, by what it does and then in the order of the log.

    The events that record sources are left out: what they report tells of them.

    Args:
        before: the stream at the start.
        after: the stream at the end.
        seen: the events visible at the start, by id.
        seen_after: those visible at the end.
        statements: ids of the events by which plans that were known are stated anew.
    """
    sides = _Sides(
        before=before,
        after=after,
        known=_by_report(before),
        placed=_by_report(after),
        seen={**seen, **seen_after},
        statements=statements,
    )
    came = [_arrived(event, sides) for event in _facts(seen_after, seen)]
    came += [_gone(event, sides) for event in _facts(seen, seen_after)]
    return tuple(sorted(came, key=lambda each: (ORDER.index(each.change), _position(each.event))))


def _facts(events: Seen, others: Seen) -> Iterator[Event | Unreadable]:
    """The events of one end that are not at the other."""
    return (event for event in events.values() if event.id not in others and event.kind != Source.KIND)


def _by_report(stream: Stream) -> dict[str, Occurrence[Payload]]:
    return {report.id: item for item in stream.occurrences for report in item.reports}


def _position(event: Event | Unreadable) -> int:
    return event.envelope.position if isinstance(event, Unreadable) else event.position


def _arrived(event: Event | Unreadable, sides: _Sides) -> Arrived:
    fact = _fact(event, sides.seen)
    if isinstance(event, Unreadable):
        return _with(event, "erased" if event.erased else "unreadable", event.envelope.target, fact, sides)
    if is_link(event):
        return _with(event, _link_change(event, sides.after), event.target, fact, sides)
    item = sides.placed.get(event.id)
    of = item.id if item and item.id != event.id else None
    return _with(event, _report_change(event, item, sides), of, fact, sides)


def _gone(event: Event | Unreadable, sides: _Sides) -> Arrived:
    return _with(event, "no longer public", None, _fact(event, sides.seen), sides)


def _with(event: Event | Unreadable, change: str, of: str | None, fact: Event | Unreadable, sides: _Sides) -> Arrived:
    about = frozenset((event.id, *_bearing(fact, sides)))
    return Arrived(event=event, change=change, of=of, kind=fact.kind, about=about)


def _bearing(fact: Event | Unreadable, sides: _Sides) -> Iterator[str]:
    """Ids of all reports of the occurrence that a fact is one of, before and after; of all that a source reports."""
    yield fact.id
    if isinstance(fact, Event) and isinstance(fact.payload, Source):
        yield from (event.id for event in sides.seen.values() if _source(event) == fact.source)
    for item in (sides.known.get(fact.id), sides.placed.get(fact.id)):
        yield from (report.id for report in (item.reports if item else ()))


def _source(event: Event | Unreadable) -> str | None:
    return event.envelope.source if isinstance(event, Unreadable) else event.source


def _fact(event: Event | Unreadable, seen: Seen) -> Event | Unreadable:
    """What a link goes back to, as far as it is visible; a fact itself."""
    passed = {event.id}
    while (target := seen.get(_target(event) or "")) and target.id not in passed:
        passed.add(target.id)
        event = target
    return event


def _target(event: Event | Unreadable) -> str | None:
    return event.envelope.target if isinstance(event, Unreadable) else event.target


def _link_change(link: Event, after: Stream) -> str:
    if any(link.id in fork.aside for fork in after.forks):
        return "left aside"
    match link.payload:
        case Corrected():
            return "corrected"
        case Retracted(scope="correction"):
            return "correction retracted"
        case Retracted():
            return "retracted"
        case Reinstated():
            return "reinstated"
        case Erased():
            return "erased"
        case other:
            raise TypeError(f"{other.KIND} is no link")


def _report_change(report: Event, item: Occurrence[Payload] | None, sides: _Sides) -> str:
    if item is None:
        return "taken back"
    if not item.counts:
        return "apart"
    earlier = [other for other in item.reports if other.id in sides.known]
    if not earlier and report.id == item.id:
        return "revised" if report.id in sides.statements else "new"
    return _further(report, item, earlier or [item.accepted], sides.after)


def _further(report: Event, item: Occurrence[Payload], earlier: Iterable[Event], after: Stream) -> str:
    """What one more report does to an occurrence that others report too."""
    rivals = [other for other in item.reports if not agree(report.payload, other.payload)]
    if report.id in item.superseded or any(rival.id not in item.superseded for rival in rivals):
        return "disputed"
    if any(supersedes(report, rival, after.sources) for rival in rivals):
        return "superseded"
    voices = {voice(other.source or "", after.sources) for other in earlier if other.id != report.id}
    return "repeated" if voice(report.source or "", after.sources) in voices else "corroborated"
