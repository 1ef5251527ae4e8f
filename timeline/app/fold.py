"""Folding: from a company's rows in the log to its sections. What a read model holds is exactly what this returns.

A company is all slugs that mergers make one; its events are those of all of them.
"""

from __future__ import annotations

from collections import defaultdict
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec.structs import replace

from timeline.app.culprit import culprit
from timeline.app.sharing import Sharing
from timeline.catalog import catalog, decode
from timeline.check import findings
from timeline.checks import across
from timeline.errors import TimelineError, Unfoldable
from timeline.event import event_id
from timeline.history import Clock, stream
from timeline.history.members import connected
from timeline.history.partitions import FIRST, partitions
from timeline.occurrence import Unreadable
from timeline.record import SOURCE_KEY
from timeline.section import merged
from timeline.store.names import Name
from timeline.topics.company import TOPIC, index_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from timeline.check import Verdict
    from timeline.claim import Claim
    from timeline.event import Envelope, Event
    from timeline.history.members import Members
    from timeline.occurrence import Stream
    from timeline.section import Finding, Section
    from timeline.store.log import Reader, Row
    from timeline.topic import Told, Topic

_ALL = Clock()
_NAMING = frozenset(payload.KIND for payload in TOPIC.payloads if payload.REFERENCE)


class Part(NamedTuple):
    """What is told of a partition of a company's facts, with all that depends on nothing but the events.

    Attributes:
        partition: its name, see `timeline.event.Payload.partition`.
        sections: of every topic where it is the first partition, else of those that have something to say.
        verdicts: what came of each comparison behind their findings.
        claims: what the checks at reading time go by.
    """

    partition: str
    sections: tuple[Section, ...]
    verdicts: tuple[Verdict, ...]
    claims: tuple[Claim, ...]


class Telling(NamedTuple):
    """What is told of a company.

    Attributes:
        parts: by partition, the first one first.
    """

    parts: tuple[Part, ...]

    @property
    def sections(self) -> tuple[Section, ...]:
        """Of every topic in the catalog's order, empty ones included."""
        told: dict[str, list[Section]] = {topic.name: [] for topic in catalog().topics}
        for section in (section for part in self.parts for section in part.sections):
            told[section.topic].append(section)
        return tuple(merged(sections) for sections in told.values())

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """Of all parts."""
        return tuple(verdict for part in self.parts for verdict in part.verdicts)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """Of all parts."""
        return tuple(claim for part in self.parts for claim in part.claims)


def fold(reader: Reader, company: str, clock: Clock = _ALL, known: Members | None = None) -> tuple[Stream, Telling]:
    """A company's visible stream, and what is told of it.

    Args:
        reader: of the log.
        company: any of its slugs; the stream is that of the one that stands for it.
        clock: the moments asked for.
        known: who is one on that clock, where the caller knows it.

    Raises:
        Unfoldable: something in its events is more than the program can cope with.
    """
    known = known or members(reader, clock)
    return fold_events(known.representative(company), company_events(reader, company, clock, known), clock)


def fold_events(company: str, events: Sequence[Event | Unreadable], clock: Clock = _ALL) -> tuple[Stream, Telling]:
    """As `fold`, of the events that `company_events` gives; the company is the slug that stands for it."""
    try:
        visible = stream_of(company, events, clock)
        return visible, tell(visible)
    except Unfoldable as error:
        ordered = sorted(events, key=lambda item: envelope(item).position)
        found = culprit(ordered, lambda some: _fails(company, some, clock))
        if found is None:
            raise
        event = envelope(found)
        raise Unfoldable(company, error.topic, error.why, event.id, event.position) from error


def _fails(company: str, events: Sequence[Event | Unreadable], clock: Clock) -> bool:
    try:
        tell(stream_of(company, events, clock))
    except Unfoldable:
        return True
    return False


@contextmanager
def foldable(company: str, topic: str = "") -> Iterator[None]:
    """Tell whose events it was that something inside could not cope with.

    Raises:
        Unfoldable: instead of whatever came up.
    """
    try:
        yield
    except (TimelineError, MemoryError):
        raise
    except Exception as error:
        raise Unfoldable(company, topic, f"{type(error).__name__}: {error}".removesuffix(": ")) from error


def visible_stream(reader: Reader, company: str, clock: Clock = _ALL, known: Members | None = None) -> Stream:
    """What is visible of a company; the arguments are those of `fold`."""
    known = known or members(reader, clock)
    return stream_of(known.representative(company), company_events(reader, company, clock, known), clock)


def stream_of(company: str, events: Iterable[Event | Unreadable], clock: Clock) -> Stream:
    """As `timeline.history.stream`; where that cannot cope with the events, it is told whose they are.

    Raises:
        Unfoldable: instead of whatever came up.
    """
    with foldable(company):
        return stream(company, events, clock)


def tell(visible: Stream) -> Telling:
    """What all topics and the checks between them make of a stream.

    Raises:
        Unfoldable: one of them cannot cope with it.
    """
    return Telling(tuple(tell_part(each) for each in partitions(visible)))


