"""Copying a database into another one, of the same kind or another: the log as it stands, and what follows from it.

The log is written in transactions that each end at one of its own checkpoints, so that what is there is a beginning of
it whenever the work is stopped; the next copy goes on from there. Companies are found as soon as their events arrive,
and folded when they are asked for: their read models are made again at the end, from the log that was written, and
compared with those that were stored.
"""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from timeline.app.currency import is_current, last_positions
from timeline.app.fingerprint import fingerprint
from timeline.app.fold import members
from timeline.app.keeping.backup import part
from timeline.app.keeping.verified import seal_of, verified
from timeline.app.rebuilding.rebuild import rebuild
from timeline.app.refresh import forget, mark_sources, outdate
from timeline.digits import counted
from timeline.errors import TimelineError
from timeline.record import Erased
from timeline.store import models, unfinished
from timeline.store.append import log_end
from timeline.store.database import shown
from timeline.store.dialect import dialect_of
from timeline.store.opening import open_reader, open_writer, snapshot
from timeline.store.relation import erased_here, relation
from timeline.store.replica import Stretch, delete_content, replicate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from sqlite3 import Connection

    from timeline.app.keeping.verified import Seal
    from timeline.app.progress import Progress
    from timeline.store.database import Target
    from timeline.store.writer import Writer


_COMPANIES = "SELECT DISTINCT company FROM event WHERE position > ? AND company IS NOT NULL"
_PARTED = """\
SELECT event.position, erasure.position FROM event AS erasure JOIN event ON event.id = erasure.target
LEFT JOIN body ON body.position = event.position
WHERE erasure.kind = ? AND event.position > ? AND body.position IS NULL"""
"""Events without content past a position, and what says why."""


class CopyReport(Struct, frozen=True, kw_only=True):
    """What a copy wrote, all of it verified.

    Attributes:
        source: the database that was copied, without a password.
        target: the one that is now like it, likewise.
        events: number of events in the log.
        events_new: number of those that the target had not.
        checkpoints_new: number of checkpoints, likewise.
        root: hash of the Merkle tree over the events, in hex: the same on both sides.
        recorded: when the last event was recorded; empty for an empty log.
        companies: number of companies whose read models were made; 0 where they were current.
        compared: number of read models that both sides hold for the same state of the log, made by this program.
        differing: those of them that are not what the source has stored, as COMPANY TOPIC: its log says otherwise.
        failed: slugs of companies that this program cannot fold.
        erased: ids of the events whose content was deleted from the target, since they were erased in the source.
        unfinished: why bytes of that content may still be in the target's files; empty where they are gone.
        copies: what else may hold them.
        schema: name and version of the JSON form.
    """

    source: str
    target: str
    events: int
    events_new: int = 0
    checkpoints_new: int = 0
    root: str
    recorded: str
    companies: int = 0
    compared: int = 0
    differing: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
    erased: tuple[str, ...] = ()
    unfinished: str = ""
    copies: tuple[str, ...] = ()
    schema: str = "timeline.copy/1"


def copy(source: Target, target: Target, *, jobs: int | None = 1, progress: Progress | None = None) -> CopyReport:
    """Make a database like another one, which stays as it is.

    Args:
        source: the database that is copied, as it is when this begins.
        target: the other; one that has events has to be a beginning of it, and gets the rest.
        jobs: number of processes that make read models; None for one a core.
        progress: called with what is under way, how much of it is done, and of how much.

    Raises:
        TimelineError: the target is no beginning of the source; nothing was written.
        Unverified: a log is not what its checkpoints say.
        DatabaseUnusable: a database cannot be read or written.
    """
    with closing(open_reader(source)) as reading, snapshot(reading):
        log_end(reading)
        seal = seal_of(reading)
        report = CopyReport(
            source=shown(source), target=shown(target), events=seal.events, root=seal.root, recorded=seal.recorded
        )
        with closing(open_writer(target)) as writer:
            stopped = bool(unfinished.begun(writer.connection))
            report = _logged(reading, writer, report, progress)
            report = _derived(writer, report, jobs, progress, scouring=stopped or bool(report.erased))
        report = _compared(reading, target, seal, report, progress)
    return _scoured(target, report)


def _scoured(target: Target, report: CopyReport) -> CopyReport:
    """Where both are in one database of a server, it keeps what is deleted in one until the other is read no more."""
    if not report.unfinished:
        return report
    with closing(open_writer(target)) as writer:
        return replace(report, unfinished=dialect_of(writer.connection).scour(writer.connection))


