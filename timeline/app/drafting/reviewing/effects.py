"""What recording a fact would do: tell something new, back up what is known, contradict it, or nothing at all."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

from msgspec import Struct
from msgspec.structs import asdict

from timeline.app.fold import company_events, members, stream_of
from timeline.app.plan import differences, source_marks, standing_reports
from timeline.errors import Unfoldable
from timeline.event import Event
from timeline.history import Clock
from timeline.record import source_published, source_report
from timeline.store import marks, names
from timeline.topics.company import Registered

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from timeline.event import Payload, Report
    from timeline.history.members import Members
    from timeline.occurrence import Occurrence, Unreadable
    from timeline.record import Source
    from timeline.store.log import Reader

    Kept = dict[tuple[str, int], list[Event | Unreadable]]
    """Events by company and the log's last position when they were read."""

Verdict = Literal["new", "corroborates", "conflicts", "apart", "recorded", "differs", "unregistered", "unknown"]


class Effect(Struct, frozen=True):
    """What recording one fact would do.

    Attributes:
        verdict: new; corroborates what other sources report; conflicts with that in some figure; apart, as it could be
            one of several that are known; recorded already; differs from what is recorded under its key, which refuses
            a load; unregistered, as nobody registers its company; unknown, as the company's facts cannot be folded.
        told: more of it, a line each.
    """

    verdict: Verdict
    told: tuple[str, ...] = ()


class Effects:
    """What recording facts of a source would do to a log.

    What is read of a company is kept, as the facts of a draft are mostly of one.
    """

    def __init__(
        self, reader: Reader, source_id: str, source: Source, registered: Iterable[str] = (), kept: Kept | None = None
    ) -> None:
        """`registered` are companies that the same draft registers; `kept` is what was read before, to be added to."""
        self._reader = reader
        self._source = _as_event(source_report(source_id, source), source, reader.head() + 1)
        self._recorded = source
        self._registered = {*registered}
        self._members: Members = members(reader)
        self._head = reader.head()
        self._events: Kept = {} if kept is None else kept

    def of(self, report: Report) -> Effect:
        """What recording this one would do."""
        recorded, unreadable = standing_reports(self._reader, [report.id])
        if report.id in unreadable:
            return Effect("recorded")
        if stands := recorded.get(report.id):
            told = differences(stands, report)
            return Effect("differs", told) if told else Effect("recorded")
        company = report.company or ""
        if not self._is_registered(report, company):
            return Effect("unregistered", (f"no company {company!r} is registered, here or in this draft",))
        try:
            return _among(report.id, self._occurrences(report, company))
        except Unfoldable as error:
            return Effect("unknown", (error.message,))

    def _is_registered(self, report: Report, company: str) -> bool:
        if isinstance(report.payload, Registered) or company in self._registered:
            return True
        return bool(names.companies(self._reader.connection, [company]))

    def _occurrences(self, report: Report, company: str) -> Sequence[Occurrence[Payload]]:
        """All of the company, as they were with the report among them."""
        slug = self._members.representative(company)
        if (slug, self._head) not in self._events:
            self._events[slug, self._head] = company_events(self._reader, company, known=self._members)
        events = self._events[slug, self._head]
        added = _as_event(report, self._recorded, self._head + 2)
        known = {event.id for event in events}
        source = [] if self._source.id in known else [self._source]
        return stream_of(slug, [*events, *source, added], Clock()).occurrences


def second_id(reader: Reader, source_id: str, source: Source) -> Iterator[str]:
    """That the text or the address of a source is recorded under another id, where it is: a load would be refused."""
    for first in dict.fromkeys(marks.sources_marked(reader.connection, source_marks(source)).values()):
        if first != source_id:
            yield f"this text or address is recorded as {first}: a load is refused unless the draft has that id"


def _as_event(report: Report, source: Source, position: int) -> Event:
    now = datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    return Event(
        **asdict(report), position=position, published=source_published(source), recorded=now, actor="", chain=()
    )


def _among(event: str, occurrences: Sequence[Occurrence[Payload]]) -> Effect:
    own = next((item for item in occurrences if event in {report.id for report in item.reports}), None)
    if own is None:
        return Effect("unknown", ("what came of it cannot be told",))
    others = [report for report in own.reports if report.id != event]
    if not others:
        if own.fits is None:
            return Effect("new")
        return Effect("apart", (f"it could be one of {own.fits:,} that are known, so it would stand outside totals",))
    if told := tuple(_disputes(own, event)):
        return Effect("conflicts", (*told, f"what would stand: {_accepted(own, event)}"))
    sources = ", ".join(dict.fromkeys(report.source or "" for report in others))
    return Effect("corroborates", (f"known from {sources}", _independence(own)))


def _disputes(own: Occurrence[Payload], event: str) -> Iterator[str]:
    """The figures in which the event disagrees with others."""
    for name in own.disputed:
        stated = {report.id: (text, report) for text, report in own.stated(name)}
        mine = stated.pop(event, None)
        if mine:
            others = _by_text(stated)
            told = "; ".join(f"{text} ({', '.join(sources)})" for text, sources in others.items() if text != mine[0])
            if told:
                yield f"{name.replace('_', ' ')}: here {mine[0]}, recorded {told}"


def _by_text(stated: Mapping[str, tuple[str, Event]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for text, report in stated.values():
        found.setdefault(text, []).append(report.source or "")
    return found


def _accepted(own: Occurrence[Payload], event: str) -> str:
    whose = "this one" if own.id == event else own.accepted.source or ""
    why = f" ({own.why})" if own.why else ""
    return f"{whose}{why}" if own.settled else f"open{why}"


def _independence(own: Occurrence[Payload]) -> str:
    if own.independent > 1:
        return f"by {own.independent:,} publishers that do not derive from one another"
    return "by no further independent publisher"
