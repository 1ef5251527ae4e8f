"""Erasing: the content of an event is deleted for good, with all that repeats it; that there was an event stays known.

Every event that loses its content gets an erasure of its own, so that export, import and audit understand each by
itself. The database's files are then rid of the bytes. That can fail after the erasure is recorded, when others have
the database open or the program ends early; erasing the same event again finishes it.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from msgspec import Struct
from msgspec.structs import replace

from timeline.app.events import event_row
from timeline.app.fold import decoded, with_links
from timeline.app.links import erasure
from timeline.app.load import actor, entry
from timeline.app.names import event_asked
from timeline.app.refresh import mark_sources, refresh
from timeline.app.searching.indexing import rewording
from timeline.catalog import decode
from timeline.errors import InvalidInput, Problem
from timeline.event import Report
from timeline.history.chains import standings
from timeline.occurrence import Unreadable
from timeline.record import Erased, Reinstated, Retracted, Source
from timeline.section import Row
from timeline.store import marks
from timeline.store.dialect import dialect_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from timeline.event import Envelope
    from timeline.history.chains import Standing
    from timeline.record import Reason
    from timeline.store import log
    from timeline.store.log import Reader
    from timeline.store.writer import Writer


class Erasure(Struct, frozen=True, kw_only=True):
    """What erasing an event does, or would do.

    Attributes:
        event: id of the event that was named.
        rows: the events that lose their content, under the columns of `timeline.app.events.EVENTS`, in the order of the
            log; none where nothing of it was left.
        reports: the erasures that are recorded; fewer than the rows where one was recorded already.
        effects: what else changes and what stays, in words.
        unfinished: why bytes of it may still be in the database's files; empty where they are gone.
        copies: what else may hold what was erased, such as files beside the database.
    """

    event: str
    rows: tuple[Row, ...]
    reports: tuple[Report, ...]
    effects: tuple[str, ...]
    unfinished: str = ""
    copies: tuple[str, ...] = ()


class _Plan(NamedTuple):
    """What is to be erased.

    Attributes:
        named: the event that was named, as logged.
        rows: the events that lose their content.
        named_already: ids of those that an erasure names already.
    """

    named: Envelope
    rows: tuple[log.Row, ...]
    named_already: frozenset[str]


def planned(reader: Reader, id_prefix: str, reason: Reason, note: str | None = None) -> Erasure:
    """What erasing an event would do.

    Args:
        reader: of the log.
        id_prefix: of the event: a fact, a source's record, reference data, or a correction or the like of any.
        reason: what is recorded as the reason.
        note: remark that is recorded with it; it must not repeat what is erased.

    Raises:
        NotFound: no such event.
        InvalidInput: the event is itself an erasure.
    """
    return _told(reader, _plan(reader, event_asked(reader, id_prefix)), reason, note)


def erase(writer: Writer, id_prefix: str, reason: Reason, note: str | None = None) -> Erasure:
    """Erase an event: record, delete, bring the read models up to date, and rid the files of the bytes.

    The arguments are those of `planned`, and so is what is raised; then nothing was written.
    """
    dialect = dialect_of(writer.connection)
    dialect.overwrite(writer.connection)
    with writer.transaction():
        plan = _plan(writer.log, event_asked(writer.log, id_prefix))
        told = _told(writer.log, plan, reason, note)
        _carry_out(writer, plan, told)
    unfinished = dialect.scour(writer.connection)
    return replace(told, unfinished=unfinished, copies=dialect.copies(writer.connection))


def unerased(reader: Reader, ids: Iterable[str]) -> tuple[str, ...]:
    """Which of these events, or of those that they go back to, were erased although content of theirs is still here."""
    around, pending = set[str](), set(ids)
    while pending:
        around |= pending
        pending = {row.envelope.target for row in reader.rows_by_ids(pending) if row.envelope.target} - around
    links = (row.envelope for row in reader.rows_speaking_of(around))
    erased = sorted({link.target for link in links if link.kind == Erased.KIND and link.target})
    return tuple(identity for identity in erased if _rows(reader, identity))


def _plan(reader: Reader, identity: str) -> _Plan:
    named = next(reader.rows_by_ids([identity])).envelope
    if named.kind == Erased.KIND:
        _refuse(f"{named.id[:8]} is an erasure: it tells why content is missing, and stays")
    rows = _rows(reader, identity)
    links = (row.envelope for row in reader.rows_speaking_of(row.envelope.id for row in rows))
    already = frozenset(link.target or "" for link in links if link.kind == Erased.KIND)
    return _Plan(named, rows, already)


def _rows(reader: Reader, identity: str) -> tuple[log.Row, ...]:
    """An event and whatever speaks of it, as far as there is content that may repeat the event's."""
    found = (row for row in with_links(reader, [identity]) if row.body is not None)
    told = {row.envelope.id: row for row in found if row.envelope.id == identity or _may_repeat(row)}
    return tuple(sorted(told.values(), key=lambda row: row.envelope.position))


