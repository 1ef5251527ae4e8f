"""From paths to the files they stand for, and from a file to its text."""

from __future__ import annotations

import os
import stat
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from timeline.intake.document import Document, Place
from timeline.intake.wording import printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import BinaryIO

    from timeline.errors import Problem

LARGEST = 16 * 1024 * 1024
"""Bytes that a fixture may have at most; 30 facts take some 10,000."""

STANDARD_INPUT = "-"
"""The path that stands for standard input, where a command takes it."""

SUFFIXES = (".yaml", ".yml", ".jsonl", ".ndjson", ".csv")


def find(paths: Sequence[str]) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """The files that are meant by paths: each named file, and all files below each directory that end so.

    In the order of the paths and, below a directory, of their names. Each file and each directory counts once, however
    many links lead to it, so that a loop of links ends. Directories whose name begins with a dot are left out unless
    named.
    """
    search = _Search()
    for path in paths:
        search.add(path)
    return tuple(search.files), tuple(search.problems)


def read(file: str) -> Document | Problem:
    """The text of a file, or why it cannot be read."""
    try:
        with Path(file).open("rb") as stream:
            data = stream.read(LARGEST + 1)
    except OSError as error:
        return _unreadable(file, error)
    name = display(file)
    if len(data) > LARGEST:
        what = f"larger than {LARGEST // 1024 // 1024} MiB"
        return Place(name).problem("file-too-large", what, "is this a fixture? split it into one file a source")
    try:
        return Document.of(name, data.decode("utf-8"))
    except UnicodeDecodeError as error:
        return _not_utf8(name, data, error)


@contextmanager
def opened(path: str) -> Iterator[BinaryIO]:
    """A file, or standard input, which stays open."""
    if path == STANDARD_INPUT:
        yield sys.stdin.buffer
        return
    with Path(path).open("rb") as stream:
        yield stream


def input_name(path: str) -> str:
    """As `display`, where standard input may be meant."""
    return "standard input" if path == STANDARD_INPUT else display(path)


def display(path: str) -> str:
    """A path that can be printed, whatever bytes its name has."""
    return printable(os.fsencode(path).decode("utf-8", "replace"))


class _Search:
    """A walk over paths, which remembers where it has been."""

    def __init__(self) -> None:
        self.files: list[str] = []
        self.problems: list[Problem] = []
        self._seen: set[tuple[int, int]] = set()

    def add(self, path: str) -> None:
        """Walk a path with a stack, since a tree of directories may be deeper than Python recurses."""
        pending, met_any, noted = [path], False, len(self.problems)
        while pending:
            current = pending.pop()
            status = self._status(current)
            if status is None:
                continue
            if self._met_before(status):
                met_any = True
            elif stat.S_ISDIR(status.st_mode):
                pending.extend(reversed(self._children(current)))
            else:
                met_any = True
                self._take(current, status)
        if not met_any and len(self.problems) == noted:
            fix = f"name a directory with {' or '.join('*' + suffix for suffix in SUFFIXES)} in it, or a file"
            self._note(path, "no-fixtures", "there are no fixtures in this directory", fix)

    def _status(self, path: str) -> os.stat_result | None:
        try:
            if not path:
                raise FileNotFoundError
            return Path(path).stat()
        except (OSError, ValueError) as error:
            self.problems.append(_unreadable(path, error))
            return None

    def _met_before(self, status: os.stat_result) -> bool:
        identity = (status.st_dev, status.st_ino)
        met = identity in self._seen
        self._seen.add(identity)
        return met

    def _children(self, directory: str) -> list[str]:
        """What to look at in a directory, in the order of the names."""
        try:
            children = sorted(Path(directory).iterdir())
        except OSError as error:
            self.problems.append(_unreadable(directory, error))
            return []
        return [str(child) for child in children if child.name.lower().endswith(SUFFIXES) or _is_open_directory(child)]

    def _take(self, path: str, status: os.stat_result) -> None:
        if stat.S_ISREG(status.st_mode):
            self.files.append(path)
        else:
            # Opening a pipe waits for its writer, perhaps for ever.
            self._note(path, "file-not-regular", "not a file but a pipe, socket or device", "write it to a file first")

    def _note(self, path: str, rule: str, what: str, fix: str) -> None:
        self.problems.append(Place(display(path)).problem(rule, what, fix))


def _is_open_directory(path: Path) -> bool:
    return not path.name.startswith(".") and os.path.isdir(path)  # noqa: PTH112  Path.is_dir raises where it may not look


def _unreadable(path: str, error: OSError | ValueError) -> Problem:
    place = Place(display(path))
    if isinstance(error, FileNotFoundError | ValueError):
        return place.problem("file-missing", "there is no such file or directory", "check the path")
    reason = (error.strerror or str(error)).lower()
    return place.problem("file-unreadable", f"it cannot be read: {reason}", "check its permissions and links")


def _not_utf8(file: str, data: bytes, error: UnicodeDecodeError) -> Problem:
    """The place is counted in what can be decoded up to there."""
    before = data[: error.start].decode("utf-8")
    rest = data[error.start :].decode("utf-8", "replace")
    place = Document.of(file, before + rest).place(len(before.removeprefix("\ufeff")))
    what = f"not UTF-8: byte 0x{data[error.start]:02X} at offset {error.start:,}"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        what = f"UTF-16, not UTF-8 (byte 0x{data[0]:02X} at offset 0)"
    return place.problem("file-not-utf8", what, "save the file as UTF-8")
