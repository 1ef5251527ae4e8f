"""Importing exports: an empty database gets a whole log back as it was, any other is merged with what is new to it.

All files are read to their end and checked before the database is locked; then all are taken in one transaction, or
none.
"""

from __future__ import annotations

from collections import Counter
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING

from msgspec import Struct

from timeline.app.erase import unerased
from timeline.app.load import actor
from timeline.app.rehearsal import trial, undone
from timeline.app.transfer.arrivals import Arrivals
from timeline.app.transfer.checked import Checked, checked
from timeline.app.transfer.incoming import MOST_PROBLEMS
from timeline.catalog import decode, encode
from timeline.errors import InvalidInput, Problem
from timeline.event import Event
from timeline.record import Erased, Source
from timeline.store.log import Row
from timeline.store.opening import open_writer
from timeline.store.restore import adopt, restore

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from timeline.app.progress import Progress
    from timeline.app.transfer.incoming import Arrival
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
    with ExitStack() as kept:
        found = [checked(path, progress, kept) for path in paths]
        if problems := [problem for each in found if not isinstance(each, Checked) for problem in each]:
            raise InvalidInput(problems)
        files = [each for each in found if isinstance(each, Checked)]
        writer = kept.enter_context(trial(database) if dry_run else closing(open_writer(database)))
        return _imported(writer, files, dry_run=dry_run)


def _imported(writer: Writer, files: Sequence[Checked], *, dry_run: bool) -> ImportReport:
    with undone(writer) if dry_run else writer.transaction():
        run = _Import(writer)
        for file in files:
            run.take(file)
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

    def __init__(self, writer: Writer) -> None:
        self.problems: list[Problem] = []
        self.arrivals = Arrivals(writer)
        self._writer = writer
        self._files = 0
        self._restored = False
        self._unchanged = 0
        self._warnings: list[Problem] = []

    def take(self, file: Checked) -> None:
        """Append what is new in a file, if nothing that is recorded speaks against it."""
        self._files += 1
        connection = self._writer.connection
        if file.whole and self._writer.log.head() == 0:
            self._restored = True
            restore(connection, self._all(file))
        else:
            adopt(connection, self._unknown(file), datetime.now(UTC), actor())
        named = {row.envelope.target for row in _erasures(self._writer, file.bare)}
        for line in (line for identity, line in file.bare.items() if identity not in named and not self.problems):
            what = "the event has no body, and nothing says that it was erased"
            self.problems.append(file.problem(line, "export-broken", what))

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

    def _all(self, file: Checked) -> Iterator[Row]:
        for arrival in file.arrivals():
            self.arrivals.note(arrival.event)
            yield arrival.row

    def _unknown(self, file: Checked) -> Iterator[Row]:
        """The rows that are new here; the others are compared with what is recorded."""
        arrivals = file.arrivals()
        while len(self.problems) < MOST_PROBLEMS and (batch := list(islice(arrivals, _MANY))):
            ids = {arrival.row.envelope.id for arrival in batch}
            known = {row.envelope.id: row for row in self._writer.log.rows_by_ids(ids)}
            erased = {row.envelope.target for row in _erasures(self._writer, ids)}
            for arrival in batch:
                identity = arrival.row.envelope.id
                if identity in known:
                    self._compare(known[identity], arrival, file)
                elif not self.problems:
                    yield self._noted(_without_body(arrival) if identity in erased else arrival, file)

    def _noted(self, arrival: Arrival, file: Checked) -> Row:
        self.arrivals.note(arrival.event)
        if warning := self.arrivals.second_id(arrival.event, file.name, arrival.line):
            self._warnings.append(warning)
        return arrival.row

    def _compare(self, recorded: Row, arrival: Arrival, file: Checked) -> None:
        differing = _differences(recorded, arrival)
        if not differing:
            self._unchanged += 1
            return
        envelope = recorded.envelope
        what = (
            f"the event {envelope.id} ({envelope.key!r} of {envelope.source or 'no source'}) is recorded at position "
            f"{envelope.position} with another {' and '.join(differing)}"
        )
        self.problems.append(file.problem(arrival.line, "import-differs", what))


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


def _erasures(writer: Writer, ids: Iterable[str]) -> Iterator[Row]:
    """The recorded erasures of these events."""
    return (row for row in writer.log.rows_speaking_of(ids) if row.envelope.kind == Erased.KIND)