def _logged(reading: Connection, writer: Writer, report: CopyReport, progress: Progress | None) -> CopyReport:
    """The log of the one in the other, stretch by stretch; then nothing of what was erased is left there."""
    dialect_of(writer.connection).overwrite(writer.connection)
    with writer.transaction():
        begun = last = _beginning(reading, writer, report)
        if begun < report.events:
            _outdate(writer)
    checkpoints, erased, parted = 0, list[str](), reading.execute(_PARTED, (Erased.KIND, begun)).fetchall()
    while last < report.events:
        with writer.transaction():
            _require_end(writer, last, report)
            for stretch in _stretches(reading, writer, parted, _told(progress, "copying", report.events)):
                checkpoints += stretch.checkpoints
                erased += stretch.erased
                last = stretch.last
    with writer.transaction():
        since = [identity for identity, _ in erased_here(reading, writer.connection)]
        erased += _mark_unfinished(writer, delete_content(writer.connection, since))
    return replace(report, events_new=last - begun, checkpoints_new=checkpoints, erased=tuple(erased))


def _stretches(
    reading: Connection, writer: Writer, parted: Sequence[tuple[int, int]], told: Callable[[int], None]
) -> Iterator[Stretch]:
    """What one transaction writes: as many stretches as it takes that no event is parted from what says it was erased.

    Otherwise a copy that is stopped would leave events whose content is missing for no reason.
    """
    while True:
        before = writer.log.head()
        stretch = replicate(reading, writer.connection, told)
        _announce(writer, before)
        _mark_unfinished(writer, stretch.erased)
        yield stretch
        if not any(event <= stretch.last < erasure for event, erasure in parted):
            return


def _announce(writer: Writer, before: int) -> None:
    """Let the companies and sources of the events past a position be found; companies are folded until it is stored."""
    connection, known = writer.connection, members(writer.log)
    mark_sources(writer, before)
    stored = models.companies(connection)
    forget(writer, {slug for slug in stored if known.representative(slug) != slug})
    for slug in sorted({known.representative(slug) for (slug,) in connection.execute(_COMPANIES, (before,))} - stored):
        outdate(writer, slug, known)


def _outdate(writer: Writer) -> None:
    """Let nothing that is stored be shown while what it follows from is being written."""
    for company in models.companies(writer.connection):
        models.outdate(writer.connection, company, ())


def _mark_unfinished(writer: Writer, erased: tuple[str, ...]) -> tuple[str, ...]:
    """Said where content is deleted, so that where this copy is stopped the next one rids the files of its bytes.

    Otherwise that one would find nothing to delete.
    """
    if erased:
        unfinished.begin(writer.connection, writer.log.head(), None)
    return erased


def _beginning(reading: Connection, writer: Writer, report: CopyReport) -> int:
    """Number of events of the target, all of which the source begins with.

    Raises:
        TimelineError: not all.
    """
    found = relation(writer.connection, reading)
    if not found.lost:
        return found.here
    if found.forks:
        what = f"{report.target} is no beginning of {report.source}: they part after position {found.common:,}"
        raise TimelineError(what, "name an empty database; timeline export and import merge two logs")
    what = f"{report.target} has {counted(found.lost, 'event')} that {report.source} does not hold"
    raise TimelineError(what, "copy it the other way round, or name an empty database")


def _require_end(writer: Writer, last: int, report: CopyReport) -> None:
    if writer.log.head() != last:
        raise TimelineError(f"somebody else wrote to {report.target} meanwhile", "copy into a database of its own")


def _derived(
    writer: Writer, report: CopyReport, jobs: int | None, progress: Progress | None, *, scouring: bool
) -> CopyReport:
    """Read models, names, marks and words anew, and the files rid of what was erased."""
    with snapshot(writer.connection):
        current = is_current(writer.connection)
    if not (report.events_new or report.erased) and current:
        return report
    dialect, why = dialect_of(writer.connection), list[str]()
    finish = (lambda: why.append(dialect.scour(writer.connection))) if scouring else None
    done = rebuild(writer, progress, jobs=jobs, anew=True, finish=finish)
    copies = dialect.copies(writer.connection) if scouring else ()
    failed = tuple(each.company for each in done.failed)
    return replace(report, companies=done.companies, failed=failed, unfinished="".join(why), copies=copies)


def _compared(
    reading: Connection, target: Target, seal: Seal, report: CopyReport, progress: Progress | None
) -> CopyReport:
    """The target's log hashed anew, and what is stored beside it by what the source has."""
    verified(target, report.target, seal, part(progress, "verifying"))
    with closing(open_reader(target)) as there, snapshot(there):
        here, made = _digests(reading), _digests(there)
    both = sorted(here.keys() & made.keys())
    differing = tuple(f"{company} {topic}" for company, topic in both if here[company, topic] != made[company, topic])
    return replace(report, compared=len(both), differing=differing)


def _digests(connection: Connection) -> dict[tuple[str, str], str]:
    """Of the read models that are this program's and cover their company's last event, by company and topic."""
    last, version = last_positions(connection), fingerprint()
    return {
        (stamp.company, stamp.topic): digest
        for stamp, digest in models.digests(connection)
        if stamp.version == version and stamp.position >= last.get(stamp.company, 0)
    }


def _told(progress: Progress | None, what: str, total: int) -> Callable[[int], None]:
    tell = part(progress, what)
    return lambda done: tell(done, total)
