"""Where the database is: what a person may name, and the file behind it."""

from __future__ import annotations

import os
from os import PathLike
from pathlib import Path
from typing import TypeAlias

from timeline.errors import DatabaseUnusable

Target: TypeAlias = str | PathLike[str]
"""A path, or a SQLAlchemy URL such as `sqlite:///facts.db`."""

MAKE_WRITABLE = "make it and its folder writable, or name another database with --db"
"""Remedy where a database is read-only."""

_PATH = "name an SQLite file: a path, or sqlite:///PATH"


def location(target: Target) -> Path:
    """The file of a database.

    Raises:
        DatabaseUnusable: it names no file that this version can use.
    """
    text = str(target)
    scheme, separator, rest = text.partition("://")
    if not separator:
        return _file(text)
    if scheme.partition("+")[0] != "sqlite":
        # Only the scheme is shown: what follows may hold a password.
        raise DatabaseUnusable(
            f"{scheme}:// databases are not supported by this version, PostgreSQL among them",
            _PATH,
        )
    if not rest.startswith("/") or "?" in rest:
        raise DatabaseUnusable(f"{text} is not of the form sqlite:///PATH", _PATH)
    return _file(rest.removeprefix("/"))


def _file(path: str) -> Path:
    if path in {"", ":memory:"}:
        raise DatabaseUnusable("the database has to be a file", _PATH)
    return Path(path).expanduser()


def exists(path: Path) -> bool:
    """Whether there is a file.

    Raises:
        DatabaseUnusable: a folder or something else is in its place, or the way to it is barred.
    """
    try:
        if path.is_file():
            return True
        if path.exists():
            raise DatabaseUnusable(f"{path} is not a file", "name a file with --db")
    except OSError as error:
        raise unreachable(path, error) from error
    return False


def create(path: Path) -> None:
    """Make an empty file for its owner only, with the folders above it; one that is there stays.

    Raises:
        DatabaseUnusable: that is not possible, or the file that is there may not be written.
    """
    if exists(path):
        # Asked here, as SQLite turns BEGIN IMMEDIATE on a read-only file silently into the beginning of a read.
        if not os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids):
            raise DatabaseUnusable(f"{path} is read-only", MAKE_WRITABLE)
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
    except OSError as error:
        raise unreachable(path, error) from error


def unreachable(path: Path, error: OSError) -> DatabaseUnusable:
    """What a person is told where the operating system refuses."""
    return DatabaseUnusable(f"{path} cannot be opened: {error.strerror}", "name another place with --db")
