"""Copying a database into another one, of the same kind or another: the log as it stands, and what follows from it.

The log is written in transactions that each end at one of its own checkpoints, so that what is there is a beginning of
it whenever the work is stopped; the next copy goes on from there. Read models are made again from the log that was
written and compared with those that were stored.
"""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from timeline.app.currency import is_current, last_positions
from timeline.app.fingerprint import fingerprint
from timeline.app.keeping.backup import part
from timeline.app.keeping.verified import seal_of, verified
from timeline.app.rebuilding.rebuild import rebuild
from timeline.digits import counted
from timeline.errors import TimelineError
from timeline.store import models
from timeline.store.append import log_end
from timeline.store.database import shown
from timeline.store.dialect import dialect_of
from timeline.store.opening import open_reader, open_writer, snapshot
from timeline.store.relation import erased_here, relation
from timeline.store.replica import delete_content, replicate

if TYPE_CHECKING:
    from collections.abc import Callable
    from sqlite3 import Connection

    from timeline.app.keeping.verified import Seal
    from timeline.app.progress import Progress
    from timeline.store.database import Target
    from timeline.store.writer import Writer


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
            report = _logged(reading, writer, report, progress)
            report = _derived(writer, report, jobs, progress)
        return _compared(reading, target, seal, report, progress)


def _logged(reading: Connection, writer: Writer, report: CopyReport, progress: Progress | None) -> CopyReport:
    """The log of the one in the other, stretch by stretch; then nothing of what was erased is left there."""
    dialect_of(writer.connection).overwrite(writer.connection)
    with writer.transaction():
        begun = last = _beginning(reading, writer, report)
    checkpoints, erased = 0, list[str]()
    while last < report.events:
        with writer.transaction():
            _require_end(writer, last, report)
            stretch = replicate(reading, writer.connection, _told(progress, "copying", report.events))
        last = stretch.last
        checkpoints += stretch.checkpoints
        erased += stretch.erased
    with writer.transaction():
        since = [identity for identity, _ in erased_here(reading, writer.connection)]
        erased += delete_content(writer.connection, since)
    return replace(report, events_new=last - begun, checkpoints_new=checkpoints, erased=tuple(erased))


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


def _derived(writer: Writer, report: CopyReport, jobs: int | None, progress: Progress | None) -> CopyReport:
    """Read models, names, marks and words anew, and the files rid of what was erased."""
    with snapshot(writer.connection):
        current = is_current(writer.connection)
    if report.events_new or report.erased or not current:
        done = rebuild(writer, progress, jobs=jobs, anew=True)
        report = replace(report, companies=done.companies, failed=tuple(each.company for each in done.failed))
    if not report.erased:
        return report
    dialect = dialect_of(writer.connection)
    return replace(report, unfinished=dialect.scour(writer.connection), copies=dialect.copies(writer.connection))


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
