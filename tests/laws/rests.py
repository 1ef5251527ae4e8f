"""Every cell and field of a company's sections, the events that it is said to rest on, and what those events alone say.

`Cell.name` leaves out the numbers of rows: fewer events leave fewer rows.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from timeline import history
from timeline.app.explaining.grounds import grounded
from timeline.app.explaining.pointed import Pointed, every_place, inner_places
from timeline.catalog import catalog

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from timeline.app.explaining.pointed import Place
    from timeline.event import Event
    from timeline.occurrence import Stream, Unreadable
    from timeline.section import Layout, Section
    from timeline.topic import Topic

_NUMBER = re.compile(r"\[\d+\]")
_NOTHING: tuple[object, ...] = (None, "", [], (), False)


class Cell(NamedTuple):
    """A value of a section: the place of its column, and itself as JSON."""

    name: str
    value: bytes


def cells(layout: Layout, section: Section) -> Iterator[Pointed]:
    """Every figure, date and word of a section; events and sources are what they rest on."""
    for column in layout.fields:
        if section.fields.get(column.name) not in _NOTHING:
            yield Pointed(column.name, (), column, section.fields[column.name])
    for place in every_place(layout, section):
        yield from _cells(place)


def _cells(place: Place) -> Iterator[Pointed]:
    for column in place.columns:
        value = place.row.get(column.name)
        if column.kind == "rows":
            for inner in inner_places(place, column):
                yield from _cells(inner)
        elif column.kind not in ("id", "ids") and value not in _NOTHING:
            yield Pointed(f"{place.key}.{column.name}", (place,), column, value)


def cell(found: Pointed) -> Cell:
    return Cell(_NUMBER.sub("", found.key), msgspec.json.encode(found.value))


def named(topic: Topic[Any], stream: Stream, found: Pointed) -> frozenset[str]:
    """The ids of the events that it rests on, corrections among them."""
    grounds = grounded(found, topic.grounds(topic.project(stream)), stream)
    reports = [report for ground in grounds for report in ground.item.reports]
    return frozenset(name for report in reports for name in (report.id, *report.chain))


def unfounded(company: str, events: Sequence[Event | Unreadable]) -> Iterator[tuple[str, Pointed, frozenset[str]]]:
    """The topic, cell and named events of each value that those events alone do not say."""
    stream = history.stream(company, events)
    for topic in catalog().topics:
        section = topic.section(stream)
        if section.problem:
            continue
        by_events: dict[frozenset[str], list[Pointed]] = defaultdict(list)
        for found in cells(topic.layout, section):
            by_events[named(topic, stream, found)].append(found)
        for names, all_found in by_events.items():
            said = set(map(cell, cells(topic.layout, topic.section(_only(company, events, names)))))
            yield from ((topic.name, found, names) for found in all_found if not names or cell(found) not in said)


def _only(company: str, events: Iterable[Event | Unreadable], names: frozenset[str]) -> Stream:
    """The stream of some of the company's events, and of the sources."""
    return history.stream(company, [event for event in events if event.id in names or not _of_company(event)])


def _of_company(event: Event | Unreadable) -> bool:
    return bool(getattr(event, "company", None))
