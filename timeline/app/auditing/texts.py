"""The files that may hold the texts of sources: found below a folder, told apart by their bytes and by their names."""

from __future__ import annotations

import hashlib
import os
import stat
import unicodedata
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from timeline.errors import InvalidInput, Problem
from timeline.intake.files import display
from timeline.paragraphs import LARGEST

if TYPE_CHECKING:
    from collections.abc import Iterator

_FIRST_SUFFIX = ".txt"


class Text(NamedTuple):
    """A file with the bytes that it had when it was read.

    Attributes:
        path: as it can be printed.
        data: all bytes; empty where it cannot be read.
        sha256: of them.
        problem: why it cannot be read; empty where it was.
    """

    path: str
    data: bytes
    sha256: str
    problem: str = ""


class Texts:
    """The files of a folder; their bytes are read when they are asked for and kept by nobody.

    Folders are searched to any depth, those that links lead to left out. What is no regular file, such as a pipe, which
    would be waited for, is passed over; what is too large or cannot be read is counted.

    Attributes:
        passed_over: number of files that could not be looked into.
    """

    def __init__(self, path: str) -> None:
        """Reads every file once for its hash.

        Raises:
            InvalidInput: there is no such folder or file, or it cannot be read.
        """
        self.passed_over = 0
        self._by_hash: dict[str, Path] = {}
        self._by_name: dict[str, list[Path]] = defaultdict(list)
        for file in sorted(_files(_existing(path))):
            for name in dict.fromkeys((file.name, file.stem)):
                self._by_name[unicodedata.normalize("NFC", name)].append(file)
            text = read(file)
            self.passed_over += bool(text.problem)
            if not text.problem:
                self._by_hash.setdefault(text.sha256, file)

    def of(self, source: str, sha256: str | None) -> Text | None:
        """The text with this hash, else the file that is named after the source, `.txt` first; None without either."""
        by_hash = self._by_hash.get(sha256 or "")
        if by_hash is not None:
            return read(by_hash)
        named = sorted(self._by_name.get(source, ()), key=lambda file: (file.suffix.lower() != _FIRST_SUFFIX, file))
        return read(named[0]) if named else None


def read(file: Path) -> Text:
    """A file as it is now, or why it cannot be read."""
    name = display(str(file))
    try:
        with file.open("rb") as stream:
            data = stream.read(LARGEST + 1)
    except OSError as error:
        return Text(name, b"", "", (error.strerror or str(error)).lower())
    if len(data) > LARGEST:
        return Text(name, b"", "", f"larger than {LARGEST // 1024 // 1024} MiB")
    return Text(name, data, hashlib.sha256(data).hexdigest())


def _existing(path: str) -> Path:
    try:
        status = Path(path).stat()
    except (OSError, ValueError):
        problem = Problem("file-missing", "there is no such file or directory", "check the path", display(path))
        raise InvalidInput([problem]) from None
    if not (stat.S_ISDIR(status.st_mode) or stat.S_ISREG(status.st_mode)):
        problem = Problem("file-not-regular", "neither a file nor a directory", "name a folder of texts", display(path))
        raise InvalidInput([problem])
    return Path(path)


def _files(path: Path) -> Iterator[Path]:
    """The path itself where it is a file, else all regular files below it."""
    if path.is_file():
        yield path
        return
    for folder, _, names in os.walk(path):
        yield from (file for name in names if _is_regular(file := Path(folder, name)))


def _is_regular(file: Path) -> bool:
    try:
        return stat.S_ISREG(file.stat().st_mode)
    except OSError:  # a link that leads nowhere, or round in a circle
        return False
