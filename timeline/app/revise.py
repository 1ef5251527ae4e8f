"""Correcting, retracting and reinstating a single event, by its id."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from msgspec import Struct

from timeline.app.fold import decoded, with_links
from timeline.app.links import correction, reinstatement, retraction
from timeline.app.load import record
from timeline.app.names import event_asked
from timeline.app.plan import differences
from timeline.errors import InvalidInput, NotFound, Problem
from timeline.event import Event, Report, event_id
from timeline.history import recorded_sources
from timeline.history.chains import Standing, standings
from timeline.intake.typed import typed_fact
from timeline.intake.written import fixture_form
from timeline.occurrence import Unreadable
from timeline.record import SOURCE_KEY, Reason, Source, source_published
from timeline.store import names
from timeline.topics.company import Merged

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline.store.log import Reader
    from timeline.store.writer import Writer


class Grounds(Struct, frozen=True, kw_only=True):
    """Why what is recorded changes, and who says so.

    Attributes:
        reason: what is recorded as the reason.
        note: remark.
        source: id of the recorded source that says so; None where no document stands behind it.
    """

    reason: Reason
    note: str | None = None
    source: str | None = None


class Revision(Struct, frozen=True, kw_only=True):
    """What one link does to an event.

    Attributes:
        fact: id of the event that it goes back to.
        link: the report that is recorded, or would be.
        changes: what differs afterwards, field by field, in words.
    """

    fact: str
    link: Report
    changes: tuple[str, ...]


def corrected(reader: Reader, id_prefix: str, words: Sequence[str], grounds: Grounds) -> Revision:
    """The correction that puts typed values in the place of what stands.

    Args:
        reader: of the log.
        id_prefix: of the event, or of a link of its chain.
        words: FIELD=VALUE each, as in a fixture; an empty value takes a field away.
        grounds: why.

    Raises:
        NotFound: no such event or source.
        InvalidInput: a word is wrong, nothing would change, or the event does not stand.
    """
    recorded = _standing(reader, id_prefix).event
    if isinstance(recorded.payload, Source):
        _refuse(
            "event-fixed", f"{recorded.id[:8]} records a source", "edit its fixture and load it with --correct REASON"
        )
    report = _typed(reader, recorded, words)
    if isinstance(report.payload, Merged) and report.payload.into not in names.companies(reader.connection):
        raise NotFound("company", report.payload.into, (), "timeline companies lists them")
    changes = differences(recorded, report)
    if not changes:
        _refuse("event-same", "that is what stands already", "name the fields that change: FIELD=VALUE")
    _known_source(reader, grounds.source)
    link = correction(recorded, report, grounds.reason, grounds.note, grounds.source)
    return Revision(fact=recorded.id, link=link, changes=changes)


def retracted(reader: Reader, id_prefix: str, grounds: Grounds, *, correction_only: bool) -> Revision:
    """The retraction of what stands, or only of the correction that made it so.

    Raises:
        NotFound: no such event or source.
        InvalidInput: the event does not stand, or was not corrected.
    """
    standing = _standing(reader, id_prefix)
    recorded = standing.event
    if correction_only and not standing.corrected:
        _refuse("event-same", f"{recorded.id[:8]} was not corrected", "leave --correction out to retract the fact")
    _known_source(reader, grounds.source)
    link = retraction(recorded, grounds.reason, grounds.note, grounds.source, correction_only=correction_only)
    what = "the correction no longer holds" if correction_only else f"{recorded.payload.summary()} no longer holds"
    return Revision(fact=recorded.id, link=link, changes=(what,))


def reinstated(reader: Reader, id_prefix: str, grounds: Grounds) -> Revision:
    """The reinstatement that takes a retraction back.

    Raises:
        NotFound: no such event or source.
        InvalidInput: nothing is retracted.
    """
    standing = _chain(reader, id_prefix)
    if not _retracted_last(reader, standing.event):
        _refuse(
            "event-same", f"{standing.event.id[:8]} is not retracted", "timeline event ID shows what was done to it"
        )
    _known_source(reader, grounds.source)
    link = reinstatement(standing.event, grounds.reason, grounds.note, grounds.source)
    return Revision(fact=standing.event.id, link=link, changes=(f"{standing.event.payload.summary()} holds again",))


def carry_out(writer: Writer, revision: Revision) -> None:
    """Record a revision that was made inside the same transaction."""
    source = revision.link.source
    stated = _source(writer.log, source) if source else None
    published = {source: source_published(stated).text} if source and stated else {}
    record(writer, [revision.link], published)


def _standing(reader: Reader, id_prefix: str) -> Standing:
    standing = _chain(reader, id_prefix)
    if not standing.holds:
        fix = "take the retraction back first: timeline retract EVENT --undo"
        _refuse("event-retracted", f"{standing.event.id[:8]} is retracted", fix)
    return standing


def _chain(reader: Reader, id_prefix: str) -> Standing:
    """What stands of the fact that an event, or a link of its chain, goes back to."""
    row = next(reader.rows_by_ids([event_asked(reader, id_prefix)]))
    while row.envelope.target and (target := next(reader.rows_by_ids([row.envelope.target]), None)):
        row = target
    events = list(decoded(with_links(reader, [row.envelope.id])))
    for event in events:
        if isinstance(event, Unreadable) and not event.erased:
            _refuse("event-unreadable", f"{event.id[:8]} cannot be read: {event.why}", "use the program that wrote it")
    standing = next(standings(events)[0], None)
    if standing is None or standing.erased:
        _refuse("event-erased", f"{row.envelope.id[:8]} was erased, for good", "record what holds as another event")
    return standing


def _retracted_last(reader: Reader, event: Event) -> bool:
    """Whether the chain's last link takes something back."""
    return event.chain != () and next(reader.rows_by_ids([event.head])).envelope.kind == "event.retracted"


def _typed(reader: Reader, recorded: Event, words: Sequence[str]) -> Report:
    source = _source(reader, recorded.source) if recorded.source else None
    typed = typed_fact(
        recorded.kind,
        recorded.company or "",
        words,
        source_id=recorded.source,
        key=recorded.key,
        currency=source.currency if source else "",
        base=fixture_form(recorded),
    )
    if typed.report is None:
        raise InvalidInput(typed.problems)
    return typed.report


def _known_source(reader: Reader, source_id: str | None) -> None:
    if source_id is not None and _source(reader, source_id) is None:
        raise NotFound("source", source_id, (), "timeline sources lists them")


def _source(reader: Reader, source_id: str) -> Source | None:
    """A recorded source, as corrected."""
    rows = with_links(reader, [event_id(source_id, SOURCE_KEY)])
    return recorded_sources(decoded(rows)).get(source_id)


def _refuse(rule: str, what: str, fix: str) -> NoReturn:
    raise InvalidInput([Problem(rule, what, fix)])