def tell_part(stream: Stream) -> Part:
    """What topics and the checks between them make of a partition; of others than the first, those that have facts.

    Raises:
        Unfoldable: one of them cannot cope with it.
    """
    whole = stream.partition == FIRST
    present = {*(payload.KIND for payload in stream.kinds), *(fork.kind for fork in stream.forks)}
    names = {catalog().tellers[kind] for kind in present}
    told = [_told(topic, stream) for topic in catalog().topics if whole or topic.name in names]
    claims = tuple(claim for one in told for claim in one.claims)
    with foldable(stream.company):
        between = tuple(across(stream, claims, catalog().tellers))
    own = tuple(verdict for one in told for verdict in one.verdicts)
    found = findings(between)
    sections = (_with_found(one.section, found) for one in told)
    return Part(
        stream.partition,
        tuple(section for section in sections if whole or not (section.empty or section.problem)),
        (*own, *between),
        claims,
    )


def _told(topic: Topic[Any], visible: Stream) -> Told:
    with foldable(visible.company, topic.name):
        return topic.told(visible)


def _with_found(section: Section, found: tuple[Finding, ...]) -> Section:
    """The section with what the checks between topics found of it; a stopped one has nothing else to say."""
    its = tuple(finding for finding in found if finding.topic == section.topic)
    return section if section.problem or not its else replace(section, findings=(*section.findings, *its))


def members(reader: Reader, clock: Clock = _ALL) -> Members:
    """Which slugs are one company on the recorded clock."""
    return connected(decoded(with_links(reader, [row.envelope.id for row in reader.rows_of_mergers()])), clock)


def company_events(
    reader: Reader, company: str, clock: Clock = _ALL, known: Members | None = None
) -> list[Event | Unreadable]:
    """All events of a company, those that record the sources they name, and the links that speak of these sources.

    Args:
        reader: of the log.
        company: any of its slugs.
        clock: decides who is one; events that it does not let through are among these all the same.
        known: as in `fold`.
    """
    slugs = (known or members(reader, clock)).of(company)
    return events_of(reader, (row for slug in slugs for row in reader.rows(slug)))


def names_recorded(reader: Reader, clock: Clock, company: str | None = None) -> Iterator[Name]:
    """The names that the index of names would hold had it been made then.

    Args:
        reader: of the log.
        clock: of the recorded clock only, as names obey no other.
        company: any slug of the one company asked about; None for all.
    """
    known = members(reader, clock)
    parts = [None] if company is None else known.of(company)
    naming: dict[str, list[str]] = defaultdict(list)
    for envelope in (row.envelope for part in parts for row in reader.rows(part)):
        if envelope.company is not None and clock.recorded(envelope):
            naming[known.representative(envelope.company)] += [envelope.id] * (envelope.kind in _NAMING)
    for slug, ids in sorted(naming.items()):
        events = events_of(reader, with_links(reader, ids))
        yield from company_names(stream_of(slug, events, clock), known)


def company_names(visible: Stream, known: Members) -> list[Name]:
    """Every name by which a company is found, in order; of names that differ in their last day only, the longest valid.

    Two sources may tell the last day differently.
    """
    entries = index_names(visible, known.of(visible.company))
    rising = sorted((Name(*entry) for entry in entries), key=lambda name: (not name.last, name.last))
    return sorted({name[:-1]: name for name in rising}.values())


def with_links(reader: Reader, ids: Iterable[str]) -> Iterator[Row]:
    """The events of these ids, and all that speak of them, of what speaks of them, and so on."""
    wanted = list(ids)
    events, speaking = reader.rows_by_ids(wanted), reader.rows_speaking_of(wanted)
    found, links = list(events), list(speaking)
    yield from found
    here = {row.envelope.id for row in found}
    found = [link for link in links if link.envelope.target in here]
    while found:
        yield from found
        found = list(reader.rows_speaking_of(row.envelope.id for row in found))


def envelope(item: Event | Unreadable) -> Event | Envelope:
    """What the log says of an event beside its content, whether that can be read or not."""
    return item.envelope if isinstance(item, Unreadable) else item


def decoded(rows: Iterable[Row]) -> Iterator[Event | Unreadable]:
    """The events that the rows hold."""
    return (decode(row.envelope, row.body) for row in rows)


def events_of(reader: Reader, rows: Iterable[Row]) -> list[Event | Unreadable]:
    """The events of the rows, those that record the sources they name, and the links that speak of these sources.

    They are read one by one, as bodies take as much memory as the events that are made of them.
    """
    sources: set[str] = set()
    events: list[Event | Unreadable] = []
    sharing = Sharing()
    for row in rows:
        if row.envelope.source is not None:
            sources.add(row.envelope.source)
        event = decode(row.envelope, row.body)
        events.append(event if isinstance(event, Unreadable) else sharing.shared(event))
    ids = {event_id(source, SOURCE_KEY) for source in sources}
    events += decoded(with_links(reader, ids))
    return events
