"""What comes through a pipe, kept on disk: nobody is to wait for whoever writes it with the database's lock in hand."""

from __future__ import annotations

import os
import stat
from contextlib import contextmanager
from tempfile import TemporaryFile
from typing import TYPE_CHECKING

from timeline.errors import DatabaseUnusable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from io import RawIOBase
    from typing import BinaryIO

_AT_ONCE = 1024 * 1024


def size_of(stream: BinaryIO) -> int | None:
    """Number of bytes; None for what cannot be read twice: a pipe and the like."""
    try:
        status = os.fstat(stream.fileno())
    except OSError:
        return None
    return status.st_size if stat.S_ISREG(status.st_mode) else None


def copied(stream: BinaryIO, told: Callable[[int], None] = lambda _: None) -> BinaryIO:
    """A copy on disk of what is left of a stream; it goes with its closing.

    Args:
        stream: read to its end.
        told: called with the number of bytes read so far.

    Raises:
        DatabaseUnusable: there is no room for it.
    """
    with _room():
        written = TemporaryFile(buffering=0)  # noqa: SIM115 - closed below, wherever its making does not fail
    with written:  # unbuffered, so that closing it has nothing left to write
        while data := stream.read(_AT_ONCE):
            with _room():
                _write(written, data)
            told(written.tell())
        written.seek(0)
        return os.fdopen(os.dup(written.fileno()), "rb")


def _write(file: RawIOBase, data: bytes) -> None:
    """All of it: one call may write less."""
    left = memoryview(data)
    while left:
        left = left[file.write(left) or 0 :]


@contextmanager
def _room() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        fix = "name a folder with room in TMPDIR, or import from a file"
        raise DatabaseUnusable(f"what comes through the pipe cannot be kept in a temporary file: {why}", fix) from error
