"""Folding companies, a batch at a time, in this process or in others that read the database by themselves.

The others are started afresh (`spawn`): one that is forked from a process with an open SQLite connection shares its
locks, which SQLite forbids, and threads besides. Each talks through a pipe of its own, so that the end of either side
is seen by the other at once: a worker whose parent was killed ends, and a worker that was killed is missed.
"""

from __future__ import annotations

import os
import signal
from contextlib import closing, contextmanager, suppress
from itertools import islice
from multiprocessing import get_context
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, NamedTuple

from timeline.app.fold import company_events, members
from timeline.app.refresh import Folded, folded
from timeline.errors import TimelineError, Unfoldable, WorkerLost
from timeline.store.database import is_server
from timeline.store.driver import journal_mode
from timeline.store.log import Reader
from timeline.store.opening import open_reader, snapshot

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from multiprocessing.connection import Connection as Pipe
    from multiprocessing.context import SpawnProcess
    from sqlite3 import Connection

    from timeline.event import Event
    from timeline.history.members import Members
    from timeline.occurrence import Unreadable
    from timeline.store.database import Target

Batch = tuple[str, ...]


class Outcome(NamedTuple):
    """What came of folding a company.

    Attributes:
        slugs: all that were the company, the one that stood for it first.
        position: the log's last when it was read.
        made: what is to be stored, or why there is nothing.
    """

    slugs: tuple[str, ...]
    position: int
    made: Folded | Unfoldable


class _Worker(NamedTuple):
    process: SpawnProcess
    pipe: Pipe


def usable_cores() -> int:
    """So many processes can work at once, by what the system lets this one use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def outcomes(database: Target, batches: Sequence[Batch], jobs: int) -> Iterator[Iterator[list[Outcome]]]:
    """What comes of each batch, in whichever order they are done; the others work as soon as the block is entered.

    Where readers and writers exclude each other, for want of a safe write-ahead log, all is folded in this process.

    Args:
        database: that is there.
        batches: slugs that stand for companies.
        jobs: number of processes; with more than one batch, 2 or more start that many others.

    Raises:
        WorkerLost: a process ended early.
        DatabaseUnusable: it cannot be read.
    """
    waiting, workers = iter(batches), list[_Worker]()
    jobs = min(jobs, len(batches))
    try:
        if jobs > 1 and (is_server(database) or journal_mode() == "wal"):
            for batch in islice(waiting, jobs):
                workers.append(_started(database))
                _give(workers[-1].pipe, batch)
            yield _received(workers, waiting)
        else:
            yield _here(database, waiting)
    finally:
        for worker in workers:
            _stop(worker)


def _here(database: Target, batches: Iterator[Batch]) -> Iterator[list[Outcome]]:
    with closing(open_reader(database)) as connection:
        folder = _Folder(connection)
        for batch in batches:
            yield [folder.outcome(company) for company in batch]


def _received(workers: Sequence[_Worker], batches: Iterator[Batch]) -> Iterator[list[Outcome]]:
    """At most a batch a process is under way, so that memory does not grow with the database."""
    busy = list(workers)
    while busy:
        ready = wait([worker.pipe for worker in busy])
        for worker in [worker for worker in busy if worker.pipe in ready]:
            found = _taken(worker.pipe)
            # Before the outcome is given away: the worker goes on while it is stored.
            if following := next(batches, ()):
                _give(worker.pipe, following)
            else:
                busy.remove(worker)
            yield found


def _started(database: Target) -> _Worker:
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_work, args=(theirs, database), daemon=True)
    process.start()
    theirs.close()
    return _Worker(process, ours)


def _stop(worker: _Worker) -> None:
    """A worker only reads, and so may be stopped at any time."""
    worker.pipe.close()
    worker.process.terminate()
    worker.process.join()


def _give(pipe: Pipe, batch: Batch) -> None:
    # That a worker is no more is seen where its outcome is missed.
    with suppress(OSError):
        pipe.send(batch)


def _taken(pipe: Pipe) -> list[Outcome]:
    try:
        found: list[Outcome] | TimelineError = pipe.recv()
    except (EOFError, OSError) as error:
        raise WorkerLost(
            "a process that folds companies ended early; perhaps the system stopped it for want of memory",
            "run it again, it goes on where it stopped; with --jobs 1 it needs less memory",
        ) from error
    if isinstance(found, TimelineError):
        raise found
    return found


def _work(pipe: Pipe, database: Target) -> None:
    """Fold what comes through the pipe until it is closed."""
    # The terminal interrupts the whole group of processes; the parent then closes the pipe.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(EOFError, OSError):
        try:
            with closing(open_reader(database)) as connection:
                folder = _Folder(connection)
                while True:
                    batch: Batch = pipe.recv()
                    pipe.send([folder.outcome(company) for company in batch])
        except TimelineError as error:
            pipe.send(error)


class _Folder:
    """Folds companies, each as it is when it is its turn."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._reader = Reader(connection)
        self._known: tuple[int, Members] | None = None

    def outcome(self, company: str) -> Outcome:
        """What comes of folding a company; it is read in one moment, and the database is left alone meanwhile."""
        position, known, events = self._read(company)
        slugs = known.of(company)
        try:
            return Outcome(slugs, position, folded(events, company, known, position))
        except Unfoldable as error:
            return Outcome(slugs, position, error.with_traceback(None))

    def _read(self, company: str) -> tuple[int, Members, list[Event | Unreadable]]:
        with snapshot(self._connection):
            position = self._reader.head()
            if self._known is None or self._known[0] != position:
                self._known = (position, members(self._reader))
            known = self._known[1]
            return position, known, company_events(self._reader, company, known=known)
