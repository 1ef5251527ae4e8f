"""From paths to the files that they stand for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from timeline.errors import InvalidInput, Problem
from timeline.intake.files import display

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

NO_FACTS = "no-company-facts"
"""Rule of a directory without a file that could hold company facts, and of a file without any."""


def files_of(paths: Sequence[str]) -> tuple[str, ...]:
    """Each named file, and all `*.json` below each directory, in the order of their names; each once.

    Raises:
        InvalidInput: with every path that is not there or has no such file below it.
    """
    problems: list[Problem] = []
    found: dict[str, None] = {}
    for path in paths:
        below = list(_below(path))
        if not below:
            problems.append(_nothing(path))
        found.update(dict.fromkeys(below))
    if problems:
        raise InvalidInput(problems)
    return tuple(found)


def _below(path: str) -> Iterator[str]:
    root = Path(path)
    if root.is_dir():
        yield from (str(file) for file in sorted(root.rglob("*.json")) if file.is_file())
    elif root.is_file():
        yield path


def _nothing(path: str) -> Problem:
    if Path(path).is_dir():
        return Problem(NO_FACTS, "there is no *.json in this directory", "name another, or a file", display(path))
    return Problem("file-missing", "there is no such file or directory", "check the path", display(path))
