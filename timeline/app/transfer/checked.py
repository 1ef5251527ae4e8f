"""Exports that were read to their end and found sound, kept open to be read again inside a transaction.

So nobody waits for a slow pipe, or for the checks, with the lock in hand: what cannot be read twice is copied first,
and what can is compared with what was read before.
"""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from timeline.app.piped import copied, size_of
from timeline.app.transfer.exported import read_line
from timeline.app.transfer.incoming import AGAIN, Arrival, Incoming, fresh_digest
from timeline.app.transfer.met import Met
from timeline.catalog import decode
from timeline.errors import InvalidInput, Problem
from timeline.intake.files import input_name, opened
from timeline.store import driver

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import ExitStack
    from typing import BinaryIO

    from timeline.app.progress import Progress

_STEP = 500


class Checked(NamedTuple):
    """An export that is sound in itself.

    Attributes:
        name: of the file, for messages.
        whole: whether it is a whole log, and no part of one.
        bare: lines by id of the events without a body whose erasure is not in the file.
        stream: the file, or a copy of what came through a pipe.
        start: offset at which it begins in there; standard input may have been read from before.
        digest: of all that is in it.
        told: to be called with the number of bytes read.
    """

    name: str
    whole: bool
    bare: dict[str, int]
    stream: BinaryIO
    start: int
    digest: bytes
    told: Callable[[int], None]

    def arrivals(self) -> Iterator[Arrival]:
        """The events with their lines, read again.

        Raises:
            InvalidInput: the file has changed since.
        """
        self.stream.seek(self.start)
        digest, read = fresh_digest(), 0
        for line, data in enumerate(self.stream, 1):
            digest.update(data)
            read += len(data)
            if line % _STEP == 0:
                self.told(read)
            if line > 1:
                yield self._arrival(line, data)
        if digest.digest() != self.digest:
            self._refuse_changed()

    def problem(self, line: int, rule: str, what: str) -> Problem:
        """What is wrong with a line, beside what is recorded."""
        return Problem(rule, what, AGAIN, self.name, line)

    def _arrival(self, line: int, data: bytes) -> Arrival:
        try:
            row = read_line(data).row()
        except (ValueError, RecursionError):
            self._refuse_changed()
        return Arrival(line, row, decode(row.envelope, row.body))

    def _refuse_changed(self) -> NoReturn:
        what = "the file was changed while it was imported"
        raise InvalidInput([Problem("export-changed", what, "import it again once it is complete", self.name)])


def checked(path: str, progress: Progress | None, kept: ExitStack) -> Checked | tuple[Problem, ...]:
    """Read a file to its end; what it is, or what is wrong with it.

    Args:
        path: of the file; `-` is standard input.
        progress: called with its name, the number of bytes read and of all, 0 where that is not known.
        kept: what has to stay open is left to it.

    Raises:
        Unverified: the file is not the log that it says it is.
        DatabaseUnusable: there is no room for temporary files.
    """
    name = input_name(path)
    try:
        stream = kept.enter_context(opened(path))
        if (size := size_of(stream)) is None:
            stream = kept.enter_context(copied(stream, lambda done: progress(name, done, 0) if progress else None))
            size = size_of(stream) or 0
        return _checked(name, stream, lambda done: progress(name, done, size) if progress else None)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        return (Problem("file-unreadable", f"it cannot be read: {reason}", "check the path", name),)


def _checked(name: str, stream: BinaryIO, told: Callable[[int], None]) -> Checked | tuple[Problem, ...]:
    start = stream.tell()
    with driver.usable("a temporary file"), closing(Met()) as met:
        incoming = Incoming(name, stream, met, told)
        for _ in incoming.rows():
            pass
    if incoming.head is None or incoming.problems:
        return tuple(incoming.problems)
    return Checked(name, incoming.head.root is not None, incoming.bare(), stream, start, incoming.digest(), told)
