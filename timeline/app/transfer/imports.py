"""Importing exports: an empty database gets a whole log back as it was, any other is merged with what is new to it.

All files are taken in one transaction, or none.
"""

from __future__ import annotations

import os
import stat
from collections import Counter
from contextlib import closing, suppress
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING

from msgspec import Struct

from timeline.app.erase import unerased
from timeline.app.load import actor
from timeline.app.rehearsal import trial, undone
from timeline.app.transfer.arrivals import Arrivals
from timeline.app.transfer.incoming import Arrival, Incoming
from timeline.app.transfer.met import Met
from timeline.catalog import decode, encode
from timeline.errors import InvalidInput, Problem
from timeline.event import Event
from timeline.intake.files import input_name, opened
from timeline.record import Erased, Source
from timeline.store.log import Row
from timeline.store.opening import open_writer
from timeline.store.restore import adopt, restore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import BinaryIO

    from timeline.app.progress import Progress
    from timeline.store.database import Target
    from timeline.store.writer import Writer

_MANY = 500
_SAME = ("company", "kind", "target")
"""What an event's envelope says beside its address, its place in a log and its commitment.

Its publication is its source's, and stands as it was known when the event was recorded: it may differ where the source
was corrected before or after.
"""


class ImportReport(Struct, frozen=True, kw_only=True):
    """What an import did, or would do.

    Attributes:
        files: number of exports read.
        restored: whether the database was empty and got a whole log back, with its positions, times and actors.
        new: number of new events by kind, most first; sources are counted apart.
        sources_new: number of sources not known before.
        unchanged: number of events that were recorded already.
        unreadable: number of new events that this program cannot read; a newer one may.
        companies: slugs of the companies that new events are about.
        position: the log's last position afterwards.
        warnings: what was taken and yet should be looked at.
        written: False where nothing was new or the import was only tried.
        unerased: ids of the events that an erasure names, and of which the import found or brought content all the
            same, in order; erasing them again deletes it.
    """

    files: int
    restored: bool
    new: tuple[tuple[str, int], ...]
    sources_new: int
    unchanged: int
    unreadable: int
    companies: tuple[str, ...]
    position: int
    warnings: tuple[Problem, ...]
    written: bool
    unerased: tuple[str, ...] = ()

    @property
    def events_new(self) -> int:
        """Number of new events, sources aside."""
        return sum(count for _, count in self.new)


def import_(
    database: Target, paths: Sequence[str], *, progress: Progress | None = None, dry_run: bool = False
) -> ImportReport:
    """Take in exports.

    Args:
        database: made where there is none.
        paths: files; `-` is standard input.
        progress: called with a file's name, the number of bytes read and of all, 0 where that is not known.
        dry_run: do everything, then undo it; where there is no database yet, in one that is thrown away.

    Raises:
        InvalidInput: a file is no sound export, or differs from what is recorded; nothing was written.
        Unverified: a file is not the log that it says it is; nothing was written.
        DatabaseUnusable: it cannot be made or written, or only tried before it is upgraded.
    """
    with trial(database) if dry_run else closing(open_writer(database)) as writer:
        return _imported(writer, paths, progress, dry_run=dry_run)


def _imported(writer: Writer, paths: Sequence[str], progress: Progress | None, *, dry_run: bool) -> ImportReport:
    with undone(writer) if dry_run else writer.transaction():
        run = _Import(writer, progress)
        for path in paths:
            run.take(path)
        if run.problems:
            raise InvalidInput(run.problems)
        report = run.report(dry_run=dry_run)
        if report.written:
            run.arrivals.settle()
    return report


