"""What changed between two moments: the events that came, and what they made of the company's headlines and figures."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from timeline.app.clocks import basis, moment
from timeline.app.comparing.arrived import Arrived, arrived
from timeline.app.comparing.changes import Change, changes
from timeline.app.events import EVENTS, event_row
from timeline.app.fold import company_events, members, stream_of
from timeline.app.names import find_company
from timeline.app.show import page, stopped
from timeline.catalog import catalog
from timeline.errors import InvalidInput, Problem
from timeline.history import Clock, visible
from timeline.page import Basis, Listings
from timeline.section import Column, Finding, Row, Table
from timeline.store.log import Reader

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from sqlite3 import Connection

    from timeline.event import Event
    from timeline.occurrence import Stream, Unreadable
    from timeline.publication import Moment
    from timeline.section import Section
    from timeline.topic import Topic

CHANGES = Table(
    "changes",
    "Changes",
    (
        Column("topic", grouped=True),
        Column("part", shown=False),
        Column("what"),
        Column("column", shown=False),
        Column("kind", shown=False),
        Column("before"),
        Column("after"),
        Column("events", kind="ids"),
    ),
)
ARRIVED = Table(
    "events",
    "Events",
    (
        Column("change", grouped=True),
        *(replace(column, shown=column.shown and column.name != "company") for column in EVENTS.columns),
        Column("of", kind="id"),
    ),
)


class State(NamedTuple):
    """A company at one of the moments.

    Attributes:
        stream: what is visible of it.
        sections: of every topic, in the catalog's order.
        seen: all events that the clocks let through, by id.
    """

    stream: Stream
    sections: tuple[Section, ...]
    seen: Mapping[str, Event | Unreadable]


def diff(
    connection: Connection, company: str, start: str, end: str, *, recorded: bool = False, fixed: str | None = None
) -> Listings:
    """What changed of a company from one moment to another.

    Args:
        connection: to the database.
        company: by any name.
        start: the earlier moment; what it admits is known already.
        end: the later one, inclusive.
        recorded: whether they are of the recorded clock, where they may be positions; else of the published one.
        fixed: the moment on the other clock, the same for both; None for all.

    Raises:
        NotFound: no such company.
        InvalidInput: a text is no moment, or `start` is after `end`.
    """
    reader = Reader(connection)
    first, last = _moment("FROM", start, recorded=recorded), _moment("TO", end, recorded=recorded)
    other = None if fixed is None else _moment("--as-of" if recorded else "--as-recorded", fixed, recorded=not recorded)
    since, asked = (_basis(reader.head(), text, fixed, recorded=recorded) for text in (start, end))
    slug = find_company(connection, company)
    before, after = (_state(reader, slug, _clock(each, other, recorded=recorded)) for each in (first, last))
    if _reversed(first, last, before, after):
        fix = f"name the earlier one first: timeline diff {company} {end} {start}{' --recorded' if recorded else ''}"
        raise InvalidInput([Problem("moments-reversed", f"FROM {start} is after TO {end}", fix)])
    return compared(slug, since, asked, before, after)


def _moment(name: str, text: str, *, recorded: bool) -> Moment | int:
    return int(text) if recorded and text.isascii() and text.isdigit() else moment(name, text)


def _clock(asked: Moment | int, fixed: Moment | int | None, *, recorded: bool) -> Clock:
    as_of, as_recorded = (fixed, asked) if recorded else (asked, fixed)
    assert not isinstance(as_of, int)  # noqa: S101 - only texts of the recorded clock are read as positions
    return Clock(as_of=as_of, as_recorded=as_recorded)


def _basis(position: int, text: str, fixed: str | None, *, recorded: bool) -> Basis:
    return basis(position, fixed, text) if recorded else basis(position, text, fixed)


def _state(reader: Reader, slug: str, clock: Clock) -> State:
    known = members(reader, clock)
    return state(known.representative(slug), company_events(reader, slug, clock, known), clock)


def state(slug: str, events: Iterable[Event | Unreadable], clock: Clock) -> State:
    """A company on a clock; of its events, as for `timeline.history.stream`, any order will do."""
    events = list(events)
    found = stream_of(slug, events, clock)
    return State(
        stream=found,
        sections=tuple(topic.section(found) for topic in catalog().topics),
        seen={event.id: event for event in visible(events, clock)},
    )


def _reversed(start: Moment | int, end: Moment | int, before: State, after: State) -> bool:
    """Whether the first moment is the later one; a position and a time are told apart by what each lets through."""
    if isinstance(start, int) and isinstance(end, int):
        return start > end
    if isinstance(start, int) or isinstance(end, int):
        return before.seen.keys() > after.seen.keys()
    return _last_instant(start) > _last_instant(end)


def _last_instant(asked: Moment) -> datetime:
    if asked.instant is not None:
        return asked.instant
    assert asked.date is not None  # noqa: S101 - a moment is one or the other
    return datetime.combine(asked.date, time.max, UTC)


def compared(slug: str, since: Basis, asked: Basis, before: State, after: State) -> Listings:
    """What changed from one state of a company to another, which are true of these bases."""
    topics = catalog().topics
    found = list(_changes(topics, before, after))
    came = arrived(before.stream, after.stream, before.seen, after.seen, {change.statement for change in found})
    parts = list(zip((topic.layout for topic in topics), after.sections, strict=True))
    return Listings(
        schema="timeline.diff/1",
        basis=asked,
        since=since,
        slug=slug,
        name=page(slug, asked, parts).name,
        parts=(
            (CHANGES, tuple(_change_row(change, came, topics) for change in found if change.shown)),
            (ARRIVED, tuple(_event_rows(came))),
        ),
        findings=tuple(_stopped(slug, (*before.sections, *after.sections))),
        empty="nothing changed",
    )


def _changes(topics: Sequence[Topic[object]], before: State, after: State) -> Iterator[Change]:
    same = _same(before.stream, after.stream)
    for topic, old, new in zip(topics, before.sections, after.sections, strict=True):
        yield from changes(topic.layout, old, new, same)


def _same(before: Stream, after: Stream) -> dict[str, str]:
    """What stands for an occurrence, by the id of any of its reports; of one that was known, what stands for it now."""
    same: dict[str, str] = {}
    for item in after.occurrences:
        same |= dict.fromkeys((report.id for report in item.reports), item.id)
    for item in before.occurrences:
        for report in item.reports:
            same.setdefault(report.id, same.get(item.id, item.id))
    return same


def _change_row(change: Change, came: Sequence[Arrived], topics: Iterable[Topic[object]]) -> Row:
    topic = next(topic for topic in topics if topic.name == change.topic)
    kinds = {payload.KIND for payload in (*topic.payloads, *topic.uses)}
    own = [each for each in came if each.concerns_kinds(kinds)]
    # A row may change by events that it does not name, as a plan does by what was spent in the period before.
    told = [each for each in own if not each.about.isdisjoint(change.ids)] or own
    return {
        "topic": change.topic,
        "part": change.part,
        "what": change.what,
        "column": change.column or None,
        "kind": change.kind,
        "before": change.before,
        "after": change.after,
        "events": [each.event.id for each in told],
    }


def _event_rows(came: Iterable[Arrived]) -> Iterator[Row]:
    for each in came:
        yield {"change": each.change, **event_row(each.event), "of": each.of}


def _stopped(slug: str, sections: Iterable[Section]) -> Iterator[Finding]:
    """What a topic that is stopped would have changed is not known."""
    problems = {(section.topic, section.problem): section for section in sections if section.problem}
    yield from (stopped(section, slug) for section in problems.values())
