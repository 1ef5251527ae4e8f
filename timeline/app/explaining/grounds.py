"""Grounds: the occurrences that what a path points at rests on.

A row rests on the occurrence of its event and on what its topic declares of it; rows and topics as a whole also on all
that is inside them. Whatever else decided a figure comes with it: the splits that it is adjusted for, and, where a
report stands apart, what it could have been a report of.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from timeline.app.explaining.pointed import Place, inner_places
from timeline.history.alike import alike
from timeline.occurrence import Adjusted
from timeline.topics.capital import Changed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from timeline.app.explaining.pointed import Pointed
    from timeline.event import Payload
    from timeline.occurrence import Occurrence, Stream
    from timeline.topic import Grounds

    Occurrences = tuple[Occurrence[Payload], ...]

_FAMILY = ("_printed", "_low", "_high", "_adjusted")
"""Endings of the columns of one figure, which rest on the same."""


class Ground(NamedTuple):
    """An occurrence that something rests on.

    Attributes:
        item: the occurrence.
        role: "" where the figure is made of it; "split" where the figure is adjusted for it, "alike" where a report
            stands apart because of it.
    """

    item: Occurrence[Payload]
    role: str = ""


def grounded(found: Pointed, declared: Grounds, stream: Stream) -> tuple[Ground, ...]:
    """What is pointed at rests on these, in the stream's order.

    Args:
        found: what is pointed at.
        declared: by the topic.
        stream: of the company.
    """
    of_report = {report.id: item for item in stream.occurrences for report in item.reports}
    known = {of_report[name].id: Ground(of_report[name]) for name in _ids(found, declared) if name in of_report}
    new = tuple(known.values())
    while new:
        items = [ground.item for ground in new]
        more = (*(Ground(item, "split") for item in _splits(items, stream)), *_apart(items, stream))
        new = tuple({ground.item.id: ground for ground in reversed(more) if ground.item.id not in known}.values())
        known |= {ground.item.id: ground for ground in new}
    return tuple(known[item.id] for item in stream.occurrences if item.id in known)


def _ids(found: Pointed, declared: Grounds) -> Iterator[str]:
    """Ids of events: those that rows name, and of what is declared."""
    if found.column is None:
        for place in found.places:
            yield from _whole(place)
        keys = [place.key for place in found.places]
        yield from _declared(declared, [key for key in declared if not found.key or _within(key, keys)])
    elif found.places:
        (place,) = found.places
        yield from _cell(place, found.column.name, declared)
    else:
        yield from _declared(declared, [found.key])


def _cell(place: Place, column: str, declared: Grounds) -> Iterator[str]:
    """Those of one cell; where the row neither names an event nor anything is declared of it, all of the row."""
    keys = [key for key in (f"{place.key}.{name}" for name in _family(column)) if key in declared]
    told = [*_events(place), *_declared(declared, keys[:1] or [place.key])]
    yield from told or _whole(place)


def _family(column: str) -> Iterator[str]:
    """The names under which the ground of a column may be declared, the narrowest first."""
    yield column
    yield from (column.removesuffix(end) for end in _FAMILY if column.endswith(end))


def _whole(place: Place) -> Iterator[str]:
    """The events of a row and of all rows inside it."""
    yield from _events(place)
    for column in place.columns:
        if column.kind == "rows":
            for inner in inner_places(place, column):
                yield from _whole(inner)


def _events(place: Place) -> Iterator[str]:
    if event := place.row.get("event"):
        yield event


def _within(key: str, places: Iterable[str]) -> bool:
    """Whether something is one of the rows, or inside one."""
    return any(key == place or key.startswith(f"{place}.") for place in places)


def _declared(declared: Grounds, keys: Iterable[str]) -> Iterator[str]:
    return (item.id for key in keys for item in declared.get(key, ()))


def _apart(items: Iterable[Occurrence[Payload]], stream: Stream) -> Iterator[Ground]:
    """What reports that stand apart could have been of."""
    return (Ground(other, "alike") for item in items if not item.counts for other in alike(item, stream))


def _splits(items: Iterable[Occurrence[Payload]], stream: Stream) -> Iterator[Occurrence[Payload]]:
    """The splits that figures are adjusted for; where it is not told of which class a figure is, also who names any."""
    items = list(items)
    if any(item.unstated or _is_adjusted(item) for item in items):
        yield from (item for item in stream.occurrences if isinstance(item.payload, Changed) and item.payload.ratio)
    if any(item.unstated and not _share_class(item) for item in items):
        yield from {name: item for item in stream.occurrences if (name := _share_class(item))}.values()


def _share_class(item: Occurrence[Payload]) -> str | None:
    return getattr(item.payload, "share_class", None)


def _is_adjusted(item: Occurrence[Payload]) -> bool:
    """Whether any report of it has a figure that is another one in today's shares."""
    figures = (figure for report in item.reports for _, figure in item.adjusted_of(report).figures())
    return any(isinstance(figure, Adjusted) and figure.differs for figure in figures)
