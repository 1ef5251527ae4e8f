"""What the first bytes of a database file say, without opening it: see https://sqlite.org/fileformat.html."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_MAGIC = b"SQLite format 3\0"
_VERSIONS_AT = 18
_WITH_LOG = b"\x02\x02"
"""The versions that a program needs to write and to read the file."""


def has_write_ahead_log(path: Path) -> bool:
    """Whether a file is a database with a write-ahead log; one that cannot be read is not."""
    try:
        with path.open("rb") as file:
            head = file.read(_VERSIONS_AT + len(_WITH_LOG))
    except OSError:
        return False
    return head.startswith(_MAGIC) and head[_VERSIONS_AT : _VERSIONS_AT + len(_WITH_LOG)] == _WITH_LOG
