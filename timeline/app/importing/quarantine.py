"""The file that refused rows go to: a line of JSON for each problem, with where the row stands and its own text."""

from __future__ import annotations

import os
from typing import IO, TYPE_CHECKING, Self

import msgspec

from timeline.errors import DatabaseUnusable

if TYPE_CHECKING:
    from types import TracebackType

    from timeline.intake.taken import Taken


def _of_its_owner(name: str, flags: int) -> int:
    return os.open(name, flags, 0o600)


class Quarantine:
    """Opened with the first row that is written to it, so that none is left behind where all goes well.

    Args:
        path: replaced where it is there; None for no file.
    """

    def __init__(self, path: str | None) -> None:
        self._path = path
        self._file: IO[bytes] | None = None

    def write(self, row: Taken) -> None:
        """Put a row aside.

        Raises:
            DatabaseUnusable: the file cannot be written.
        """
        if self._path is None:
            return
        try:
            file = self._opened(self._path)
            for problem in row.problems:
                line = {
                    "file": row.place.file,
                    "row": row.place.row,
                    "rule": problem.rule,
                    "what": problem.what,
                    "fix": problem.fix,
                    "raw": row.raw,
                }
                file.write(msgspec.json.encode(line) + b"\n")
            file.flush()
        except OSError as error:
            why = (error.strerror or str(error)).lower()
            fix = "name another file: --quarantine FILE"
            raise DatabaseUnusable(f"{self._path} cannot be written: {why}", fix) from error

    def _opened(self, path: str) -> IO[bytes]:
        if self._file is None:
            self._file = open(path, "wb", opener=_of_its_owner)  # noqa: SIM115 - closed with the quarantine
        return self._file

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is not None:
            self._file.close()