def _may_repeat(link: log.Row) -> bool:
    """Whether a link says more than that it is one, and why; one that cannot be read may say anything."""
    event = decode(link.envelope, link.body)
    if isinstance(event, Unreadable):
        return True
    match event.payload:
        case Erased():
            return False
        case Retracted(note=note) | Reinstated(note=note):
            return note is not None
        case _:
            return True


def _told(reader: Reader, plan: _Plan, reason: Reason, note: str | None) -> Erasure:
    return Erasure(
        event=plan.named.id,
        rows=tuple(map(event_row, decoded(plan.rows))),
        reports=tuple(
            erasure(row.envelope, reason, note) for row in plan.rows if row.envelope.id not in plan.named_already
        ),
        effects=tuple(_effects(reader, plan)) if plan.rows else (),
    )


def _carry_out(writer: Writer, plan: _Plan, told: Erasure) -> None:
    """Inside a transaction; what an erasure named already is brought up to date as well."""
    envelopes = [row.envelope for row in plan.rows]
    source = _source_recorded(writer.log, plan)
    with rewording(writer, [envelope.id for envelope in envelopes], source):
        writer.append((entry(report, {}) for report in told.reports), datetime.now(UTC), actor())
        dialect_of(writer.connection).erase_bodies(writer.connection, [envelope.position for envelope in envelopes])
    if source:
        marks.unmark_source(writer.connection, source)
        mark_sources(writer)
    refresh(writer, [erasure(envelope, "legal") for envelope in envelopes], lenient=True)


def _source_recorded(reader: Reader, plan: _Plan) -> str | None:
    """The source whose record, or whose correction, is erased."""
    first = reader.first(plan.named)
    return first.source if first.kind == Source.KIND else None


def _effects(reader: Reader, plan: _Plan) -> Iterator[str]:
    first = reader.first(plan.named)
    if plan.named.id != first.id:
        yield from _left(reader, first, {row.envelope.id for row in plan.rows})
    elif first.kind == Source.KIND and first.source:
        count = reader.sources().get(first.source, 0)
        told = "fact of the source keeps its" if count == 1 else "facts of the source keep their"
        if count:
            yield f"{count:,} {told} content, and weigh as those of a source that nobody knows"


def _left(reader: Reader, fact: Envelope, erased: Collection[str]) -> Iterator[str]:
    """What stands of a fact once links of it are erased."""
    rows = list(with_links(reader, [fact.id]))
    before = next(standings(decoded(rows))[0], None)
    after = next(standings(decoded(_without(row, erased) for row in rows))[0], None)
    if before is None or after is None or before.erased:
        return
    if change := _change(before, after):
        yield f"{fact.id[:8]} {change}"
    yield f"{fact.id[:8]} and what else speaks of it keep their content; to erase all of it, name that event"


def _without(row: log.Row, erased: Collection[str]) -> log.Row:
    return row._replace(salt=None, body=None) if row.envelope.id in erased else row


def _change(before: Standing, after: Standing) -> str:
    if before.holds != after.holds:
        return "holds again" if after.holds else "no longer holds"
    said = after.event.payload
    return f"says again: {said.summary()}" if after.holds and said != before.event.payload else ""


def _refuse(what: str) -> NoReturn:
    raise InvalidInput([Problem("event-fixed", what, "name the event that holds what has to go")])
