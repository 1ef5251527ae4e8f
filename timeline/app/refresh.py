"""Keeping what is stored beside the log true to it: read models, names, marks of sources, SQL views, words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from timeline import naming
from timeline.app.fingerprint import fingerprint
from timeline.app.fold import (
    company_events,
    company_names,
    decoded,
    fold_events,
    foldable,
    members,
    visible_stream,
    with_links,
)
from timeline.app.partly import items_by_topic, kept_of, renew_partly
from timeline.app.plan import source_marks
from timeline.app.searching.indexing import index_words
from timeline.catalog import catalog
from timeline.errors import Unfoldable
from timeline.event import event_id
from timeline.history import recorded_sources
from timeline.occurrence import Unreadable
from timeline.record import SOURCE_KEY, Source
from timeline.store import marks, models, names, partitions
from timeline.store.layouts import write_layouts

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from timeline.event import Event, Report
    from timeline.history.members import Members
    from timeline.store.log import Entry, Reader
    from timeline.store.names import Name
    from timeline.store.partitions import Kept
    from timeline.store.parts import Items
    from timeline.store.writer import Writer


class Folded(NamedTuple):
    """What is to be stored of a company.

    Attributes:
        company: slug that stands for it.
        version: of the code that folded it.
        position: the log's last position when it was read.
        names: by which it is found.
        sections: items by topic.
        partitions: what is known of them by name; none where the company can only be folded whole.
    """

    company: str
    version: str
    position: int
    names: list[Name]
    sections: dict[str, Items]
    partitions: dict[str, Kept]


class Renewed(NamedTuple):
    """What came of making companies anew.

    Attributes:
        changed: number of sections that differ from what was stored before.
        failed: a company that could not be folded each.
    """

    changed: int = 0
    failed: tuple[Unfoldable, ...] = ()


def refresh(
    writer: Writer,
    reports: Iterable[Report],
    after: int | None = None,
    *,
    entries: Sequence[Entry] = (),
    lenient: bool = False,
) -> Renewed:
    """Bring what is stored up to date after these reports were appended.

    A source that is recorded or corrected after facts of it concerns every company that these facts are about.

    Args:
        writer: inside the transaction that appended them.
        reports: what was appended.
        after: the log's last position before, so that of a company only what they are about is folded; None folds all
            that is known of it.
        entries: what was appended as it went to the log, where the caller has it still.
        lenient: whether reports may stand that make a company unfoldable which was not.

    Raises:
        Unfoldable: they may not, and some do.
    """
    declare(writer)
    companies: set[str] = set()
    wholly: set[str] = set()
    for report in reports:
        if report.company:
            companies.add(report.company)
        elif source_id := _source_of(writer.log, report):
            _mark(writer, source_id)
            if after is None or writer.log.sources_known([source_id], after):
                wholly |= writer.log.companies_of_source(source_id)
    known = members(writer.log)
    for company in companies - wholly:
        if after is None or known.of(company) != (company,) or renew_partly(writer, company, after) is None:
            wholly.add(company)
    return renew(writer, wholly, known, entries=entries, lenient=lenient)


def renew(
    writer: Writer,
    companies: Iterable[str],
    known: Members | None = None,
    *,
    entries: Sequence[Entry] = (),
    lenient: bool = True,
) -> Renewed:
    """Make anew what is stored of these companies, and of all that they are one with, or were when it was stored.

    One that cannot be folded is marked so that nothing stored of it is shown; the others go on. The index of words is
    brought to the log's end, whichever companies that is about.

    Args:
        writer: inside its transaction.
        companies: slugs.
        known: who is one, where the caller knows it.
        entries: as in `refresh`.
        lenient: whether one may be so marked that this program could fold before, or that is new.

    Raises:
        Unfoldable: it may not, and there is one.
    """
    index_words(writer, entries)
    known, connection = known or members(writer.log), writer.connection
    stored = {slug: names.members(connection, names.representative(connection, slug)) for slug in companies}
    concerned = {slug for company, before in stored.items() for slug in (*before, *known.of(company))}
    standing = {known.representative(slug) for slug in concerned if writer.log.head(slug)}
    forget(writer, {names.representative(connection, slug) for slug in concerned} - standing)
    changed, failed = 0, list[Unfoldable]()
    for company in sorted(standing):
        try:
            changed += refold(writer, company, known)
        except Unfoldable as error:
            if not lenient and _is_sound(writer, company):
                raise
            outdate(writer, company, known)
            failed.append(error)
    return Renewed(changed, tuple(failed))


def outdate(writer: Writer, company: str, known: Members) -> None:
    """Mark what is stored of a company so that none of it is shown: readers fold instead, and meet what is wrong.

    Args:
        writer: inside its transaction.
        company: slug that stands for it; it is still found by its names.
        known: who is one.
    """
    models.outdate(writer.connection, company, [topic.name for topic in catalog().topics])
    partitions.forget(writer.connection, company)
    try:
        with foldable(company):
            found = company_names(visible_stream(writer.log, company, known=known), known)
    except Unfoldable:
        found = [names.Name(company, names.SLUG, slug, naming.folded(slug)) for slug in known.of(company)]
        if names.companies(writer.connection, [company]):
            return
    names.write_names(writer.connection, company, found)


def _is_sound(writer: Writer, company: str) -> bool:
    """Whether a company is new, or was folded by this program without trouble the last time."""
    stamps = models.stamps(writer.connection, company)
    return all(stamp.position and stamp.version == fingerprint() for stamp in stamps)


def forget(writer: Writer, companies: Collection[str]) -> None:
    """Remove what is stored under slugs that stand for no company any more."""
    for company in companies:
        models.forget(writer.connection, company)
        partitions.forget(writer.connection, company)
        names.write_names(writer.connection, company, ())


def _source_of(reader: Reader, report: Report) -> str | None:
    """The source that a report about no company records or, through a chain of links, speaks of."""
    named = next(reader.rows_by_ids([report.target]), None) if report.target else None
    return reader.first(named.envelope).source if named else report.source


def _mark(writer: Writer, source_id: str) -> None:
    rows = with_links(writer.log, [event_id(source_id, SOURCE_KEY)])
    for source in recorded_sources(decoded(rows)).values():
        marks.mark_source(writer.connection, source_id, source_marks(source))


def mark_sources(writer: Writer, after: int = 0, upto: int | None = None) -> None:
    """Remember the marks of all sources, as they were first recorded, past a position and up to one."""
    for event in decoded(writer.log.rows_of_no_company(after, upto)):
        if not isinstance(event, Unreadable) and isinstance(event.payload, Source) and event.source:
            marks.mark_source(writer.connection, event.source, source_marks(event.payload))


def declare(writer: Writer, *, mend: bool = False) -> None:
    """Store what the topics declare, and make their SQL views anew where that changed.

    Args:
        writer: inside its transaction.
        mend: make those anew, too, that somebody else changed or dropped.
    """
    write_layouts(writer.connection, [(topic.layout, fingerprint()) for topic in catalog().topics], mend=mend)


def refold(writer: Writer, company: str, known: Members | None = None) -> int:
    """Make a company's read models and names anew; the number of sections that changed.

    Args:
        writer: inside its transaction.
        company: any of its slugs; all is stored under the one that stands for it.
        known: who is one, where the caller knows it.

    Raises:
        Unfoldable: something in its events is more than the program can cope with.
    """
    known = known or members(writer.log)
    return keep(writer, _folded_now(writer, company, known))


def _folded_now(writer: Writer, company: str, known: Members) -> Folded:
    """By itself, so that the events are given free before anything is written."""
    return folded(company_events(writer.log, company, known=known), company, known, writer.log.head())


def folded(events: Sequence[Event | Unreadable], company: str, known: Members, position: int) -> Folded:
    """What is to be stored of a company.

    Args:
        events: those that `company_events` gives.
        company: any of its slugs.
        known: who is one.
        position: the log's last when the events were read.

    Raises:
        Unfoldable: something in its events is more than the program can cope with.
    """
    slugs = known.of(company)
    stream, told = fold_events(known.representative(company), events)
    return Folded(
        company=stream.company,
        version=fingerprint(),
        position=position,
        names=company_names(stream, known),
        sections=items_by_topic(told.parts),
        partitions=kept_of(stream, events) if len(slugs) == 1 else {},
    )


def keep(writer: Writer, made: Folded) -> int:
    """Store a company's names and sections; the number of sections that changed.

    Args:
        writer: inside its transaction.
        made: of a company of which nothing was appended since.
    """
    names.write_names(writer.connection, made.company, made.names)
    partitions.keep_all(writer.connection, made.company, made.partitions)
    return models.write_all(writer.connection, made.company, made.version, made.position, made.sections)
