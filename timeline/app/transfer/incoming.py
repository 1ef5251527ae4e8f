"""Reading an export line by line, believing nothing of it: each problem has its line, and memory holds one line.

Beside it are kept, on disk, the ids that were met, to find one that comes twice.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

from timeline.app.transfer.exported import read_head, read_line
from timeline.app.transfer.soundness import fault
from timeline.catalog import decode
from timeline.errors import Problem, Unverified
from timeline.proof.merkle import Frontier, leaf_hash
from timeline.record import Erased

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import BinaryIO

    from timeline.app.transfer.exported import Head
    from timeline.app.transfer.met import Met
    from timeline.event import Envelope, Event
    from timeline.occurrence import Unreadable
    from timeline.store.log import Row

LONGEST = 16 * 1024 * 1024
"""Bytes that a line may have at most; an event has some 1,000."""

MOST_PROBLEMS = 20
"""After so many the rest of a file is not read."""

AGAIN = "the file is damaged or was edited: export it again"
_STEP = 500
_FIXES = {
    "export-head": "write the file with: timeline export --output FILE",
    "export-content": "correct the event in the database that it comes from, then export it again",
}


class Arrival(NamedTuple):
    """An event as a file has it.

    Attributes:
        line: number of its line.
        row: as the log it comes from keeps it.
        event: what it holds.
    """

    line: int
    row: Row
    event: Event | Unreadable


def fresh_digest() -> blake2b:
    """What `Incoming.digest` is made with."""
    return blake2b(digest_size=32)


class Incoming:
    """One export as it is read.

    Attributes:
        name: of the file, for messages.
        problems: what was found so far, in the order of the lines.
        head: the first line; None where it is no export's.
    """

    def __init__(self, name: str, stream: BinaryIO, met: Met, told: Callable[[int], None]) -> None:
        self.name = name
        self.problems: list[Problem] = []
        self._stream = stream
        self._told = told
        self._read = 0
        self._line = 0
        self._last: Envelope | None = None
        self._met = met
        self._erased: set[str] = set()
        self._bare: dict[str, int] = {}
        self._frontier = Frontier()
        self._digest = fresh_digest()
        self.head = self._first()

    def refuse(self, line: int, rule: str, what: str) -> None:
        """Note a problem of a line."""
        self.problems.append(Problem(rule, what, _FIXES.get(rule, AGAIN), self.name, line))

    def rows(self) -> Iterator[Arrival]:
        """The events with their lines; after the first problem the rest is only read for more problems.

        Raises:
            Unverified: the lines are in order, but not the log that the first line names.
        """
        if self.head is None:
            return
        while (data := self._next()) and self._line - 1 <= self.head.size and len(self.problems) < MOST_PROBLEMS:
            arrival = self._arrival(data)
            if arrival and not self.problems:
                yield arrival
        self._told(self._read)
        self._close(self.head)

    def digest(self) -> bytes:
        """Of all that was read, to tell whether the same is read again."""
        return self._digest.digest()

    def bare(self) -> dict[str, int]:
        """Lines by id of the events without a body whose erasure was not met; it has to be known already."""
        return self._bare

    def _first(self) -> Head | None:
        data = self._next()
        try:
            head = read_head(data)
        except (ValueError, RecursionError) as error:
            if not self.problems:
                self.refuse(1, "export-head", f"the first line is not an export's: {error}" if data else "it is empty")
            return None
        if head.root is not None and head.company is not None:
            self.refuse(1, "export-head", "the root is a whole log's, and this is one company's part")
        return head

    def _next(self) -> bytes:
        """The next line; nothing at the end, and nothing more after one that is too long."""
        data = self._stream.readline(LONGEST + 1)
        self._read += len(data)
        self._digest.update(data)
        self._line += bool(data)
        if len(data) > LONGEST:
            self.refuse(self._line, "export-line-long", f"the line is longer than {LONGEST // 1024 // 1024} MiB")
            return b""
        if self._line % _STEP == 0:
            self._told(self._read)
        return data

    def _arrival(self, data: bytes) -> Arrival | None:
        try:
            row = read_line(data).row()
        except (ValueError, RecursionError) as error:
            self.refuse(self._line, "export-line", f"the line is not an event's: {error}")
            return None
        self._check_order(row.envelope)
        event = decode(row.envelope, row.body)
        if found := fault(row, event):
            self.refuse(self._line, found.rule, found.what)
        self._check_erasure(row)
        if self.head and self.head.root is not None:
            self._frontier.add(leaf_hash(row.envelope.canonical()))
        return Arrival(self._line, row, event)

    def _check_order(self, envelope: Envelope) -> None:
        last, self._last = self._last, envelope
        whole = self.head is not None and self.head.root is not None
        before = last.position if last else 0
        if envelope.position <= before or (whole and envelope.position != before + 1):
            self.refuse(self._line, "export-order", f"position {envelope.position} cannot follow on position {before}")
        if last and envelope.recorded < last.recorded:
            self.refuse(self._line, "export-order", f"recorded before the event at position {before}")
        if not self._met.is_new(envelope.id):
            self.refuse(self._line, "export-duplicate", f"the event {envelope.id} stands in the file already")

    def _check_erasure(self, row: Row) -> None:
        """A body is missing only where an erasure names the event, and never comes after its erasure."""
        identity, target = row.envelope.id, row.envelope.target
        if row.envelope.kind == Erased.KIND and target:
            self._erased.add(target)
            self._bare.pop(target, None)
        if row.body is None and identity not in self._erased:
            self._bare[identity] = self._line
        if row.body is not None and identity in self._erased:
            self.refuse(self._line, "export-broken", "the event was erased before, and yet has a body")

    def _close(self, head: Head) -> None:
        """What only the end shows."""
        if len(self.problems) >= MOST_PROBLEMS:
            self.refuse(self._line, "export-broken", f"{MOST_PROBLEMS} errors are enough: the rest was not read")
        count = self._line - 1
        if self.problems:
            return
        if count != head.size:
            found = "more" if count > head.size else f"only {count:,}"
            self.refuse(1, "export-short", f"the first line announces {head.size:,} events, and there are {found}")
        elif head.root is not None and self._frontier.root().hex() != head.root:
            raise Unverified(f"{self.name} is not the log that its first line names", AGAIN)