class _Import:
    """An import under way.

    Attributes:
        problems: why it must not be done.
        arrivals: what was appended.
    """

    def __init__(self, writer: Writer, progress: Progress | None) -> None:
        self.problems: list[Problem] = []
        self.arrivals = Arrivals(writer)
        self._writer = writer
        self._progress = progress
        self._files = 0
        self._restored = False
        self._unchanged = 0
        self._warnings: list[Problem] = []

    def take(self, path: str) -> None:
        """Append what is new in a file, if it is sound."""
        name = input_name(path)
        self._files += 1
        try:
            with opened(path) as stream, closing(Met()) as met:
                incoming = Incoming(name, stream, met, self._teller(name, stream))
                self._append(incoming)
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            self.problems.append(Problem("file-unreadable", f"it cannot be read: {reason}", "check the path", name))
        else:
            self.problems += incoming.problems

    def report(self, *, dry_run: bool) -> ImportReport:
        """What was done so far."""
        kinds = Counter(self.arrivals.kinds)
        sources_new = kinds.pop(Source.KIND, 0)
        return ImportReport(
            files=self._files,
            restored=self._restored,
            new=tuple(sorted(kinds.items(), key=lambda item: (-item[1], item[0]))),
            sources_new=sources_new,
            unchanged=self._unchanged,
            unreadable=self.arrivals.unreadable,
            companies=tuple(sorted(self.arrivals.companies)),
            position=self._writer.log.head(),
            warnings=tuple(self._warnings),
            written=bool(self.arrivals.kinds) and not dry_run,
            unerased=unerased(self._writer.log, self.arrivals.links()),
        )

    def _append(self, incoming: Incoming) -> None:
        connection = self._writer.connection
        whole = incoming.head is not None and incoming.head.root is not None
        if whole and self._writer.log.head() == 0:
            self._restored = True
            restore(connection, self._all(incoming))
        else:
            adopt(connection, self._unknown(incoming), datetime.now(UTC), actor())
        bare = incoming.bare()
        named = {row.envelope.target for row in _erasures(self._writer, bare)}
        for line in (line for identity, line in bare.items() if identity not in named and not incoming.problems):
            incoming.refuse(line, "export-broken", "the event has no body, and nothing says that it was erased")

    def _all(self, incoming: Incoming) -> Iterator[Row]:
        for arrival in incoming.rows():
            self.arrivals.note(arrival.event)
            yield arrival.row

    def _unknown(self, incoming: Incoming) -> Iterator[Row]:
        """The rows that are new here; the others are compared with what is recorded."""
        arrivals = incoming.rows()
        while batch := list(islice(arrivals, _MANY)):
            ids = {arrival.row.envelope.id for arrival in batch}
            known = {row.envelope.id: row for row in self._writer.log.rows_by_ids(ids)}
            erased = {row.envelope.target for row in _erasures(self._writer, ids)}
            for arrival in batch:
                identity = arrival.row.envelope.id
                if identity in known:
                    self._compare(known[identity], arrival, incoming)
                else:
                    yield self._noted(_without_body(arrival) if identity in erased else arrival, incoming)

    def _noted(self, arrival: Arrival, incoming: Incoming) -> Row:
        self.arrivals.note(arrival.event)
        if warning := self.arrivals.second_id(arrival.event, incoming.name, arrival.line):
            self._warnings.append(warning)
        return arrival.row

    def _compare(self, recorded: Row, arrival: Arrival, incoming: Incoming) -> None:
        differing = _differences(recorded, arrival)
        if not differing:
            self._unchanged += 1
            return
        envelope = recorded.envelope
        incoming.refuse(
            arrival.line,
            "import-differs",
            f"the event {envelope.id} ({envelope.key!r} of {envelope.source or 'no source'}) is recorded at position "
            f"{envelope.position} with another {' and '.join(differing)}",
        )

    def _teller(self, name: str, stream: BinaryIO) -> Callable[[int], None]:
        size = _size(stream)
        return lambda done: self._progress(name, done, size) if self._progress else None


def _differences(recorded: Row, arrival: Arrival) -> list[str]:
    """What differs between an event as recorded and as exported elsewhere; where it was erased, all but its content."""
    theirs = arrival.row
    differing = [name for name in _SAME if getattr(recorded.envelope, name) != getattr(theirs.envelope, name)]
    if recorded.body is None or theirs.body is None or recorded.body == theirs.body:
        return differing
    # The bytes may differ where one was written in an older version of the payload.
    ours = decode(recorded.envelope, recorded.body)
    if isinstance(ours, Event) and isinstance(arrival.event, Event) and encode(ours) == encode(arrival.event):
        return differing
    return [*differing, "content"]


def _without_body(arrival: Arrival) -> Arrival:
    """The event as it is kept where its erasure came first."""
    row = Row(arrival.row.envelope, None, None)
    return arrival._replace(row=row, event=decode(row.envelope, None))


def _size(stream: BinaryIO) -> int:
    """Number of bytes; 0 for a pipe and the like, which do not say."""
    with suppress(OSError):
        status = os.fstat(stream.fileno())
        return status.st_size if stat.S_ISREG(status.st_mode) else 0
    return 0


def _erasures(writer: Writer, ids: Iterable[str]) -> Iterator[Row]:
    """The recorded erasures of these events."""
    return (row for row in writer.log.rows_speaking_of(ids) if row.envelope.kind == Erased.KIND)
