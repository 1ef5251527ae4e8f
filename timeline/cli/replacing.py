"""Writing a file that is there complete or not at all."""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING

from timeline.errors import TimelineError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO


@contextmanager
def replacing(path: Path, *, force: bool) -> Iterator[BinaryIO]:
    """A file that takes its name only when all of it is on the disk; nothing is left of it where anything fails.

    Raises:
        TimelineError: the name is taken, or the file cannot be written.
    """
    try:
        _require_free(path, force=force)
        with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
            try:
                yield file  # type: ignore[misc]  # its wrapper is a BinaryIO in all but name
                file.flush()
                os.fsync(file.fileno())
                _require_free(path, force=force)
                Path(file.name).replace(path)
            except BaseException:
                with suppress(OSError):
                    Path(file.name).unlink()
                raise
    except OSError as error:
        raise TimelineError(f"{path} cannot be written: {error.strerror}", "name another file with --output") from error


def _require_free(path: Path, *, force: bool) -> None:
    if path.exists() and not path.is_file():
        raise TimelineError(f"{path} is not a file", "name a file with --output")
    if path.exists() and not force:
        raise TimelineError(f"{path} exists already", "name another file, or add --force to replace it")
